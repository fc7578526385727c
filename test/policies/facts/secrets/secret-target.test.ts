import { strict as assert } from "assert";
import { factsOf } from "../../../../policies/documents/document-facts";
import { nameInArn, nameOf } from "../../../../policies/facts/secrets/secret-names";
import { likelyArn, ownerOf, secretTarget } from "../../../../policies/facts/secrets/secret-target";
import { buildGraph, SecretNode } from "../../../../policies/stack/graph";
import { resource, unknownText } from "../../support/stack";

const arn = "arn:aws:secretsmanager:eu-north-1:333333333333:secret:orders-Ab12Cd";
const node = (props: object = {}, account?: string | null): SecretNode =>
  buildGraph([
    resource("secret", "orders", { props: { ...props }, ...(account === undefined ? {} : { account }) }),
  ]).secrets[0]!;
const elsewhere = (secretArn: string, account?: string | null): SecretNode =>
  buildGraph([
    resource("secretPolicy", "access", {
      props: { secretArn, policy: "{}" },
      ...(account === undefined ? {} : { account }),
    }),
  ]).secrets[0]!;
const made = "arn:aws:secretsmanager:eu-west-1:111111111111:secret";

describe("the account of a secret", () => {
  const known = (value: string) => ({ state: "known", value });
  const cases: readonly (readonly [string, () => SecretNode, object])[] = [
    ["is that of its ARN", () => node({ arn }), known("333333333333")],
    ["is the provider's", () => node(), known("111111111111")],
    ["is that of the ARN of a secret elsewhere", () => elsewhere(arn), known("333333333333")],
    ["is the provider's for a secret elsewhere by name", () => elsewhere("orders"), known("111111111111")],
    [
      "is the provider's for a secret elsewhere that is not known",
      () => elsewhere(unknownText),
      known("111111111111"),
    ],
    ["is not known without one", () => node({}, null), { state: "unknown" }],
  ];
  for (const [name, make, expected] of cases) it(name, () => assert.deepEqual(ownerOf(make()), expected));
});

describe("a secret as a request names it", () => {
  const cases: readonly (readonly [string, () => SecretNode, string | undefined])[] = [
    ["by its ARN", () => node({ arn }), arn],
    ["by its name, with an ending", () => node({ name: "db/orders" }), `${made}:db/orders-a1b2c3`],
    [
      "in its Region",
      () => node({ name: "x", region: "eu-central-1" }),
      "arn:aws:secretsmanager:eu-central-1:111111111111:secret:x-a1b2c3",
    ],
    ["not while its name is not known", () => node({ name: unknownText, arn: unknownText }), undefined],
    ["not while its account is not known", () => node({ name: "x" }, null), undefined],
    ["not for a secret elsewhere without a name", () => elsewhere(arn), undefined],
  ];
  for (const [name, make, expected] of cases) it(name, () => assert.equal(likelyArn(make()), expected));

  const targets: readonly (readonly [
    string,
    () => SecretNode,
    readonly string[],
    readonly string[],
    string,
  ])[] = [
    ["its ARN", () => node({ arn }), ["*"], [arn], "333333333333"],
    ["its resource's name where it has none", () => node(), ["*"], [`${made}:orders-a1b2c3`], "111111111111"],
    ["the ARN of a secret elsewhere", () => elsewhere(arn), ["*"], [arn], "333333333333"],
    [
      "what the document names, once",
      () => node({ arn }),
      [arn, "arn:aws:secretsmanager:*:*:secret:b-??????", "b"],
      [arn, "arn:aws:secretsmanager:any:333333333333:secret:b-aaaaaa"],
      "333333333333",
    ],
    [
      "a stand-in without an account",
      () => node({ name: "x" }, null),
      ["*"],
      ["arn:aws:secretsmanager:eu-west-1:000000000001:secret:x-a1b2c3"],
      "000000000001",
    ],
  ];
  for (const [name, make, Resource, resourceArns, accountId] of targets) {
    it(`is ${name}`, () => {
      const statement = { Effect: "Allow", Action: "*", Resource } as const;
      const target = secretTarget(make(), factsOf({ Version: "2012-10-17", Statement: [statement] }), ["a"]);
      assert.deepEqual(target, { actions: ["a"], accountId, resourceArns });
    });
  }

  it("is in us-east-1 where no Region is known", () => {
    const { provider: _, ...bare } = resource("secret", "orders");
    const target = secretTarget(
      buildGraph([bare]).secrets[0]!,
      factsOf({ Version: "2012-10-17", Statement: [] }),
      [],
    );
    assert.deepEqual(target.resourceArns, [
      "arn:aws:secretsmanager:us-east-1:000000000001:secret:orders-a1b2c3",
    ]);
  });
});

describe("the name of a secret", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    [arn, "orders"],
    ["arn:aws:secretsmanager:*:*:secret:orders-??????", "orders"],
    ["arn:aws:secretsmanager:*:*:secret:orders-*", "orders"],
    ["arn:aws:secretsmanager:*:*:secret:orders*", "orders*"],
    ["arn:aws:secretsmanager:*:*:secret:orders-Ab12C", "orders-Ab12C"],
    ["arn:aws:secretsmanager:*:*:secret:orders-Ab12Cde", "orders-Ab12Cde"],
    ["arn:aws:secretsmanager:*:*:secret:a-b-Ab12Cd", "a-b"],
    ["arn:aws-cn:secretsmanager:cn-north-1:1:secret:db/x", "db/x"],
    ["arn:aws:secretsmanager:*:*:secret:a:b", "a:b"],
    ["arn:aws:secretsmanager:*:*:secret:", undefined],
    ["arn:aws:secretsmanager:*:secret:orders", undefined],
    ["arn:aws:kms:*:*:secret:orders", undefined],
    ["x arn:aws:secretsmanager:*:*:secret:orders", undefined],
    ["orders", undefined],
    ["*", undefined],
  ];
  for (const [text, expected] of cases) it(`in ${text}`, () => assert.equal(nameInArn(text), expected));

  it("is that of its ARN, or of its name", () => {
    assert.deepEqual([node({ arn }), node({ name: "db/orders" }), node()].map(nameOf), [
      "orders",
      "db/orders",
      undefined,
    ]);
  });
});
