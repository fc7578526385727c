import { Operation } from "../core/operation";
import { boolean, Infer, list, optional, structure } from "../core/shape";
import { isRegion } from "../regions";
import { onSecret, replicaContext } from "./authorization";
import { invalidParameter } from "./errors";
import { findLiveSecret, findWritableSecret } from "./find-secret";
import { addReplicas, deleteReplica, readReplicas, WantedReplica, withoutReplica } from "./replication";
import { replicationStatus, startedReplicationStatus } from "./replication-status";
import { isReplica, putSecret, ReplicaRecord, secretAt, SecretRecord } from "./secret";
import * as shapes from "./shapes";

const replicateInput = structure({
  SecretId: shapes.secretId(),
  AddReplicaRegions: shapes.replicaRegions(),
  ForceOverwriteReplicaSecret: optional(boolean()),
});
const removeInput = structure({
  SecretId: shapes.secretId(),
  RemoveReplicaRegions: list(shapes.region(), { min: 1 }),
});
const stopInput = shapes.justSecret();

/**
 * Refuses Regions that no secret can be replicated to: the secret's own, unknown ones, and those it is already in.
 *
 * @throws ApiError InvalidParameterException
 */
export function requireReplicable(
  primaryRegion: string,
  present: readonly ReplicaRecord[],
  wanted: readonly WantedReplica[],
): void {
  const names = wanted.map(({ region }) => region);
  for (const name of names) {
    if (name === primaryRegion || !isRegion(name)) throw invalidParameter(`Invalid replica region ${name}.`);
    if (present.some(({ region, status }) => region === name && status === "InSync")) {
      throw invalidParameter(`The secret is already replicated to region ${name}.`);
    }
  }
  if (new Set(names).size !== names.length) throw invalidParameter("Replica regions must be unique.");
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicateSecretToRegions.html */
export const replicateSecretToRegions: Operation<Infer<typeof replicateInput>> = {
  name: "ReplicateSecretToRegions",
  input: replicateInput,
  authorize: (input, call) => [
    onSecret(
      call,
      "ReplicateSecretToRegions",
      input.SecretId,
      replicaContext(input.AddReplicaRegions, input.ForceOverwriteReplicaSecret),
    ),
  ],
  run(input, call) {
    const secret = findWritableSecret(call, input.SecretId);
    const wanted = readReplicas(input.AddReplicaRegions);
    requireReplicable(secret.region, secret.replicas ?? [], wanted);
    const changed = addReplicas(call, secret, wanted, input.ForceOverwriteReplicaSecret ?? false);
    const regions = wanted.map(({ region }) => region);
    return { ARN: secret.arn, ReplicationStatus: startedReplicationStatus(call.store, changed, regions) };
  },
};

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RemoveRegionsFromReplication.html */
export const removeRegionsFromReplication: Operation<Infer<typeof removeInput>> = {
  name: "RemoveRegionsFromReplication",
  input: removeInput,
  authorize: (input, call) => [onSecret(call, "RemoveRegionsFromReplication", input.SecretId)],
  run(input, call) {
    const secret = findWritableSecret(call, input.SecretId);
    const present = (secret.replicas ?? []).map(({ region }) => region);
    const unknown = input.RemoveReplicaRegions.find((region) => !present.includes(region));
    if (unknown !== undefined) throw invalidParameter(`The secret is not replicated to region ${unknown}.`);
    for (const region of input.RemoveReplicaRegions) deleteReplica(call.store, secret, region);
    const changed = withoutReplica(secret, input.RemoveReplicaRegions);
    putSecret(call.store, changed);
    return { ARN: secret.arn, ReplicationStatus: replicationStatus(call.store, changed) ?? [] };
  },
};

/**
 * Called in the replica's Region: makes the replica a secret of its own.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_StopReplicationToReplica.html
 */
export const stopReplicationToReplica: Operation<Infer<typeof stopInput>> = {
  name: "StopReplicationToReplica",
  input: stopInput,
  authorize: (input, call) => [onSecret(call, "StopReplicationToReplica", input.SecretId)],
  run(input, call) {
    const replica = findLiveSecret(call, input.SecretId);
    if (!isReplica(replica)) {
      throw invalidParameter("Operation not permitted: the secret is not a replica secret.");
    }
    const { primaryRegion, ...standalone } = replica;
    const primary = secretAt(call.store, replica.accountId, primaryRegion!, replica.name);
    if (primary) putSecret(call.store, withoutReplica(primary, [replica.region]));
    const promoted: SecretRecord = { ...standalone, changedAt: call.clock.now() };
    putSecret(call.store, promoted);
    return { ARN: replica.arn };
  },
};
