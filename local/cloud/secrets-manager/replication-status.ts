import { Store } from "../core/store";
import { replicaOf } from "./replication";
import { SecretRecord } from "./secret";

/** `ReplicationStatus` of the API. */
export function replicationStatus(store: Store, secret: SecretRecord) {
  return secret.replicas?.map(({ region, kmsKeyId, status, message }) => {
    const accessedAt = replicaOf(store, secret, region)?.accessedAt;
    return {
      Region: region,
      KmsKeyId: kmsKeyId ?? "alias/aws/secretsmanager",
      Status: status as string,
      ...(message !== undefined && { StatusMessage: message }),
      ...(accessedAt !== undefined && { LastAccessedDate: new Date(accessedAt) }),
    };
  });
}

/** The status right after a change, when AWS is still at work. */
export function startedReplicationStatus(store: Store, secret: SecretRecord, regions: readonly string[]) {
  return replicationStatus(store, secret)?.map((entry) => {
    if (!regions.includes(entry.Region)) return entry;
    const { StatusMessage: _later, ...rest } = entry as typeof entry & { StatusMessage?: string };
    return { ...rest, Status: "InProgress" };
  });
}
