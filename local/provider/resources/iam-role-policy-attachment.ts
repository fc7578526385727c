import { hasCode } from "../aws";
import { ResourceType } from "../resource-type";
import { readManagedPolicyArns } from "./iam-role-policies";

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
export const iamRolePolicyAttachment: ResourceType = {
  token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  global: true,
  inputs: {
    policyArn: { kind: "string", required: true, replaces: true },
    role: { kind: "string", required: true, replaces: true },
  },
  outputs: [],

  async create(inputs, { clients }) {
    const iam = await clients.iam();
    await iam.attachRolePolicy({ RoleName: inputs["role"], PolicyArn: inputs["policyArn"] });
    return `${inputs["role"]}/${inputs["policyArn"]}`;
  },

  async read(id, _state, { clients }) {
    const [role, policyArn] = splitId(id);
    try {
      const attached = await readManagedPolicyArns(await clients.iam(), role);
      return attached.includes(policyArn) ? { role, policyArn } : undefined;
    } catch (error) {
      if (hasCode(error, "NoSuchEntity", "NoSuchEntityException")) {
        return undefined;
      }
      throw error;
    }
  },

  async delete(id, _state, { clients }) {
    const iam = await clients.iam();
    const [RoleName, PolicyArn] = splitId(id);
    try {
      await iam.detachRolePolicy({ RoleName, PolicyArn });
    } catch (error) {
      if (!hasCode(error, "NoSuchEntity", "NoSuchEntityException")) {
        throw error;
      }
    }
  },
};

function splitId(id: string): [role: string, policyArn: string] {
  const slash = id.indexOf("/arn:");
  return [id.slice(0, slash), id.slice(slash + 1)];
}
