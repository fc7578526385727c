import { ApiError } from "../core/api-error";
import { Call } from "../core/operation";
import { managedKeyFromOtherAccount } from "./errors";
import { SecretRecord } from "./secret";

/** The alias of the AWS-managed key that secrets without a key of their own use. */
export const MANAGED_KEY = "alias/aws/secretsmanager";

/** A data key of KMS for one version of one secret. */
export interface DataKey {
  readonly plaintext: Buffer;
  readonly wrapped: Buffer;
  /** ARN of the KMS key. */
  readonly keyArn: string;
}

type Place = Pick<SecretRecord, "arn" | "accountId" | "region" | "kmsKeyId">;

/** Version id of the calls that only find out whether a key may be used. */
const VALIDATION = "RequestToValidateKeyAccess";

/**
 * A new data key, made by KMS for the caller through Secrets Manager. Writers must be able to read what they write,
 * so KMS is asked to decrypt it too; a replica's value is not read back.
 *
 * @throws ApiError AccessDeniedException, EncryptionFailure, DecryptionFailure, InvalidRequestException
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export function newDataKey(call: Call, secret: Place, versionId: string, isReadBack = true): DataKey {
  const made = ask<{ Plaintext: Buffer; CiphertextBlob: Buffer; KeyId: string }>(call, secret, {
    operation: "GenerateDataKey",
    input: {
      KeyId: keyOf(call, secret),
      KeySpec: "AES_256",
      EncryptionContext: contextOf(secret, versionId),
    },
    failure: "EncryptionFailure",
  });
  const dataKey = { plaintext: made.Plaintext, wrapped: made.CiphertextBlob, keyArn: made.KeyId };
  if (isReadBack) unwrapDataKey(call, secret, versionId, dataKey);
  return dataKey;
}

/** @throws ApiError AccessDeniedException, DecryptionFailure */
export function unwrapDataKey(
  call: Call,
  secret: Place,
  versionId: string,
  { wrapped, keyArn }: Pick<DataKey, "wrapped" | "keyArn">,
): Buffer {
  const input = { CiphertextBlob: wrapped, KeyId: keyArn, EncryptionContext: contextOf(secret, versionId) };
  const opened = ask<{ Plaintext: Buffer }>(call, secret, {
    operation: "Decrypt",
    input,
    failure: "DecryptionFailure",
  });
  return opened.Plaintext;
}

/** Wraps a data key anew, under the key the secret has now. @throws ApiError AccessDeniedException, EncryptionFailure */
export function wrapDataKey(call: Call, secret: Place, versionId: string, plaintext: Buffer): DataKey {
  const wrapped = ask<{ CiphertextBlob: Buffer; KeyId: string }>(call, secret, {
    operation: "Encrypt",
    input: {
      KeyId: keyOf(call, secret),
      Plaintext: plaintext,
      EncryptionContext: contextOf(secret, versionId),
    },
    failure: "EncryptionFailure",
  });
  return { plaintext, wrapped: wrapped.CiphertextBlob, keyArn: wrapped.KeyId };
}

/** Finds out whether the caller may use the key of a secret, without a value at hand. */
export function validateKeyAccess(call: Call, secret: Place): void {
  newDataKey(call, secret, VALIDATION);
}

/** As {@link validateKeyAccess}, for a new replica: kms:GenerateDataKey and kms:Encrypt on the replica's key. */
export function validateReplicaKeyAccess(call: Call, replica: Place): void {
  const { plaintext } = newDataKey(call, replica, VALIDATION, false);
  wrapDataKey(call, replica, VALIDATION, plaintext);
}

export function isManagedKey(kmsKeyId: string | undefined): boolean {
  return kmsKeyId === undefined || kmsKeyId === "" || kmsKeyId.endsWith(MANAGED_KEY);
}

function keyOf(call: Call, { kmsKeyId, accountId, region }: Place): string {
  if (isManagedKey(kmsKeyId)) {
    if (accountId !== call.accountId) throw managedKeyFromOtherAccount();
    return MANAGED_KEY;
  }
  const key = kmsKeyId!;
  if (key.startsWith("arn:")) return key;
  const resource = key.startsWith("alias/") ? key : `key/${key}`;
  return `arn:${call.partition}:kms:${region}:${accountId}:${resource}`;
}

function contextOf({ arn }: Place, versionId: string) {
  return { SecretARN: arn, SecretVersionId: versionId };
}

interface KmsRequest {
  readonly operation: string;
  readonly input: unknown;
  readonly failure: "EncryptionFailure" | "DecryptionFailure";
}

function ask<O>(call: Call, { region }: Place, { operation, input, failure }: KmsRequest): O {
  try {
    return call.forward<O>({ service: "kms", operation, region }, input);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === "AccessDeniedException") {
      throw new ApiError("AccessDeniedException", "Access to KMS is not allowed");
    }
    if (error.status >= 500 || error.code === "ThrottlingException") throw error;
    const verb = failure === "EncryptionFailure" ? "encrypt" : "decrypt";
    throw new ApiError(
      failure,
      `Secrets Manager can't ${verb} the protected secret text using the provided KMS key. Check that the KMS key is available, enabled, and not in an invalid state.`,
    );
  }
}
