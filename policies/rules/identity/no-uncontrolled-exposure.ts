import { administers } from "../../documents/administrator";
import { DocumentUse } from "../../documents/document-uses";
import { judgeDocuments, Verdict, verdictOnAll } from "../../documents/judge-documents";
import { graphRule } from "../../rule";
import { ConfigOf } from "../../setting";

const remediation =
  "Name the resources by ARN, or hold the statement with a condition on what the resource is";

const actions = { type: "array", items: { type: "string", pattern: "^[a-z0-9-]+:[A-Za-z]+$" } } as const;

const settings = {
  credentials: {
    ...actions,
    default: [
      "redshift:GetClusterCredentials",
      "redshift:GetClusterCredentialsWithIAM",
      "redshift-serverless:GetCredentials",
      "rds-db:connect",
      "iam:CreateServiceSpecificCredential",
      "iam:ResetServiceSpecificCredential",
    ],
    description: "Actions that hand out credentials.",
  },
  data: {
    ...actions,
    default: [
      "s3:GetObject",
      "dynamodb:Scan",
      "dynamodb:ExportTableToPointInTime",
      "rds:ModifyDBSnapshotAttribute",
      "rds:ModifyDBClusterSnapshotAttribute",
      "ec2:ModifySnapshotAttribute",
      "ec2:ModifyImageAttribute",
    ],
    description: "Actions that take data out.",
  },
  permissions: {
    ...actions,
    default: [
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
    ],
    description: "Actions that change who has access.",
  },
} as const;

/** Settings, and what their actions do. */
const kinds = {
  credentials: "hands out credentials",
  data: "takes data out",
  permissions: "changes who has access",
} as const;

/** IAM-07. An administrator's policy is IAM-01's alone, and reading secrets IAM-03's. */
export const noUncontrolledExposure = graphRule({
  id: "no-uncontrolled-exposure",
  code: "IAM-07",
  title: "Credentials, data and permissions of named resources only are in an identity's reach",
  severity: "high",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.2" },
  ],
  mapsTo: {
    checkov: [
      ...["CKV_AWS_107", "CKV_AWS_108", "CKV_AWS_109", "CKV_AWS_111"],
      ...["CKV_AWS_287", "CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290"],
    ],
  },
  remediation,
  settings,
  check: (graph, config) =>
    judgeDocuments(graph, remediation, (use) =>
      administers(use).kind === "refused" ? judge(use, config) : [],
    ),
});

function judge(use: DocumentUse, config: ConfigOf<typeof settings>): readonly Verdict[] {
  return (["credentials", "data", "permissions"] as const).map((kind) => {
    const wishes = config[kind].map((action) => ({ action }));
    const fact = (granted: string) =>
      `${use.where} allows ${granted} on whatever there is, which ${kinds[kind]}`;
    return verdictOnAll(use, wishes, fact);
  });
}
