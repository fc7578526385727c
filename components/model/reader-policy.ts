import { PolicyDocument, Statement } from "../../iam/policy-document";
import { READ_ACTIONS } from "./grant";
import { secretsManagerHost } from "./region";

/** What a reader may read in one Region. */
export interface RegionalAccess {
  readonly region: string;
  /** ARNs of the secrets in this Region, or patterns of them. At least one. */
  readonly secretArns: readonly string[];
  /** ARNs of their keys in this Region, or patterns of them. At least one. */
  readonly keyArns: readonly string[];
}

/**
 * Identity policy of a role that reads secrets of another account: the secrets, and decryption with their keys only
 * through Secrets Manager and only for these secrets.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
 */
export function readerPolicy(access: readonly RegionalAccess[]): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ReadSecrets",
        Effect: "Allow",
        Action: READ_ACTIONS,
        Resource: access.flatMap(({ secretArns }) => secretArns),
      },
      ...access.map((regional, index) => decryptStatement(regional, index)),
    ],
  };
}

function decryptStatement({ region, secretArns, keyArns }: RegionalAccess, index: number): Statement {
  return {
    Sid: `Decrypt${index + 1}`,
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: keyArns,
    Condition: {
      StringEquals: { "kms:ViaService": secretsManagerHost(region) },
      StringLike: { "kms:EncryptionContext:SecretARN": secretArns },
    },
  };
}
