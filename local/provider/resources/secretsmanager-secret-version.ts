import { hasCode } from "../aws";
import { ResourceType } from "../resource-type";
import { sameSet } from "../values";
import { describe } from "./secretsmanager-describe";

const CURRENT = "AWSCURRENT";

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
export const secretVersion: ResourceType = {
  token: "aws:secretsmanager/secretVersion:SecretVersion",
  inputs: {
    secretBinary: { kind: "string", replaces: true },
    secretId: { kind: "string", required: true, replaces: true },
    secretString: { kind: "string", replaces: true },
    secretStringWo: { kind: "string", writeOnly: true, same: () => true },
    secretStringWoVersion: { kind: "number", replaces: true },
    versionStages: { kind: "set", computed: true },
  },
  outputs: ["arn", "hasSecretStringWo", "secretArn", "versionId"],
  secretOutputs: ["secretString", "secretBinary"],
  check: (inputs) => {
    const values = ["secretString", "secretBinary", "secretStringWo"].filter(
      (name) => inputs[name] !== undefined,
    );
    return values.length > 1
      ? [{ property: values[1]!, reason: `only one of ${values.join(", ")} can be given` }]
      : [];
  },

  async create(inputs, { clients, region }) {
    const client = await clients.secretsManager(region);
    const { VersionId } = await client.putSecretValue({
      SecretId: inputs["secretId"],
      SecretString: inputs["secretString"] ?? inputs["secretStringWo"],
      SecretBinary: inputs["secretBinary"] && Buffer.from(inputs["secretBinary"], "base64"),
      VersionStages: inputs["versionStages"],
    });
    return `${inputs["secretId"]}|${VersionId}`;
  },

  async read(id, state, { clients, region }) {
    const client = await clients.secretsManager(region);
    const [secretId, versionId] = id.split("|") as [string, string];
    const found = await describe(client, secretId);
    const stages = found?.VersionIdsToStages?.[versionId];
    if (found === undefined || found.DeletedDate !== undefined || stages === undefined) {
      return undefined;
    }
    const attributes = { arn: found.ARN, secretArn: found.ARN, secretId, versionId, versionStages: stages };
    if (state["secretStringWoVersion"] !== undefined) {
      return { ...attributes, hasSecretStringWo: true };
    }
    const value = await client.getSecretValue({ SecretId: secretId, VersionId: versionId });
    return {
      ...attributes,
      hasSecretStringWo: false,
      secretString: value.SecretString,
      secretBinary: value.SecretBinary && Buffer.from(value.SecretBinary).toString("base64"),
    };
  },

  async update(id, { olds, news }, { clients, region }) {
    const [SecretId, versionId] = id.split("|") as [string, string];
    const wanted: string[] = news["versionStages"] ?? [CURRENT];
    const existing: string[] = olds["versionStages"] ?? [];
    if (sameSet(wanted, existing)) {
      return;
    }
    const client = await clients.secretsManager(region);
    const holders = (await describe(client, SecretId))?.VersionIdsToStages ?? {};
    for (const stage of wanted.filter((name) => !existing.includes(name))) {
      const holder = Object.keys(holders).find((version) => holders[version]!.includes(stage));
      await client.updateSecretVersionStage({
        SecretId,
        VersionStage: stage,
        MoveToVersionId: versionId,
        RemoveFromVersionId: holder,
      });
    }
    for (const stage of existing.filter((name) => !wanted.includes(name) && name !== CURRENT)) {
      await client.updateSecretVersionStage({
        SecretId,
        VersionStage: stage,
        RemoveFromVersionId: versionId,
      });
    }
  },

  /** A version goes when its last label does; the current one cannot lose AWSCURRENT and stays with its secret. */
  async delete(id, _state, { clients, region }) {
    const client = await clients.secretsManager(region);
    const [SecretId, versionId] = id.split("|") as [string, string];
    try {
      const found = await describe(client, SecretId);
      for (const stage of found?.DeletedDate ? [] : (found?.VersionIdsToStages?.[versionId] ?? [])) {
        if (stage !== CURRENT) {
          await client.updateSecretVersionStage({
            SecretId,
            VersionStage: stage,
            RemoveFromVersionId: versionId,
          });
        }
      }
    } catch (error) {
      if (!hasCode(error, "ResourceNotFoundException")) {
        throw error;
      }
    }
  },
};
