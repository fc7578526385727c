import { noServiceWideActions } from "../../../../policies/rules/identity/no-service-wide-actions";
import { Case, testRule } from "../../support/cases";
import { allow, deny, role, rolePolicy, when, worker } from "../../support/identity";
import { resource, unknownArray, unknownText } from "../../support/stack";

const fix = "List the actions that are needed.";
const secret = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-??????";

/** Statements of one policy, and the services that they open. */
const documents: readonly (readonly [string, readonly object[], readonly string[]])[] = [
  ["every action of Secrets Manager", [allow("secretsmanager:*")], ["secretsmanager"]],
  ["every action on one secret", [allow("secretsmanager:*", secret)], ["secretsmanager"]],
  [
    "every action on the secrets of a Region",
    [allow("secretsmanager:*", "arn:aws:secretsmanager:us-east-1:111111111111:*")],
    ["secretsmanager"],
  ],
  ["every action, with a service's name cut short", [allow("secretsm*:*")], ["secretsmanager"]],
  [
    "every action of four services",
    [allow(["kms:*", "ssm:*", "secretsmanager:*", "cloudtrail:*"])],
    ["secretsmanager", "kms", "ssm", "cloudtrail"],
  ],
  [
    "every action by what is left out",
    [{ Effect: "Allow", NotAction: ["iam:*", "kms:*"], Resource: "*" }],
    ["secretsmanager", "ssm", "cloudtrail"],
  ],
  ["every action but one", [allow("kms:*"), deny("kms:PutKeyPolicy")], ["kms"]],
  ["every action, denied again", [allow("kms:*"), deny("kms:*")], []],
  ["some actions by a pattern", [allow(["secretsmanager:Get*", "kms:Describe*"])], []],
  ["another service", [allow("s3:*")], []],
  ["every action of KMS with one key", [allow("kms:*", "arn:aws:kms:*:111111111111:key/k-1")], ["kms"]],
  [
    "every action of secrets with a tag",
    [allow("secretsmanager:*", "*", when("StringEquals", "aws:ResourceTag/a", "b"))],
    [],
  ],
  [
    "every action of a named secret with a tag",
    [allow("secretsmanager:*", secret, when("StringEquals", "aws:ResourceTag/a", "b"))],
    ["secretsmanager"],
  ],
  ["an administrator, who is IAM-01's", [allow("*")], []],
];

testRule(noServiceWideActions, [
  ...documents.map(([name, statements, services]): Case => ({
    name,
    stack: worker(...statements),
    says: services.map((service) => ({
      on: "rights",
      violation: `the policy of RolePolicy "rights" allows every action of ${service}. ${fix}`,
    })),
  })),
  {
    name: "other services, when told",
    stack: worker(allow(["s3:*", "kms:*"])),
    config: { services: ["s3"] },
    says: [
      { on: "rights", violation: `the policy of RolePolicy "rights" allows every action of s3. ${fix}` },
    ],
  },
  { name: "none, when told", stack: worker(allow("kms:*")), config: { services: [] }, says: [] },
  {
    name: "a policy that AWS keeps",
    stack: [role("worker", { managedPolicyArns: ["arn:aws:iam::aws:policy/SecretsManagerReadWrite"] })],
    says: [
      {
        on: "worker",
        violation: `SecretsManagerReadWrite, which Role "worker" attaches, allows every action of secretsmanager. ${fix}`,
      },
    ],
  },
  {
    name: "policies that are not known",
    stack: [
      resource("role", "worker", {
        props: { name: "worker", managedPolicyArns: unknownArray },
        from: { managedPolicyArns: [] },
      }),
    ],
    says: [
      {
        on: "worker",
        undecided: 'what Role "worker" attaches is not known / the value of `managedPolicyArns`',
      },
    ],
  },
  {
    name: "a policy that is not known, attached to somebody elsewhere",
    stack: [
      resource("rolePolicyAttachment", "given", { props: { role: "elsewhere", policyArn: unknownText } }),
    ],
    says: [
      {
        on: "given",
        undecided: 'what RolePolicyAttachment "given" attaches is not known / the value of `policyArn`',
      },
    ],
  },
  {
    name: "a document that is not known",
    stack: [role(), rolePolicy("rights", "worker", unknownText)],
    says: [
      { on: "rights", undecided: 'the policy of RolePolicy "rights" is not known / the value of `policy`' },
    ],
  },
  {
    name: "a document that AWS refuses is IAM-01's",
    stack: [role(), resource("rolePolicy", "rights", { props: { role: "worker", policy: "{" } })],
    says: [],
  },
]);
