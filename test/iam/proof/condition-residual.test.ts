import { strict as assert } from "assert";
import { ConditionBlock } from "../../../iam";
import { NamedPrincipal, readable, symbolFor } from "../../../iam/proof";
import { conditionResidual } from "../../../iam/proof/condition-residual";
import { KeyValue } from "../../../iam/proof/key-domain";
import { OpenTest } from "../../../iam/proof/open-test";
import { allow, attached } from "../worlds";
import { arnOfRole, ORDERS, role, secret, SECRET, user, world } from "./access-worlds";
import { conditionOf, pairIn, residualText } from "./pairs";

const suffix = symbolFor({ of: "suffix of secret residual", shape: "??????" });
const NEW = SECRET.replace("AbCdEf", suffix);
const team = symbolFor({ of: "team of residual", shape: "team-*" });
const tagging = role("api", { trust: attached("trust", allow({ Action: "sts:TagSession" })) });
const OPEN_VARIABLES = "the variables in it are open too";
const NO_KEY = "it is not known when a request has this key";

interface Case {
  readonly name: string;
  readonly block: ConditionBlock;
  readonly caller?: NamedPrincipal;
  readonly arn?: string;
  readonly old?: true;
  readonly residual: string;
}

function residualOf({ block, caller, arn, old }: Omit<Case, "name" | "residual">) {
  const given = world({ secrets: [secret([], arn === undefined ? {} : { arn })] });
  const test = conditionOf(block, old ? "2008-10-17" : "2012-10-17");
  return conditionResidual(test, pairIn(given, caller ?? role("api", { tags: { team: "orders" } })));
}

describe("what remains of a condition", () => {
  const cases: readonly Case[] = [
    {
      name: "on a key that is known",
      block: { StringEquals: { "aws:PrincipalAccount": ORDERS } },
      residual: "holds",
    },
    {
      name: "on a key that is another",
      block: { StringEquals: { "aws:PrincipalAccount": "1" } },
      residual: "fails",
    },
    {
      name: "on a key that is absent",
      block: { StringEquals: { "aws:ResourceTag/a": "b" } },
      residual: "fails",
    },
    {
      name: "negated on a key that is absent",
      block: { StringNotEquals: { "aws:ResourceTag/a": "b" } },
      residual: "holds",
    },
    {
      name: "that asks whether a key is there",
      block: { Null: { "aws:ResourceTag/a": "true" } },
      residual: "holds",
    },
    {
      name: "on an open key",
      block: { StringLike: { "aws:SourceVpce": ["vpce-1", "vpce-2*"] } },
      residual: "asks for aws:sourcevpce [vpce-1, vpce-2*]",
    },
    {
      name: "that asks whether an open key is there",
      block: { Null: { "aws:SourceVpce": "false" } },
      residual: "asks for aws:sourcevpce []",
    },
    {
      name: "with an operator that is not known, on a known key",
      block: { StringMatches: { "aws:PrincipalAccount": ORDERS } },
      residual: "cannot tell operator StringMatches: AWS knows no such operator",
    },
    {
      name: "with an operator that is not known, on an open key",
      block: { StringMatches: { "aws:SourceVpce": "x" } },
      residual: "cannot tell operator StringMatches: AWS knows no such operator",
    },
    {
      name: "on a key that is not known",
      block: { StringEquals: { "aws:NotAKey": "x" } },
      residual: `cannot tell condition-key aws:notakey: ${NO_KEY}`,
    },
    {
      name: "with a variable that is known",
      block: { StringEquals: { "aws:PrincipalTag/team": "${aws:PrincipalAccount}" } },
      residual: "fails",
    },
    {
      name: "with the variable's value",
      block: { StringEquals: { "aws:PrincipalTag/team": "${aws:PrincipalTag/team}" } },
      residual: "holds",
    },
    {
      name: "with a variable that is absent",
      block: { StringEquals: { "aws:PrincipalTag/team": "${aws:username}" } },
      residual: "fails",
    },
    {
      name: "with a variable in an old document",
      block: { StringEquals: { "aws:PrincipalTag/team": "${aws:PrincipalTag/team}" } },
      old: true,
      residual: "fails",
    },
    {
      name: "on an open key with a variable that is known",
      block: { StringLike: { "aws:UserAgent": "${aws:PrincipalTag/team}-*" } },
      residual: "asks for aws:useragent [orders-*]",
    },
    {
      name: "with a variable that is not known",
      block: { StringEquals: { "aws:UserAgent": "${aws:NotAKey}" } },
      residual: `cannot tell condition-key aws:notakey: ${NO_KEY}`,
    },
    {
      name: "on a known key with an open variable",
      block: { StringLike: { "aws:PrincipalArn": "*/${aws:UserAgent}" } },
      residual: "asks for aws:useragent [api, api, API]",
    },
    {
      name: "on an absent key with an open variable",
      block: { StringLike: { "aws:ResourceTag/a": "${aws:UserAgent}" } },
      residual: "asks for aws:useragent []",
    },
    {
      name: "on a known key with too many places for the open variable",
      block: { StringLike: { "aws:PrincipalArn": "*${aws:UserAgent}*" } },
      residual: `cannot tell relation StringLike aws:PrincipalArn *\${aws:UserAgent}*: ${OPEN_VARIABLES}`,
    },
    {
      name: "on an open key that must be an open variable",
      block: { StringEquals: { "aws:UserAgent": "${aws:Referer}" } },
      residual: "asks for aws:useragent [] and aws:referer []",
    },
    {
      name: "on an open key that must not be an open variable",
      block: { "ForAllValues:StringNotEqualsIfExists": { "aws:UserAgent": "${aws:referer}" } },
      residual: "asks for aws:useragent [] and aws:referer []",
    },
    ...["StringLike", "StringEqualsIgnoreCase", "ArnEquals"].map((operator) => ({
      name: `on an open key with an open variable under ${operator}`,
      block: { [operator]: { "aws:UserAgent": "${aws:Referer}" } },
      residual: `cannot tell relation ${operator} aws:UserAgent \${aws:Referer}: ${OPEN_VARIABLES}`,
    })),
    {
      name: "on an open key with more than an open variable",
      block: { StringEquals: { "aws:UserAgent": ["${aws:Referer}", "x-${aws:Referer}"] } },
      residual: `cannot tell relation StringEquals aws:UserAgent \${aws:Referer}, x-\${aws:Referer}: ${OPEN_VARIABLES}`,
    },
    {
      name: "on an open key with two open variables",
      block: { StringEquals: { "aws:SourceVpce": "${aws:Referer}${aws:UserAgent}" } },
      residual: `cannot tell relation StringEquals aws:SourceVpce \${aws:Referer}\${aws:UserAgent}: ${OPEN_VARIABLES}`,
    },
    {
      name: "on a tag of the session",
      block: { StringEquals: { "aws:PrincipalTag/team": "orders" } },
      caller: tagging,
      residual: "asks for aws:principaltag/team [orders]",
    },
    {
      name: "on a user's name",
      block: { StringEquals: { "aws:PrincipalTag/team": "${aws:username}" } },
      caller: user("alice", { tags: { team: "alice" } }),
      residual: "holds",
    },
    {
      name: "that may come to match what is not known yet",
      block: { ArnLike: { "secretsmanager:SecretId": SECRET } },
      arn: NEW,
      residual: `cannot tell value ${SECRET}: secretsmanager:secretid may turn out to be it`,
    },
    {
      name: "that cannot come to match",
      block: { ArnLike: { "secretsmanager:SecretId": `${SECRET}x` } },
      arn: NEW,
      residual: "fails",
    },
    {
      name: "with a value that is not known yet",
      block: { StringEquals: { "aws:PrincipalTag/team": team } },
      caller: role("api", { tags: { team: "team-a" } }),
      residual: `cannot tell value ${team}: aws:PrincipalTag/team may turn out to be it`,
    },
    {
      name: "with a value that is not known yet and cannot be it",
      block: { StringEquals: { "aws:PrincipalTag/team": team } },
      residual: "fails",
    },
    {
      name: "with a value that is not known yet, on an absent key",
      block: { StringEquals: { "aws:ResourceTag/a": team } },
      residual: "fails",
    },
  ];
  for (const { name, residual, ...given } of cases) {
    it(name, () => assert.equal(readable(residualText(residualOf(given))), readable(residual)));
  }

  const truths: readonly {
    readonly name: string;
    readonly block: ConditionBlock;
    readonly values: Readonly<Record<string, KeyValue>>;
    readonly holds: boolean;
  }[] = [
    {
      name: "an open key",
      block: { StringEquals: { "aws:UserAgent": "a" } },
      values: { "aws:useragent": "a" },
      holds: true,
    },
    {
      name: "an open key",
      block: { StringEquals: { "aws:UserAgent": "a" } },
      values: { "aws:useragent": "b" },
      holds: false,
    },
    { name: "an absent key", block: { Null: { "aws:UserAgent": "true" } }, values: {}, holds: true },
    {
      name: "a known variable",
      block: { StringEquals: { "aws:UserAgent": "${aws:PrincipalTag/team}" } },
      values: { "aws:useragent": "orders" },
      holds: true,
    },
    {
      name: "an open variable of a known key",
      block: { StringEquals: { "aws:PrincipalTag/team": "${aws:UserAgent}" } },
      values: { "aws:useragent": "orders" },
      holds: true,
    },
    {
      name: "an open variable of a known key",
      block: { StringEquals: { "aws:PrincipalTag/team": "${aws:UserAgent}" } },
      values: { "aws:useragent": "other" },
      holds: false,
    },
    {
      name: "two open keys",
      block: { StringEquals: { "aws:UserAgent": "${aws:Referer}" } },
      values: { "aws:useragent": "x", "aws:referer": "x" },
      holds: true,
    },
    {
      name: "two open keys",
      block: { StringEquals: { "aws:UserAgent": "${aws:Referer}" } },
      values: { "aws:useragent": "x", "aws:referer": "y" },
      holds: false,
    },
  ];
  for (const { name, block, values, holds } of truths) {
    it(`${holds ? "holds" : "fails"} with ${name}: ${JSON.stringify(values)}`, () => {
      const test = residualOf({ block }) as OpenTest;
      assert.equal(
        test.holds((key) => values[key]),
        holds,
      );
    });
  }
});

describe("the number of what remains", () => {
  const agent = conditionOf({ StringEquals: { "aws:UserAgent": "${aws:PrincipalTag/team}" } });
  const given = world();
  const pair = pairIn(given, role("api", { tags: { team: "orders" } }));
  const other = (tag: string, name = "api") => ({
    ...pairIn(given, role(name, { tags: { team: tag } })),
    numbering: pair.numbering,
  });
  const id = (one: typeof pair) => (conditionResidual(agent, one) as OpenTest).id;

  it("is the same for the same values, of whoever asks", () => {
    assert.equal(id(pair), id(pair));
    assert.equal(id(pair), id(other("orders", "second")));
    assert.notEqual(id(pair), id(other("billing")));
  });

  it("is another for a forwarded request", () => {
    const plain = conditionOf({ DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" } });
    const forwarded = { ...pairIn(given, role("api"), "forwarded"), numbering: pair.numbering };
    const ids = [pair, forwarded].map((one) => (conditionResidual(plain, one) as OpenTest).id);
    assert.notEqual(ids[0], ids[1]);
  });

  it("is another for another operator, key or value that cannot be told", () => {
    const blocks: readonly Parameters<typeof conditionOf>[0][] = [
      { StringMatches: { "aws:UserAgent": "a" } },
      { StringMatches: { "aws:UserAgent": "b" } },
      { StringEquals: { "aws:NotAKey": "a" } },
      { StringEquals: { "aws:NotAKey": "b" } },
      { StringLike: { "aws:UserAgent": "${aws:Referer}" } },
      { StringLike: { "aws:UserAgent": "${aws:Referer}x" } },
    ];
    const tests = blocks.map((block) => (conditionResidual(conditionOf(block), pair) as OpenTest).id);
    assert.equal(new Set(tests).size, 6);
  });

  it("does not depend on a role that asks about nothing of its own", () => {
    const arn = (name: string) => ({ ...pairIn(given, role(name)), numbering: pair.numbering });
    const plain = conditionOf({ StringEquals: { "aws:UserAgent": "a" } });
    const [one, two] = ["a", "b"].map((name) => conditionResidual(plain, arn(name)));
    assert.equal(one, two);
    assert.notEqual(arnOfRole("a"), arnOfRole("b"));
  });
});
