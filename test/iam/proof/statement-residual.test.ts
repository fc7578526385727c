import { strict as assert } from "assert";
import { Statement } from "../../../iam";
import { NamedPrincipal, readable, symbolFor } from "../../../iam/proof";
import { OpenTest } from "../../../iam/proof/open-test";
import { Pair } from "../../../iam/proof/pair";
import { statementResidual } from "../../../iam/proof/statement-residual";
import { allow, attached } from "../worlds";
import { anonymousSubject } from "../../../iam/proof/class-subjects";
import { arnOfRole, ORDERS, role, secret, SECRET, user, world } from "./access-worlds";
import { compiled, pairIn, pairWith, residualText } from "./pairs";

const suffix = symbolFor({ of: "suffix of secret statement", shape: "??????" });
const NEW = SECRET.replace("AbCdEf", suffix);
const account = symbolFor({ of: "account of statement", shape: "????????????" });
const newRole = role("x", {
  arn: `arn:aws:iam::${ORDERS}:role/${symbolFor({ of: "name of role", shape: "x-*" })}`,
});
const tagging = role("api", { trust: attached("trust", allow({ Action: "sts:TagSession" })) });

interface Case {
  readonly name: string;
  readonly statement: Partial<Statement>;
  readonly caller?: NamedPrincipal;
  readonly arn?: string;
  readonly residual: string | undefined;
}

const pairFor = (caller?: NamedPrincipal, arn = SECRET) =>
  pairIn(world({ secrets: [secret([], { arn })] }), caller ?? role("api", { tags: { team: "orders" } }));

function text(statement: Partial<Statement>, pair: Pair): string | undefined {
  const found = statementResidual(compiled(allow(statement)), pair);
  return found && [`named ${found.naming}`, ...found.tests.map(residualText)].map(readable).join("; ");
}

describe("what remains of a statement", () => {
  const cases: readonly Case[] = [
    { name: "about everything", statement: {}, residual: "named 3" },
    { name: "about the role", statement: { Principal: { AWS: arnOfRole("api") } }, residual: "named 2" },
    { name: "about the account", statement: { Principal: { AWS: ORDERS } }, residual: "named 1" },
    { name: "about another", statement: { Principal: { AWS: arnOfRole("b") } }, residual: undefined },
    { name: "about the secret", statement: { Resource: SECRET }, residual: "named 3" },
    { name: "about another secret", statement: { Resource: `${SECRET}x` }, residual: undefined },
    { name: "not about another secret", statement: { NotResource: `${SECRET}x` }, residual: "named 3" },
    { name: "not about the secret", statement: { NotResource: SECRET }, residual: undefined },
    {
      name: "with conditions",
      statement: {
        Condition: {
          StringEquals: { "aws:UserAgent": "a", "aws:PrincipalAccount": ORDERS, "aws:Referer": "b" },
        },
      },
      residual: "named 3; asks for aws:useragent [a]; asks for aws:referer [b]",
    },
    {
      name: "with a condition that fails",
      statement: { Condition: { StringEquals: { "aws:UserAgent": "a", "aws:PrincipalAccount": "1" } } },
      residual: undefined,
    },
    {
      name: "about a role that is not known yet",
      statement: { Principal: { AWS: `arn:aws:iam::${account}:role/api` } },
      residual: `named 2; cannot tell value arn:aws:iam::${account}:role/api: ${arnOfRole("api")} may turn out to be it`,
    },
    {
      name: "about another role that is not known yet",
      statement: { Principal: { AWS: `arn:aws:iam::${account}:role/b` } },
      residual: undefined,
    },
    {
      name: "about a role, asked by one that is not known yet",
      statement: { Principal: { AWS: [arnOfRole("a"), arnOfRole("x-1")] } },
      caller: newRole,
      residual: `named 2; cannot tell value ${arnOfRole("x-1")}: ${newRole.arn} may turn out to be it`,
    },
    {
      name: "about a user that is not known yet",
      statement: { Principal: { AWS: `arn:aws:iam::${account}:user/alice` } },
      caller: user("alice"),
      residual: `named 2; cannot tell value arn:aws:iam::${account}:user/alice: arn:aws:iam::${ORDERS}:user/alice may turn out to be it`,
    },
    {
      name: "about a role and a secret that are not known yet",
      statement: { Principal: { AWS: `arn:aws:iam::${account}:role/api` }, Resource: SECRET },
      arn: NEW,
      residual:
        `named 2; cannot tell value arn:aws:iam::${account}:role/api: ${arnOfRole("api")} may turn out to be it; ` +
        `cannot tell value ${SECRET}: ${NEW} may turn out to be it`,
    },
    {
      name: "about a secret that is not known yet",
      statement: { Resource: ["arn:aws:s3:::x", SECRET] },
      arn: NEW,
      residual: `named 3; cannot tell value ${SECRET}: ${NEW} may turn out to be it`,
    },
    {
      name: "not about a secret that is not known yet",
      statement: { NotResource: SECRET },
      arn: NEW,
      residual: `named 3; cannot tell value ${SECRET}: ${NEW} may turn out to be it`,
    },
    {
      name: "about what a new secret is",
      statement: { Resource: `${SECRET.slice(0, -6)}*` },
      arn: NEW,
      residual: "named 3",
    },
    {
      name: "not about what a new secret is",
      statement: { NotResource: `${SECRET.slice(0, -6)}*` },
      arn: NEW,
      residual: undefined,
    },
    {
      name: "about what a new secret cannot be",
      statement: { Resource: `${SECRET}x` },
      arn: NEW,
      residual: undefined,
    },
    {
      name: "about the secret by a variable that is known",
      statement: { Resource: SECRET.replace("orders", "${aws:PrincipalTag/team}") },
      residual: "named 3",
    },
    {
      name: "about another by a variable that is known",
      statement: { Resource: SECRET.replace("orders", "x-${aws:PrincipalTag/team}") },
      residual: undefined,
    },
    {
      name: "about a secret by a variable that is absent",
      statement: { Resource: SECRET.replace("orders", "${aws:username}") },
      residual: undefined,
    },
    {
      name: "about a secret by a variable that is open",
      statement: { Resource: SECRET.replace("orders", "${aws:PrincipalTag/team}") },
      caller: tagging,
      residual: "named 3; asks for aws:principaltag/team [orders]",
    },
    {
      name: "about a secret by two variables that are open",
      statement: { Resource: SECRET.replace("orders", "${aws:PrincipalTag/team}${aws:PrincipalTag/a}") },
      caller: tagging,
      residual:
        `named 3; cannot tell relation ${SECRET.replace("orders", "${aws:PrincipalTag/team}${aws:PrincipalTag/a}")}: ` +
        "the variables in it are open",
    },
    {
      name: "about a secret by a variable that is not known",
      statement: { Resource: SECRET.replace("orders", "${aws:NotAKey}") },
      residual: `named 3; cannot tell relation ${SECRET.replace("orders", "${aws:NotAKey}")}: the variables in it are open`,
    },
    {
      name: "about a secret by a variable with too many places",
      statement: { Resource: "arn:aws:secretsmanager:*:*:secret:*${aws:PrincipalTag/team}*" },
      arn: `${SECRET.slice(0, -6)}${"abcdefghijklmnopqrstuvwxyz".repeat(2)}-AbCdEf`,
      caller: tagging,
      residual:
        "named 3; cannot tell relation arn:aws:secretsmanager:*:*:secret:*${aws:PrincipalTag/team}*: " +
        "the variables in it are open",
    },
  ];
  for (const { name, statement, caller, arn, residual } of cases) {
    it(name, () => assert.equal(text(statement, pairFor(caller, arn)), residual && readable(residual)));
  }

  it("is nothing for an anonymous caller when it is about a role that is not known yet", () => {
    const pair = pairWith(pairFor(), anonymousSubject);
    assert.equal(text({ Principal: { AWS: `arn:aws:iam::${account}:role/api` } }, pair), undefined);
  });

  it("asks for the variable's value", () => {
    const statement = compiled(allow({ Resource: SECRET.replace("orders", "${aws:PrincipalTag/team}") }));
    const [test] = statementResidual(statement, pairFor(tagging))!.tests as readonly OpenTest[];
    const holds = (value: string | undefined) =>
      test!.holds((key) => (key === "aws:principaltag/team" ? value : "x"));
    assert.deepEqual([holds("orders"), holds("billing"), holds(undefined)], [true, false, false]);
  });

  it("has one number for the same resource, values and variables", () => {
    const pair = pairFor(tagging);
    const id = (Resource: string) => statementResidual(compiled(allow({ Resource })), pair)!.tests[0]!.id;
    const one = SECRET.replace("orders", "${aws:PrincipalTag/team}");
    assert.equal(id(one), id(one));
    assert.notEqual(id(one), id(SECRET.replace("orders", "${aws:PrincipalTag/a}")));
  });
});
