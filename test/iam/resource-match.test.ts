import { strict as assert } from "assert";
import * as fc from "fast-check";
import { splitArn } from "../../iam/arn-match";
import { compileResourcePattern } from "../../iam/resource-match";
import { naiveGlob } from "./naive-glob";

const SECRET = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/database-AbCdEf";

const cases: readonly { name: string; pattern: string; arn?: string; matches: boolean }[] = [
  { name: "the same", pattern: SECRET, matches: true },
  { name: "a star alone", pattern: "*", matches: true },
  { name: "a star alone, of an action without resources", pattern: "*", arn: "*", matches: true },
  { name: "an ARN, of an action without resources", pattern: SECRET, arn: "*", matches: false },
  {
    name: "six question marks",
    pattern: "arn:aws:secretsmanager:*:111111111111:secret:orders/database-??????",
    matches: true,
  },
  {
    name: "five question marks",
    pattern: "arn:aws:secretsmanager:*:111111111111:secret:orders/database-?????",
    matches: false,
  },
  {
    name: "a star within a part",
    pattern: "arn:aws:secretsmanager:eu-*-1:111111111111:secret:*",
    matches: true,
  },
  {
    name: "a star within a part does not reach the next",
    pattern: "arn:aws:secretsm*1:111111111111:secret:orders/database-AbCdEf",
    matches: false,
  },
  { name: "a star that ends a part does", pattern: "arn:aws:secretsmanager:*", matches: true },
  {
    name: "a star that ends a part, with more to come",
    pattern: "arn:aws:*:secret:orders/database-AbCdEf",
    matches: true,
  },
  { name: "the last part stops before the end", pattern: "arn:aws:*:secret", matches: false },
  {
    name: "a part without a star reaches no further for another's star",
    pattern: "arn:aws:secrets*:eu-west-1:secret:orders/database-AbCdEf",
    matches: false,
  },
  {
    name: "a star that ends a part, over many",
    pattern: "arn:*:orders/database-AbCdEf",
    matches: true,
  },
  {
    name: "a star that ends a part, over none of what comes",
    pattern: "arn:aws:secretsmanager:*:x",
    matches: false,
  },
  {
    name: "a star that ends a part must take one at least",
    pattern: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/database-AbCdEf:*",
    matches: false,
  },
  { name: "more parts than there are", pattern: "arn:aws*:a:b:c:d:e:f:g", matches: false },
  {
    name: "the rest after a star that ends a part, with colons of its own",
    pattern: "arn:aws*:eu-west-1:111111111111:secret:orders/database-AbCdEf",
    matches: true,
  },
  {
    name: "the rest, of which the end is missing",
    pattern: "arn:aws*:eu-west-1:111111111111:secret:orders/database",
    matches: false,
  },
  {
    name: "a part after a star that ends a part is whole",
    pattern: "arn:aws:*:111111111111:secret:orders/database-AbCdE",
    matches: false,
  },
  {
    name: "a variable that ends a part, with a star as its value",
    pattern: "arn:aws:${aws:PrincipalTag/star}",
    matches: false,
  },
  {
    name: "a star before a variable that ends a part",
    pattern: "arn:aws:*${aws:PrincipalTag/team}",
    matches: false,
  },
  {
    name: "an escaped star that ends a part",
    pattern: "arn:aws:secretsmanager${*}:111111111111:secret:orders/database-AbCdEf",
    matches: false,
  },
  { name: "another beginning, of an open pattern", pattern: "xarn:aws:*", matches: false },
  { name: "an open pattern, of an action without resources", pattern: "arn:aws:*", arn: "*", matches: false },
  { name: "another service", pattern: "arn:aws:s3:*", matches: false },
  { name: "fewer parts without a star", pattern: "arn:aws:secretsmanager", matches: false },
  { name: "another account", pattern: "arn:aws:secretsmanager:*:222222222222:secret:*", matches: false },
  {
    name: "a variable",
    pattern: "arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/team}/*",
    matches: true,
  },
  {
    name: "an absent variable",
    pattern: "arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/none}*",
    matches: false,
  },
];

const segment = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 3 });
const patternSegment = fc.string({ unit: fc.constantFrom("a", "b", "?"), minLength: 1, maxLength: 3 });

describe("resource patterns", () => {
  for (const { name, pattern, arn = SECRET, matches } of cases) {
    it(`${name}: ${pattern}`, () => {
      const context = { "aws:principaltag/team": "orders", "aws:principaltag/star": "*" };
      assert.equal(compileResourcePattern(pattern, true)(arn, splitArn(arn), context), matches);
    });
  }

  it("equal a plain glob when no star could reach across a colon", () => {
    const parts = fc.array(segment, { minLength: 6, maxLength: 6 });
    const patternParts = fc.array(patternSegment, { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(parts, patternParts, (text, pattern) => {
        const arn = text.join(":");
        const glob = pattern.join(":");
        assert.equal(compileResourcePattern(glob, true)(arn, splitArn(arn), {}), naiveGlob(glob, arn));
      }),
    );
  });
});
