import { strict as assert } from "assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RotationFunction, RotationFunctionArgs } from "../../components";
import { rotationRolePolicy } from "../../components/model";
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
      settings: { strategy: "alternating-users" },
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
});
