import { noUncontrolledExposure } from "../../../../policies/rules/identity/no-uncontrolled-exposure";
import { Case, testRule } from "../../support/cases";
import { allow, boundaryElsewhere, role, rolePolicy, when, worker } from "../../support/identity";
import { policy, unknownText } from "../../support/stack";

const fix = "Name the resources by ARN, or hold the statement with a condition on what the resource is.";
const credentials = "hands out credentials";
const data = "takes data out";
const permissions = "changes who has access";
const says = (...found: readonly (readonly [string, string])[]): Case["says"] =>
  found.map(([actions, what]) => ({
    on: "rights",
    violation: `the policy of RolePolicy "rights" allows ${actions} on whatever there is, which ${what}. ${fix}`,
  }));

const open = [
  ...[
    "redshift:GetClusterCredentials",
    "redshift:GetClusterCredentialsWithIAM",
    "redshift-serverless:GetCredentials",
    "rds-db:connect",
    "iam:CreateServiceSpecificCredential",
    "iam:ResetServiceSpecificCredential",
  ].map((action) => [action, credentials] as const),
  ...[
    "s3:GetObject",
    "dynamodb:Scan",
    "dynamodb:ExportTableToPointInTime",
    "rds:ModifyDBSnapshotAttribute",
    "rds:ModifyDBClusterSnapshotAttribute",
    "ec2:ModifySnapshotAttribute",
    "ec2:ModifyImageAttribute",
  ].map((action) => [action, data] as const),
  ...[
    "secretsmanager:PutResourcePolicy",
    "secretsmanager:DeleteResourcePolicy",
    "secretsmanager:ReplicateSecretToRegions",
    "kms:PutKeyPolicy",
    "lambda:AddPermission",
    "s3:PutBucketPolicy",
    "s3:DeleteBucketPolicy",
    "sns:AddPermission",
    "sqs:AddPermission",
    "ecr:SetRepositoryPolicy",
  ].map((action) => [action, permissions] as const),
];

/** Each action on every thing of its kind in the account, which has to be found as well as `*`. */
const everyOne: Readonly<Record<string, string>> = {
  "redshift:GetClusterCredentials": "arn:aws:redshift:*:*:dbuser:*",
  "rds-db:connect": "arn:aws:rds-db:*:111111111111:dbuser:*/*",
  "s3:GetObject": "arn:aws:s3:::*",
  "dynamodb:Scan": "arn:aws:dynamodb:*:111111111111:table/*",
  "rds:ModifyDBSnapshotAttribute": "arn:aws:rds:*:111111111111:snapshot:*",
  "rds:ModifyDBClusterSnapshotAttribute": "arn:aws:rds:*:111111111111:cluster-snapshot:*",
  "ec2:ModifySnapshotAttribute": "arn:aws:ec2:*:*:snapshot/*",
  "ec2:ModifyImageAttribute": "arn:aws:ec2:*:*:image/*",
  "secretsmanager:PutResourcePolicy": "arn:aws:secretsmanager:*:*:secret:*",
  "kms:PutKeyPolicy": "arn:aws:kms:*:*:key/*",
  "lambda:AddPermission": "arn:aws:lambda:*:*:function:*",
  "s3:PutBucketPolicy": "arn:aws:s3:::*",
  "sns:AddPermission": "arn:aws:sns:*:*:*",
  "sqs:AddPermission": "arn:aws:sqs:*:*:*",
  "ecr:SetRepositoryPolicy": "arn:aws:ecr:*:*:repository/*",
  "iam:CreateServiceSpecificCredential": "arn:aws:iam::111111111111:user/*",
  "redshift-serverless:GetCredentials": "arn:aws:redshift-serverless:*:*:workgroup/*",
};

testRule(noUncontrolledExposure, [
  ...open.map(([action, what]): Case => ({
    name: `${action} on everything`,
    stack: worker(allow(action)),
    says: says([action, what]),
  })),
  ...Object.entries(everyOne).map(([action, on]): Case => ({
    name: `${action} on ${on}`,
    stack: worker(allow(action, on)),
    says: says([action, open.find(([one]) => one === action)![1]]),
  })),
  {
    name: "several of one kind, and of two",
    stack: worker(allow(["s3:GetObject", "dynamodb:*", "rds-db:connect"])),
    says: says(
      ["rds-db:connect", credentials],
      ["s3:GetObject, dynamodb:Scan, dynamodb:ExportTableToPointInTime", data],
    ),
  },
  { name: "one bucket", stack: worker(allow("s3:GetObject", "arn:aws:s3:::orders/*")), says: [] },
  {
    name: "one key",
    stack: worker(allow("kms:PutKeyPolicy", "arn:aws:kms:eu-west-1:111111111111:key/k-1")),
    says: [],
  },
  {
    name: "whatever has a tag",
    stack: worker(allow("kms:PutKeyPolicy", "*", when("StringEquals", "aws:ResourceTag/a", "b"))),
    says: [],
  },
  {
    name: "whatever has no tag",
    stack: worker(allow("kms:PutKeyPolicy", "*", when("Null", "aws:ResourceTag/a", "true"))),
    says: says(["kms:PutKeyPolicy", permissions]),
  },
  { name: "looking only", stack: worker(allow(["s3:List*", "kms:Describe*", "rds:Describe*"])), says: [] },
  { name: "an administrator, who is IAM-01's", stack: worker(allow("*")), says: [] },
  {
    name: "other actions, when told",
    stack: worker(allow(["s3:GetObject", "logs:GetLogEvents"])),
    config: { data: ["logs:GetLogEvents"] },
    says: says(["logs:GetLogEvents", data]),
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
      rolePolicy("rights", "worker", policy(allow("s3:GetObject"))),
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
