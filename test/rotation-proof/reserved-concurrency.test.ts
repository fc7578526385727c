import { strict as assert } from "assert";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { buildSync } from "esbuild";
import { join } from "path";
import { ProofPostgres, startProofPostgres } from "../../rotation-proof/servers/postgres";
import { LambdaRig, lambdaRig } from "../local/cloud/lambda/rig";
import { SECRETS } from "../support/local-cloud";

/** AWS documents rotations that loop between two steps below ten; here Lambda refuses all but one at a time. */
describe("rotations of secrets that share a function with one reserved invocation", function () {
  this.timeout(60_000);
  let postgres: ProofPostgres;
  let rig: LambdaRig;

  before(async () => {
    postgres = await startProofPostgres();
    rig = await lambdaRig();
  });
  after(async () => {
    await rig.cloud.close();
    await postgres.stop();
  });

  async function secretOf(secrets: SecretsManager, username: string): Promise<string> {
    await postgres.sql(`CREATE ROLE ${username} LOGIN PASSWORD 'first-password-1'`);
    const { host, port } = postgres;
    const value = { engine: "postgres", host, port, username, password: "first-password-1" };
    const { ARN } = await secrets.createSecret({ Name: username, SecretString: JSON.stringify(value) });
    return ARN!;
  }

  async function sharedFunction(): Promise<string> {
    const entryPoints = [join(__dirname, "../../rotation-lambdas/handlers/postgres.ts")];
    const target = { bundle: true, minify: true, platform: "node", target: "node20" } as const;
    const built = buildSync({ entryPoints, ...target, write: false, external: ["pg-native"] });
    const settings = { strategy: "single-user", tls: { caPem: postgres.authority } };
    const Environment = { Variables: { STRONGROOM_ROTATION: JSON.stringify(settings) } };
    const FunctionName = await rig.create(built.outputFiles[0]!.text, { Environment, Timeout: 20 });
    await rig.lambda.addPermission({
      ...{ FunctionName, StatementId: "rotate", Action: "lambda:InvokeFunction" },
      ...{ Principal: "secretsmanager.amazonaws.com", SourceAccount: SECRETS },
    });
    await rig.lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: 1 });
    return `arn:aws:lambda:eu-west-1:${SECRETS}:function:${FunctionName}`;
  }

  async function isRotated(secrets: SecretsManager, SecretId: string): Promise<boolean> {
    const { VersionIdsToStages = {} } = await secrets.describeSecret({ SecretId });
    return Object.values(VersionIdsToStages).flat().includes("AWSPREVIOUS");
  }

  /** Lets Secrets Manager repeat what failed, until it has given up or all is done. */
  async function untilQuiet(): Promise<void> {
    const jobs = rig.cloud.cloud.store.table("secretsmanager:rotations");
    for (let look = 0; look < 300 && [...jobs.values()].length > 0; look++) {
      await rig.cloud.advance(1);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it("lock nobody out, and those that were given up end when they are asked for again", async () => {
    const secrets = new SecretsManager(rig.cloud.clientConfig(SECRETS));
    const RotationLambdaARN = await sharedFunction();
    const arns: string[] = [];
    for (const name of ["shared_a", "shared_b", "shared_c"]) arns.push(await secretOf(secrets, name));
    const request = { RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 30 } };
    await Promise.all(arns.map((SecretId) => secrets.rotateSecret({ SecretId, ...request })));
    await untilQuiet();
    const refused = rig.cloud.cloud.calls
      .all()
      .filter(({ error }) => error?.code === "TooManyRequestsException");
    assert.ok(refused.length > 0, "Lambda refused no invocation, so nothing was shown");
    for (const SecretId of arns) {
      if (await isRotated(secrets, SecretId)) continue;
      const answer = await secrets.rotateSecret({ SecretId }).catch((error: Error) => error);
      if (answer instanceof Error) assert.match(answer.message, /previous rotation isn't complete/);
      await untilQuiet();
      assert.ok(await isRotated(secrets, SecretId), `${SecretId} is still not rotated`);
    }
    secrets.destroy();
  });
});
