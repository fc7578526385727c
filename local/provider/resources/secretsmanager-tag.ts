import { hasCode } from "../aws";
import { ResourceContext, ResourceType } from "../resource-type";
import { Properties } from "../values";
import { describe } from "./secretsmanager-describe";

/** One tag of a secret that is managed elsewhere. */
export const secretTag: ResourceType = {
  token: "aws:secretsmanager/tag:Tag",
  inputs: {
    key: { kind: "string", required: true, replaces: true },
    secretId: { kind: "string", required: true, replaces: true },
    value: { kind: "string", required: true },
  },
  outputs: [],

  async create(inputs, context) {
    await setTag(inputs, context);
    return `${inputs["secretId"]},${inputs["key"]}`;
  },

  async read(id, _state, { clients, region }) {
    const comma = id.indexOf(",");
    const [secretId, key] = [id.slice(0, comma), id.slice(comma + 1)];
    const found = await describe(await clients.secretsManager(region), secretId);
    const tag = found?.Tags?.find((entry) => entry.Key === key);
    return tag && { secretId, key, value: tag.Value ?? "" };
  },

  async update(_id, { news }, context) {
    await setTag(news, context);
  },

  async delete(_id, state, { clients, region }) {
    const client = await clients.secretsManager(region);
    try {
      await client.untagResource({ SecretId: state["secretId"], TagKeys: [state["key"]] });
    } catch (error) {
      if (!hasCode(error, "ResourceNotFoundException", "InvalidRequestException")) {
        throw error;
      }
    }
  },
};

async function setTag(inputs: Properties, { clients, region }: ResourceContext): Promise<void> {
  const client = await clients.secretsManager(region);
  await client.tagResource({
    SecretId: inputs["secretId"],
    Tags: [{ Key: inputs["key"], Value: inputs["value"] }],
  });
}
