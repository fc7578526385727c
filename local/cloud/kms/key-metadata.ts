import { Call } from "../core/operation";
import { familyOf, keyArn, KeyRecord } from "./key";

/** The `KeyMetadata` of the API. */
export function keyMetadata(call: Call, key: KeyRecord) {
  return {
    AWSAccountId: key.accountId,
    KeyId: key.keyId,
    Arn: key.arn,
    CreationDate: new Date(key.createdAt),
    Enabled: key.state === "Enabled",
    Description: key.description,
    KeyUsage: "ENCRYPT_DECRYPT",
    KeyState: key.state as string,
    ...(key.state === "PendingDeletion" && { DeletionDate: new Date(key.deletionAt ?? 0) }),
    Origin: "AWS_KMS",
    KeyManager: key.manager,
    CustomerMasterKeySpec: "SYMMETRIC_DEFAULT",
    KeySpec: "SYMMETRIC_DEFAULT",
    EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
    MultiRegion: key.multiRegion,
    ...(key.multiRegion && { MultiRegionConfiguration: multiRegionConfiguration(call, key) }),
    ...(key.state === "PendingReplicaDeletion" && { PendingDeletionWindowInDays: key.pendingWindowInDays }),
  };
}

function multiRegionConfiguration(call: Call, key: KeyRecord) {
  const { primaryRegion, replicaRegions } = familyOf(call.store, key);
  const at = (region: string) => ({
    Arn: keyArn(call.partition, region, key.accountId, key.keyId),
    Region: region,
  });
  return {
    MultiRegionKeyType: primaryRegion === key.region ? "PRIMARY" : "REPLICA",
    PrimaryKey: at(primaryRegion),
    ReplicaKeys: replicaRegions.map(at),
  };
}
