import { ApiError } from "../core/api-error";
import { Call } from "../core/operation";
import { notFound } from "./errors";
import { aliasArn, aliasesOf, keyArn, KeyRecord, keysOf, placeOf } from "./key";
import { ensureManagedKey, isManagedAlias } from "./managed-keys";

/** A key as a request named it. */
export interface FoundKey {
  readonly key: KeyRecord;
  /** `kms:RequestAlias`: the alias of the request, when it used one. */
  readonly requestAlias?: string;
}

const KEY_ID = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const ARN = /^arn:([a-z-]+):kms:([a-z0-9-]+):(\d{12}):(key|alias)\/(.+)$/;

/**
 * The key that a cryptographic operation or DescribeKey names: key id, key ARN, alias name or alias ARN. Ids and
 * alias names are of the caller's own account.
 *
 * @throws ApiError NotFoundException, InvalidArnException
 */
export function findKey(call: Call, keyId: string): FoundKey {
  if (keyId.startsWith("arn:")) return findByArn(call, keyId);
  if (keyId.startsWith("alias/")) return findByAlias(call, call.accountId, keyId);
  if (!KEY_ID.test(keyId)) throw notFound.invalidKeyId(keyId);
  return { key: existing(call, call.accountId, keyId) };
}

/**
 * The key that a management operation names: key id or key ARN, no alias, and of the caller's own account.
 *
 * @throws ApiError NotFoundException, InvalidArnException, AccessDeniedException for another account's key
 */
export function findOwnKey(call: Call, keyId: string): FoundKey {
  const found = findKeyWithoutAlias(call, keyId);
  if (found.key.accountId === call.accountId) return found;
  throw new ApiError(
    "AccessDeniedException",
    `The operation cannot be performed on a key of another account: ${found.key.arn}`,
  );
}

/** As {@link findOwnKey}, for the operations that may be called from another account (grants, rotation status). */
export function findKeyWithoutAlias(call: Call, keyId: string): FoundKey {
  if (keyId.startsWith("alias/") || keyId.includes(":alias/")) throw notFound.invalidKeyId(keyId);
  return findKey(call, keyId);
}

function findByArn(call: Call, arn: string): FoundKey {
  const [, , region, accountId, kind, name] = ARN.exec(arn) ?? [];
  if (!region || !accountId || !name) throw new ApiError("InvalidArnException", `Invalid arn ${arn}`);
  if (region !== call.region) throw new ApiError("NotFoundException", `Invalid arn ${region}`);
  if (kind === "alias") return findByAlias(call, accountId, `alias/${name}`);
  return { key: existing(call, accountId, name) };
}

function findByAlias(call: Call, accountId: string, name: string): FoundKey {
  if (isManagedAlias(name)) ensureManagedKey(call, accountId, name);
  const alias = aliasesOf(call.store).get(placeOf(accountId, call.region, name));
  if (!alias) throw notFound.alias(aliasArn(call.partition, call.region, accountId, name));
  return { key: existing(call, accountId, alias.targetKeyId), requestAlias: name };
}

function existing(call: Call, accountId: string, keyId: string): KeyRecord {
  const key = keysOf(call.store).get(placeOf(accountId, call.region, keyId));
  if (!key) throw notFound.key(keyArn(call.partition, call.region, accountId, keyId));
  return key;
}
