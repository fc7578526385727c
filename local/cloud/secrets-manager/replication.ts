import { ApiError } from "../core/api-error";
import { Call } from "../core/operation";
import { Store } from "../core/store";
import { isManagedKey, validateReplicaKeyAccess } from "./data-key";
import {
  arnInRegion,
  isReplica,
  placeOf,
  putSecret,
  ReplicaRecord,
  secretAt,
  SecretRecord,
  secretsOf,
} from "./secret";
import { deleteValue, hasValue, openValue, SecretValue, writeValue } from "./secret-value";

/** A replica that a request asks for. */
export interface WantedReplica {
  readonly region: string;
  readonly kmsKeyId?: string;
}

/** Replicas of a request, with the AWS-managed key as the absence of a key. */
export function readReplicas(
  regions: readonly { readonly Region?: string; readonly KmsKeyId?: string }[] = [],
): readonly WantedReplica[] {
  return regions.flatMap(({ Region, KmsKeyId }) =>
    Region === undefined
      ? []
      : [{ region: Region, ...(isManagedKey(KmsKeyId) ? {} : { kmsKeyId: KmsKeyId }) }],
  );
}

/**
 * Stores a primary and brings its replicas up to date, for the caller of the change: the replica's key is used with
 * the caller's permissions. A replica that cannot follow keeps what it has and its status tells why.
 */
export function putWithReplicas(
  call: Call,
  secret: SecretRecord,
  fresh: { readonly versionId?: string; readonly value?: SecretValue } = {},
): SecretRecord {
  const replicas = secret.replicas?.map((replica) => refresh(call, secret, replica, fresh));
  const stored = replicas ? { ...secret, replicas } : secret;
  putSecret(call.store, stored);
  return stored;
}

/** Adds Regions to a primary; the answer's replicas tell what became of each. */
export function addReplicas(
  call: Call,
  secret: SecretRecord,
  wanted: readonly WantedReplica[],
  isForced: boolean,
): SecretRecord {
  const added = wanted.map((replica) => {
    if (isForced) removeStranger(call, secret, replica.region);
    const entry: ReplicaRecord = { ...replica, status: "InSync" };
    try {
      validateReplicaKeyAccess(call, inReplica(secret, entry));
      return refresh(call, secret, entry, {});
    } catch (error) {
      return failed(entry, error);
    }
  });
  const names = wanted.map(({ region }) => region);
  const others = (secret.replicas ?? []).filter(({ region }) => !names.includes(region));
  const changed = { ...secret, primaryRegion: secret.region, replicas: [...others, ...added] };
  putSecret(call.store, changed);
  return changed;
}

/** Deletes the replica of a Region with its values, at once and for good. */
export function deleteReplica(store: Store, primary: SecretRecord, region: string): void {
  const replica = replicaOf(store, primary, region);
  if (replica) deleteSecret(store, replica);
}

/** Deletes a secret with its values. */
export function deleteSecret(store: Store, secret: SecretRecord): void {
  for (const id of Object.keys(secret.versions)) deleteValue(store, secret.arn, id);
  secretsOf(store).delete(placeOf(secret.accountId, secret.region, secret.name));
}

/** The primary without the Region among its replicas. */
export function withoutReplica(primary: SecretRecord, regions: readonly string[]): SecretRecord {
  const replicas = primary.replicas?.filter(({ region }) => !regions.includes(region)) ?? [];
  if (replicas.length > 0) return { ...primary, replicas };
  const { replicas: _none, primaryRegion: _alone, ...rest } = primary;
  return rest;
}

function refresh(
  call: Call,
  primary: SecretRecord,
  entry: ReplicaRecord,
  fresh: { readonly versionId?: string; readonly value?: SecretValue },
): ReplicaRecord {
  const existing = secretAt(call.store, primary.accountId, entry.region, primary.name);
  if (existing && !replicaOf(call.store, primary, entry.region)) {
    const message = `Replication failed: Secret name simple already exists in region ${entry.region}.`;
    return { ...entry, status: "Failed", message };
  }
  const target = {
    ...inReplica(primary, entry),
    ...(existing?.accessedAt && { accessedAt: existing.accessedAt }),
  };
  try {
    call.store.transaction(() => copyValues(call, primary, target, fresh));
  } catch (error) {
    return failed(entry, error);
  }
  for (const id of Object.keys(existing?.versions ?? {})) {
    if (!primary.versions[id]) deleteValue(call.store, target.arn, id);
  }
  putSecret(call.store, target);
  return { region: entry.region, kmsKeyId: entry.kmsKeyId, status: "InSync" };
}

function copyValues(
  call: Call,
  primary: SecretRecord,
  target: SecretRecord,
  fresh: { readonly versionId?: string; readonly value?: SecretValue },
): void {
  for (const [id, version] of Object.entries(primary.versions)) {
    if (!version.hasValue || hasValue(call.store, target.arn, id)) continue;
    const value = fresh.versionId === id && fresh.value ? fresh.value : openValue(call, primary, id);
    writeValue(call, target, id, value);
  }
}

/** The replica's record as it follows from the primary: everything but key, Region and rotation is the primary's. */
function inReplica(primary: SecretRecord, entry: ReplicaRecord): SecretRecord {
  const { replicas: _replicas, rotation: _rotation, kmsKeyId: _key, accessedAt: _read, ...shared } = primary;
  return {
    ...shared,
    region: entry.region,
    arn: arnInRegion(primary.arn, entry.region),
    primaryRegion: primary.region,
    ...(entry.kmsKeyId !== undefined && { kmsKeyId: entry.kmsKeyId }),
  };
}

/** The replica of a primary in a Region, when there is one. */
export function replicaOf(store: Store, primary: SecretRecord, region: string): SecretRecord | undefined {
  const found = secretAt(store, primary.accountId, region, primary.name);
  const isOurs =
    found &&
    isReplica(found) &&
    found.primaryRegion === primary.region &&
    found.arn === arnInRegion(primary.arn, region);
  return isOurs ? found : undefined;
}

/** Deletes a secret of the same name that is not this primary's replica. */
function removeStranger(call: Call, primary: SecretRecord, region: string): void {
  const found = secretAt(call.store, primary.accountId, region, primary.name);
  if (found && !replicaOf(call.store, primary, region)) deleteSecret(call.store, found);
}

function failed(entry: ReplicaRecord, error: unknown): ReplicaRecord {
  if (!(error instanceof ApiError)) throw error;
  return { ...entry, status: "Failed", message: `Replication failed: ${error.message}` };
}

/** Tells a replica's primary of the key the replica has now, so that the next change does not undo it. */
export function noteReplicaKey(store: Store, replica: SecretRecord): void {
  const primary = secretAt(store, replica.accountId, replica.primaryRegion ?? "", replica.name);
  if (!primary?.replicas) return;
  const replicas = primary.replicas.map((entry) =>
    entry.region === replica.region ? { ...entry, kmsKeyId: replica.kmsKeyId } : entry,
  );
  putSecret(store, { ...primary, replicas });
}
