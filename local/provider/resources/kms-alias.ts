import type { AliasListEntry, KMS } from "@aws-sdk/client-kms";
import { hasCode } from "../aws";
import { ResourceType } from "../resource-type";
import { notMatching } from "./constraints";

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export const kmsAlias: ResourceType = {
  token: "aws:kms/alias:Alias",
  inputs: {
    name: { kind: "string", replaces: true },
    targetKeyId: { kind: "string", required: true, same: (a, b) => keyIdOf(a) === keyIdOf(b) },
  },
  outputs: ["arn", "targetKeyArn"],
  changedOutputs: { targetKeyArn: ["targetKeyId"] },
  autoName: { property: "name", maxLength: 256, prefix: "alias/" },
  check: (inputs) =>
    notMatching(
      inputs,
      "name",
      /^alias\/(?!aws\/)[A-Za-z0-9/_-]+$/,
      'begins with "alias/" but not "alias/aws/"',
    ),

  async create(inputs, { clients, region }) {
    const kms = await clients.kms(region);
    await kms.createAlias({ AliasName: inputs["name"], TargetKeyId: inputs["targetKeyId"] });
    return inputs["name"];
  },

  async read(id, _state, { clients, region }) {
    const kms = await clients.kms(region);
    const alias = await findAlias(kms, id);
    return (
      alias && {
        arn: alias.AliasArn,
        name: alias.AliasName,
        targetKeyId: alias.TargetKeyId,
        targetKeyArn: alias.AliasArn!.replace(/:alias\/.*$/, `:key/${alias.TargetKeyId}`),
      }
    );
  },

  async update(id, { news }, { clients, region }) {
    const kms = await clients.kms(region);
    await kms.updateAlias({ AliasName: id, TargetKeyId: news["targetKeyId"] });
  },

  async delete(id, _state, { clients, region }) {
    const kms = await clients.kms(region);
    try {
      await kms.deleteAlias({ AliasName: id });
    } catch (error) {
      if (!hasCode(error, "NotFoundException")) {
        throw error;
      }
    }
  },
};

function keyIdOf(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

async function findAlias(kms: KMS, name: string): Promise<AliasListEntry | undefined> {
  let marker: string | undefined;
  do {
    const page = await kms.listAliases({ Marker: marker, Limit: 100 });
    const found = page.Aliases?.find((alias) => alias.AliasName === name);
    if (found) {
      return found;
    }
    marker = page.Truncated ? page.NextMarker : undefined;
  } while (marker !== undefined);
  return undefined;
}
