import { strict as assert } from "assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RotationFunction, RotationFunctionArgs } from "../../components";
import { RotationEngine, rotationRolePolicy } from "../../components/model";
import { renderPolicy } from "../../iam";
import { Created, inputsOf, recordResources, settled, valueOf } from "../support/pulumi-mocks";

describe("RotationFunction", () => {
  let created: Created[];
  let codeFolder: string;
  let args: RotationFunctionArgs;
  beforeEach(() => (created = recordResources()));
  before(() => {
    codeFolder = mkdtempSync(join(tmpdir(), "rotation-"));
    writeFileSync(join(codeFolder, "index.js"), "");
    args = {
      location: { accountId: "111111111111", region: "eu-west-1" },
      secretName: "orders/database",
      adminSecretName: "orders/admin",
      replicaRegions: ["eu-central-1"],
      engine: "postgres",
      strategy: "alternating-users",
      codeFolder,
    };
  });
  after(() => rmSync(codeFolder, { recursive: true }));

  const functionName = "strongroom-rotate-orders_database";

  it("makes a function under a role for its secret, that only Secrets Manager for this secret invokes", async () => {
    const rotation = new RotationFunction("orders", args);
    assert.equal(await valueOf(rotation.arn), "arn:mock:orders");
    await settled();
    const { code, ...inputs } = inputsOf(created, "aws:lambda/function:Function").orders;
    assert.equal(await code.path, codeFolder);
    assert.deepEqual(inputs, {
      name: functionName,
      description: "Rotates orders/database",
      role: `arn:aws:iam::000000000000:role/${functionName}`,
      runtime: "nodejs22.x",
      handler: "index.handler",
      memorySize: 256,
      timeout: 120,
      reservedConcurrentExecutions: 10,
      environment: { variables: { STRONGROOM_ROTATION: '{"strategy":"alternating-users"}' } },
      region: "eu-west-1",
    });
    assert.deepEqual(inputsOf(created, "aws:lambda/permission:Permission"), {
      orders: {
        statementId: "SecretsManager",
        action: "lambda:InvokeFunction",
        function: functionName,
        principal: "secretsmanager.amazonaws.com",
        sourceAccount: "111111111111",
        sourceArn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/database-??????",
        region: "eu-west-1",
      },
    });
    assert.deepEqual(inputsOf(created, "aws:iam/rolePolicy:RolePolicy"), {
      orders: {
        name: "rotate",
        role: functionName,
        policy: renderPolicy(
          rotationRolePolicy({
            location: args.location,
            secretName: "orders/database",
            adminSecretName: "orders/admin",
            functionName,
            replicaRegions: ["eu-central-1"],
            inVpc: false,
          }),
        ),
      },
    });
    assert.deepEqual(inputsOf(created, "aws:cloudwatch/logGroup:LogGroup"), {
      orders: { name: `/aws/lambda/${functionName}`, retentionInDays: 365, region: "eu-west-1" },
    });
    assert.equal(created.length, 6);
  });

  it("goes into the given subnets, with the permission to do so", async () => {
    const network = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
    new RotationFunction("orders", { ...args, network, environmentKeyArn: "key" });
    await settled();
    const inputs = inputsOf(created, "aws:lambda/function:Function").orders;
    assert.deepEqual(inputs.vpcConfig, network);
    assert.equal(inputs.kmsKeyArn, "key");
    assert.match(
      inputsOf(created, "aws:iam/rolePolicy:RolePolicy").orders.policy,
      /ec2:CreateNetworkInterface/,
    );
  });

  it("says what to run when its code was not built, and makes nothing", () => {
    assert.throws(
      () => new RotationFunction("orders", { ...args, codeFolder: "/nowhere" }),
      /expected the function's code: run `npm run build`, got no index\.js in \/nowhere/,
    );
    assert.deepEqual(created, []);
  });

  it("refuses a step of less than a minute", () => {
    assert.throws(
      () => new RotationFunction("orders", { ...args, timeoutSeconds: 59 }),
      /timeoutSeconds: expected a whole number from 60 to 900, got 59/,
    );
  });

  const refused: readonly (readonly [string, Partial<RotationFunctionArgs>, RegExp])[] = [
    [
      "a strategy that the engine does not know",
      { engine: "postgres", strategy: "dual-password" },
      /strategy: expected single-user or alternating-users or superuser-managed with postgres, got "dual-password"/,
    ],
    [
      "access keys of nobody",
      { engine: "iam-access-key", strategy: "dual-password" },
      /userArn: expected a user's ARN with iam-access-key/,
    ],
  ];
  for (const [name, change, message] of refused)
    it(`refuses ${name}, and makes nothing`, () => {
      assert.throws(() => new RotationFunction("orders", { ...args, ...change }), message);
      assert.deepEqual(created, []);
    });

  const userArn = "arn:aws:iam::111111111111:user/mailer";
  const changes: readonly (readonly [RotationEngine, string | undefined])[] = [
    ["iam-access-key", userArn],
    ["elasticache", "arn:aws:elasticache:eu-west-1:111111111111:user:orders"],
    ["http-api-key", undefined],
  ];
  for (const [engine, arn] of changes)
    it(`lets the function of ${engine} change ${arn === undefined ? "no user" : "that user alone"}`, async () => {
      new RotationFunction("orders", { ...args, engine, strategy: "dual-password", userArn: arn });
      await settled();
      const { policy } = inputsOf(created, "aws:iam/rolePolicy:RolePolicy").orders;
      const statements: readonly { Sid: string; Resource: string }[] = JSON.parse(policy).Statement;
      const resources = statements.filter(({ Sid }) => Sid === "ChangeUser").map(({ Resource }) => Resource);
      assert.deepEqual(resources, arn === undefined ? [] : [arn]);
    });

  it("gives no right to make keys to the function of a user who makes them", async () => {
    new RotationFunction("orders", {
      ...{ ...args, engine: "iam-access-key", strategy: "dual-password", userMakesKeys: true },
    });
    await settled();
    const { policy } = inputsOf(created, "aws:iam/rolePolicy:RolePolicy").orders;
    assert.doesNotMatch(policy, /iam:/);
  });

  it("takes the engine's bundle of the project when no folder is named", async () => {
    const { codeFolder: _, ...rest } = args;
    const folder = process.cwd();
    const project = mkdtempSync(join(tmpdir(), "project-"));
    try {
      mkdirSync(join(project, "rotation-lambdas/dist/postgres"), { recursive: true });
      writeFileSync(join(project, "rotation-lambdas/dist/postgres/index.js"), "");
      process.chdir(project);
      new RotationFunction("orders", rest);
      await settled();
      const { code } = inputsOf(created, "aws:lambda/function:Function").orders;
      assert.equal(await code.path, join("rotation-lambdas", "dist", "postgres"));
    } finally {
      process.chdir(folder);
      rmSync(project, { recursive: true });
    }
  });
});
