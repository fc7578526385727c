import type { KMS } from "@aws-sdk/client-kms";
import { hasCode, retryWhile } from "../aws";
import { Change, InputProblem, ResourceType } from "../resource-type";
import { Properties } from "../values";
import { tagEntries, changedTags, outOfRange } from "./constraints";

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const kmsKey: ResourceType = {
  token: "aws:kms/key:Key",
  tagged: true,
  inputs: {
    bypassPolicyLockoutSafetyCheck: { kind: "boolean", default: false },
    customKeyStoreId: { kind: "string", replaces: true },
    customerMasterKeySpec: { kind: "string", replaces: true, default: "SYMMETRIC_DEFAULT" },
    deletionWindowInDays: { kind: "number" },
    description: { kind: "string", computed: true },
    enableKeyRotation: { kind: "boolean", default: false },
    isEnabled: { kind: "boolean", default: true },
    keyUsage: { kind: "string", replaces: true, default: "ENCRYPT_DECRYPT" },
    multiRegion: { kind: "boolean", replaces: true, computed: true },
    policy: { kind: "policy", computed: true },
    rotationPeriodInDays: { kind: "number", computed: true },
    xksKeyId: { kind: "string", replaces: true },
  },
  outputs: ["arn", "keyId"],
  check: checkKeyDays,

  async create(inputs, { clients, region, exists }) {
    const kms = await clients.kms(region);
    const { KeyMetadata } = await retryWhile(
      (error) => hasCode(error, "MalformedPolicyDocumentException"),
      () =>
        kms.createKey({
          Description: inputs["description"],
          KeySpec: inputs["customerMasterKeySpec"],
          KeyUsage: inputs["keyUsage"],
          MultiRegion: inputs["multiRegion"],
          Policy: inputs["policy"],
          BypassPolicyLockoutSafetyCheck: inputs["bypassPolicyLockoutSafetyCheck"],
          CustomKeyStoreId: inputs["customKeyStoreId"],
          XksKeyId: inputs["xksKeyId"],
          Tags: kmsTags(inputs["tagsAll"]),
        }),
    );
    const id = KeyMetadata!.KeyId!;
    exists(id);
    if (inputs["enableKeyRotation"]) {
      await kms.enableKeyRotation({ KeyId: id, RotationPeriodInDays: inputs["rotationPeriodInDays"] });
    }
    if (inputs["isEnabled"] === false) {
      await kms.disableKey({ KeyId: id });
    }
    return id;
  },

  async read(id, _state, { clients, region }) {
    return readKey(await clients.kms(region), id);
  },

  async update(id, change, { clients, region }) {
    const kms = await clients.kms(region);
    if (change.changed("isEnabled") && change.news["isEnabled"]) {
      await kms.enableKey({ KeyId: id });
    }
    await updateKeyBasics(kms, id, change);
    if (change.changed("enableKeyRotation", "rotationPeriodInDays")) {
      await (change.news["enableKeyRotation"]
        ? kms.enableKeyRotation({ KeyId: id, RotationPeriodInDays: change.news["rotationPeriodInDays"] })
        : kms.disableKeyRotation({ KeyId: id }));
    }
    if (change.changed("isEnabled") && change.news["isEnabled"] === false) {
      await kms.disableKey({ KeyId: id });
    }
  },

  async delete(id, state, { clients, region }) {
    await scheduleDeletion(await clients.kms(region), id, state["deletionWindowInDays"]);
  },
};

/** Tags in the form of KMS. */
export function kmsTags(tags: unknown): { TagKey: string; TagValue: string }[] {
  return Object.entries((tags ?? {}) as Record<string, string>).map(([TagKey, TagValue]) => ({
    TagKey,
    TagValue,
  }));
}

/** Days that AWS checks in the same way for primary and replica keys. */
export function checkKeyDays(inputs: Properties): readonly InputProblem[] {
  return [
    ...outOfRange(inputs, "deletionWindowInDays", 7, 30),
    ...outOfRange(inputs, "rotationPeriodInDays", 90, 2560),
    ...(inputs["enableKeyRotation"] === false && inputs["rotationPeriodInDays"] !== undefined
      ? [
          {
            property: "rotationPeriodInDays",
            reason: '"rotationPeriodInDays" needs "enableKeyRotation" to be true',
          },
        ]
      : []),
  ];
}

/** Description, policy and tags: what primary and replica keys change alike. */
export async function updateKeyBasics(kms: KMS, id: string, change: Change): Promise<void> {
  const { news, olds } = change;
  if (change.changed("description")) {
    await kms.updateKeyDescription({ KeyId: id, Description: news["description"] ?? "" });
  }
  if (change.changed("policy") && news["policy"] !== undefined) {
    await retryWhile(
      (error) => hasCode(error, "MalformedPolicyDocumentException"),
      () =>
        kms.putKeyPolicy({
          KeyId: id,
          PolicyName: "default",
          Policy: news["policy"],
          BypassPolicyLockoutSafetyCheck: news["bypassPolicyLockoutSafetyCheck"],
        }),
    );
  }
  const tags = changedTags(olds["tagsAll"], news["tagsAll"]);
  if (tags.removed.length > 0) {
    await kms.untagResource({ KeyId: id, TagKeys: tags.removed });
  }
  if (Object.keys(tags.set).length > 0) {
    await kms.tagResource({ KeyId: id, Tags: kmsTags(tags.set) });
  }
}

/** A key and its policy, rotation and tags; `undefined` for one that is gone or waits for its deletion. */
export async function readKey(kms: KMS, id: string): Promise<Properties | undefined> {
  try {
    const { KeyMetadata: key } = await kms.describeKey({ KeyId: id });
    if (key!.KeyState === "PendingDeletion" || key!.KeyState === "PendingReplicaDeletion") {
      return undefined;
    }
    const [policy, rotation, tags] = await Promise.all([
      kms.getKeyPolicy({ KeyId: id, PolicyName: "default" }),
      kms.getKeyRotationStatus({ KeyId: id }).catch(() => undefined),
      kms.listResourceTags({ KeyId: id, Limit: 50 }),
    ]);
    return {
      arn: key!.Arn,
      keyId: key!.KeyId,
      description: key!.Description ?? "",
      customerMasterKeySpec: key!.KeySpec,
      enableKeyRotation: rotation?.KeyRotationEnabled ?? false,
      isEnabled: key!.Enabled,
      keyUsage: key!.KeyUsage,
      multiRegion: key!.MultiRegion ?? false,
      policy: policy.Policy,
      rotationPeriodInDays: rotation?.KeyRotationEnabled ? rotation.RotationPeriodInDays : undefined,
      tagsAll: Object.fromEntries(tagEntries(tags.Tags?.map(({ TagKey, TagValue }) => [TagKey, TagValue]))),
      primaryKeyArn: key!.MultiRegionConfiguration?.PrimaryKey?.Arn,
    };
  } catch (error) {
    if (hasCode(error, "NotFoundException")) {
      return undefined;
    }
    throw error;
  }
}

/** @param days 7 to 30, AWS's 30 when absent */
export async function scheduleDeletion(kms: KMS, id: string, days: number | undefined): Promise<void> {
  try {
    await kms.scheduleKeyDeletion({ KeyId: id, PendingWindowInDays: days });
  } catch (error) {
    const pending = hasCode(error, "KMSInvalidStateException") && /pending/i.test((error as Error).message);
    if (!pending && !hasCode(error, "NotFoundException")) {
      throw error;
    }
  }
}
