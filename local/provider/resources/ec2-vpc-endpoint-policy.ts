import { hasCode } from "../aws";
import { ResourceContext, ResourceType } from "../resource-type";
import { patchManaged, readManaged } from "./managed-resource";
import { FULL_ACCESS_POLICY } from "./ec2-vpc-endpoint";

const TYPE_NAME = "AWS::EC2::VPCEndpoint";

/** The policy of an endpoint that is managed elsewhere. */
export const vpcEndpointPolicy: ResourceType = {
  token: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
  inputs: {
    policy: { kind: "policy", computed: true },
    vpcEndpointId: { kind: "string", required: true, replaces: true },
  },
  outputs: [],

  async create(inputs, context) {
    await setPolicy(inputs["vpcEndpointId"], inputs["policy"] ?? FULL_ACCESS_POLICY, context);
    return inputs["vpcEndpointId"];
  },

  async read(id, _state, { clients, region }) {
    const endpoint = await readManaged(await clients.cloudControl(region), TYPE_NAME, id);
    const document: unknown = endpoint?.["PolicyDocument"];
    return (
      endpoint && {
        vpcEndpointId: id,
        policy:
          document === undefined
            ? FULL_ACCESS_POLICY
            : typeof document === "string"
              ? document
              : JSON.stringify(document),
      }
    );
  },

  async update(id, { news }, context) {
    await setPolicy(id, news["policy"] ?? FULL_ACCESS_POLICY, context);
  },

  /** An endpoint always has a policy: what is left is AWS's default. */
  async delete(id, _state, context) {
    try {
      await setPolicy(id, FULL_ACCESS_POLICY, context);
    } catch (error) {
      if (!hasCode(error, "ResourceNotFoundException")) {
        throw error;
      }
    }
  },
};

async function setPolicy(
  endpointId: string,
  policy: string,
  { clients, region }: ResourceContext,
): Promise<void> {
  const client = await clients.cloudControl(region);
  await patchManaged(client, TYPE_NAME, endpointId, [
    { op: "add", path: "/PolicyDocument", value: JSON.parse(policy) },
  ]);
}
