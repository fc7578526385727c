import { partitionOf } from "./region";

/** An account and a Region of it. */
export interface Location {
  readonly accountId: string;
  readonly region: string;
}

/**
 * Pattern of a secret's ARN in one Region. Secrets Manager ends the ARN with a hyphen and six characters of its own
 * choice, which are unknown before the secret is made; `-??????` is the form AWS documents for policies.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html
 */
export function secretArnPattern({ accountId, region }: Location, secretName: string): string {
  return `arn:${partitionOf(region)}:secretsmanager:${region}:${accountId}:secret:${secretName}-??????`;
}

/** Pattern of every secret's ARN of an account in one Region. */
export function anySecretArnPattern({ accountId, region }: Location): string {
  return `arn:${partitionOf(region)}:secretsmanager:${region}:${accountId}:secret:*`;
}

/**
 * Pattern of the multi-Region keys of an account in one Region. KMS chooses the key id, so that a document that
 * has to be known before the key is made can only name its fixed beginning, `mrk-`.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/mrk-how-it-works.html
 */
export function multiRegionKeyArnPattern({ accountId, region }: Location): string {
  return `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/mrk-*`;
}

/** @param roleName name with path, without the `role/` before it, such as `service/orders-api` */
export function roleArn(accountId: string, roleName: string, partition = "aws"): string {
  return `arn:${partition}:iam::${accountId}:role/${roleName}`;
}

/** The principal that stands for an account: its IAM policies decide which of its identities. */
export function accountRootArn(accountId: string, partition = "aws"): string {
  return `arn:${partition}:iam::${accountId}:root`;
}

/** The CloudWatch log group of a Lambda function, with the streams in it. */
export function functionLogsArn({ accountId, region }: Location, functionName: string): string {
  return `arn:${partitionOf(region)}:logs:${region}:${accountId}:log-group:/aws/lambda/${functionName}:*`;
}
