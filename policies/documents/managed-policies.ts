import { PolicyDocument, Statement } from "../../iam";

const logs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];
const interfaces = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];
const channels = ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"].map(
  (action) => `ssmmessages:${action}`,
);
const traces = [
  "xray:PutTraceSegments",
  "xray:PutTelemetryRecords",
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
  "xray:GetSamplingStatisticSummaries",
];
const linkedRole = "arn:aws:iam::*:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM*";
const passTo = (...services: readonly string[]): Statement => ({
  ...allow("iam:PassRole"),
  Condition: { StringEquals: { "iam:PassedToService": services } },
});

/**
 * AWS's own policies, by path and name: all that they say about secrets, parameters, keys, identities and functions, and
 * of other services the heart. AWS changes them at times; these are the versions of 2025.
 */
const statements: Readonly<Record<string, readonly Statement[]>> = {
  AdministratorAccess: [allow("*")],
  PowerUserAccess: [
    { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
    allow(
      ...["account:GetAccountInformation", "account:GetGovCloudAccountInformation"],
      ...["account:GetPrimaryEmail", "account:ListRegions"],
      ...["iam:CreateServiceLinkedRole", "iam:DeleteServiceLinkedRole", "iam:ListRoles"],
      ...["organizations:DescribeEffectivePolicy", "organizations:DescribeOrganization"],
    ),
  ],
  IAMFullAccess: [
    allow(
      ...["iam:*", "organizations:DescribeAccount", "organizations:DescribeOrganization"],
      ...["organizations:DescribeOrganizationalUnit", "organizations:DescribePolicy"],
      ...["organizations:ListChildren", "organizations:ListParents", "organizations:ListPoliciesForTarget"],
      ...["organizations:ListRoots", "organizations:ListPolicies", "organizations:ListTargetsForPolicy"],
    ),
  ],
  SecretsManagerReadWrite: [
    allow(
      ...["secretsmanager:*", "kms:DescribeKey", "kms:ListAliases", "kms:ListKeys", "lambda:ListFunctions"],
      ...["cloudformation:CreateChangeSet", "cloudformation:DescribeChangeSet"],
      ...["cloudformation:DescribeStackResource", "cloudformation:DescribeStacks"],
      ...["cloudformation:ExecuteChangeSet", "tag:GetResources"],
    ),
    {
      ...allow("lambda:AddPermission", "lambda:CreateFunction", "lambda:GetFunction"),
      Resource: "arn:aws:lambda:*:*:function:SecretsManager*",
    },
    {
      ...allow("lambda:InvokeFunction", "lambda:UpdateFunctionConfiguration"),
      Resource: "arn:aws:lambda:*:*:function:SecretsManager*",
    },
  ],
  AWSLambda_FullAccess: [
    allow(
      ...["lambda:*", "kms:DescribeKey", "kms:ListAliases", "iam:GetPolicy", "iam:GetPolicyVersion"],
      ...["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"],
      "iam:ListRoles",
    ),
    passTo("lambda.amazonaws.com"),
  ],
  AmazonSSMFullAccess: [
    allow("ssm:*", "ec2messages:*", "logs:*", ...channels),
    {
      ...allow("iam:CreateServiceLinkedRole"),
      Resource: linkedRole,
      Condition: { StringLike: { "iam:AWSServiceName": "ssm.amazonaws.com" } },
    },
    {
      ...allow("iam:DeleteServiceLinkedRole", "iam:GetServiceLinkedRoleDeletionStatus"),
      Resource: linkedRole,
    },
  ],
  AmazonSSMReadOnlyAccess: [allow("ssm:Describe*", "ssm:Get*", "ssm:List*")],
  AmazonSSMManagedInstanceCore: [
    allow(
      ...["ssm:DescribeAssociation", "ssm:GetDeployablePatchSnapshotForInstance", "ssm:GetDocument"],
      ...["ssm:DescribeDocument", "ssm:GetManifest", "ssm:GetParameter", "ssm:GetParameters"],
      ...["ssm:ListAssociations", "ssm:ListInstanceAssociations", "ssm:PutInventory"],
      ...["ssm:PutComplianceItems", "ssm:PutConfigurePackageResult", "ssm:UpdateAssociationStatus"],
      ...["ssm:UpdateInstanceAssociationStatus", "ssm:UpdateInstanceInformation", ...channels],
    ),
  ],
  AWSCloudTrail_FullAccess: [
    allow(
      ...["cloudtrail:*", "iam:ListRoles", "iam:GetRolePolicy", "iam:GetUser", "kms:CreateKey"],
      ...["kms:CreateAlias", "kms:ListKeys", "kms:ListAliases", "lambda:ListFunctions"],
    ),
    passTo("cloudtrail.amazonaws.com"),
  ],
  AmazonS3FullAccess: [allow("s3:*", "s3-object-lambda:*")],
  AmazonDynamoDBFullAccess: [
    allow(
      ...["dynamodb:*", "dax:*", "iam:GetRole", "iam:ListRoles", "kms:DescribeKey", "kms:ListAliases"],
      ...["lambda:CreateFunction", "lambda:ListFunctions", "lambda:ListEventSourceMappings"],
      ...["lambda:CreateEventSourceMapping", "lambda:DeleteEventSourceMapping"],
      ...["lambda:GetFunctionConfiguration", "lambda:DeleteFunction"],
    ),
    passTo(
      ...["application-autoscaling.amazonaws.com", "application-autoscaling.amazonaws.com.cn"],
      "dax.amazonaws.com",
    ),
    {
      ...allow("iam:CreateServiceLinkedRole"),
      Condition: {
        StringEquals: {
          "iam:AWSServiceName": [
            ...["replication", "contributorinsights", "kinesisreplication"].map(
              (feature) => `${feature}.dynamodb.amazonaws.com`,
            ),
            ...["dax.amazonaws.com", "dynamodb.application-autoscaling.amazonaws.com"],
          ],
        },
      },
    },
  ],
  "service-role/AWSLambdaBasicExecutionRole": [allow(...logs)],
  "service-role/AWSLambdaVPCAccessExecutionRole": [allow(...logs, ...interfaces, "ec2:DescribeSubnets")],
  "service-role/AWSLambdaENIManagementAccess": [allow(...interfaces)],
  "service-role/AWSLambdaSQSQueueExecutionRole": [
    allow("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", ...logs),
  ],
  "service-role/AmazonECSTaskExecutionRolePolicy": [
    allow(
      ...["ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer"],
      ...["ecr:BatchGetImage", "logs:CreateLogStream", "logs:PutLogEvents"],
    ),
  ],
  AWSXRayDaemonWriteAccess: [allow(...traces)],
  AWSXrayWriteOnlyAccess: [allow(...traces)],
  AWSDenyAll: [{ Effect: "Deny", Action: "*", Resource: "*" }],
};

const known = new Map(
  Object.entries(statements).map(([name, list]): [string, PolicyDocument] => [
    name,
    { Version: "2012-10-17", Statement: list },
  ]),
);

/**
 * The document of a policy that AWS keeps; undefined for one that is not known here, and for one of an account.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export function managedPolicy(arn: string): PolicyDocument | undefined {
  return known.get(pathIn(arn) ?? "");
}

/** `AdministratorAccess`, for the ARN of a policy that AWS keeps; undefined for one of an account. */
export function managedPolicyName(arn: string): string | undefined {
  return pathIn(arn)?.split("/").at(-1);
}

function pathIn(arn: string): string | undefined {
  return /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
}

function allow(...actions: readonly string[]): Statement {
  return { Effect: "Allow", Action: actions, Resource: "*" };
}
