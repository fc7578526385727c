import { OneOrMore, PolicyDocument, Statement } from "../../iam/policy-document";
import { functionLogsArn, Location, multiRegionKeyArnPattern, secretArnPattern } from "./arn";
import { secretsManagerHost } from "./region";

export interface RotationRoleFacts {
  /** Account and Region of the secret and of the function. */
  readonly location: Location;
  readonly secretName: string;
  /** The secret that holds the administrator's login, when the function uses one. */
  readonly adminSecretName?: string;
  readonly functionName: string;
  /** Regions of the secret's replicas: a new value is encrypted there with the permissions of the function too. */
  readonly replicaRegions: readonly string[];
  /** The user whose keys or password the function changes through an API of AWS. */
  readonly target?: RotationTarget;
  /** Whether the function has network interfaces in a VPC. */
  readonly inVpc: boolean;
}

/** A user of IAM, whose access keys are made and deleted, or of ElastiCache, whose passwords are set. */
export type RotationTarget =
  | { readonly engine: "iam-access-key"; readonly userArn: string }
  | { readonly engine: "elasticache"; readonly userArn: string };

/**
 * Identity policy of one rotation function: the four calls of a rotation on exactly its secret, reading its
 * administrator's secret, and the keys only through Secrets Manager and only for these two. Secrets Manager replicates
 * a new value with the permissions of whoever put it, so the replicas' keys belong here as well.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicateSecretToRegions.html
 */
export function rotationRolePolicy(facts: RotationRoleFacts): PolicyDocument {
  const own = secretArnPattern(facts.location, facts.secretName);
  const admin =
    facts.adminSecretName === undefined ? [] : [secretArnPattern(facts.location, facts.adminSecretName)];
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "RotateSecret",
        Effect: "Allow",
        Action: [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:PutSecretValue",
          "secretsmanager:UpdateSecretVersionStage",
        ],
        Resource: own,
      },
      ...admin.map((arn) => readAdminSecret(arn)),
      keyUse("DecryptValues", "kms:Decrypt", facts.location, [own, ...admin]),
      keyUse("EncryptNewValue", "kms:GenerateDataKey", facts.location, [own]),
      ...(facts.target === undefined ? [] : [changeTarget(facts.target)]),
      ...facts.replicaRegions.map((region, index) => encryptReplica(facts, region, index)),
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: functionLogsArn(facts.location, facts.functionName),
      },
      ...(facts.inVpc ? [USE_NETWORK_INTERFACES] : []),
    ],
  };
}

function readAdminSecret(arn: string): Statement {
  return {
    Sid: "ReadAdminSecret",
    Effect: "Allow",
    Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
    Resource: arn,
  };
}

const TARGET_ACTIONS: Readonly<Record<RotationTarget["engine"], readonly string[]>> = {
  "iam-access-key": ["CreateAccessKey", "DeleteAccessKey", "GetAccessKeyLastUsed", "ListAccessKeys"].map(
    (name) => `iam:${name}`,
  ),
  elasticache: ["elasticache:DescribeUsers", "elasticache:ModifyUser"],
};

function changeTarget({ engine, userArn }: RotationTarget): Statement {
  return { Sid: "ChangeUser", Effect: "Allow", Action: TARGET_ACTIONS[engine], Resource: userArn };
}

function encryptReplica(
  { location, secretName }: RotationRoleFacts,
  region: string,
  index: number,
): Statement {
  const replica = { ...location, region };
  const actions = ["kms:Encrypt", "kms:GenerateDataKey"];
  return keyUse(`EncryptReplica${index + 1}`, actions, replica, [secretArnPattern(replica, secretName)]);
}

function keyUse(
  sid: string,
  action: OneOrMore,
  location: Location,
  secretArns: readonly string[],
): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: action,
    Resource: multiRegionKeyArnPattern(location),
    Condition: {
      StringEquals: { "kms:ViaService": secretsManagerHost(location.region) },
      StringLike: { "kms:EncryptionContext:SecretARN": secretArns },
    },
  };
}

/** Lambda makes the interfaces under the function's own role; these operations take no narrower resource. */
const USE_NETWORK_INTERFACES: Statement = {
  Sid: "UseNetworkInterfaces",
  Effect: "Allow",
  Action: [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
  ],
  Resource: "*",
};
