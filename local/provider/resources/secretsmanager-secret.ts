import type { DescribeSecretResponse } from "@aws-sdk/client-secrets-manager";
import { hasCode, retryWhile } from "../aws";
import { ResourceType } from "../resource-type";
import { Properties } from "../values";
import { changedTags, notMatching, tagEntries } from "./constraints";
import { describe } from "./secretsmanager-describe";
import { removeReplicas, replicaKeys, replicaRegion, updateReplicas } from "./secretsmanager-replicas";
import { putSecretPolicy, readSecretPolicy } from "./secretsmanager-secret-policy";

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const secret: ResourceType = {
  token: "aws:secretsmanager/secret:Secret",
  tagged: true,
  inputs: {
    description: { kind: "string" },
    forceOverwriteReplicaSecret: { kind: "boolean", default: false },
    kmsKeyId: { kind: "string" },
    name: { kind: "string", replaces: true, computed: true },
    namePrefix: { kind: "string", replaces: true },
    policy: { kind: "policy", computed: true },
    recoveryWindowInDays: { kind: "number", default: 30 },
    replicas: {
      kind: "set",
      computed: true,
      fromAws: true,
      same: (a, b) => replicaKeys(a) === replicaKeys(b),
    },
    type: { kind: "string", replaces: true },
  },
  outputs: ["arn"],
  autoName: { property: "name", maxLength: 512 },
  check: (inputs) => [
    ...notMatching(
      inputs,
      "name",
      /^[A-Za-z0-9/_+=.@-]{1,512}$/,
      "only letters, digits and /_+=.@-, at most 512",
    ),
    ...(isRecoveryWindow(inputs["recoveryWindowInDays"])
      ? []
      : [
          {
            property: "recoveryWindowInDays",
            reason: `expected "recoveryWindowInDays" to be 0 or in the range (7 - 30), got ${inputs["recoveryWindowInDays"]}`,
          },
        ]),
  ],

  async create(inputs, { clients, region, exists }) {
    const client = await clients.secretsManager(region);
    const { ARN } = await retryWhile(isScheduledForDeletion, () =>
      client.createSecret({
        Name: inputs["name"] ?? `${inputs["namePrefix"]}${Date.now()}`,
        Description: inputs["description"],
        KmsKeyId: inputs["kmsKeyId"],
        Type: inputs["type"],
        ForceOverwriteReplicaSecret: inputs["forceOverwriteReplicaSecret"],
        AddReplicaRegions: inputs["replicas"]?.map(replicaRegion),
        Tags: secretTags(inputs["tagsAll"]),
      }),
    );
    exists(ARN!);
    if (inputs["policy"] !== undefined) {
      await putSecretPolicy(client, ARN!, inputs["policy"], undefined);
    }
    return ARN!;
  },

  async read(id, _state, { clients, region }) {
    const client = await clients.secretsManager(region);
    const found = await describe(client, id);
    return found === undefined || found.DeletedDate !== undefined
      ? undefined
      : { ...attributesOf(found), policy: (await readSecretPolicy(client, id)) ?? "" };
  },

  async update(id, change, { clients, region }) {
    const client = await clients.secretsManager(region);
    await updateReplicas(client, id, change);
    const { news } = change;
    if (change.changed("description", "kmsKeyId")) {
      await client.updateSecret({
        SecretId: id,
        Description: news["description"] ?? "",
        ...(change.changed("kmsKeyId") && { KmsKeyId: news["kmsKeyId"] ?? "alias/aws/secretsmanager" }),
      });
    }
    if (change.changed("policy") && news["policy"] !== undefined) {
      await putSecretPolicy(client, id, news["policy"], undefined);
    }
    const tags = changedTags(change.olds["tagsAll"], news["tagsAll"]);
    if (tags.removed.length > 0) {
      await client.untagResource({ SecretId: id, TagKeys: tags.removed });
    }
    if (Object.keys(tags.set).length > 0) {
      await client.tagResource({ SecretId: id, Tags: secretTags(tags.set) });
    }
  },

  async delete(id, state, { clients, region }) {
    const client = await clients.secretsManager(region);
    const found = await describe(client, id);
    if (found === undefined || found.DeletedDate !== undefined) {
      return;
    }
    await removeReplicas(
      client,
      id,
      (found.ReplicationStatus ?? []).map((replica) => replica.Region!),
    );
    const days = state["recoveryWindowInDays"] ?? 30;
    await client.deleteSecret({
      SecretId: id,
      ...(days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days }),
    });
  },
};

/** Tags in the form of Secrets Manager. */
export function secretTags(tags: unknown): { Key: string; Value: string }[] {
  return Object.entries((tags ?? {}) as Record<string, string>).map(([Key, Value]) => ({ Key, Value }));
}

function attributesOf(found: DescribeSecretResponse): Properties {
  return {
    arn: found.ARN,
    name: found.Name,
    description: found.Description || undefined,
    kmsKeyId: found.KmsKeyId,
    type: found.Type,
    replicas: (found.ReplicationStatus ?? []).map((replica) => ({
      region: replica.Region,
      kmsKeyId: replica.KmsKeyId ?? "",
      status: replica.Status ?? "",
      statusMessage: replica.StatusMessage ?? "",
      lastAccessedDate: replica.LastAccessedDate?.toISOString() ?? "",
    })),
    tagsAll: Object.fromEntries(tagEntries(found.Tags?.map(({ Key, Value }) => [Key, Value]))),
  };
}

function isRecoveryWindow(days: unknown): boolean {
  return typeof days !== "number" || days === 0 || (Number.isInteger(days) && days >= 7 && days <= 30);
}

function isScheduledForDeletion(error: unknown): boolean {
  return hasCode(error, "InvalidRequestException") && /scheduled for deletion/.test((error as Error).message);
}
