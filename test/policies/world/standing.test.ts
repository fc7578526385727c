import { strict as assert } from "assert";
import { Who } from "../../../iam/proof";
import { GraphWorld } from "../../../policies/world";
import { Standing, standingOf, whoKey } from "../../../policies/world/standing";
import { whoText } from "../../../policies/world/words";

const arn = "arn:aws:iam::222222222222:role/orders";
const declared = new Map([["s", new Set([arn, "lambda.amazonaws.com"])]]);

/** Each with its standing to a secret with readers, to one without, its key and its text. */
const cases: readonly (readonly [Who, Standing, Standing, string, string])[] = [
  [
    { kind: "principal", arn, accountId: "222222222222" },
    "declared",
    "nothing-declared",
    arn,
    "role orders of 222222222222",
  ],
  [
    { kind: "principal", arn: `${arn}x`, accountId: "222222222222" },
    "undeclared",
    "nothing-declared",
    `${arn}x`,
    "role ordersx of 222222222222",
  ],
  [
    { kind: "principal", arn: "arn:aws:iam::222222222222:user/a/ada", accountId: "222222222222" },
    "undeclared",
    "nothing-declared",
    "arn:aws:iam::222222222222:user/a/ada",
    "user a/ada of 222222222222",
  ],
  [
    { kind: "principal", arn: "odd", accountId: "222222222222" },
    "undeclared",
    "nothing-declared",
    "odd",
    "odd of 222222222222",
  ],
  [
    { kind: "others-of-account", accountId: "111111111111" },
    "owner",
    "owner",
    "others of 111111111111",
    "any other principal of 111111111111",
  ],
  [
    { kind: "others-of-account", accountId: "222222222222" },
    "undeclared",
    "nothing-declared",
    "others of 222222222222",
    "any other principal of 222222222222",
  ],
  [
    { kind: "others-of-organization", organizationId: "o-1" },
    "undeclared",
    "undeclared",
    "others of o-1",
    "any principal of another account of o-1",
  ],
  [
    { kind: "any-aws-principal" },
    "undeclared",
    "undeclared",
    "any-aws-principal",
    "any principal of any other AWS account",
  ],
  [{ kind: "anonymous" }, "undeclared", "undeclared", "anonymous", "anybody, without credentials"],
  [
    { kind: "federated", provider: "idp.example.com" },
    "undeclared",
    "nothing-declared",
    "idp.example.com",
    "anyone whom idp.example.com vouches for",
  ],
  [
    { kind: "aws-service", service: "lambda.amazonaws.com" },
    "declared",
    "nothing-declared",
    "lambda.amazonaws.com",
    "lambda.amazonaws.com",
  ],
  [
    { kind: "aws-service", service: "sns.amazonaws.com" },
    "undeclared",
    "nothing-declared",
    "sns.amazonaws.com",
    "sns.amazonaws.com",
  ],
  [{ kind: "aws-service" }, "undeclared", "nothing-declared", "aws services", "an AWS service"],
];

describe("how a reader stands to what was declared", () => {
  for (const [who, withReaders, without, key, text] of cases) {
    it(text, () => {
      const standings = ["s", "t"].map((id) =>
        standingOf({ declared } as unknown as GraphWorld, id, { accountId: "111111111111" }, who),
      );
      assert.deepEqual(standings, [withReaders, without]);
      assert.deepEqual([whoKey(who), whoText(who)], [key, text]);
    });
  }
});
