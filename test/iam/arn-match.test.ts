import { strict as assert } from "assert";
import { compileArnPattern, splitArn } from "../../iam/arn-match";

const ROLE = "arn:aws:iam::111111111111:role/service/reader";
const SECRET = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/database-AbCdEf";

const cases: readonly { name: string; pattern: string; arn: string; matches: boolean }[] = [
  { name: "the same", pattern: ROLE, arn: ROLE, matches: true },
  {
    name: "another account",
    pattern: "arn:aws:iam::222222222222:role/service/reader",
    arn: ROLE,
    matches: false,
  },
  { name: "a star in the account", pattern: "arn:aws:iam::*:role/service/reader", arn: ROLE, matches: true },
  { name: "a star in the name", pattern: "arn:aws:iam::111111111111:role/*", arn: ROLE, matches: true },
  {
    name: "a star in the last part goes across colons",
    pattern: "arn:aws:secretsmanager:*:*:secret*",
    arn: SECRET,
    matches: true,
  },
  {
    name: "a star in an earlier part does not",
    pattern: "arn:aws:*:secret:orders/database-AbCdEf",
    arn: SECRET,
    matches: false,
  },
  { name: "a star alone", pattern: "*", arn: ROLE, matches: true },
  { name: "too few parts", pattern: "arn:aws:iam::*", arn: ROLE, matches: false },
  {
    name: "question marks",
    pattern: "arn:aws:iam::????????????:role/service/reader",
    arn: ROLE,
    matches: true,
  },
  { name: "case counts", pattern: ROLE.toUpperCase(), arn: ROLE, matches: false },
  {
    name: "a variable",
    pattern: "arn:aws:iam::111111111111:role/service/${aws:PrincipalTag/name}",
    arn: ROLE,
    matches: true,
  },
  {
    name: "an absent variable",
    pattern: "arn:aws:iam::111111111111:role/${aws:PrincipalTag/none}",
    arn: ROLE,
    matches: false,
  },
  {
    name: "a variable's colon is no border",
    pattern: "arn:aws:iam::${aws:PrincipalTag/tail}",
    arn: ROLE,
    matches: false,
  },
];

const context = {
  "aws:principaltag/name": "reader",
  "aws:principaltag/tail": "111111111111:role/service/reader",
};

describe("ARN patterns of conditions", () => {
  for (const { name, pattern, arn, matches } of cases) {
    it(`${name}: ${pattern}`, () => {
      assert.equal(compileArnPattern(pattern, true)(splitArn(arn)!, context), matches);
    });
  }

  it("splits at the first five colons", () => {
    assert.deepEqual(splitArn(SECRET), [
      "arn",
      "aws",
      "secretsmanager",
      "eu-west-1",
      "111111111111",
      "secret:orders/database-AbCdEf",
    ]);
  });

  it("does not split what is no ARN", () => {
    assert.equal(splitArn("orders/database"), undefined);
  });
});
