import { strict as assert } from "assert";
import { Statement } from "../../../iam";
import { symbolFor } from "../../../iam/proof";
import { openingsOf } from "../../../iam/proof/opening";
import { allow } from "../worlds";
import { arnOfRole, BILLING, ORDERS, reading } from "./access-worlds";
import { compiled } from "./pairs";

const [a, b] = [arnOfRole("a"), arnOfRole("b")];
const later = arnOfRole(symbolFor({ of: "name of a role to open", shape: "*" }));
const asking = (operator: string, values: string | readonly string[]): Partial<Statement> => ({
  Condition: { [operator]: { "aws:PrincipalArn": values } },
});

/** Account, listed ARNs, and which of `a`, `b` and one that is not known yet are let in. */
function openings(statement: Statement): readonly string[] {
  return openingsOf(compiled(statement)).map(({ accountId, arns, admits }) => {
    const letIn = Object.entries({ a, b, later }).flatMap(([name, arn]) => (admits(arn) ? [name] : []));
    return `${accountId ?? "all"} [${arns === undefined ? "any" : [...arns].join()}]: ${letIn.join(" ")}`;
  });
}

describe("whom a statement lets in as everyone, or by their account", () => {
  const cases: readonly (readonly [name: string, statement: Statement, found: readonly string[]])[] = [
    ["nobody without a principal", allow(), []],
    ["nobody by ARN", reading({ AWS: a }), []],
    ["nobody by service", reading({ Service: "lambda.amazonaws.com" }), []],
    ["everyone", reading("*"), ["all [any]: a b later"]],
    ["everyone by type", reading({ AWS: "*" }), ["all [any]: a b later"]],
    [
      "accounts, each once",
      reading({ AWS: [ORDERS, a, BILLING, `arn:aws:iam::${ORDERS}:root`] }),
      [`${ORDERS} [any]: a b later`, `${BILLING} [any]: a b later`],
    ],
    ["those of a list", reading("*", asking("StringEquals", [a, "x"])), [`all [${a},x]: a later`]],
    [
      "those of a list of ARNs",
      reading("*", asking("ForAnyValue:ArnLikeIfExists", a)),
      [`all [${a}]: a later`],
    ],
    ["those of a pattern", reading("*", asking("ArnLike", "arn:aws:iam::*:role/b*")), ["all [any]: b later"]],
    [
      "those of a list with a pattern",
      reading("*", asking("StringLike", [a, "*b"])),
      ["all [any]: a b later"],
    ],
    ["those who are not", reading("*", asking("StringNotEquals", a)), ["all [any]: b later"]],
    [
      "those in any case",
      reading("*", asking("StringEqualsIgnoreCase", a.toUpperCase())),
      ["all [any]: a later"],
    ],
    ["those of every set", reading("*", asking("ForAllValues:StringEquals", a)), ["all [any]: a later"]],
    ["those of a variable", reading("*", asking("StringLike", "${aws:userid}*")), ["all [any]: a b later"]],
    [
      "those of a value that is not known yet",
      reading("*", asking("StringEquals", later)),
      ["all [any]: a b later"],
    ],
    [
      "those of an operator that is not known",
      reading("*", asking("StringMatches", b)),
      ["all [any]: a b later"],
    ],
    [
      "those of another key",
      reading("*", { Condition: { StringEquals: { "aws:PrincipalAccount": "x" } } }),
      ["all [any]: a b later"],
    ],
    [
      "those of a list that a pattern does not forbid",
      reading("*", {
        Condition: { StringEquals: { "aws:PrincipalArn": [a, b] }, ArnNotLike: { "aws:PrincipalArn": b } },
      }),
      [`all [${a},${b}]: a later`],
    ],
  ];
  for (const [name, statement, found] of cases) it(name, () => assert.deepEqual(openings(statement), found));
});
