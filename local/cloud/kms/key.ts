import { Store } from "../core/store";

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export type KeyState = "Enabled" | "Disabled" | "PendingDeletion" | "PendingReplicaDeletion";

/** A KMS key in one Region. What a multi-Region key's Regions share is in its {@link KeyFamily}. */
export interface KeyRecord {
  readonly keyId: string;
  readonly accountId: string;
  readonly region: string;
  readonly arn: string;
  readonly manager: "CUSTOMER" | "AWS";
  readonly multiRegion: boolean;
  readonly state: KeyState;
  readonly description: string;
  /** The document's text as it was put. */
  readonly policy: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, as all times of the records. */
  readonly createdAt: number;
  readonly pendingWindowInDays?: number;
  readonly deletionAt?: number;
}

/** What is one and the same in each Region of a multi-Region key; for a single-Region key, the rest of the key. */
export interface KeyFamily {
  readonly keyId: string;
  readonly accountId: string;
  readonly primaryRegion: string;
  readonly replicaRegions: readonly string[];
  /** Sealed key material, oldest first; the last one encrypts. */
  readonly materials: readonly string[];
  readonly rotation?: { readonly periodInDays: number; readonly nextAt: number };
}

/** An alias of one account and Region. */
export interface AliasRecord {
  /** With the `alias/` prefix. */
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly targetKeyId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A grant of one key in one Region. */
export interface GrantRecord {
  readonly grantId: string;
  readonly token: string;
  readonly keyArn: string;
  readonly name?: string;
  readonly granteePrincipal: string;
  readonly retiringPrincipal?: string;
  readonly issuingAccount: string;
  readonly operations: readonly string[];
  readonly constraints?: {
    readonly EncryptionContextSubset?: Readonly<Record<string, string>>;
    readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
  };
  readonly createdAt: number;
}

export const keysOf = (store: Store) => store.table<KeyRecord>("kms:keys");
export const familiesOf = (store: Store) => store.table<KeyFamily>("kms:key-families");
export const aliasesOf = (store: Store) => store.table<AliasRecord>("kms:aliases");
export const grantsOf = (store: Store) => store.table<GrantRecord>("kms:grants");

/** Key of the table of keys, and by analogy of aliases. */
export function placeOf(accountId: string, region: string, name: string): string {
  return `${accountId}/${region}/${name}`;
}

export function keyArn(partition: string, region: string, accountId: string, keyId: string): string {
  return `arn:${partition}:kms:${region}:${accountId}:key/${keyId}`;
}

/** @param name with the `alias/` prefix */
export function aliasArn(partition: string, region: string, accountId: string, name: string): string {
  return `arn:${partition}:kms:${region}:${accountId}:${name}`;
}

export function putKey(store: Store, key: KeyRecord): void {
  keysOf(store).put(placeOf(key.accountId, key.region, key.keyId), key);
}

export function putFamily(store: Store, family: KeyFamily): void {
  familiesOf(store).put(family.keyId, family);
}

export function familyOf(store: Store, key: { readonly keyId: string }): KeyFamily {
  const family = familiesOf(store).get(key.keyId);
  if (!family) throw new Error(`key ${key.keyId} has no material`);
  return family;
}

export function grantsOfKey(store: Store, arn: string): GrantRecord[] {
  return [...grantsOf(store).values()].filter((grant) => grant.keyArn === arn);
}

export function aliasesOfKey(store: Store, key: KeyRecord): AliasRecord[] {
  return [...aliasesOf(store).values()].filter(
    (alias) =>
      alias.targetKeyId === key.keyId && alias.accountId === key.accountId && alias.region === key.region,
  );
}
