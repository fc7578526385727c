import type { GrantOperation } from "@aws-sdk/client-kms";
import { hasCode, retryWhile } from "../aws";
import { ResourceType } from "../resource-type";

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html */
export const kmsGrant: ResourceType = {
  token: "aws:kms/grant:Grant",
  inputs: {
    constraints: { kind: "set", replaces: true },
    grantCreationTokens: { kind: "set", replaces: true },
    granteePrincipal: { kind: "string", required: true, replaces: true },
    keyId: { kind: "string", required: true, replaces: true },
    name: { kind: "string", replaces: true },
    operations: { kind: "set", required: true, replaces: true },
    retireOnDelete: { kind: "boolean", replaces: true, default: false },
    retiringPrincipal: { kind: "string", replaces: true },
  },
  outputs: ["grantId", "grantToken"],
  secretOutputs: ["grantToken"],
  autoName: { property: "name", maxLength: 255 },

  async create(inputs, { clients, region }) {
    const kms = await clients.kms(region);
    const constraint = inputs["constraints"]?.[0];
    const { GrantId } = await retryWhile(
      (error) => hasCode(error, "InvalidArnException"),
      () =>
        kms.createGrant({
          KeyId: inputs["keyId"],
          GranteePrincipal: inputs["granteePrincipal"],
          RetiringPrincipal: inputs["retiringPrincipal"],
          Operations: inputs["operations"] as GrantOperation[],
          GrantTokens: inputs["grantCreationTokens"],
          Name: inputs["name"],
          Constraints: constraint && {
            EncryptionContextEquals: constraint.encryptionContextEquals,
            EncryptionContextSubset: constraint.encryptionContextSubset,
          },
        }),
    );
    return `${inputs["keyId"]}:${GrantId}`;
  },

  async read(id, state, { clients, region }) {
    const kms = await clients.kms(region);
    const [keyId, grantId] = splitGrantId(id);
    try {
      const { Grants } = await kms.listGrants({ KeyId: keyId, GrantId: grantId });
      const grant = Grants?.find((entry) => entry.GrantId === grantId);
      return (
        grant && {
          grantId,
          grantToken: state["grantToken"] ?? "",
          keyId,
          granteePrincipal: grant.GranteePrincipal,
          retiringPrincipal: grant.RetiringPrincipal,
          operations: grant.Operations,
          name: grant.Name,
        }
      );
    } catch (error) {
      if (hasCode(error, "NotFoundException")) {
        return undefined;
      }
      throw error;
    }
  },

  async delete(id, state, { clients, region }) {
    const kms = await clients.kms(region);
    const [KeyId, GrantId] = splitGrantId(id);
    try {
      await (state["retireOnDelete"]
        ? kms.retireGrant({ KeyId, GrantId })
        : kms.revokeGrant({ KeyId, GrantId }));
    } catch (error) {
      if (!hasCode(error, "NotFoundException")) {
        throw error;
      }
    }
  },
};

/** The key may be an ARN, which has colons of its own. */
function splitGrantId(id: string): [keyId: string, grantId: string] {
  const colon = id.lastIndexOf(":");
  return [id.slice(0, colon), id.slice(colon + 1)];
}
