import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { IAMClient } from "@aws-sdk/client-iam";
import { createCloud } from "../../local/cloud/core/cloud";
import { memoryStore } from "../../local/cloud/core/memory-store";
import { memorySealer } from "../../local/cloud/core/sealed";
import { service as iamService } from "../../local/cloud/iam";
import { startServer } from "../../local/cloud/server";
import { service as stsService } from "../../local/cloud/sts";
import { Environment } from "../../rotation-lambdas/secrets-manager";

export interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The local cloud's IAM and STS in this process, over HTTP with signatures that are checked. */
export interface IamCloud {
  /** The environment of a function whose role is the account's administrator, or the holder of `keys`. */
  environment(keys?: KeyPair): Environment;
  /** The administrator's client of AWS's SDK, which is none of the code under test. */
  readonly iam: IAMClient;
  /** @returns the ARN of the keys' owner, or `refused` */
  callerOf(keys: KeyPair): Promise<string>;
  /** Moves the cloud's clock. */
  advance(seconds: number): void;
  stop(): Promise<void>;
}

const accountId = "111111111111";
const administrator = { accessKeyId: `AKIA${accountId}`, secretAccessKey: "administrator-of-the-proof" };

export async function startIamCloud(): Promise<IamCloud> {
  const cloud = createCloud({
    services: [stsService, iamService],
    store: memoryStore(),
    sealer: memorySealer(),
    accounts: { accounts: [{ id: accountId, name: "secrets", administrator }] },
  });
  const server = await startServer(cloud, { port: 0, control: false });
  await cloud.tick();
  const config = (credentials: KeyPair) => ({
    ...{ region: "eu-west-1", endpoint: server.url, credentials, maxAttempts: 1 },
  });
  const iam = new IAMClient(config(administrator));
  return {
    iam,
    environment: (keys = administrator) => ({
      ...{ AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL: server.url },
      ...{ AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey },
    }),
    callerOf: async (keys) => callerOf(new STSClient(config(keys))),
    advance: (seconds) => cloud.clock.advance(seconds),
    stop: async () => {
      iam.destroy();
      await server.close();
      await cloud.stop();
    },
  };
}

async function callerOf(client: STSClient): Promise<string> {
  try {
    return (await client.send(new GetCallerIdentityCommand({}))).Arn!;
  } catch (error) {
    if (["InvalidClientTokenId", "SignatureDoesNotMatch"].includes((error as Error).name)) return "refused";
    throw error;
  } finally {
    client.destroy();
  }
}
