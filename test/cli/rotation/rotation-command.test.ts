import { strict as assert } from "assert";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { buildSync } from "esbuild";
import { join } from "path";
import { rotationCommand } from "../../../cli/rotation";
import { ProofPostgres, startProofPostgres } from "../../../rotation-proof/servers/postgres";
import { LambdaRig, lambdaRig } from "../../local/cloud/lambda/rig";
import { recordedIo } from "../../support/command-io";
import { SECRETS } from "../../support/local-cloud";

/** The real function in its own process, asked through the local cloud's Lambda. */
describe("strongroom rotation", function () {
  this.timeout(60_000);
  let postgres: ProofPostgres;
  let rig: LambdaRig;
  let secrets: SecretsManager;
  let bundle: string;

  before(async () => {
    postgres = await startProofPostgres();
    const entryPoints = [join(__dirname, "../../../rotation-lambdas/handlers/postgres.ts")];
    const target = { bundle: true, minify: true, platform: "node", target: "node20" } as const;
    const built = buildSync({ entryPoints, ...target, write: false, external: ["pg-native"] });
    bundle = built.outputFiles[0]!.text;
  });
  beforeEach(async () => {
    rig = await lambdaRig();
    secrets = new SecretsManager(rig.cloud.clientConfig(SECRETS));
  });
  afterEach(async () => {
    secrets.destroy();
    await rig.cloud.close();
  });
  after(() => postgres.stop());

  function environment() {
    const { endpoint, region, credentials } = rig.cloud.clientConfig(SECRETS);
    return {
      ...{ AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, AWS_ACCESS_KEY_ID: credentials.accessKeyId },
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    };
  }

  async function run(...args: string[]) {
    const io = recordedIo(".", environment());
    const code = await rotationCommand(args, io);
    return { code, written: io.written(), errors: io.errors };
  }

  /** A secret of a user of its own, with a function that rotates it; its rotation is only tested. */
  async function rotatedSecret(name: string, change: object = {}, concurrency = 10) {
    const user = `${name.replace(/\W/g, "_")}_${process.pid}`;
    await postgres.sql(`DROP ROLE IF EXISTS ${user}`);
    await postgres.sql(`CREATE ROLE ${user} LOGIN PASSWORD 'first-password-1'`);
    const login = { engine: "postgres", host: postgres.host, port: postgres.port, username: user };
    const value = { ...login, password: "first-password-1", ...change };
    const { ARN } = await secrets.createSecret({ Name: name, SecretString: JSON.stringify(value) });
    const settings = { strategy: "single-user", secretArn: ARN, tls: { caPem: postgres.authority } };
    const Environment = { Variables: { STRONGROOM_ROTATION: JSON.stringify(settings) } };
    const FunctionName = await rig.create(bundle, { Environment, Timeout: 20 });
    await rig.lambda.addPermission({
      ...{ FunctionName, StatementId: "rotate", Action: "lambda:InvokeFunction" },
      ...{ Principal: "secretsmanager.amazonaws.com", SourceArn: ARN, SourceAccount: SECRETS },
    });
    await rig.lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: concurrency });
    const RotationLambdaARN = `arn:aws:lambda:eu-west-1:${SECRETS}:function:${FunctionName}`;
    const RotationRules = { AutomaticallyAfterDays: 30 };
    const request = { SecretId: ARN, RotationLambdaARN, RotationRules };
    return { arn: ARN!, functionArn: RotationLambdaARN, request, user };
  }

  /** Waits until no rotation is under way. */
  async function settled(SecretId: string, isSettled: (stages: Record<string, string[]>) => boolean) {
    for (let look = 0; look < 200; look++) {
      await rig.cloud.advance(10);
      const { VersionIdsToStages = {} } = await secrets.describeSecret({ SecretId });
      if (isSettled(VersionIdsToStages)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail("the rotation did not settle");
  }

  const noneIsPending = (stages: Record<string, string[]>) =>
    Object.values(stages).every((labels) => !labels.includes("AWSPENDING") || labels.includes("AWSCURRENT"));

  it("check passes everything that a rotation needs", async () => {
    const { arn, functionArn, request } = await rotatedSecret("shop/good");
    await secrets.rotateSecret({ ...request, RotateImmediately: false });
    await settled(arn, noneIsPending);
    const { code, written } = await run("check", "shop/good");
    assert.equal(code, 0, written);
    const lines = written.split("\n");
    assert.deepEqual(lines.slice(0, 3), [
      `secret    ${arn}`,
      `function  ${functionArn}`,
      "strategy  single-user",
    ]);
    assert.equal(lines.filter((line) => line.startsWith("ok ")).length, 15);
    assert.match(written, /nothing stands in the way of a rotation\n$/);
  });

  it("check names what is wrong, with the page to read", async () => {
    const { arn, request } = await rotatedSecret("shop/bad", { port: 9 }, 2);
    await secrets.rotateSecret({ ...request, RotateImmediately: false });
    await settled(arn, noneIsPending);
    const statement = {
      Effect: "Deny",
      Principal: "*",
      Action: "secretsmanager:PutSecretValue",
      Resource: "*",
    };
    const ResourcePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await secrets.putResourcePolicy({ SecretId: arn, ResourcePolicy });
    const { code, written } = await run("check", arn);
    const failed = written.split("\n").filter((line) => line.startsWith("FAILED"));
    assert.equal(code, 1);
    assert.deepEqual(
      failed.map((line) => line.split(/ {2,}/).slice(1)),
      [
        ["reserved concurrency", "2 reserved; rotations need 10 (see docs/runbooks/permission.md)"],
        [
          "store permission",
          "Secrets Manager PutSecretValue: AccessDeniedException (see docs/runbooks/permission.md)",
        ],
        [
          "network port",
          `postgres: login as shop_bad_${process.pid}: no connection (ECONNREFUSED) (see docs/runbooks/unreachable.md)`,
        ],
      ],
    );
    assert.match(written, /\n3 failed\n$/);
  });

  it("check says why it cannot find anything out", async () => {
    await secrets.createSecret({ Name: "shop/none", SecretString: "{}" });
    assert.deepEqual(await run("check", "shop/none"), {
      ...{ code: 2, written: "" },
      errors: ["rotation: no function rotates shop/none: give it one with RotateSecret"],
    });
    assert.deepEqual((await run("check", "shop/absent")).errors, [
      "rotation: there is no secret shop/absent in eu-west-1",
    ]);
    assert.deepEqual((await run("check")).errors, ["rotation: missing required argument 'secret'"]);
    assert.deepEqual((await run("status", "--colour")).errors, ["rotation: unknown option '--colour'"]);
  });

  const [arn, example] = ["arn:aws:secretsmanager:eu-central-1:111111111111:secret:a-AbCdEf", "eu-west-1"];
  const nobody = { AWS_REGION: example, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
  const known = { ...nobody, AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
  const unreachable = "AWS cannot be reached: connect ECONNREFUSED 127.0.0.1:9";
  const wrong: Readonly<Record<string, readonly [readonly string[], Record<string, string>, string]>> = {
    "no action": [[], {}, "give check <secret> or status"],
    "a misspelt action": [["chek"], {}, "unknown command 'chek' (Did you mean check?)"],
    "two secrets": [
      ["check", "a", "b"],
      {},
      "too many arguments for 'check'. Expected 1 argument but got 2.",
    ],
    "an empty name": [["check", " "], known, "the secret's name is empty: give its name or ARN"],
    "no Region": [["status"], {}, "give --region, or set AWS_REGION"],
    "a Region that is none": [
      ["status", "--region", "eu west"],
      {},
      "eu west is no Region of AWS, such as eu-west-1",
    ],
    "another Region than the ARN's": [
      ["check", arn!, "--region", example!],
      known,
      "the secret is in eu-central-1, and --region is eu-west-1",
    ],
    "an endpoint that is none": [
      ["status"],
      { ...known, AWS_ENDPOINT_URL: "nonsense" },
      "AWS_ENDPOINT_URL is no URL: nonsense",
    ],
    "nobody there for status": [["status"], known, unreachable],
    "nobody there for check": [["check", "a"], known, `the secret a cannot be described: ${unreachable}`],
  };
  for (const [what, [args, env, expected]] of Object.entries(wrong)) {
    it(`says in one line what is wrong: ${what}`, async () => {
      const io = recordedIo(".", env);
      assert.equal(await rotationCommand(args, io), 2);
      assert.deepEqual([io.errors, io.written()], [[`rotation: ${expected}`], ""]);
    });
  }

  it("check says that a function is gone", async () => {
    const { arn: secret, functionArn, request } = await rotatedSecret("shop/gone");
    await secrets.rotateSecret({ ...request, RotateImmediately: false });
    await settled(secret, noneIsPending);
    await rig.lambda.deleteFunction({ FunctionName: functionArn });
    const { code, errors } = await run("check", "shop/gone");
    const expected = `rotation: ${functionArn} cannot be invoked: it does not exist: deploy it again`;
    assert.deepEqual([code, errors], [2, [expected]]);
  });

  it("status lists last, next, and which are stuck and why", async () => {
    const good = await rotatedSecret("shop/good");
    const stuck = await rotatedSecret("shop/stuck", { password: "not-the-password" });
    await secrets.createSecret({ Name: "shop/static", SecretString: "{}" });
    await secrets.rotateSecret(good.request);
    await settled(good.arn, (stages) => Object.values(stages).flat().includes("AWSPREVIOUS"));
    await secrets.rotateSecret(stuck.request);
    const failed = () => rig.cloud.cloud.calls.all().length;
    await settled(stuck.arn, () => failed() > 0 && isGivenUp(stuck.arn));
    const { code, written } = await run("status", "--json");
    const [one, other, ...rest] = JSON.parse(written);
    assert.deepEqual([code, rest], [1, []]);
    assert.deepEqual(
      [one.secret, one.state, typeof one.last, typeof one.next],
      ["shop/good", "ok", "string", "string"],
    );
    assert.deepEqual([other.secret, other.state, other.last], ["shop/stuck", "stuck", undefined]);
    assert.match(
      other.why,
      /^setSecret: setSecret failed \(authentication\): the server refuses the pending/,
    );
    const table = (await run("status")).written.split("\n");
    assert.match(table[0]!, /^SECRET +STATE +LAST +NEXT +WHY$/);
    assert.match(table[2]!, /^shop\/stuck +stuck +- +2\d{3}-.* setSecret: setSecret failed/);
  });

  /** Whether Secrets Manager has made all its attempts. */
  function isGivenUp(arn: string): boolean {
    const jobs = rig.cloud.cloud.store.table<{ secretArn: string }>("secretsmanager:rotations");
    return [...jobs.values()].every(({ secretArn }) => secretArn !== arn);
  }
});
