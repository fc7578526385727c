import { Resource } from "../../../../policies/stack/resource";
import { rotationRoleLeastPrivilege } from "../../../../policies/rules/secrets/rotation-role-least-privilege";
import { Case, testRule } from "../../support/cases";
import { allow, deny, rolePolicy, trust, when } from "../../support/identity";
import { policy, resource, unknownText } from "../../support/stack";

const actions = ["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"].map(
  (name) => `secretsmanager:${name}`,
);
const fix = `Give the role of the function ${actions.join(", ")} on the secret, the use of its key through Secrets Manager, and nothing more.`;
const arnOf = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}`;
const own = arnOf("orders-??????");
const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/k-1";
const roleArn = "arn:aws:iam::111111111111:role/rotate";
const through = when("StringEquals", "kms:ViaService", "secretsmanager.eu-west-1.amazonaws.com");
const needs = allow(actions, own);

/** A secret that a function rotates under a role. */
function rotation(
  more: readonly Resource[],
  secretProps: Record<string, unknown> = {},
  roleProps: Record<string, unknown> = {},
): readonly Resource[] {
  return [
    resource("secret", "orders", { props: { arn: arnOf("orders-a1b2c3"), name: "orders", ...secretProps } }),
    resource("role", "rotate", {
      props: { name: "rotate", arn: roleArn, assumeRolePolicy: trust, ...roleProps },
    }),
    resource("function", "rotate", { props: { arn: "arn:f", role: roleArn } }),
    resource("secretRotation", "monthly", {
      props: { secretId: arnOf("orders-a1b2c3"), rotationLambdaArn: "arn:f" },
    }),
    ...more,
  ];
}
const withPolicy = (...statements: readonly object[]) =>
  rotation([rolePolicy("rights", "rotate", policy(...statements))]);
const lacks = (missing: string): Case["says"] => [
  {
    on: "rotate",
    violation: `Role "rotate", as which Function "rotate" rotates Secret "orders", may not ${missing}. ${fix}`,
  },
];
const excess = (what: string): Case["says"] => [
  {
    on: "rights",
    violation: `the policy of RolePolicy "rights" lets the rotation function Function "rotate" ${what}. ${fix}`,
  },
];

/** Statements of the role's policy, and what is said. */
const documents: readonly (readonly [string, readonly object[], Case["says"]])[] = [
  ["exactly what it needs", [needs], []],
  ["what it needs by the whole ARN", [allow(actions, arnOf("orders-a1b2c3"))], []],
  ...actions.map(
    (missing) =>
      [
        `all but ${missing}`,
        [
          allow(
            actions.filter((one) => one !== missing),
            own,
          ),
        ],
        lacks(missing),
      ] as const,
  ),
  [
    "what it needs, of another secret",
    [allow(["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], arnOf("admin-??????"))],
    lacks(actions.join(", ")),
  ],
  [
    "what it needs, partly denied",
    [needs, deny("secretsmanager:PutSecretValue", own)],
    lacks("secretsmanager:PutSecretValue"),
  ],
  [
    "what it needs, on what is tagged for it",
    [allow(actions, own, when("StringEquals", "aws:ResourceTag/rotate", "yes"))],
    [],
  ],
  [
    "its logs and its network",
    [needs, allow(["logs:PutLogEvents", "ec2:CreateNetworkInterface", "secretsmanager:GetRandomPassword"])],
    [],
  ],
  [
    "reading an administrator's secret by name",
    [needs, allow(actions.slice(0, 2), arnOf("admin-??????"))],
    [],
  ],
  [
    "reading every secret",
    [needs, allow("secretsmanager:GetSecretValue")],
    excess("secretsmanager:GetSecretValue on every secret"),
  ],
  [
    "changing every secret",
    [needs, allow(actions.slice(2), arnOf("*"))],
    excess("secretsmanager:PutSecretValue, secretsmanager:UpdateSecretVersionStage on every secret"),
  ],
  ["describing every secret", [needs, allow("secretsmanager:DescribeSecret")], []],
  [
    "changing another secret",
    [needs, allow("secretsmanager:PutSecretValue", arnOf("billing-??????"))],
    excess(`change ${arnOf("billing-??????")}`),
  ],
  [
    "moving labels of another secret",
    [needs, allow("secretsmanager:UpdateSecretVersionStage", arnOf("billing-a1b2c3"))],
    excess(`change ${arnOf("billing-a1b2c3")}`),
  ],
  [
    "changing a path of secrets",
    [needs, allow("secretsmanager:PutSecretValue", arnOf("orders/*"))],
    excess(`change ${arnOf("orders/*")}`),
  ],
  [
    "changing what begins alike",
    [needs, allow("secretsmanager:PutSecretValue", arnOf("orders*"))],
    excess(`change ${arnOf("orders*")}`),
  ],
  ...[
    "DeleteSecret",
    "RestoreSecret",
    "UpdateSecret",
    "PutResourcePolicy",
    "DeleteResourcePolicy",
    "RotateSecret",
    "CancelRotateSecret",
    "ReplicateSecretToRegions",
    "RemoveRegionsFromReplication",
    "StopReplicationToReplica",
    "TagResource",
    "UntagResource",
  ].map(
    (name) =>
      [
        `${name} on its secret`,
        [needs, allow(`secretsmanager:${name}`, own)],
        excess(`secretsmanager:${name}`),
      ] as const,
  ),
  ...["PutKeyPolicy", "ScheduleKeyDeletion", "DisableKey", "CreateGrant"].flatMap((name) => [
    [`${name} of every key`, [needs, allow(`kms:${name}`)], excess(`kms:${name}`)] as const,
    [`${name} of one key`, [needs, allow(`kms:${name}`, keyArn)], excess(`kms:${name}`)] as const,
  ]),
  [
    "a way to delete, denied",
    [needs, allow("secretsmanager:DeleteSecret", own), deny("secretsmanager:Delete*")],
    [],
  ],
  [
    "an administrator",
    [allow("*")],
    [
      {
        on: "rights",
        violation: `the policy of RolePolicy "rights" makes the rotation function Function "rotate" an administrator. ${fix}`,
      },
    ],
  ],
];

const keys: readonly (readonly [string, readonly object[], object | undefined, Case["says"]])[] = [
  ["the use of the key", [allow(["kms:Decrypt", "kms:GenerateDataKey"], keyArn, through)], undefined, []],
  ["no use of the key", [], undefined, lacks("kms:Decrypt, kms:GenerateDataKey")],
  ["decrypting only", [allow("kms:Decrypt", keyArn)], undefined, lacks("kms:GenerateDataKey")],
  ["encrypting only", [allow("kms:GenerateDataKey", keyArn)], undefined, lacks("kms:Decrypt")],
  [
    "another key",
    [
      allow("kms:*Decrypt", "arn:aws:kms:eu-west-1:111111111111:key/k-2"),
      allow("kms:GenerateDataKey", keyArn),
    ],
    undefined,
    lacks("kms:Decrypt"),
  ],
  [
    "through another service",
    [
      allow(
        ["kms:Decrypt", "kms:GenerateDataKey"],
        keyArn,
        when("StringEquals", "kms:ViaService", "s3.eu-west-1.amazonaws.com"),
      ),
    ],
    undefined,
    lacks("kms:Decrypt, kms:GenerateDataKey"),
  ],
  [
    "through Secrets Manager of another Region",
    [
      allow(
        ["kms:Decrypt", "kms:GenerateDataKey"],
        keyArn,
        when("StringEquals", "kms:ViaService", "secretsmanager.us-east-1.amazonaws.com"),
      ),
    ],
    undefined,
    lacks("kms:Decrypt, kms:GenerateDataKey"),
  ],
  [
    "for another secret",
    [
      allow(
        ["kms:Decrypt", "kms:GenerateDataKey"],
        keyArn,
        when("StringLike", "kms:EncryptionContext:SecretARN", arnOf("billing-*")),
      ),
    ],
    undefined,
    lacks("kms:Decrypt, kms:GenerateDataKey"),
  ],
  [
    "by the key's policy, which names the role",
    [],
    {
      Effect: "Allow",
      Principal: { AWS: roleArn },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      ...through,
    },
    [],
  ],
  [
    "by the key's policy, which names another role",
    [],
    { Effect: "Allow", Principal: { AWS: `${roleArn}r` }, Action: "kms:*", Resource: "*" },
    lacks("kms:Decrypt, kms:GenerateDataKey"),
  ],
  [
    "by the key's policy, which leaves it to IAM",
    [],
    { Effect: "Allow", Principal: { AWS: "111111111111" }, Action: "kms:*", Resource: "*" },
    lacks("kms:Decrypt, kms:GenerateDataKey"),
  ],
];

const attachment = (policyArn: unknown, from: readonly Resource[] = []) =>
  resource("rolePolicyAttachment", "more", {
    props: { role: "rotate", policyArn },
    from: { policyArn: from },
  });

testRule(rotationRoleLeastPrivilege, [
  ...documents.map(([name, statements, says]): Case => ({ name, stack: withPolicy(...statements), says })),
  ...keys.map(([name, statements, keyPolicy, says]): Case => ({
    name: `under a key: ${name}`,
    stack: rotation(
      [
        resource("key", "main", {
          props: { arn: keyArn, ...(keyPolicy ? { policy: policy(keyPolicy) } : {}) },
        }),
        rolePolicy("rights", "rotate", policy(needs, ...statements)),
      ],
      { kmsKeyId: keyArn },
    ),
    says,
  })),
  ...["key/*", "key/mrk-*"].map((pattern): Case => ({
    name: `under a key that is not made yet, by ${pattern}`,
    stack: firstPreview(
      allow(["kms:Decrypt", "kms:GenerateDataKey"], `arn:aws:kms:eu-west-1:111111111111:${pattern}`, through),
    ),
    says: [],
  })),
  {
    name: "under AWS's own key",
    stack: rotation([rolePolicy("rights", "rotate", policy(needs))], {
      kmsKeyId: "alias/aws/secretsmanager",
    }),
    says: [],
  },
  { name: "nothing at all", stack: rotation([]), says: lacks(actions.join(", ")) },
  {
    name: "an action that is allowed, when told",
    stack: withPolicy(needs, allow(["secretsmanager:TagResource", "kms:CreateGrant"], "*")),
    config: { alsoAllowed: ["secretsmanager:TagResource"] },
    says: excess("kms:CreateGrant"),
  },
  {
    name: "what it needs over two policies",
    stack: rotation([
      rolePolicy("a", "rotate", policy(allow(actions.slice(0, 2), own))),
      rolePolicy("b", "rotate", policy(allow(actions.slice(2), own))),
    ]),
    says: [],
  },
  {
    name: "by the secret's policy, which names the role",
    stack: rotation([
      resource("secretPolicy", "access", {
        props: {
          secretArn: arnOf("orders-a1b2c3"),
          policy: policy({
            Effect: "Allow",
            Principal: { AWS: roleArn },
            Action: "secretsmanager:*",
            Resource: "*",
          }),
        },
      }),
    ]),
    says: [],
  },
  {
    name: "by the secret's policy, which leaves it to IAM",
    stack: rotation([
      resource("secretPolicy", "access", {
        props: {
          secretArn: arnOf("orders-a1b2c3"),
          policy: policy({
            Effect: "Allow",
            Principal: { AWS: "111111111111" },
            Action: "secretsmanager:*",
            Resource: "*",
          }),
        },
      }),
    ]),
    says: lacks(actions.join(", ")),
  },
  {
    name: "a function of two secrets, with rights on one",
    stack: [
      ...withPolicy(needs),
      resource("secret", "billing", { props: { arn: arnOf("billing-d4e5f6"), name: "billing" } }),
      resource("secretRotation", "other", {
        props: { secretId: arnOf("billing-d4e5f6"), rotationLambdaArn: "arn:f" },
      }),
    ],
    says: [
      {
        on: "rotate",
        violation: `Role "rotate", as which Function "rotate" rotates Secret "billing", may not ${actions.join(", ")}. ${fix}`,
      },
    ],
  },
  {
    name: "a function of two secrets, with rights on both",
    stack: [
      ...withPolicy(allow(actions, [own, arnOf("billing-??????")])),
      resource("secret", "billing", { props: { arn: arnOf("billing-d4e5f6"), name: "billing" } }),
      resource("secretRotation", "other", {
        props: { secretId: arnOf("billing-d4e5f6"), rotationLambdaArn: "arn:f" },
      }),
    ],
    says: [],
  },
  {
    name: "AWS's own policies for Lambda",
    stack: rotation([
      rolePolicy("rights", "rotate", policy(needs)),
      attachment("arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"),
    ]),
    says: [],
  },
  {
    name: "SecretsManagerReadWrite",
    stack: rotation([attachment("arn:aws:iam::aws:policy/SecretsManagerReadWrite")]),
    says: [
      "DeleteSecret|RestoreSecret|UpdateSecret|PutResourcePolicy|DeleteResourcePolicy|RotateSecret|CancelRotateSecret|ReplicateSecretToRegions|RemoveRegionsFromReplication|StopReplicationToReplica|TagResource|UntagResource"
        .split("|")
        .map((name) => `secretsmanager:${name}`)
        .join(", "),
      "secretsmanager:GetSecretValue, secretsmanager:PutSecretValue, secretsmanager:UpdateSecretVersionStage on every secret",
    ].map((what) => ({
      on: "more",
      violation: `SecretsManagerReadWrite, which RolePolicyAttachment "more" attaches, lets the rotation function Function "rotate" ${what}. ${fix}`,
    })),
  },
  {
    name: "a policy of another stack may give what it seems to lack",
    stack: rotation([attachment("arn:aws:iam::111111111111:policy/rotate")]),
    says: [
      {
        on: "more",
        undecided:
          "what arn:aws:iam::111111111111:policy/rotate allows is not in this stack / the stack that holds the policy",
      },
    ],
  },
  {
    name: "an attachment that is not known",
    stack: rotation([attachment(unknownText)]),
    says: [
      {
        on: "more",
        undecided: 'what RolePolicyAttachment "more" attaches is not known / the value of `policyArn`',
      },
    ],
  },
  {
    name: "a policy whose role is not known",
    stack: rotation([
      resource("rolePolicy", "loose", { props: { role: unknownText, policy: policy(needs) } }),
    ]),
    says: [{ on: "loose", undecided: 'whose RolePolicy "loose" is is not known / the name of the identity' }],
  },
  {
    name: "a document that is not known, and one that is too much",
    stack: rotation([
      rolePolicy("later", "rotate", unknownText),
      rolePolicy("rights", "rotate", policy(allow("secretsmanager:DeleteSecret", own))),
    ]),
    says: [
      { on: "later", undecided: 'the policy of RolePolicy "later" is not known / the value of `policy`' },
      ...excess("secretsmanager:DeleteSecret"),
    ],
  },
  {
    name: "a secret without a known name",
    stack: unnamed(),
    says: [
      {
        on: "orders",
        undecided:
          'the ARN of Secret "orders" is not known / the name of the secret and the account of its provider',
      },
    ],
  },
  {
    name: "a role of another stack",
    stack: withRole("arn:aws:iam::111111111111:role/elsewhere"),
    says: [
      {
        on: "rotate",
        undecided: 'what the role of Function "rotate" may do is not known / the stack that creates the role',
      },
    ],
  },
  {
    name: "a role that is not known",
    stack: withRole(unknownText),
    says: [
      {
        on: "rotate",
        undecided: 'what the role of Function "rotate" may do is not known / the value of `role`',
      },
    ],
  },
  { name: "a function without a role", stack: withRole(undefined), says: [] },
  {
    name: "a function that rotates nothing",
    stack: [resource("function", "other", { props: { arn: "arn:g", role: roleArn } })],
    says: [],
  },
]);

function withRole(role: string | undefined): readonly Resource[] {
  return [
    resource("secret", "orders", { props: { arn: arnOf("orders-a1b2c3") } }),
    resource("function", "rotate", { props: role === undefined ? { arn: "arn:f" } : { arn: "arn:f", role } }),
    resource("secretRotation", "monthly", {
      props: { secretId: arnOf("orders-a1b2c3"), rotationLambdaArn: "arn:f" },
    }),
  ];
}

/** Everything that AWS chooses is unknown; names and documents are known. */
function firstPreview(onKey: object): readonly Resource[] {
  const key = resource("key", "main", { props: { arn: unknownText, keyId: unknownText, multiRegion: true } });
  const secret = resource("secret", "orders", {
    props: { arn: unknownText, name: "orders", kmsKeyId: unknownText },
    from: { kmsKeyId: [key] },
  });
  const role = resource("role", "rotate", { props: { name: "rotate", arn: unknownText } });
  const code = resource("function", "rotate", {
    props: { arn: unknownText, role: unknownText },
    from: { role: [role] },
  });
  const rotated = resource("secretRotation", "monthly", {
    props: { secretId: unknownText, rotationLambdaArn: unknownText },
    from: { secretId: [secret], rotationLambdaArn: [code] },
  });
  return [key, secret, role, code, rotated, rolePolicy("rights", "rotate", policy(needs, onKey))];
}

function unnamed(): readonly Resource[] {
  const secret = resource("secret", "orders", { props: { arn: unknownText, name: unknownText } });
  const rotated = resource("secretRotation", "monthly", {
    props: { secretId: unknownText, rotationLambdaArn: "arn:f" },
    from: { secretId: [secret] },
  });
  return [
    secret,
    ...withPolicy(needs).filter(({ type, name }) => type.includes("iam") || name === "rotate"),
    rotated,
  ];
}
