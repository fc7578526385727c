import { hasCode, retryWhile, waitFor } from "../aws";
import { ResourceType } from "../resource-type";
import { checkKeyDays, kmsTags, readKey, scheduleDeletion, updateKeyBasics } from "./kms-key";

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html */
export const kmsReplicaKey: ResourceType = {
  token: "aws:kms/replicaKey:ReplicaKey",
  tagged: true,
  inputs: {
    bypassPolicyLockoutSafetyCheck: { kind: "boolean", default: false },
    deletionWindowInDays: { kind: "number" },
    description: { kind: "string" },
    enabled: { kind: "boolean", default: true },
    policy: { kind: "policy", computed: true },
    primaryKeyArn: { kind: "string", required: true, replaces: true },
  },
  outputs: ["arn", "keyId", "keyRotationEnabled", "keySpec", "keyUsage"],
  check: checkKeyDays,

  async create(inputs, { clients, region, exists }) {
    const [, , , primaryRegion, , key] = String(inputs["primaryKeyArn"]).split(":");
    const id = key!.replace(/^key\//, "");
    const primary = await clients.kms(primaryRegion!);
    await retryWhile(
      (error) => hasCode(error, "MalformedPolicyDocumentException"),
      () =>
        primary.replicateKey({
          KeyId: id,
          ReplicaRegion: region,
          Policy: inputs["policy"],
          Description: inputs["description"],
          BypassPolicyLockoutSafetyCheck: inputs["bypassPolicyLockoutSafetyCheck"],
          Tags: kmsTags(inputs["tagsAll"]),
        }),
    );
    exists(id);
    const kms = await clients.kms(region);
    await waitFor(`replica key ${id} in ${region}`, async () => {
      const { KeyMetadata } = await kms.describeKey({ KeyId: id });
      return KeyMetadata!.KeyState === "Creating" ? undefined : KeyMetadata;
    });
    if (inputs["enabled"] === false) {
      await kms.disableKey({ KeyId: id });
    }
    return id;
  },

  async read(id, _state, { clients, region }) {
    const key = await readKey(await clients.kms(region), id);
    return (
      key && {
        arn: key["arn"],
        keyId: key["keyId"],
        description: key["description"] || undefined,
        enabled: key["isEnabled"],
        keyRotationEnabled: key["enableKeyRotation"],
        keySpec: key["customerMasterKeySpec"],
        keyUsage: key["keyUsage"],
        policy: key["policy"],
        primaryKeyArn: key["primaryKeyArn"],
        tagsAll: key["tagsAll"],
      }
    );
  },

  async update(id, change, { clients, region }) {
    const kms = await clients.kms(region);
    if (change.changed("enabled") && change.news["enabled"]) {
      await kms.enableKey({ KeyId: id });
    }
    await updateKeyBasics(kms, id, change);
    if (change.changed("enabled") && change.news["enabled"] === false) {
      await kms.disableKey({ KeyId: id });
    }
  },

  async delete(id, state, { clients, region }) {
    await scheduleDeletion(await clients.kms(region), id, state["deletionWindowInDays"]);
  },
};
