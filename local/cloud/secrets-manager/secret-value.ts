import { createCipheriv, createDecipheriv, randomBytes } from "crypto";
import { Call } from "../core/operation";
import { Store } from "../core/store";
import { newDataKey, unwrapDataKey, wrapDataKey } from "./data-key";
import { invalidParameter, invalidRequest, managedKeyFromOtherAccount, valueNotFound } from "./errors";
import { isReplica, SecretRecord } from "./secret";

/** The value of a version in the clear; never stored, never recorded. */
export type SecretValue =
  { readonly kind: "string"; readonly text: string } | { readonly kind: "binary"; readonly bytes: Buffer };

/** A version's value at rest; every text is base64. */
interface ValueRecord {
  readonly kind: SecretValue["kind"];
  /** AES-256-GCM under the data key: nonce, text, tag. */
  readonly sealed: string;
  /** The data key under the KMS key. */
  readonly wrappedKey: string;
  readonly keyArn: string;
  /** Under the AWS-managed key, which no other account can use. */
  readonly isUnderManagedKey: boolean;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const valuesOf = (store: Store) => store.table<ValueRecord>("secretsmanager:values");
const placeOf = (arn: string, versionId: string) => `${arn}#${versionId}`;

/** The value of a request. @throws ApiError unless exactly one of the two is given; `undefined` when neither is */
export function readValue(request: {
  readonly SecretString?: string;
  readonly SecretBinary?: Buffer;
}): SecretValue | undefined {
  const { SecretString: text, SecretBinary: bytes } = request;
  if (text !== undefined && bytes !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  if (text !== undefined && Buffer.byteLength(text) > 65_536) {
    throw invalidRequest("The secret value is larger than 65536 bytes.");
  }
  if (text !== undefined) return { kind: "string", text };
  return bytes && { kind: "binary", bytes };
}

/** Encrypts and stores a version's value. @throws ApiError of the key, see data-key */
export function writeValue(call: Call, secret: SecretRecord, versionId: string, value: SecretValue): void {
  const dataKey = newDataKey(call, secret, versionId, !isReplica(secret));
  const place = placeOf(secret.arn, versionId);
  valuesOf(call.store).put(place, {
    kind: value.kind,
    sealed: seal(dataKey.plaintext, bytesOf(value), place),
    wrappedKey: dataKey.wrapped.toString("base64"),
    keyArn: dataKey.keyArn,
    isUnderManagedKey: secret.kmsKeyId === undefined,
  });
}

/** @throws ApiError of the key; ResourceNotFoundException when the version has no value */
export function openValue(call: Call, secret: SecretRecord, versionId: string): SecretValue {
  const place = placeOf(secret.arn, versionId);
  const record = valuesOf(call.store).get(place);
  if (!record) throw valueNotFound(`VersionId: ${versionId}`);
  const bytes = unseal(dataKeyOf(call, secret, versionId, record), record.sealed, place);
  return record.kind === "string" ? { kind: "string", text: bytes.toString() } : { kind: "binary", bytes };
}

/** Puts a version's data key under the key that the secret has now. */
export function rewrapValue(call: Call, secret: SecretRecord, versionId: string): void {
  const place = placeOf(secret.arn, versionId);
  const record = valuesOf(call.store).get(place);
  if (!record) return;
  const dataKey = wrapDataKey(call, secret, versionId, dataKeyOf(call, secret, versionId, record));
  const wrappedKey = dataKey.wrapped.toString("base64");
  const isUnderManagedKey = secret.kmsKeyId === undefined;
  valuesOf(call.store).put(place, { ...record, wrappedKey, keyArn: dataKey.keyArn, isUnderManagedKey });
}

export function hasValue(store: Store, arn: string, versionId: string): boolean {
  return valuesOf(store).has(placeOf(arn, versionId));
}

/** ARN of the KMS key a version is encrypted with. */
export function keyArnOf(store: Store, arn: string, versionId: string): string | undefined {
  const record = valuesOf(store).get(placeOf(arn, versionId));
  return record?.isUnderManagedKey ? "DefaultEncryptionKey" : record?.keyArn;
}

export function deleteValue(store: Store, arn: string, versionId: string): void {
  valuesOf(store).delete(placeOf(arn, versionId));
}

export function isSameValue(a: SecretValue, b: SecretValue): boolean {
  return a.kind === b.kind && bytesOf(a).equals(bytesOf(b));
}

/** The members of an answer that carry a value. */
export function valueMembers(value: SecretValue) {
  return value.kind === "string" ? { SecretString: value.text } : { SecretBinary: value.bytes };
}

function dataKeyOf(call: Call, secret: SecretRecord, versionId: string, record: ValueRecord): Buffer {
  if (record.isUnderManagedKey && secret.accountId !== call.accountId) throw managedKeyFromOtherAccount();
  const wrapped = Buffer.from(record.wrappedKey, "base64");
  return unwrapDataKey(call, secret, versionId, { wrapped, keyArn: record.keyArn });
}

function bytesOf(value: SecretValue): Buffer {
  return value.kind === "string" ? Buffer.from(value.text) : value.bytes;
}

function seal(key: Buffer, bytes: Buffer, place: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place));
  const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString("base64");
}

function unseal(key: Buffer, sealed: string, place: string): Buffer {
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  return Buffer.concat([
    decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)),
    decipher.final(),
  ]);
}
