import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { hasCode, retryWhile } from "../aws";
import { ResourceType } from "../resource-type";

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
export const secretPolicy: ResourceType = {
  token: "aws:secretsmanager/secretPolicy:SecretPolicy",
  inputs: {
    blockPublicPolicy: { kind: "boolean" },
    policy: { kind: "policy", required: true },
    secretArn: { kind: "string", required: true, replaces: true },
  },
  outputs: [],

  async create(inputs, { clients, region }) {
    const client = await clients.secretsManager(region);
    return putSecretPolicy(client, inputs["secretArn"], inputs["policy"], inputs["blockPublicPolicy"]);
  },

  async read(id, _state, { clients, region }) {
    const policy = await readSecretPolicy(await clients.secretsManager(region), id);
    return policy === undefined ? undefined : { secretArn: id, policy };
  },

  async update(id, { news }, { clients, region }) {
    const client = await clients.secretsManager(region);
    await putSecretPolicy(client, id, news["policy"], news["blockPublicPolicy"]);
  },

  async delete(id, _state, { clients, region }) {
    const client = await clients.secretsManager(region);
    try {
      await client.deleteResourcePolicy({ SecretId: id });
    } catch (error) {
      const waits = hasCode(error, "InvalidRequestException") && /deletion/.test((error as Error).message);
      if (!waits && !hasCode(error, "ResourceNotFoundException")) {
        throw error;
      }
    }
  },
};

/** Sets the policy; repeats while a principal that was just made is not known yet. Returns the secret's ARN. */
export async function putSecretPolicy(
  client: SecretsManager,
  secretId: string,
  policy: string,
  blockPublicPolicy: boolean | undefined,
): Promise<string> {
  const { ARN } = await retryWhile(
    (error) =>
      hasCode(error, "MalformedPolicyDocumentException") &&
      /unsupported principal/.test((error as Error).message),
    () =>
      client.putResourcePolicy({
        SecretId: secretId,
        ResourcePolicy: policy,
        BlockPublicPolicy: blockPublicPolicy,
      }),
  );
  return ARN!;
}

/** The policy, or `undefined` when there is none or no such secret. */
export async function readSecretPolicy(
  client: SecretsManager,
  secretId: string,
): Promise<string | undefined> {
  try {
    return (await client.getResourcePolicy({ SecretId: secretId })).ResourcePolicy;
  } catch (error) {
    const waits = hasCode(error, "InvalidRequestException") && /deletion/.test((error as Error).message);
    if (waits || hasCode(error, "ResourceNotFoundException")) {
      return undefined;
    }
    throw error;
  }
}
