import { strict as assert } from "assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RotationFunction, SharedSecret, SharedSecretArgs, SharedSecretRotation } from "../../components";
import { ConfigurationError, Schedule, secretPolicy, spreadSchedule } from "../../components/model";
import { renderPolicy } from "../../iam";
import { Created, inputsOf, recordResources, settled, valueOf } from "../support/pulumi-mocks";

const grants = [{ accountId: "222222222222", roleNames: ["orders"], vpcIds: ["vpc-1", "vpc-2"] }];
const args: SharedSecretArgs = {
  secretName: "orders/database",
  description: "Login of the orders service",
  owner: "team-orders@example.com",
  dataClass: "confidential",
  organizationId: "o-strongroom",
  regions: { primary: "eu-west-1", replicas: ["eu-central-1"] },
  keyArns: { "eu-west-1": "key-1", "eu-central-1": "key-2" },
  grants,
  rotation: { kind: "never", reason: "no API for it" },
};

describe("SharedSecret", () => {
  let created: Created[];
  let codeFolder: string;
  beforeEach(() => (created = recordResources()));
  before(() => {
    codeFolder = mkdtempSync(join(tmpdir(), "rotation-"));
    writeFileSync(join(codeFolder, "index.js"), "");
  });
  after(() => rmSync(codeFolder, { recursive: true }));

  function scheduled(schedule: Schedule, windowHours?: number): SharedSecretRotation {
    const location = { accountId: "111111111111", region: "eu-west-1" };

    const functionArgs = {
      location,
      secretName: "orders/database",
      engine: "postgres",
      strategy: "single-user",
      codeFolder,
    } as const;
    const rotationFunction = new RotationFunction("rotation", functionArgs);
    return { kind: "scheduled", schedule, windowHours, rotationFunction };
  }

  it("makes a secret without a value, under the key of each Region, and its policy", async () => {
    const secret = new SharedSecret("orders", args);
    assert.deepEqual(await Promise.all(Object.values(secret.arns).map(valueOf)), [
      "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/database-AbCdEf",
      "arn:aws:secretsmanager:eu-central-1:111111111111:secret:orders/database-AbCdEf",
    ]);
    await settled();
    assert.deepEqual(inputsOf(created, "aws:secretsmanager/secret:Secret"), {
      orders: {
        name: "orders/database",
        description: "Login of the orders service",
        kmsKeyId: "key-1",
        recoveryWindowInDays: 30,
        forceOverwriteReplicaSecret: false,
        replicas: [{ region: "eu-central-1", kmsKeyId: "key-2" }],
        tags: {
          "strongroom:owner": "team-orders@example.com",
          "strongroom:data-class": "confidential",
          "strongroom:rotation": "never",
          "strongroom:rotation-exemption": "no API for it",
        },
        region: "eu-west-1",
      },
    });
    assert.deepEqual(inputsOf(created, "aws:secretsmanager/secretPolicy:SecretPolicy"), {
      orders: {
        secretArn: await valueOf(secret.arn),
        policy: renderPolicy(secretPolicy({ organizationId: "o-strongroom", grants })),
        blockPublicPolicy: true,
        region: "eu-west-1",
      },
    });
    assert.equal(created.length, 3);
  });

  const schedules: readonly (readonly [
    name: string,
    schedule: Schedule,
    windowHours: number | undefined,
    rules: object,
  ])[] = [
    [
      "days, spread by the secret's name",
      { kind: "days", days: 30 },
      undefined,
      { scheduleExpression: spreadSchedule("orders/database", 30).expression },
    ],
    [
      "an expression and a window",
      { kind: "rate", expression: "rate(10 days)", hours: 240 },
      3,
      { scheduleExpression: "rate(10 days)", duration: "3h" },
    ],
  ];
  for (const [name, schedule, windowHours, rotationRules] of schedules)
    it(`rotates by ${name}, never at once`, async () => {
      const secret = new SharedSecret("orders", { ...args, rotation: scheduled(schedule, windowHours) });
      await settled();
      const arn = await valueOf(secret.arn);
      assert.deepEqual(inputsOf(created, "aws:secretsmanager/secretRotation:SecretRotation"), {
        orders: {
          secretId: arn,
          rotationLambdaArn: "arn:mock:rotation",
          rotateImmediately: false,
          rotationRules,
          region: "eu-west-1",
        },
      });
      const [{ inputs }] = created.filter(({ type }) => type.endsWith(":Secret")) as [Created];
      assert.equal(inputs.tags["strongroom:rotation"], "scheduled");
      assert.equal("strongroom:rotation-exemption" in inputs.tags, false);
    });

  it("asks for the permission to be invoked before it asks for rotation", async () => {
    new SharedSecret("orders", { ...args, rotation: scheduled({ kind: "days", days: 30 }) });
    await settled();
    const order = created.map(({ type }) => type.split(":").pop());
    assert.ok(order.indexOf("Permission") < order.indexOf("SecretRotation"), order.join());
    assert.ok(order.indexOf("SecretPolicy") < order.indexOf("SecretRotation"), order.join());
  });

  it("refuses every wrong argument at once, and makes nothing", () => {
    const wrong = { ...args, secretName: "orders-secret", recoveryWindowDays: 6 };
    const rotation = {
      kind: "scheduled",
      schedule: { kind: "rate", expression: "", hours: 3 },
    } as SharedSecretRotation;
    assert.throws(
      () => new SharedSecret("orders", { ...wrong, rotation }),
      (error: unknown) => {
        assert.ok(error instanceof ConfigurationError);
        assert.deepEqual(
          error.problems.map(({ path }) => path),
          ["secretName", "recoveryWindowDays", "rotation.schedule"],
        );
        return true;
      },
    );
    assert.deepEqual(created, []);
  });

  it("refuses grants that make the policy longer than AWS takes", () => {
    const roleNames = Array.from({ length: 500 }, (_, index) => `service-of-a-rather-long-name-${index}`);
    assert.throws(
      () => new SharedSecret("orders", { ...args, grants: [{ ...grants[0]!, roleNames }] }),
      /grants: expected a smaller policy of the secret, got \d+ characters, but AWS allows 20480/,
    );
  });
});
