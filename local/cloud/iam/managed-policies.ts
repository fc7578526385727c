import { Store } from "../core/store";
import { managedPolicies } from "./records";

/** Policies of AWS that this cloud knows, by path and name: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ */
const AWS_POLICIES: Readonly<Record<string, readonly object[]>> = {
  AdministratorAccess: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  ReadOnlyAccess: [{ Effect: "Allow", Action: ["*:Get*", "*:List*", "*:Describe*"], Resource: "*" }],
  "service-role/AWSLambdaBasicExecutionRole": [
    {
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: "*",
    },
  ],
  "service-role/AWSLambdaVPCAccessExecutionRole": [
    {
      Sid: "AWSLambdaVPCAccessExecutionPermissions",
      Effect: "Allow",
      Action: [
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
      ],
      Resource: "*",
    },
  ],
  SecurityAudit: [
    {
      Effect: "Allow",
      Action: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetResourcePolicy",
        "secretsmanager:ListSecrets",
        "secretsmanager:ListSecretVersionIds",
        "kms:Describe*",
        "kms:Get*",
        "kms:List*",
        "iam:Get*",
        "iam:List*",
        "organizations:Describe*",
        "organizations:List*",
        "cloudtrail:LookupEvents",
        "lambda:GetPolicy",
        "lambda:List*",
      ],
      Resource: "*",
    },
  ],
  SecretsManagerReadWrite: [{ Effect: "Allow", Action: "secretsmanager:*", Resource: "*" }],
};

/** The default version's text of a managed policy, the account's own or AWS's; undefined when there is none. */
export function managedPolicyDocument(arn: string, store: Store): string | undefined {
  const own = managedPolicies(store).get(arn);
  if (own) return own.versions.find(({ versionId }) => versionId === own.defaultVersionId)?.document;
  return awsPolicyDocument(arn);
}

/** The text of one of AWS's own policies, by ARN `arn:<partition>:iam::aws:policy/<name>`. */
export function awsPolicyDocument(arn: string): string | undefined {
  const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const statements = name === undefined ? undefined : AWS_POLICIES[name];
  return statements && JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
