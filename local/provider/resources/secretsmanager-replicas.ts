import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { waitFor } from "../aws";
import { Change } from "../resource-type";
import { Properties } from "../values";
import { describe } from "./secretsmanager-describe";

/**
 * Replicas that are gone from the program or have another key are removed, then new ones made: AWS cannot change the key
 * of a replica, so that there is a time without one.
 */
export async function updateReplicas(
  client: SecretsManager,
  id: string,
  { changed, news }: Change,
): Promise<void> {
  if (!changed("replicas")) {
    return;
  }
  const wanted = new Map<string, Properties>(
    (news["replicas"] as Properties[]).map((replica) => [replica["region"], replica]),
  );
  const existing = (await describe(client, id))?.ReplicationStatus ?? [];
  const stays = existing.filter(({ Region, KmsKeyId }) => {
    const replica = wanted.get(Region!);
    return replica !== undefined && sameKey(replica["kmsKeyId"], KmsKeyId);
  });
  const kept = stays.map((replica) => replica.Region!);
  await removeReplicas(
    client,
    id,
    existing.map((replica) => replica.Region!).filter((name) => !kept.includes(name)),
  );
  const added = [...wanted.values()].filter((replica) => !kept.includes(replica["region"]));
  if (added.length > 0) {
    await client.replicateSecretToRegions({
      SecretId: id,
      AddReplicaRegions: added.map(replicaRegion),
      ForceOverwriteReplicaSecret: news["forceOverwriteReplicaSecret"],
    });
  }
}

/** Removes replicas and waits until AWS no longer lists them. */
export async function removeReplicas(client: SecretsManager, id: string, regions: string[]): Promise<void> {
  if (regions.length === 0) {
    return;
  }
  await client.removeRegionsFromReplication({ SecretId: id, RemoveReplicaRegions: regions });
  await waitFor(`replicas of ${id} in ${regions.join(", ")} to be gone`, async () => {
    const left = (await describe(client, id))?.ReplicationStatus ?? [];
    return left.some((replica) => regions.includes(replica.Region!)) ? undefined : true;
  });
}

/** A replica in AWS's form. */
export function replicaRegion(replica: Properties): { Region: string; KmsKeyId?: string } {
  return { Region: replica["region"], KmsKeyId: replica["kmsKeyId"] || undefined };
}

/** Regions and keys, to compare replicas without order and without what AWS adds. */
export function replicaKeys(replicas: readonly Properties[]): string {
  const key = (replica: Properties): string =>
    String(replica["kmsKeyId"] ?? "").replace("alias/aws/secretsmanager", "");
  return replicas
    .map((replica) => `${replica["region"]}=${key(replica)}`)
    .sort()
    .join();
}

function sameKey(wanted: string | undefined, actual: string | undefined): boolean {
  const plain = (key: string | undefined): string => (key ?? "").replace("alias/aws/secretsmanager", "");
  return plain(wanted) === plain(actual);
}
