import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { strict as assert } from "assert";
import { RotationSettings } from "../../components/model/rotation-settings";
import { startApiKeyServer } from "../../rotation-proof/servers/api-key-server";
import { startElastiCacheFake } from "../../rotation-proof/servers/elasticache-fake";
import { newKeyPair, startSshd } from "../../rotation-proof/servers/sshd";
import { Unavailable } from "../../rotation-proof/subject";
import { declaredApi } from "../../rotation-proof/subjects/api-key";
import { SECRETS, startCloud, TestCloud } from "../support/local-cloud";

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** A secret whose login its server refuses, and the settings of its function. */
interface Refused {
  readonly value: object;
  readonly settings: Omit<RotationSettings, "strategy">;
  readonly environment?: Readonly<Record<string, string>>;
  stop?(): Promise<void>;
}

const hidden = "not-the-right-one-1";

/** By engine; those of databases share one handler, which `database-handler.test.ts` tests. */
const engines: Readonly<Record<string, (cloud: TestCloud) => Promise<Refused>>> = {
  "iam-access-key": async (cloud) => {
    const iam = new IAMClient(cloud.clientConfig(SECRETS));
    await iam.send(new CreateUserCommand({ UserName: "mailer" }));
    iam.destroy();
    const value = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: hidden };
    return { value, settings: { accessKey: { userName: "mailer" } } };
  },
  "http-api-key": async () => {
    const server = await startApiKeyServer();
    const settings = { apiKey: declaredApi(server.origin), tls: { caPem: server.caPem } };
    return { value: { apiKey: hidden, apiKeyId: "1" }, settings, stop: () => server.stop() };
  },
  elasticache: async () => {
    const { redis, environment, addUser, stop } = await startElastiCacheFake();
    const { host, port, caPem } = redis;
    const userArn = await addUser("cart", "first-password-1");
    const elastiCache = { userArn, userName: "cart", endpoint: { host, port } };
    const AWS_ENDPOINT_URL_ELASTICACHE = environment["AWS_ENDPOINT_URL"]!;
    return {
      value: { username: "cart", password: hidden, user_arn: userArn },
      settings: { elastiCache, tls: { caPem } },
      environment: { AWS_ENDPOINT_URL_ELASTICACHE },
      stop,
    };
  },
  "ssh-key-pair": async () => {
    const { host, port, username, hostKey, authorizedKeysFile, stop } = await startSshd();
    const value = { host, port, username, privateKey: newKeyPair().private };
    return { value, settings: { ssh: { hostKeys: [hostKey], authorizedKeysFile } }, stop };
  },
};

describe("refused logins in the metrics of a rotation function", function () {
  this.timeout(20_000);
  const saved = { ...process.env };
  let cloud: TestCloud;
  let client: SecretsManagerClient;
  before(async () => {
    cloud = await startCloud();
    client = new SecretsManagerClient(cloud.clientConfig(SECRETS));
  });
  after(async () => {
    process.env = saved;
    client.destroy();
    await cloud.close();
  });

  function handlerOf(engine: string, { settings, environment }: Refused): Handler {
    const { endpoint, region, credentials } = cloud.clientConfig(SECRETS);
    Object.assign(process.env, environment, {
      ...{ AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, AWS_ACCESS_KEY_ID: credentials.accessKeyId },
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      STRONGROOM_ROTATION: JSON.stringify({ strategy: "dual-password", ...settings }),
    });
    const file = require.resolve(`../../rotation-lambdas/handlers/${engine}`);
    delete require.cache[file];
    return require(file).handler;
  }

  /** testSecret of a version that holds the login which is refused. */
  async function pending(engine: string, { value }: Refused): Promise<object> {
    const SecretString = JSON.stringify(value);
    const { ARN } = await client.send(new CreateSecretCommand({ Name: engine, SecretString }));
    const ClientRequestToken = "pending-pending-pending-pending-1";
    const version = { SecretId: ARN, ClientRequestToken };
    await client.send(new PutSecretValueCommand({ ...version, SecretString, VersionStages: ["AWSPENDING"] }));
    return { ...version, Step: "testSecret" };
  }

  /** The line of one invocation, and what it threw. */
  async function invoke(handler: Handler, event: object): Promise<{ line: any; thrown: string }> {
    const lines: string[] = [];
    const write = process.stdout.write;
    process.stdout.write = ((text: string) => lines.push(text) > 0) as typeof write;
    try {
      const thrown = await handler(event, { getRemainingTimeInMillis: () => 2000 }).then(
        () => "nothing",
        (error: Error) => error.message,
      );
      return { line: JSON.parse(lines.join("")), thrown };
    } finally {
      process.stdout.write = write;
    }
  }

  for (const [engine, prepare] of Object.entries(engines))
    it(`are counted by the function of ${engine}`, async function () {
      const refused = await prepare(cloud).catch((error: unknown) => {
        if (error instanceof Unavailable) this.skip();
        throw error;
      });
      try {
        const { line, thrown } = await invoke(handlerOf(engine, refused), await pending(engine, refused));
        const { _aws, Step, RefusedLogins, code, Failures } = line;
        assert.ok(RefusedLogins >= 1, `${RefusedLogins} refused logins`);
        assert.deepEqual(
          { Step, code, Failures },
          { Step: "testSecret", code: "authentication", Failures: 1 },
        );
        assert.match(thrown, /^testSecret failed \(authentication\)/);
        assert.ok(_aws.CloudWatchMetrics[0].Metrics.some(({ Name }: any) => Name === "RefusedLogins"));
        assert.equal(JSON.stringify(line).includes(hidden), false);
      } finally {
        await refused.stop?.();
      }
    });
});
