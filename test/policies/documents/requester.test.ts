import { strict as assert } from "assert";
import { factsOf } from "../../../policies/documents/document-facts";
import {
  anonymous,
  instance,
  loner,
  outsider,
  principalArns,
  principalWith,
} from "../../../policies/documents/requester";

const account = "222222222222";
const other = `arn:aws:iam::${account}:role/any-other-role`;

describe("callers", () => {
  it("are of classes that no document names", () => {
    const stranger = { kind: "account", accountId: "000000000000", ownsNetworks: false };
    assert.deepEqual(
      [anonymous, loner, outsider],
      [{ kind: "anonymous" }, stranger, { ...stranger, organizationId: "o-anyotherone" }],
    );
  });

  const principals: readonly (readonly [string, object])[] = [
    [`arn:aws:iam::${account}:root`, { kind: "root", accountId: account }],
    [
      `arn:aws:iam::${account}:user/path/ada`,
      { kind: "user", accountId: account, arn: `arn:aws:iam::${account}:user/path/ada` },
    ],
    [
      `arn:aws:iam::${account}:role/path/orders`,
      {
        kind: "role-session",
        accountId: account,
        roleArn: `arn:aws:iam::${account}:role/path/orders`,
        sessionArn: `arn:aws:sts::${account}:assumed-role/orders/probe`,
      },
    ],
    [
      "no ARN",
      {
        kind: "role-session",
        accountId: account,
        roleArn: "no ARN",
        sessionArn: `arn:aws:sts::${account}:assumed-role//probe`,
      },
    ],
  ];
  for (const [arn, principal] of principals) {
    it(`of ${arn} are a ${(principal as { kind: string }).kind}`, () =>
      assert.deepEqual(principalWith(arn, account), principal));
  }

  const named: readonly (readonly [string, object, readonly string[]])[] = [
    ["one that is not named", {}, [other]],
    [
      "one by ARN",
      { Principal: { AWS: `arn:aws:iam::${account}:role/orders` } },
      [`arn:aws:iam::${account}:role/orders`, other],
    ],
    ["none of another account", { Principal: { AWS: "arn:aws:iam::333333333333:role/orders" } }, [other]],
    ["not the root user", { Principal: { AWS: `arn:aws:iam::${account}:root` } }, [other]],
    [
      "the role of a session",
      { Principal: { AWS: `arn:aws:sts::${account}:assumed-role/orders/me` } },
      [`arn:aws:iam::${account}:role/orders`, other],
    ],
    [
      "the role of a session in China",
      { Principal: { AWS: `arn:aws-cn:sts::${account}:assumed-role/orders/me` } },
      [`arn:aws-cn:iam::${account}:role/orders`, other],
    ],
    [
      "one by condition",
      { Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/orders-*" } } },
      [`arn:aws:iam::${account}:role/orders-any`, other],
    ],
    [
      "each once",
      {
        Principal: { AWS: `arn:aws:iam::${account}:role/orders` },
        Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/orders` } },
      },
      [`arn:aws:iam::${account}:role/orders`, other],
    ],
  ];
  for (const [name, more, arns] of named) {
    it(`that a document tells apart: ${name}`, () => {
      const statement = { Effect: "Allow", Action: "*", Resource: "*", ...more } as const;
      const facts = factsOf({ Version: "2012-10-17", Statement: [statement] });
      assert.deepEqual(principalArns(facts, account), arns);
    });
  }
});

describe("an instance of a pattern", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["orders", "orders"],
    ["*", "any"],
    ["a*b?c", "aanybac"],
    ["**", "anyany"],
    ["arn:aws:iam::*:role/x", `arn:aws:iam::${account}:role/x`],
    ["arn:aws:iam::????????????:role/a:b", `arn:aws:iam::${account}:role/a:b`],
    ["arn:aws:iam::*1:role/x", "arn:aws:iam::any1:role/x"],
    ["arn:aws:iam::1*:role/x", "arn:aws:iam::1any:role/x"],
    ["arn:aws:iam:::role/x", "arn:aws:iam:::role/x"],
    ["arn:aws:s3:*:*", "arn:aws:s3:any:any"],
    ["urn:aws:iam::*:role/x", "urn:aws:iam::any:role/x"],
    [
      "arn:aws:iam::${aws:PrincipalAccount}:role/${AWS:principalaccount}",
      `arn:aws:iam::${account}:role/${account}`,
    ],
  ];
  for (const [pattern, expected] of cases)
    it(pattern, () => assert.equal(instance(pattern, account), expected));
});
