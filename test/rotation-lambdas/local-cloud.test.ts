import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  RotateSecretCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { strict as assert } from "assert";
import { buildSync } from "esbuild";
import { mkdtempSync, rmSync, statSync } from "fs";
import { tmpdir } from "os";
import * as path from "path";
import { RotationSettings } from "../../components/model/rotation-settings";
import { Service } from "../../local/cloud/core/operation";
import { structure } from "../../local/cloud/core/shape";
import { service as kms } from "../../local/cloud/kms";
import { service as secretsManager } from "../../local/cloud/secrets-manager";
import { service as sts } from "../../local/cloud/sts";
import { SECRETS, startCloud, TestCloud } from "../support/local-cloud";
import { query, testPostgres, TestPostgres } from "../support/postgres";

type Handler = (event: unknown, context: unknown) => Promise<void>;

/** The function's bundle, as it is deployed, behind the local cloud's Secrets Manager. */
describe("the PostgreSQL bundle, rotated by the local cloud", function () {
  this.timeout(60000);
  const functionArn = `arn:aws:lambda:eu-west-1:${SECRETS}:function:rotate`;
  const saved = { ...process.env };
  let folder: string;
  let cloud: TestCloud;
  let client: SecretsManagerClient;
  let postgres: TestPostgres;
  let handler: Handler;
  let events: any[];

  const write = process.stdout.write;
  before(async () => {
    // The function's log lines go to standard output, where Lambda collects them.
    process.stdout.write = ((text: unknown, ...rest: any[]) =>
      String(text).startsWith('{"_aws"') ||
      write.call(process.stdout, text as string, ...rest)) as typeof write;
    postgres = await testPostgres();
    folder = mkdtempSync(path.join(tmpdir(), "strongroom-bundle-"));
    const entryPoints = [path.join(__dirname, "../../rotation-lambdas/handlers/postgres.ts")];
    const target = { bundle: true, minify: true, platform: "node", target: "node20" } as const;
    buildSync({ entryPoints, outfile: path.join(folder, "index.js"), logLevel: "silent", ...target });
  });
  after(() => {
    process.stdout.write = write;
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    events = [];
    cloud = await startCloud({ services: [sts, kms, secretsManager, inProcessLambda()] });
    await cloud.advance(0);
    client = new SecretsManagerClient(cloud.clientConfig(SECRETS));
  });
  afterEach(async () => {
    client.destroy();
    await cloud.close();
    process.env = { ...saved };
  });

  /** As much of Lambda as a rotation needs: it calls the bundle's handler in this process. */
  function inProcessLambda(): Service {
    const protocol = {
      kind: "aws-json",
      version: "1.1",
      targetPrefix: "lambda",
      messageMember: "message",
    } as const;
    const run = async ({ InvocationType, Payload }: any) => {
      if (InvocationType === "DryRun") return {};
      const event = JSON.parse(Buffer.from(Payload).toString());
      try {
        await handler(event, { getRemainingTimeInMillis: () => 20000 });
        events.push(event);
        return {};
      } catch (error) {
        const errorMessage = (error as Error).message;
        events.push({ ...event, errorMessage });
        return { FunctionError: "Unhandled", Payload: Buffer.from(JSON.stringify({ errorMessage })) };
      }
    };
    const input = { form: structure({}).form, check: (value: any) => ({ ok: true, value }) as any };
    const operations = [{ name: "Invoke", input, authorize: () => [], run }];
    return { signingName: "lambda", eventSource: "lambda.amazonaws.com", protocol, operations };
  }

  /** Loads the bundle as Lambda does: with the settings, the endpoint and the credentials in the environment. */
  function load(settings: RotationSettings) {
    const { endpoint, region, credentials } = cloud.clientConfig(SECRETS);
    Object.assign(process.env, {
      ...{ AWS_REGION: region, AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: credentials.accessKeyId },
      ...{
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        STRONGROOM_ROTATION: JSON.stringify(settings),
      },
    });
    const file = path.join(folder, "index.js");
    delete require.cache[require.resolve(file)];
    handler = require(file).handler;
  }

  async function value(SecretId: string, VersionStage = "AWSCURRENT"): Promise<any> {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId, VersionStage }));
    return JSON.parse(SecretString!);
  }

  /** RotateSecret, until its version is current. */
  async function rotate(SecretId: string, first: object = {}): Promise<void> {
    const { VersionId } = await client.send(new RotateSecretCommand({ SecretId, ...first }));
    for (let look = 0; look < 100; look++) {
      const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId }));
      if (VersionIdsToStages?.[VersionId!]?.includes("AWSCURRENT")) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail("the rotation did not end");
  }

  async function logIn({ host, port, username: user, password }: any): Promise<string> {
    const [row] = await query(
      { host, port, user, password },
      "SELECT session_user || ' as ' || current_user AS who",
    );
    return row.who;
  }

  async function createAdmin(): Promise<string> {
    const { host, port, superuser } = postgres;
    const SecretString = JSON.stringify({ engine: "postgres", host, port, ...superuser });
    const { ARN } = await client.send(
      new CreateSecretCommand({ Name: "orders/database-admin", SecretString }),
    );
    return ARN!;
  }

  it("seeds an empty secret, alternates its users and goes back", async () => {
    const { host, port } = postgres;
    const masterarn = await createAdmin();
    const { ARN } = await client.send(new CreateSecretCommand({ Name: "orders/database" }));
    load({
      strategy: "alternating-users",
      secretArn: ARN!.slice(0, -6) + "??????",
      seed: { engine: "postgres", host, port, dbname: "postgres", username: "cloud_orders", masterarn },
      tls: { mode: "disable" },
    });
    const RotationRules = { AutomaticallyAfterDays: 30 };
    await rotate(ARN!, { RotationLambdaARN: functionArn, RotationRules });
    assert.equal(await logIn(await value(ARN!)), "cloud_orders as cloud_orders");
    await rotate(ARN!);
    assert.equal(await logIn(await value(ARN!)), "cloud_orders_clone as cloud_orders");
    assert.equal(await logIn(await value(ARN!, "AWSPREVIOUS")), "cloud_orders as cloud_orders");
    await rotate(ARN!);
    assert.equal(await logIn(await value(ARN!)), "cloud_orders as cloud_orders");
    const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"];
    assert.deepEqual(
      events.map(({ Step }) => Step),
      [...steps, ...steps, ...steps],
    );
    assert.ok(events.every(({ RotationToken }) => typeof RotationToken === "string"));
  });

  it("rotates the administrator's own secret as a single user", async () => {
    await postgres.sql("CREATE ROLE cloud_admin LOGIN SUPERUSER PASSWORD 'first-password-1'");
    const { host, port } = postgres;
    const login = { engine: "postgres", host, port, username: "cloud_admin", password: "first-password-1" };
    const SecretString = JSON.stringify(login);
    const { ARN } = await client.send(
      new CreateSecretCommand({ Name: "orders/database-admin", SecretString }),
    );
    load({ strategy: "single-user", tls: { mode: "disable" } });
    const RotationRules = { AutomaticallyAfterDays: 30 };
    await rotate(ARN!, { RotationLambdaARN: functionArn, RotationRules });
    assert.equal(await logIn(await value(ARN!)), "cloud_admin as cloud_admin");
    await assert.rejects(logIn(await value(ARN!, "AWSPREVIOUS")), { code: "28P01" });
  });

  it("answers the test that RotateImmediately=false asks for", async () => {
    const SecretId = await createAdmin();
    load({ strategy: "single-user", tls: { mode: "disable" } });
    const RotationRules = { AutomaticallyAfterDays: 30 };
    const input = { SecretId, RotationLambdaARN: functionArn, RotationRules, RotateImmediately: false };
    await client.send(new RotateSecretCommand(input));
    for (let look = 0; look < 60 && events.length === 0; look++)
      await new Promise((done) => setTimeout(done, 50));
    assert.deepEqual(
      events.map(({ Step, errorMessage }) => [Step, errorMessage]),
      [["testSecret", undefined]],
    );
  });

  it("is at most 250 kB", () => {
    assert.ok(statSync(path.join(folder, "index.js")).size <= 250 * 1024);
  });
});
