import { grantsConstrained } from "../../../../policies/rules/keys/grants-constrained";
import { Case, testRule } from "../../support/cases";
import { allow, deny, role, rolePolicy, when, worker } from "../../support/identity";
import { policy, resource, unknownArray, unknownObject, unknownText } from "../../support/stack";

const fix =
  "Grant only what is needed and constrain it by encryption context; hold kms:CreateGrant with kms:GrantIsForAWSResource.";
const constraints = [{ encryptionContextEquals: { SecretARN: "arn:s" } }];
const grant = (operations: unknown, props: Record<string, unknown> = { constraints }) => [
  resource("grant", "use", { props: { keyId: "k", operations, ...props } }),
];
const excess = (names: string): Case["says"] => [
  { on: "use", violation: `Grant "use" grants ${names}. ${fix}` },
];
const open: Case["says"] = [
  { on: "use", violation: `Grant "use" holds for every encryption context. ${fix}` },
];

const grants: readonly Case[] = [
  { name: "one operation with a constraint", stack: grant(["Decrypt"]), says: [] },
  {
    name: "a subset as constraint",
    stack: grant(["Decrypt"], { constraints: [{ encryptionContextSubset: { SecretARN: "arn:s" } }] }),
    says: [],
  },
  {
    name: "all that is allowed",
    stack: grant([
      "Decrypt",
      "Encrypt",
      "GenerateDataKey",
      "GenerateDataKeyWithoutPlaintext",
      "DescribeKey",
      "RetireGrant",
    ]),
    says: [],
  },
  ...["Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext"].map((operation): Case => ({
    name: `${operation} without constraints`,
    stack: grant([operation], {}),
    says: open,
  })),
  { name: "constraints without any", stack: grant(["Decrypt"], { constraints: [] }), says: open },
  {
    name: "constraints that constrain nothing",
    stack: grant(["Decrypt"], { constraints: [{ encryptionContextEquals: {} }] }),
    says: open,
  },
  {
    name: "operations that no constraint can hold",
    stack: grant(["DescribeKey", "RetireGrant"], {}),
    says: [],
  },
  {
    name: "no constraint, when told",
    stack: grant(["Decrypt"], {}),
    config: { requireConstraint: false },
    says: [],
  },
  { name: "handing grants on", stack: grant(["Decrypt", "CreateGrant"]), says: excess("CreateGrant") },
  {
    name: "signing and re-encrypting, without constraint",
    stack: grant(["Sign", "ReEncryptFrom"], {}),
    says: [...excess("Sign, ReEncryptFrom"), ...open],
  },
  {
    name: "other operations, when told",
    stack: grant(["Decrypt", "Sign"]),
    config: { operations: ["Sign"] },
    says: excess("Decrypt"),
  },
  {
    name: "operations that are not known",
    stack: [resource("grant", "use", { props: { operations: unknownArray }, from: { operations: [] } })],
    says: [
      { on: "use", undecided: 'the operations of Grant "use" are not known / the value of `operations`' },
    ],
  },
  {
    name: "an operation that is not known",
    stack: grant(["Decrypt", unknownText]),
    says: [
      { on: "use", undecided: 'the operations of Grant "use" are not known / the value of `operations`' },
    ],
  },
  {
    name: "constraints that are not known",
    stack: [
      resource("grant", "use", {
        props: { operations: ["Decrypt"], constraints: unknownArray },
        from: { constraints: [resource("secret", "orders")] },
      }),
    ],
    says: [
      {
        on: "use",
        undecided: 'the constraints of Grant "use" are not known / the outputs of Secret "orders"',
      },
    ],
  },
  {
    name: "a constraint that is not known",
    stack: [
      resource("grant", "use", {
        props: { operations: ["Decrypt"], constraints: [{ encryptionContextEquals: unknownObject }] },
        from: { constraints: [] },
      }),
    ],
    says: [
      { on: "use", undecided: 'the constraints of Grant "use" are not known / the value of `constraints`' },
    ],
  },
];

const ci = "arn:aws:iam::111111111111:role/ci";
const create = (principal: unknown, more: object = {}) => ({
  Effect: "Allow",
  Principal: principal,
  Action: "kms:CreateGrant",
  Resource: "*",
  ...more,
});
const forAws = (operator: string, value: string) => when(operator, "kms:GrantIsForAWSResource", value);
const who = (name: string): Case["says"] => [
  { on: "main", violation: `the policy of Key "main" lets ${name} make grants for anybody. ${fix}` },
];

/** Statements of a key policy, and who may make grants at will. */
const keyPolicies: readonly (readonly [string, readonly object[], Case["says"]])[] = [
  ["the key's own account", [create({ AWS: "arn:aws:iam::111111111111:root" }, { Action: "kms:*" })], []],
  ["the key's own account by number", [create({ AWS: "111111111111" })], []],
  ["a role", [create({ AWS: ci })], who(ci)],
  ["a role that may do everything", [create({ AWS: ci }, { Action: "kms:*" })], who(ci)],
  ["a role that may not", [create({ AWS: ci }, { Action: "kms:Decrypt" })], []],
  ["a role, for AWS's resources", [create({ AWS: ci }, forAws("Bool", "true"))], []],
  ["a role, for AWS's resources if said", [create({ AWS: ci }, forAws("BoolIfExists", "true"))], who(ci)],
  ["a role, not for AWS's resources", [create({ AWS: ci }, forAws("Bool", "false"))], who(ci)],
  [
    "a role, for one grantee",
    [create({ AWS: ci }, when("StringEquals", "kms:GranteePrincipal", "arn:x"))],
    [],
  ],
  [
    "a role, for all but one grantee",
    [create({ AWS: ci }, when("StringNotEquals", "kms:GranteePrincipal", "arn:x"))],
    who(ci),
  ],
  [
    "a role, denied unless for AWS's resources",
    [create({ AWS: ci }), { ...create("*", forAws("BoolIfExists", "false")), Effect: "Deny" }],
    [],
  ],
  ["another account", [create({ AWS: "222222222222" })], who("account 222222222222")],
  [
    "another account of the organisation",
    [create({ AWS: "222222222222" }, when("StringEquals", "aws:PrincipalOrgID", "o-strongroom"))],
    who("account 222222222222"),
  ],
  ["an AWS service", [create({ Service: "logs.amazonaws.com" })], []],
];

const rights: Case["says"] = [
  { on: "rights", violation: `the policy of RolePolicy "rights" lets it make grants for anybody. ${fix}` },
];

/** Statements of an identity policy, and whether they let it make grants at will. */
const identityPolicies: readonly (readonly [string, readonly object[], Case["says"]])[] = [
  ["grants of every key", [allow("kms:CreateGrant")], rights],
  ["grants of one key", [allow("kms:CreateGrant", "arn:aws:kms:eu-west-1:111111111111:key/k-1")], rights],
  ["grants for AWS's resources", [allow("kms:CreateGrant", "*", forAws("Bool", "true"))], []],
  [
    "grants for AWS's resources, if said",
    [allow("kms:CreateGrant", "*", forAws("BoolIfExists", "true"))],
    rights,
  ],
  ["grants, denied", [allow("kms:CreateGrant"), deny("kms:CreateGrant")], []],
  ["no grants", [allow("kms:ListGrants")], []],
  ["an administrator, who is IAM-01's", [allow("*")], []],
];

testRule(grantsConstrained, [
  ...grants,
  ...keyPolicies.map(([name, statements, says]): Case => ({
    name: `key policy: ${name}`,
    stack: [resource("key", "main", { props: { policy: policy(...statements) } })],
    says,
  })),
  ...identityPolicies.map(([name, statements, says]): Case => ({
    name: `identity policy: ${name}`,
    stack: worker(...statements),
    says,
  })),
  {
    name: "a role of a key of an unknown account",
    stack: [resource("key", "main", { props: { policy: policy(create({ AWS: ci })) }, account: null })],
    says: who(ci),
  },
  {
    name: "a key policy that is not known",
    stack: [resource("key", "main", { props: { policy: unknownText } })],
    says: [{ on: "main", undecided: 'the policy of Key "main" is not known / the value of `policy`' }],
  },
  {
    name: "a key policy that AWS refuses is KMS-02's",
    stack: [resource("key", "main", { props: { policy: "{" } })],
    says: [],
  },
  {
    name: "an identity policy that is not known",
    stack: [role(), rolePolicy("rights", "worker", unknownText)],
    says: [
      { on: "rights", undecided: 'the policy of RolePolicy "rights" is not known / the value of `policy`' },
    ],
  },
  {
    name: "more conditions than are tried",
    stack: [
      resource("key", "main", {
        props: {
          policy: policy(
            create(
              { AWS: ci },
              {
                Condition: {
                  StringEquals: Object.fromEntries(
                    Array.from({ length: 14 }, (_, index) => [`aws:PrincipalTag/t${index}`, ["a", "b", "c"]]),
                  ),
                  DateLessThan: { "aws:CurrentTime": "2001-01-01T00:00:00Z" },
                },
              },
            ),
          ),
        },
      }),
    ],
    says: [
      {
        on: "main",
        undecided:
          'the policy of Key "main" has too many conditions to try them all / a policy with fewer condition values',
      },
    ],
  },
]);
