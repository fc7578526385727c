import { strict as assert } from "assert";
import { mkdtempSync, readFileSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { buildSync } from "esbuild";
import { Client } from "pg";
import { PostgresServer, startPostgres } from "../../../../local/postgres";
import { SECRETS } from "../../../support/local-cloud";
import { LambdaRig, lambdaRig } from "./rig";

/** The real rotation function, in its own process, against the real server: every part but AWS itself. */
describe("a rotation function on the local cloud", function () {
  this.timeout(60_000);
  const dir = mkdtempSync(join(tmpdir(), "strongroom-rotation-"));
  let server: PostgresServer;
  let rig: LambdaRig;

  before(async () => {
    rig = await lambdaRig();
    server = await startPostgres({ dir, log: () => undefined });
    await query(server.superuser, server.password, "CREATE ROLE orders LOGIN PASSWORD 'first-password'");
  });
  after(async () => {
    await rig.cloud.close();
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it("rotates a PostgreSQL user by Secrets Manager's four steps, over verified TLS", async () => {
    const secrets = new SecretsManager(rig.cloud.clientConfig(SECRETS));
    const login = { engine: "postgres", host: server.host, port: server.port, username: "orders" };
    const first = { ...login, password: "first-password" };
    const { ARN } = await secrets.createSecret({
      Name: "orders/reporting",
      SecretString: JSON.stringify(first),
    });
    const tls = { caPem: readFileSync(server.caFile, "utf8") };
    const STRONGROOM_ROTATION = JSON.stringify({ strategy: "single-user", secretArn: ARN, tls });
    const settings = { Timeout: 30, Environment: { Variables: { STRONGROOM_ROTATION } } };
    const name = await rig.create(rotationBundle(), settings);
    await rig.lambda.addPermission({
      ...{ FunctionName: name, StatementId: "rotate", Action: "lambda:InvokeFunction" },
      ...{ Principal: "secretsmanager.amazonaws.com", SourceArn: ARN, SourceAccount: SECRETS },
    });
    const functionArn = `arn:aws:lambda:eu-west-1:${SECRETS}:function:${name}`;
    const rules = { RotationRules: { AutomaticallyAfterDays: 30 }, RotationLambdaARN: functionArn };
    const { VersionId } = await secrets.rotateSecret({ SecretId: ARN, ...rules });

    const current = async () => secrets.getSecretValue({ SecretId: ARN });
    for (let tries = 0; tries < 150 && (await current()).VersionId !== VersionId; tries++) {
      await rig.cloud.cloud.tick();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { SecretString, VersionId: now } = await current();
    assert.equal(now, VersionId, "the rotation did not finish");
    const { password, ...rest } = JSON.parse(SecretString!) as typeof first;
    assert.deepEqual(rest, login);
    assert.notEqual(password, first.password);
    assert.deepEqual(await query("orders", password, "SELECT current_user AS name"), [{ name: "orders" }]);
    await assert.rejects(query("orders", first.password, "SELECT 1"), /password authentication failed/);
  });

  async function query(user: string, password: string, sql: string) {
    const ssl = { ca: readFileSync(server.caFile, "utf8") };
    const { host, port } = server;
    const client = new Client({ host, port, user, password, database: "postgres", ssl });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }
});

function rotationBundle(): string {
  const built = buildSync({
    entryPoints: [join(__dirname, "../../../../rotation-lambdas/handlers/postgres.ts")],
    ...{ bundle: true, minify: true, platform: "node", external: ["pg-native"], write: false },
  });
  return built.outputFiles[0]!.text;
}
