import { strict as assert } from "assert";
import { PolicyDocument, Statement } from "../../../../iam";
import { canRead, organizationsIn, readersIn } from "../../../../policies/facts/secrets/readers";
import { buildGraph } from "../../../../policies/stack/graph";
import { resource } from "../../support/stack";

const account = "222222222222";
const role = `arn:aws:iam::${account}:role/orders`;
const anyRole = `arn:aws:iam::${account}:role/any-other-role`;
const document = (...statements: readonly object[]): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: statements.map(
    (one) =>
      ({ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*", ...one }) as Statement,
  ),
});
const secret = () => buildGraph([resource("secret", "orders", { props: { name: "orders" } })]).secrets[0]!;
const when = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});

describe("the organisations of a document", () => {
  const cases: readonly (readonly [string, object, readonly (string | undefined)[]])[] = [
    ["none", {}, [undefined]],
    ["by id", when("StringEquals", "aws:PrincipalOrgID", ["o-1", "o-2"]), ["o-1", "o-2", undefined]],
    ["by path", when("StringLike", "aws:PrincipalOrgPaths", ["o-1/r-a/*", "o-1/r-b/"]), ["o-1", undefined]],
    ["no patterns", when("StringLike", "aws:PrincipalOrgID", ["o-*", "o-?"]), [undefined]],
  ];
  for (const [name, more, expected] of cases)
    it(name, () => assert.deepEqual(organizationsIn(document(more)), expected));
});

describe("readers by the policy of a secret", () => {
  const everybody = { Principal: "*" };
  const cases: readonly (readonly [
    string,
    readonly object[],
    readonly (readonly [string, string | undefined])[],
  ])[] = [
    ["are nobody without a statement", [], []],
    ["are those of an account that is named", [{ Principal: { AWS: account } }], [[anyRole, undefined]]],
    [
      "are a role and whoever else is named",
      [{ Principal: { AWS: [role, account] } }],
      [
        [role, undefined],
        [anyRole, undefined],
      ],
    ],
    ["are a role alone", [{ Principal: { AWS: role } }], [[role, undefined]]],
    [
      "are nobody with another action",
      [{ Principal: { AWS: account }, Action: "secretsmanager:DescribeSecret" }],
      [],
    ],
    [
      "are members of an organisation",
      [{ ...everybody, ...when("StringEquals", "aws:PrincipalOrgID", "o-1") }],
      [[anyRole, "o-1"]],
    ],
    [
      "are members of the organisation that is not denied",
      [
        { ...everybody, ...when("StringEquals", "aws:PrincipalOrgID", ["o-1", "o-2"]) },
        { Effect: "Deny", ...everybody, ...when("StringEquals", "aws:PrincipalOrgID", "o-1") },
      ],
      [[anyRole, "o-2"]],
    ],
    [
      "come from their own networks",
      [{ Principal: { AWS: account }, ...when("StringEquals", "aws:SourceVpc", "vpc-1") }],
      [[anyRole, undefined]],
    ],
  ];
  for (const [name, statements, expected] of cases) {
    it(name, () =>
      assert.deepEqual(
        readersIn(document(...statements), secret(), account),
        expected.map(([principalArn, organizationId]) => ({ principalArn, organizationId })),
      ),
    );
  }

  it("may be asked for one by one", () => {
    const one = document({ Principal: { AWS: role }, ...when("StringEquals", "aws:PrincipalOrgID", "o-1") });
    assert.deepEqual(canRead(one, secret(), account, "o-1"), { kind: "admitted", principalArn: role });
    assert.deepEqual(canRead(one, secret(), account, "o-1", anyRole), { kind: "refused" });
    assert.deepEqual(canRead(one, secret(), account, undefined, role), { kind: "refused" });
  });
});
