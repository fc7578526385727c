import { strict as assert } from "assert";
import { NamedPrincipal, symbolFor, WorldDocument } from "../../../iam/proof";
import { Candidates } from "../../../iam/proof/candidates";
import { Frame } from "../../../iam/proof/frame";
import { allow, attached, deny } from "../worlds";
import { arnOfRole, BILLING, ORDERS, reading, role, SECRET, SECRETS, user } from "./access-worlds";

const suffix = symbolFor({ of: "suffix of candidates", shape: "??????" });
const NEW = SECRET.replace("database-AbCdEf", `new-${suffix}`);
const OTHER = SECRET.replace("orders", "billing");
const RESOURCES = [SECRET, NEW, OTHER, `${SECRET}-longer`];

const named = (
  name: string,
  statements: readonly Parameters<typeof allow>[0][],
  given: Partial<NamedPrincipal> = {},
) => role(name, { accountId: SECRETS, identity: [attached(name, ...statements.map(allow))], ...given });

function found(
  principals: readonly NamedPrincipal[],
  policy?: WorldDocument,
  given: { readonly arn?: string; readonly action?: string; readonly grants?: Frame["grants"] } = {},
): string {
  const frame = {
    action: given.action ?? "secretsmanager:GetSecretValue",
    resource: { arn: given.arn ?? SECRET, accountId: SECRETS },
    ...(policy && { policy }),
    ...(given.grants && { grants: given.grants }),
  } as Frame;
  const candidates = new Candidates(principals, RESOURCES).of(frame);
  return [...candidates].map(({ arn }) => arn.slice(arn.lastIndexOf("/") + 1)).join(" ");
}

describe("the named principals that may get through", () => {
  const own = [
    named("none", []),
    named("star", [{ Resource: "*" }]),
    named("exact", [{ Resource: SECRET }]),
    named("prefix", [{ Resource: `${SECRET.slice(0, -12)}*` }]),
    named("inner", [{ Resource: "arn:aws:secretsmanager:*:*:secret:orders/*" }]),
    named("other", [{ Resource: OTHER }]),
    named("both", [{ Resource: OTHER }, { Resource: [`${SECRET}x`, SECRET] }]),
    named("not", [{ NotResource: OTHER }]),
    named("variable", [{ Resource: "arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/a}" }]),
    named("action", [{ Action: "secretsmanager:PutSecretValue", Resource: SECRET }]),
    named("literal", [{ Resource: NEW.replace(suffix, "AbCdEf") }]),
    named("unknown", [], { identity: [{ source: "p", unknown: "not made" }] }),
    named("denied", [], { identity: [attached("p", deny())] }),
    user("alice", { accountId: SECRETS, identity: [attached("p", allow({ Resource: SECRET }))] }),
    named("trust", [], { identity: [attached("p", { Effect: "Allow", Action: "*" })] }),
  ];

  it("are those of the owner's account whose policies name the resource, or may", () => {
    assert.equal(found(own), "exact prefix inner both alice star not variable unknown trust");
  });

  it("are asked about each action", () => {
    assert.equal(
      found(own, undefined, { action: "secretsmanager:PutSecretValue" }),
      "exact prefix inner both action alice star not variable unknown trust",
    );
  });

  it("may be of a resource that is not known yet", () => {
    assert.equal(found(own, undefined, { arn: NEW }), "inner literal star not variable unknown trust");
  });

  it("may be all who do the action anywhere, of a resource that nobody has asked about", () => {
    const principals = [...own.slice(0, 7), named("abroad", [{ Resource: SECRET }], { accountId: ORDERS })];
    assert.equal(
      found(principals, undefined, { arn: `${SECRET}-made` }),
      "star exact prefix inner other both",
    );
  });

  it("are the resource's exactly, not those of a longer name", () => {
    assert.equal(
      found(own, undefined, { arn: `${SECRET}-longer` }),
      "prefix inner star not variable unknown trust",
    );
  });

  it("of other accounts need an opening", () => {
    const others = [ORDERS, BILLING].map((accountId) =>
      named(`of ${accountId}`, [{ Resource: SECRET }], { accountId }),
    );
    const anywhere = [ORDERS, BILLING].map((accountId) => named(`any ${accountId}`, [{}], { accountId }));
    const idle = [SECRETS, ORDERS].map((accountId) => named(`idle ${accountId}`, [], { accountId }));
    const principals = [...others, ...anywhere, ...idle];
    const arn = (name: string, accountId = ORDERS) => arnOfRole(name, accountId);
    const of = (...statements: Parameters<typeof attached>[1][]) =>
      found(principals, attached("p", ...statements));
    const listed = (operator: string, value: string) =>
      reading("*", { Condition: { [operator]: { "aws:PrincipalArn": value } } });
    assert.deepEqual(
      [
        found(principals),
        of(reading({ AWS: ORDERS })),
        of(reading("*")),
        of(listed("StringEquals", arn("any 333333333333", BILLING))),
        of(listed("ArnLike", arn("*", BILLING))),
        of(reading({ AWS: arn(`idle ${ORDERS}`) })),
        of(reading({ AWS: `arn:aws:sts::${ORDERS}:assumed-role/idle ${ORDERS}/session` })),
        of(reading({ AWS: `arn:aws:sts::${BILLING}:assumed-role/idle ${ORDERS}/session` })),
        of(reading({ AWS: `arn:aws:iam::${ORDERS}:assumed-role/idle ${ORDERS}/session` })),
        of(reading({ AWS: arn("gone") })),
        found(principals, { source: "p", unknown: "not made" }),
      ],
      [
        "",
        `of ${ORDERS} any ${ORDERS}`,
        `of ${ORDERS} of ${BILLING} any ${ORDERS} any ${BILLING} idle ${SECRETS}`,
        `any ${BILLING}`,
        `of ${BILLING} any ${BILLING}`,
        `idle ${ORDERS}`,
        `idle ${ORDERS}`,
        "",
        "",
        "",
        `of ${ORDERS} of ${BILLING} any ${ORDERS} any ${BILLING} idle ${SECRETS}`,
      ],
    );
  });

  it("are those whom grants name", () => {
    const idle = named("idle", [], { accountId: ORDERS });
    const grants = [{ grantId: "g", granteePrincipal: idle.arn, operations: ["Decrypt"] }];
    assert.equal(found([idle], undefined, { grants }), "idle");
  });

  it("are those who may turn out to be named", () => {
    const name = symbolFor({ of: "name of a candidate", shape: "x-*" });
    const [later, x, y] = [name, "x-1", "y-1"].map((one) => named(one, [], { accountId: ORDERS }));
    const of = (AWS: string) => found([later!, x!, y!], attached("p", reading({ AWS })));
    assert.deepEqual([of(later!.arn), of(x!.arn), of(y!.arn)], [`${name} x-1`, `x-1 ${name}`, "y-1"]);
  });

  it("are roles by their sessions", () => {
    const deep = role("deep", { arn: `arn:aws:iam::${ORDERS}:role/path/deep` });
    const candidates = new Candidates([deep], []);
    const of = (name: string) => candidates.ofSession(name)?.arn;
    assert.deepEqual(
      [
        of(`arn:aws:sts::${ORDERS}:assumed-role/deep/a`),
        of(`arn:aws-cn:sts::${ORDERS}:assumed-role/deep/a/b`),
        of(`arn:aws:sts::${ORDERS}:assumed-role/other/a`),
        of(`arn:aws:iam::${ORDERS}:assumed-role/deep/a`),
        of(deep.arn),
      ],
      [deep.arn, deep.arn, undefined, undefined, undefined],
    );
  });
});
