import { keyUseThroughSecretsManager } from "../../../../policies/rules/keys/key-use-through-secrets-manager";
import { Case, testRule } from "../../support/cases";
import { policy, resource, unknownText } from "../../support/stack";

const fix =
  "Allow kms:Decrypt and kms:GenerateDataKey only with kms:ViaService of Secrets Manager and kms:EncryptionContext:SecretARN.";
const arn = "arn:aws:kms:eu-west-1:111111111111:key/k-1";
const service = "secretsmanager.eu-west-1.amazonaws.com";
const ownSecrets = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:*";
const root = { AWS: "arn:aws:iam::111111111111:root" };
const use = (more: object = {}) => ({
  Effect: "Allow",
  Principal: root,
  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
  Resource: "*",
  ...more,
});
const held = (condition: object) => use({ Condition: condition });
const direct = "without Secrets Manager";
const others = "for what is no secret of theirs";
const own = "account 111111111111";

/** Statements of the key's policy, and the ways around Secrets Manager that they leave, each with who takes it. */
const documents: readonly (readonly [string, readonly object[], readonly (readonly [string, string])[]])[] = [
  ["AWS's default", [use({ Action: "kms:*" })], [[own, direct]]],
  ["administration only", [use({ Action: ["kms:PutKeyPolicy", "kms:Describe*"] })], []],
  ["re-encrypting only", [use({ Action: "kms:ReEncryptFrom" })], [[own, direct]]],
  [
    "through Secrets Manager for the account's secrets",
    [
      held({
        StringEquals: { "kms:ViaService": service },
        StringLike: { "kms:EncryptionContext:SecretARN": ownSecrets },
      }),
    ],
    [],
  ],
  [
    "through Secrets Manager for whatever",
    [held({ StringEquals: { "kms:ViaService": service } })],
    [[own, others]],
  ],
  [
    "through Secrets Manager for any account's secrets",
    [
      held({
        StringEquals: { "kms:ViaService": service },
        StringLike: { "kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:*" },
      }),
    ],
    [[own, others]],
  ],
  [
    "through Secrets Manager for the account's secrets, if said",
    [
      held({
        StringEquals: { "kms:ViaService": service },
        StringLikeIfExists: { "kms:EncryptionContext:SecretARN": ownSecrets },
      }),
    ],
    [[own, others]],
  ],
  [
    "through Secrets Manager, if through any",
    [
      held({
        StringEqualsIfExists: { "kms:ViaService": service },
        StringLike: { "kms:EncryptionContext:SecretARN": ownSecrets },
      }),
    ],
    [[own, direct]],
  ],
  [
    "through whatever service",
    [
      held({
        StringLike: { "kms:ViaService": "*" },
        StringEquals: { "kms:EncryptionContext:SecretARN": "arn:s" },
      }),
    ],
    [[own, direct]],
  ],
  [
    "for the account's secrets, by whatever way",
    [held({ StringLike: { "kms:EncryptionContext:SecretARN": ownSecrets } })],
    [[own, direct]],
  ],
  [
    "not through S3",
    [held({ StringNotEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } })],
    [[own, direct]],
  ],
  [
    "everything denied but through Secrets Manager",
    [use(), { ...held({ StringNotEquals: { "kms:ViaService": service } }), Effect: "Deny", Principal: "*" }],
    [[own, others]],
  ],
  ["a role by name", [use({ Principal: { AWS: "arn:aws:iam::111111111111:role/ci" } })], [[own, direct]]],
  ["another account", [use({ Principal: { AWS: "222222222222" } })], [["account 222222222222", direct]]],
  [
    "another account as a member of the organisation",
    [
      use({
        Principal: { AWS: "222222222222" },
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-strongroom" } },
      }),
    ],
    [["account 222222222222", direct]],
  ],
];

const stack = (document: unknown) => [
  resource("key", "main", { props: { arn, policy: document } }),
  resource("secret", "orders", { props: { kmsKeyId: arn } }),
];
const says = (found: readonly (readonly [string, string])[], on = "main", kind = "Key"): Case["says"] =>
  found.map(([who, how]) => ({
    on,
    violation: `the policy of ${kind} "${on}" lets ${who} use the key ${how}. ${fix}`,
  }));

testRule(keyUseThroughSecretsManager, [
  ...documents.map(([name, statements, found]): Case => ({
    name,
    stack: stack(policy(...statements)),
    says: says(found),
  })),
  {
    name: "AWS's default, when the context does not matter",
    stack: stack(policy(use())),
    config: { requireEncryptionContext: false },
    says: says([[own, direct]]),
  },
  {
    name: "through Secrets Manager, when the context does not matter",
    stack: stack(policy(held({ StringEquals: { "kms:ViaService": service } }))),
    config: { requireEncryptionContext: false },
    says: [],
  },
  {
    name: "a key of no secret",
    stack: [resource("key", "main", { props: { arn, policy: policy(use()) } })],
    says: [],
  },
  {
    name: "a key of two secrets",
    stack: [...stack(policy(use())), resource("secret", "more", { props: { kmsKeyId: arn } })],
    says: says([[own, direct]]),
  },
  {
    name: "the key of a replica, in its own Region",
    stack: [
      resource("replicaKey", "there", {
        props: {
          arn: "arn:aws:kms:eu-central-1:111111111111:key/k-1",
          region: "eu-central-1",
          policy: policy(
            held({ StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" } }),
          ),
        },
      }),
      resource("secret", "orders", {
        props: {
          replicas: [{ region: "eu-central-1", kmsKeyId: "arn:aws:kms:eu-central-1:111111111111:key/k-1" }],
        },
      }),
    ],
    says: says([[own, others]], "there", "ReplicaKey"),
  },
  {
    name: "the policy of a resource of its own",
    stack: [
      resource("key", "main", { props: { arn, keyId: "k-1" } }),
      resource("secret", "orders", { props: { kmsKeyId: arn } }),
      resource("keyPolicy", "p", { props: { keyId: "k-1", policy: policy(use()) } }),
    ],
    says: says([[own, direct]], "p", "KeyPolicy"),
  },
  {
    name: "a policy that is not known",
    stack: stack(unknownText),
    says: [{ on: "main", undecided: 'the policy of Key "main" is not known / the value of `policy`' }],
  },
  { name: "a policy that AWS refuses is KMS-02's", stack: stack("{"), says: [] },
  {
    name: "more conditions than are tried",
    stack: stack(
      policy(
        held({
          StringEquals: Object.fromEntries(
            Array.from({ length: 14 }, (_, index) => [`aws:PrincipalTag/t${index}`, ["a", "b", "c"]]),
          ),
          DateLessThan: { "aws:CurrentTime": "2001-01-01T00:00:00Z" },
        }),
      ),
    ),
    says: [
      {
        on: "main",
        undecided:
          'the policy of Key "main" has too many conditions to try them all / a policy with fewer condition values',
      },
    ],
  },
]);
