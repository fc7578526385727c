import { randomBytes } from "crypto";
import { ApiError } from "../core/api-error";
import { Call } from "../core/operation";
import { CiphertextHeader, decrypt, encrypt, EncryptionContext, readHeader } from "./ciphertext";
import { ciphertextKeyUnknown, invalidCiphertext } from "./errors";
import { findKey, FoundKey } from "./find-key";
import { familyOf, familiesOf, KeyRecord, keysOf, placeOf } from "./key";
import { requireEnabled } from "./key-state";

/** Encrypts under the key's newest material. @throws ApiError DisabledException, KMSInvalidStateException */
export function encryptUnder(
  call: Call,
  key: KeyRecord,
  plaintext: Uint8Array,
  context: EncryptionContext = {},
): Buffer {
  requireEnabled(key);
  const { materials } = familyOf(call.store, key);
  const header = { keyId: key.keyId, material: materials.length - 1 };
  return encrypt(header, call.sealer.unseal(materials.at(-1)!), plaintext, context);
}

/** @throws ApiError DisabledException, KMSInvalidStateException, InvalidCiphertextException */
export function decryptUnder(
  call: Call,
  key: KeyRecord,
  ciphertext: Buffer,
  context: EncryptionContext = {},
): Buffer {
  requireEnabled(key);
  const header: CiphertextHeader = readHeader(ciphertext);
  const material = familyOf(call.store, key).materials[header.material];
  if (material === undefined) throw invalidCiphertext();
  return decrypt(ciphertext, call.sealer.unseal(material), context);
}

/**
 * The key a ciphertext is to be decrypted with: that of its header, in this Region, which must be the one the request
 * names, when it names one.
 *
 * @throws ApiError InvalidCiphertextException, IncorrectKeyException, AccessDeniedException, NotFoundException
 */
export function keyOfCiphertext(call: Call, ciphertext: Buffer, keyId: string | undefined): FoundKey {
  const named = keyId === undefined ? undefined : findKey(call, keyId);
  const header = readHeader(ciphertext);
  if (named !== undefined) {
    if (named.key.keyId === header.keyId) return named;
    throw new ApiError(
      "IncorrectKeyException",
      "The key ID in the request does not identify a CMK that can perform this operation.",
    );
  }
  const accountId = familiesOf(call.store).get(header.keyId)?.accountId;
  const key = accountId && keysOf(call.store).get(placeOf(accountId, call.region, header.keyId));
  if (!key) throw ciphertextKeyUnknown();
  return { key };
}

/** Length of a data key in bytes. @throws ApiError ValidationException unless exactly one of the two is given */
export function dataKeyBytes(request: {
  readonly KeySpec?: string;
  readonly NumberOfBytes?: number;
}): number {
  const { KeySpec: spec, NumberOfBytes: bytes } = request;
  if ((spec === undefined) === (bytes === undefined)) {
    throw new ApiError("ValidationException", "Please specify either number of bytes or key spec.");
  }
  return bytes ?? (spec === "AES_256" ? 32 : 16);
}

export function newDataKey(length: number): Buffer {
  return randomBytes(length);
}

/** @throws ApiError InvalidKeyUsageException for an algorithm that the only modelled kind of key does not have */
export function requireSymmetric(algorithm: string | undefined): void {
  if (algorithm === undefined || algorithm === "SYMMETRIC_DEFAULT") return;
  throw new ApiError(
    "InvalidKeyUsageException",
    `Algorithm ${algorithm} is not compatible with key spec SYMMETRIC_DEFAULT.`,
  );
}

/** @throws ApiError DryRunOperationException: what a dry run answers when the request would have succeeded */
export function endDryRun(isDryRun: boolean | undefined): void {
  if (isDryRun !== true) return;
  throw new ApiError(
    "DryRunOperationException",
    "The request would have succeeded, but the DryRun option is set.",
    412,
  );
}
