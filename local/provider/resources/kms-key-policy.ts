import { hasCode, retryWhile } from "../aws";
import { ResourceContext, ResourceType } from "../resource-type";
import { Properties } from "../values";

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html */
export const kmsKeyPolicy: ResourceType = {
  token: "aws:kms/keyPolicy:KeyPolicy",
  inputs: {
    bypassPolicyLockoutSafetyCheck: { kind: "boolean", default: false },
    keyId: { kind: "string", required: true, replaces: true },
    policy: { kind: "policy", required: true },
  },
  outputs: [],

  async create(inputs, context) {
    await putPolicy(inputs["keyId"], inputs, context);
    return inputs["keyId"];
  },

  async read(id, _state, { clients, region }) {
    const kms = await clients.kms(region);
    try {
      const { KeyMetadata } = await kms.describeKey({ KeyId: id });
      if (KeyMetadata!.KeyState === "PendingDeletion") {
        return undefined;
      }
      const { Policy } = await kms.getKeyPolicy({ KeyId: id, PolicyName: "default" });
      return { keyId: id, policy: Policy };
    } catch (error) {
      if (hasCode(error, "NotFoundException")) {
        return undefined;
      }
      throw error;
    }
  },

  async update(id, { news }, context) {
    await putPolicy(id, news, context);
  },

  /** A key always has a policy: what is left is the one that AWS gives a new key. */
  async delete(id, _state, context) {
    const root = `arn:${context.partition}:iam::${await context.accountId()}:root`;
    const policy = {
      Version: "2012-10-17",
      Id: "default",
      Statement: [
        {
          Sid: "Enable IAM User Permissions",
          Effect: "Allow",
          Principal: { AWS: root },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    };
    try {
      await putPolicy(id, { policy: JSON.stringify(policy) }, context);
    } catch (error) {
      const goneSoon = hasCode(error, "KMSInvalidStateException");
      if (!goneSoon && !hasCode(error, "NotFoundException")) {
        throw error;
      }
    }
  },
};

async function putPolicy(
  id: string,
  inputs: Properties,
  { clients, region }: ResourceContext,
): Promise<void> {
  const kms = await clients.kms(region);
  await retryWhile(
    (error) => hasCode(error, "MalformedPolicyDocumentException"),
    () =>
      kms.putKeyPolicy({
        KeyId: id,
        PolicyName: "default",
        Policy: inputs["policy"],
        BypassPolicyLockoutSafetyCheck: inputs["bypassPolicyLockoutSafetyCheck"],
      }),
  );
}
