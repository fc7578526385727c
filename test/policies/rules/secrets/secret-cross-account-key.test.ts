import { secretCrossAccountKey } from "../../../../policies/rules/secrets/secret-cross-account-key";
import { Case, testRule } from "../../support/cases";
import { organizationId, ownerId, policy, readerId, resource, Said, unknownText } from "../../support/stack";

import { tooComplex } from "../../support/too-complex";

const fix =
  "Encrypt the secret with a customer managed key whose policy lets the same principals kms:Decrypt.";
const role = (name: string) => `arn:aws:iam::${readerId}:role/${name}`;
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });
const ofOrganization = { "aws:PrincipalOrgID": organizationId };

const shared = policy({
  Effect: "Allow",
  Principal: root(readerId),
  Action: "secretsmanager:GetSecretValue",
  Resource: "*",
  Condition: {
    StringEquals: { ...ofOrganization, "aws:SourceVpc": "vpc-0a0000000000000a1" },
    ArnEquals: { "aws:PrincipalArn": [role("orders-service"), role("orders-reporting")] },
  },
});
const own = policy({
  Effect: "Allow",
  Principal: root(ownerId),
  Action: "secretsmanager:GetSecretValue",
  Resource: "*",
});
const decrypt = { Effect: "Allow", Principal: root(readerId), Action: "kms:Decrypt", Resource: "*" };
const administer = { Effect: "Allow", Principal: root(ownerId), Action: "kms:*", Resource: "*" };
const throughSecretsManager = { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" };

const key = (...statements: readonly object[]) =>
  resource("key", "main", {
    props: { arn: unknownText, keyId: unknownText, policy: policy(administer, ...statements) },
  });
const secret = (props: Record<string, unknown>, from = {}) =>
  resource("secret", "orders", { props: { arn: unknownText, policy: shared, ...props }, from });
const under = (main: ReturnType<typeof key>) => [
  main,
  secret({ kmsKeyId: unknownText }, { kmsKeyId: [main] }),
];
const cannot = (name: string): Said => ({
  on: "orders",
  violation: `Secret "orders" lets ${role(name)} read, but Key "main" does not let it decrypt. ${fix}`,
});
const readBy = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" };
const serviceKey = {
  on: "orders",
  violation: `Secret "orders" is shared with account ${readerId}, but is encrypted with aws/secretsmanager, which other accounts cannot use. ${fix}`,
};

const grants: readonly (readonly [string, object, readonly Said[]])[] = [
  ["the reader's account", decrypt, []],
  [
    "the account through Secrets Manager",
    { ...decrypt, Condition: { StringEquals: { ...throughSecretsManager, ...ofOrganization } } },
    [],
  ],
  [
    "the secret's encryption context",
    {
      ...decrypt,
      Condition: { StringLike: { "kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:*" } },
    },
    [],
  ],
  [
    "another action",
    { ...decrypt, Action: "kms:DescribeKey" },
    [cannot("orders-service"), cannot("orders-reporting")],
  ],
  [
    "another account",
    { ...decrypt, Principal: root("333333333333") },
    [cannot("orders-service"), cannot("orders-reporting")],
  ],
  [
    "one reader of two",
    { ...decrypt, Condition: { ArnEquals: { "aws:PrincipalArn": role("orders-service") } } },
    [cannot("orders-reporting")],
  ],
  [
    "another organisation",
    { ...decrypt, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-theothers" } } },
    [cannot("orders-service"), cannot("orders-reporting")],
  ],
  [
    "the reader's VPC, which a call by Secrets Manager does not come through",
    { ...decrypt, Condition: { StringEquals: { "aws:SourceVpc": "vpc-0a0000000000000a1" } } },
    [cannot("orders-service"), cannot("orders-reporting")],
  ],
];

testRule(secretCrossAccountKey, [
  ...grants.map(([name, statement, says]): Case => ({
    name: `the key admits ${name}`,
    stack: under(key(statement)),
    says,
  })),
  ...["orders", "billing"].map((name): Case => ({
    name: `the key admits the encryption context of secrets named ${name}`,
    stack: (() => {
      const context = `arn:aws:secretsmanager:eu-west-1:${ownerId}:secret:${name}-*`;
      const StringLike = { "kms:EncryptionContext:SecretARN": context };
      const main = key({ ...decrypt, Condition: { StringLike } });
      const arn = `arn:aws:secretsmanager:eu-west-1:${ownerId}:secret:orders-a1b2c3`;
      return [main, secret({ arn, kmsKeyId: unknownText }, { kmsKeyId: [main] })];
    })(),
    says: name === "orders" ? [] : [cannot("orders-service"), cannot("orders-reporting")],
  })),
  { name: "no key", stack: [secret({})], says: [serviceKey] },
  { name: "AWS's own key", stack: [secret({ kmsKeyId: "alias/aws/secretsmanager" })], says: [serviceKey] },
  {
    name: "shared with two accounts, under no key",
    stack: [
      secret({
        policy: policy(
          { ...readBy, Principal: root(readerId) },
          { ...readBy, Principal: root("333333333333") },
        ),
      }),
    ],
    says: [
      {
        on: "orders",
        violation: serviceKey.violation.replace(readerId, `${readerId}, 333333333333`),
      },
    ],
  },
  {
    name: "a secret of another stack, whose key this one does not know",
    stack: [
      resource("secretPolicy", "access", {
        props: {
          secretArn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:far-a1b2c3",
          policy: shared,
        },
      }),
    ],
    says: [],
  },
  {
    name: "a policy of the secret that is not known",
    stack: [resource("secret", "orders", { props: { policy: unknownText }, from: { policy: [] } })],
    says: [],
  },
  {
    name: "a secret nobody knows the owner of",
    stack: [resource("secret", "orders", { props: { policy: shared }, account: null })],
    says: [],
  },
  {
    name: "a key that is not known",
    stack: [secret({ kmsKeyId: unknownText })],
    says: [
      {
        on: "orders",
        undecided: `Secret "orders" is shared with account ${readerId}, and its key is not known / the value of \`kmsKeyId\``,
      },
    ],
  },
  {
    name: "a key whose policy AWS refuses, which lets nobody in",
    stack: under(resource("key", "main", { props: { arn: unknownText, policy: "{" } })),
    says: [cannot("orders-service"), cannot("orders-reporting")],
  },
  {
    name: "a key with a policy of its own that is not known, over one that is",
    stack: (() => {
      const main = key();
      const attached = resource("keyPolicy", "later", {
        props: { keyId: unknownText, policy: unknownText },
        from: { keyId: [main], policy: [] },
      });
      return [...under(main), attached];
    })(),
    says: [
      {
        on: "orders",
        undecided:
          'Secret "orders" is shared, and the policy of its key is not known / the value of `policy`',
      },
    ],
  },
  {
    name: "a key with more conditions than are tried",
    stack: under(key({ ...decrypt, ...tooComplex })),
    says: [
      {
        on: "orders",
        undecided:
          'the policy of Key "main" has too many conditions to try them all / a policy with fewer condition values',
      },
    ],
  },
  { name: "not shared", stack: [secret({ policy: own })], says: [] },
  {
    name: "a key with KMS's default policy",
    stack: under(resource("key", "main", { props: { arn: unknownText } })),
    says: [cannot("orders-service"), cannot("orders-reporting")],
  },
  {
    name: "a key with a policy of its own resource",
    stack: (() => {
      const main = resource("key", "main", { props: { arn: unknownText, keyId: unknownText } });
      const attached = resource("keyPolicy", "main-policy", {
        props: { keyId: unknownText, policy: policy(decrypt) },
        from: { keyId: [main] },
      });
      return [...under(main), attached];
    })(),
    says: [],
  },
  {
    name: "a key by its alias",
    stack: (() => {
      const main = key(decrypt);
      const alias = resource("alias", "orders", {
        props: { name: "alias/orders", targetKeyId: unknownText },
        from: { targetKeyId: [main] },
      });
      return [main, alias, secret({ kmsKeyId: "alias/orders" })];
    })(),
    says: [],
  },
  {
    name: "a key of another stack",
    stack: [secret({ kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/a" })],
    says: [
      {
        on: "orders",
        undecided: `Secret "orders" is shared with account ${readerId}, and the policy of its key is not in this stack / the stack that creates the key`,
      },
    ],
  },
  {
    name: "a key policy that is not known",
    stack: under(resource("key", "main", { props: { arn: unknownText, policy: unknownText } })),
    says: [
      {
        on: "orders",
        undecided:
          'Secret "orders" is shared, and the policy of its key is not known / the value of `policy`',
      },
    ],
  },
]);
