import { PolicyDocument, Statement } from "../../../iam";

/** Documents that AWS keeps, as far as the rules have to know them: what they allow of secrets, keys and identities. */
const documents: Readonly<Record<string, readonly Statement[]>> = {
  AdministratorAccess: [allow("*")],
  PowerUserAccess: [
    { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
    allow("account:GetAccountInformation", "iam:CreateServiceLinkedRole", "iam:ListRoles"),
  ],
  IAMFullAccess: [allow("iam:*")],
  SecretsManagerReadWrite: [
    allow("secretsmanager:*", "kms:DescribeKey", "kms:ListAliases", "kms:ListKeys", "lambda:ListFunctions"),
  ],
  AmazonSSMFullAccess: [allow("ssm:*", "ssmmessages:*", "ec2messages:*")],
  AmazonSSMReadOnlyAccess: [allow("ssm:Describe*", "ssm:Get*", "ssm:List*")],
  AmazonSSMManagedInstanceCore: [
    allow("ssm:GetParameter", "ssm:GetParameters", "ssm:UpdateInstanceInformation"),
  ],
  AWSCloudTrail_FullAccess: [allow("cloudtrail:*")],
  AmazonS3FullAccess: [allow("s3:*")],
  AmazonDynamoDBFullAccess: [allow("dynamodb:*")],
  AWSLambdaBasicExecutionRole: [allow("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")],
  AWSLambdaVPCAccessExecutionRole: [
    allow(
      ...["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      ...["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"],
      ...["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses"],
    ),
  ],
  AWSXRayDaemonWriteAccess: [allow("xray:PutTraceSegments", "xray:PutTelemetryRecords")],
};

const known = new Map(
  Object.entries(documents).map(([name, statements]): [string, PolicyDocument] => [
    name,
    { Version: "2012-10-17", Statement: statements },
  ]),
);

/**
 * The document of a policy that AWS keeps; undefined for one that is not known here, and for one of an account.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
 */
export function managedPolicy(arn: string): PolicyDocument | undefined {
  const name = managedPolicyName(arn);
  return name === undefined ? undefined : known.get(name);
}

/** `AdministratorAccess`, for the ARN of a policy that AWS keeps; undefined for one of an account. */
export function managedPolicyName(arn: string): string | undefined {
  return /^arn:aws[a-z-]*:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
}

function allow(...actions: readonly string[]): Statement {
  return { Effect: "Allow", Action: actions, Resource: "*" };
}
