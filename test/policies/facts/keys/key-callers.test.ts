import { strict as assert } from "assert";
import { PolicyDocument, Statement } from "../../../../iam";
import { accountsOf, admits, namedCallers } from "../../../../policies/facts/keys/key-callers";
import { keyOwnerOf, keyTarget } from "../../../../policies/facts/keys/key-target";
import { factsOf } from "../../../../policies/documents/document-facts";
import { buildGraph, KeyNode } from "../../../../policies/stack/graph";
import { resource, unknownText } from "../../support/stack";

const role = "arn:aws:iam::222222222222:role/orders";
const document = (...statements: readonly object[]): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: statements.map(
    (one) => ({ Effect: "Allow", Action: "kms:*", Resource: "*", ...one }) as Statement,
  ),
});
const node = (props: object = {}, account?: string | null): KeyNode =>
  buildGraph([
    resource("key", "main", { props: { ...props }, ...(account === undefined ? {} : { account }) }),
  ]).keys[0]!;
const loose = (props: object): KeyNode =>
  buildGraph([resource("keyPolicy", "central", { props: { policy: "{}", ...props } })]).keys[0]!;
const named = document({
  Principal: {
    AWS: ["arn:aws:iam::111111111111:root", role, "333333333333", "arn:aws:iam::111111111111:user/ada"],
  },
});
const account = (accountId: string) => ({
  who: `account ${accountId}`,
  requester: { kind: "account", accountId, ownsNetworks: true },
});
const principal = (principalArn: string, accountId: string) => ({
  who: principalArn,
  requester: { kind: "account", accountId, ownsNetworks: true, principalArn },
});

describe("whom a key policy names", () => {
  it("is everybody but the root of the key's own account", () => {
    assert.deepEqual(namedCallers(named, node()), [
      principal(role, "222222222222"),
      principal("arn:aws:iam::111111111111:user/ada", "111111111111"),
      account("222222222222"),
      account("333333333333"),
    ]);
  });
  it("is no account while the key's own is not known", () => {
    assert.deepEqual(
      namedCallers(named, node({}, null)).map(({ who }) => who),
      [role, "arn:aws:iam::111111111111:user/ada"],
    );
  });
  it("is nobody in a policy about nobody", () => assert.deepEqual(namedCallers(document({}), node()), []));

  it("are its own account and those that it names", () => {
    assert.deepEqual(
      accountsOf(named, node()),
      ["111111111111", "222222222222", "333333333333"].map(account),
    );
    assert.deepEqual(accountsOf(document({ Principal: { AWS: role } }), node({}, null)), [
      account("222222222222"),
    ]);
  });
});

describe("what a key policy lets a caller do", () => {
  const when = (key: string, value: string) => ({ Condition: { StringEquals: { [key]: value } } });
  const cases: readonly (readonly [string, object, readonly string[], object | undefined, string])[] = [
    ["what it names", { Principal: { AWS: role } }, ["kms:Decrypt"], undefined, "admitted"],
    [
      "one of several actions",
      { Principal: { AWS: role }, Action: "kms:Encrypt" },
      ["kms:Decrypt", "kms:Encrypt"],
      undefined,
      "admitted",
    ],
    [
      "nothing else",
      { Principal: { AWS: role }, Action: "kms:Encrypt" },
      ["kms:Decrypt"],
      undefined,
      "refused",
    ],
    [
      "what members of an organisation may",
      { Principal: "*", ...when("aws:PrincipalOrgID", "o-1") },
      ["kms:Decrypt"],
      undefined,
      "admitted",
    ],
    [
      "what its request carries",
      { Principal: "*", ...when("kms:ViaService", "a") },
      ["kms:Decrypt"],
      { "kms:viaservice": "a" },
      "admitted",
    ],
    [
      "not what its request carries otherwise",
      { Principal: "*", ...when("kms:ViaService", "a") },
      ["kms:Decrypt"],
      { "kms:viaservice": "b" },
      "refused",
    ],
  ];
  for (const [name, statement, actions, context, expected] of cases) {
    it(name, () => {
      const caller = {
        who: role,
        requester: {
          kind: "account",
          accountId: "222222222222",
          ownsNetworks: true,
          principalArn: role,
        } as const,
      };
      assert.equal(admits(document(statement), node(), caller, actions, context as never), expected);
    });
  }
});

describe("a key as a request names it", () => {
  const known = (value: string) => ({ state: "known", value });
  const owners: readonly (readonly [string, () => KeyNode, object])[] = [
    ["the provider's account", () => node(), known("111111111111")],
    [
      "that of the ARN of a key elsewhere",
      () => loose({ keyId: "arn:aws:kms:eu-west-1:444444444444:key/k" }),
      known("444444444444"),
    ],
    ["the provider's for a key elsewhere by id", () => loose({ keyId: "k-1" }), known("111111111111")],
    [
      "the provider's for a key elsewhere that is not known",
      () => loose({ keyId: unknownText }),
      known("111111111111"),
    ],
    ["nobody's without an account", () => node({}, null), { state: "unknown" }],
  ];
  for (const [name, make, expected] of owners)
    it(`is of ${name}`, () => assert.deepEqual(keyOwnerOf(make()), expected));

  const any = "key/11111111-2222-3333-4444-555555555555";
  const targets: readonly (readonly [string, () => KeyNode, readonly string[], readonly string[]])[] = [
    [
      "its ARN",
      () => node({ arn: "arn:aws:kms:eu-west-1:111111111111:key/k" }),
      ["*"],
      ["arn:aws:kms:eu-west-1:111111111111:key/k"],
    ],
    [
      "an ARN of its account and Region",
      () => node({ region: "eu-central-1" }),
      ["*"],
      [`arn:aws:kms:eu-central-1:111111111111:${any}`],
    ],
    [
      "what its document names, too",
      () => node(),
      ["arn:aws:kms:*:*:key/k", "orders"],
      [`arn:aws:kms:eu-west-1:111111111111:${any}`, "arn:aws:kms:any:111111111111:key/k"],
    ],
    [
      "each once",
      () => node({ arn: "arn:aws:kms:eu-west-1:111111111111:key/k" }),
      ["arn:aws:kms:eu-west-1:111111111111:key/k"],
      ["arn:aws:kms:eu-west-1:111111111111:key/k"],
    ],
  ];
  for (const [name, make, Resource, resourceArns] of targets) {
    it(`is ${name}`, () => {
      const target = keyTarget(make(), factsOf(document({ Resource })), ["kms:Decrypt"]);
      assert.deepEqual(target, { actions: ["kms:Decrypt"], accountId: "111111111111", resourceArns });
    });
  }

  it("stands in for an account and a Region that are not known", () => {
    const { provider: _, ...bare } = resource("key", "main");
    const target = keyTarget(buildGraph([bare]).keys[0]!, factsOf(document({})), []);
    assert.deepEqual(target, {
      actions: [],
      accountId: "000000000001",
      resourceArns: [`arn:aws:kms:us-east-1:000000000001:${any}`],
    });
  });
});
