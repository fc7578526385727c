import { noDecryptWithEveryKey } from "../../../../policies/rules/keys/no-decrypt-with-every-key";
import { Case, testRule } from "../../support/cases";
import { allow, boundaryElsewhere, deny, role, rolePolicy, when, worker } from "../../support/identity";
import { policy, unknownText } from "../../support/stack";

const fix = "Name the keys, or hold the statement with kms:ViaService and kms:EncryptionContext:SecretARN.";
const decrypt = "kms:Decrypt";
const key = (what: string, region = "eu-west-1", account = "111111111111") =>
  `arn:aws:kms:${region}:${account}:key/${what}`;
const via = (operator: string, service: unknown) => when(operator, "kms:ViaService", service);
const context = (operator: string, value: string) => when(operator, "kms:EncryptionContext:SecretARN", value);
const secrets = "secretsmanager.eu-west-1.amazonaws.com";

/** Statements of one policy, and what they allow with every key. */
const documents: readonly (readonly [string, readonly object[], string | undefined])[] = [
  ["decrypting with every key", [allow(decrypt)], decrypt],
  ["re-encrypting from every key", [allow("kms:ReEncryptFrom")], "kms:ReEncryptFrom"],
  ["both", [allow([decrypt, "kms:ReEncrypt*"])], "kms:Decrypt, kms:ReEncryptFrom"],
  ["every key of the account", [allow(decrypt, key("*"))], decrypt],
  ["every key of every Region", [allow(decrypt, "arn:aws:kms:*:111111111111:key/*")], decrypt],
  ["every key of another Region", [allow(decrypt, key("*", "us-east-1"))], decrypt],
  ["every key of another account", [allow(decrypt, key("*", "eu-west-1", "222222222222"))], decrypt],
  ["every multi-Region key", [allow(decrypt, key("mrk-*"))], decrypt],
  ["every key by the form of its id", [allow(decrypt, key("????????-*"))], decrypt],
  ["one key", [allow(decrypt, key("k-1"))], undefined],
  ["every key but one", [{ Effect: "Allow", Action: decrypt, NotResource: key("k-1") }], decrypt],
  [
    "keys of one alias",
    [allow(decrypt, "*", when("StringEquals", "kms:ResourceAliases", "alias/orders"))],
    undefined,
  ],
  [
    "keys with a tag",
    [allow(decrypt, "*", when("StringEquals", "aws:ResourceTag/team", "orders"))],
    undefined,
  ],
  [
    "encrypting and describing",
    [allow(["kms:Encrypt", "kms:GenerateDataKey", "kms:DescribeKey"])],
    undefined,
  ],
  ["through Secrets Manager", [allow(decrypt, "*", via("StringEquals", secrets))], undefined],
  ["through whatever service", [allow(decrypt, "*", via("StringLike", "*"))], undefined],
  [
    "through Secrets Manager, if through any",
    [allow(decrypt, "*", via("StringEqualsIfExists", secrets))],
    decrypt,
  ],
  ["not through S3", [allow(decrypt, "*", via("StringNotEquals", "s3.eu-west-1.amazonaws.com"))], decrypt],
  ["through no service", [allow(decrypt, "*", when("Null", "kms:ViaService", "true"))], decrypt],
  ["through some service", [allow(decrypt, "*", when("Null", "kms:ViaService", "false"))], undefined],
  ["for one secret", [allow(decrypt, "*", context("StringEquals", "arn:s"))], undefined],
  ["for one secret, if it is said", [allow(decrypt, "*", context("StringEqualsIfExists", "arn:s"))], decrypt],
  ["for all but one secret", [allow(decrypt, "*", context("StringNotEquals", "arn:s"))], decrypt],
  ["for whatever secret", [allow(decrypt, "*", context("StringLike", "*"))], decrypt],
  [
    "for the caller's account",
    [allow(decrypt, "*", when("StringEquals", "kms:CallerAccount", "111111111111"))],
    decrypt,
  ],
  [
    "denied but through Secrets Manager",
    [allow(decrypt), deny(decrypt, "*", via("StringNotEquals", secrets))],
    undefined,
  ],
  [
    "denied but through Secrets Manager, if said",
    [allow(decrypt), deny(decrypt, "*", via("StringNotEqualsIfExists", secrets))],
    undefined,
  ],
  ["denied for one key", [allow(decrypt), deny(decrypt, key("k-1"))], decrypt],
  ["an administrator, who is IAM-01's", [allow("*")], undefined],
];

const violation = (actions: string) =>
  `the policy of RolePolicy "rights" allows ${actions} with every key. ${fix}`;

testRule(noDecryptWithEveryKey, [
  ...documents.map(([name, statements, actions]): Case => ({
    name,
    stack: worker(...statements),
    says: actions === undefined ? [] : [{ on: "rights", violation: violation(actions) }],
  })),
  {
    name: "through Secrets Manager, when that is not enough",
    stack: worker(allow(decrypt, "*", via("StringEquals", secrets))),
    config: { acceptViaService: false },
    says: [{ on: "rights", violation: violation(decrypt) }],
  },
  {
    name: "through Secrets Manager for one secret, when the service is not enough",
    stack: worker(
      allow(decrypt, "*", {
        Condition: {
          StringEquals: { "kms:ViaService": secrets, "kms:EncryptionContext:SecretARN": "arn:s" },
        },
      }),
    ),
    config: { acceptViaService: false },
    says: [],
  },
  {
    name: "a document that is not known",
    stack: [role(), rolePolicy("rights", "worker", unknownText)],
    says: [
      { on: "rights", undecided: 'the policy of RolePolicy "rights" is not known / the value of `policy`' },
    ],
  },
  {
    name: "a boundary of another stack",
    stack: [
      role("worker", { permissionsBoundary: boundaryElsewhere }),
      rolePolicy("rights", "worker", policy(allow(decrypt))),
    ],
    says: [
      {
        on: "rights",
        undecided:
          'the permissions boundary of Role "worker" may narrow the policy of RolePolicy "rights" and is not in this stack / the stack that holds the boundary',
      },
    ],
  },
]);
