import { strict as assert } from "assert";
import { administers, allowsEverything } from "../../../policies/documents/administrator";
import { documentUses } from "../../../policies/documents/document-uses";
import { buildGraph } from "../../../policies/stack/graph";
import { allow, deny, when, worker } from "../support/identity";

const use = (...statements: readonly object[]) => documentUses(buildGraph(worker(...statements)))[0]!;

describe("an administrator", () => {
  const cases: readonly (readonly [string, readonly object[], boolean, boolean])[] = [
    ["is who may do everything", [allow("*")], true, true],
    ["is who may do everything of IAM, yet not everything", [allow("iam:*")], true, false],
    ["is not who may do one thing of IAM", [allow("iam:CreateUser")], false, false],
    ["is not who may do everything of another service", [allow("secretsmanager:*")], false, false],
    [
      "is who may do everything but a few services",
      [{ Effect: "Allow", NotAction: "s3:*", Resource: "*" }],
      true,
      true,
    ],
    [
      "is not who may do everything but IAM",
      [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
      false,
      true,
    ],
    ["is not whom a statement denies IAM", [allow("*"), deny("iam:*")], false, true],
    [
      "is not who may do it with named things only",
      [allow("iam:*", "arn:aws:iam::111111111111:role/orders")],
      false,
      false,
    ],
    [
      "is who may do it under a condition of his own making",
      [allow("iam:*", "*", when("StringEquals", "aws:userid", "x"))],
      true,
      false,
    ],
  ];
  for (const [name, statements, administrator, everything] of cases) {
    it(name, () => {
      const one = use(...statements);
      assert.equal(administers(one).kind === "granted", administrator);
      assert.equal(allowsEverything(one), everything);
    });
  }
});
