import { hasCode } from "../aws";
import { ResourceContext, ResourceType } from "../resource-type";
import { Properties } from "../values";

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const iamRolePolicy: ResourceType = {
  token: "aws:iam/rolePolicy:RolePolicy",
  global: true,
  inputs: {
    name: { kind: "string", replaces: true, computed: true },
    namePrefix: { kind: "string", replaces: true },
    policy: { kind: "policy", required: true },
    role: { kind: "string", required: true, replaces: true },
  },
  outputs: [],
  autoName: { property: "name", maxLength: 128 },

  async create(inputs, context) {
    const name = inputs["name"] ?? `${inputs["namePrefix"]}${Date.now()}`;
    await putPolicy(inputs["role"], name, inputs, context);
    return `${inputs["role"]}:${name}`;
  },

  async read(id, _state, { clients }) {
    const iam = await clients.iam();
    const [role, name] = splitId(id);
    try {
      const { PolicyDocument } = await iam.getRolePolicy({ RoleName: role, PolicyName: name });
      return { role, name, policy: decodeURIComponent(PolicyDocument!) };
    } catch (error) {
      if (hasCode(error, "NoSuchEntity", "NoSuchEntityException")) {
        return undefined;
      }
      throw error;
    }
  },

  async update(id, { news }, context) {
    await putPolicy(...splitId(id), news, context);
  },

  async delete(id, _state, { clients }) {
    const iam = await clients.iam();
    const [role, name] = splitId(id);
    try {
      await iam.deleteRolePolicy({ RoleName: role, PolicyName: name });
    } catch (error) {
      if (!hasCode(error, "NoSuchEntity", "NoSuchEntityException")) {
        throw error;
      }
    }
  },
};

async function putPolicy(
  role: string,
  name: string,
  inputs: Properties,
  { clients }: ResourceContext,
): Promise<void> {
  const iam = await clients.iam();
  await iam.putRolePolicy({ RoleName: role, PolicyName: name, PolicyDocument: inputs["policy"] });
}

function splitId(id: string): [role: string, name: string] {
  const colon = id.indexOf(":");
  return [id.slice(0, colon), id.slice(colon + 1)];
}
