import { strict as assert } from "assert";
import { readFileSync } from "fs";
import { join } from "path";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { resourceTypes } from "../../../local/provider/resources";
import { MANAGEMENT, ORDERS, SECRETS, TestCloud, startCloud } from "../../support/local-cloud";
import { PulumiProject, createProject } from "./pulumi-project";

const PROGRAM = readFileSync(join(__dirname, "program.js"), "utf8");

/** A machine without an engine builds one first. */
const ENGINE_BUILD_MS = 15 * 60_000;

/** What differs between the two versions of the program. */
interface Variant {
  readonly action: string;
  readonly listing: string;
  readonly owner: string;
  readonly replicated: boolean;
  readonly threshold: number;
}

const BEFORE: Variant = {
  action: "GetSecretValue",
  listing: "ListSecrets",
  owner: "orders",
  replicated: true,
  threshold: 0,
};
const AFTER: Variant = {
  action: "DescribeSecret",
  listing: "BatchGetSecretValue",
  owner: "billing",
  replicated: false,
  threshold: 1,
};

describe("pulumi up against the local cloud", function () {
  this.timeout(180_000);

  let cloud: TestCloud;
  let project: PulumiProject;

  before(async function () {
    this.timeout(ENGINE_BUILD_MS);
    cloud = await startCloud();
    await Promise.all([SECRETS, ORDERS].map((account) => createDeployRole(cloud, account)));
    const { accessKeyId, secretAccessKey } = cloud.clientConfig(MANAGEMENT).credentials;
    project = await createProject({
      AWS_ENDPOINT_URL: cloud.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: "eu-west-1",
    });
    project.program(program(BEFORE));
  });
  after(async () => {
    project?.remove();
    await cloud?.close();
  });

  const secrets = (): SecretsManager => new SecretsManager(cloud.clientConfig(SECRETS));

  it("previews without a change", async () => {
    assert.deepEqual(await project.preview(), { create: 32 });
    assert.deepEqual((await secrets().listSecrets({})).SecretList, []);
  });

  it("deploys two accounts and two Regions", async () => {
    assert.deepEqual(await project.up(), { create: 32 });
    const outputs = await project.outputs();
    assert.deepEqual(
      {
        ...outputs,
        secretArn: undefined,
        keyArn: undefined,
        replicaKeyArn: undefined,
        endpointId: undefined,
      },
      {
        secretArn: undefined,
        keyArn: undefined,
        replicaKeyArn: undefined,
        endpointId: undefined,
        replicaRegions: ["eu-central-1"],
        tagsAll: { owner: "orders", team: "platform" },
        roleArn: `arn:aws:iam::${ORDERS}:role/orders-service`,
        account: ORDERS,
        functionName: "rotate-database",
      },
    );
    assert.match(
      outputs["secretArn"] as string,
      /^arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders\/database-\w{6}$/,
    );
    assert.equal(
      outputs["replicaKeyArn"],
      (outputs["keyArn"] as string).replace("eu-west-1", "eu-central-1"),
    );
    assert.match(outputs["endpointId"] as string, /^vpce-[0-9a-f]{17}$/);
  });

  it("has nothing to do the second time", async () => {
    assert.deepEqual(await project.up(), { same: 32 });
  });

  it("covers every type that is modelled", async () => {
    const state = JSON.parse(await project.pulumi("stack", "export")) as {
      deployment: { resources: { type: string }[] };
    };
    const types = new Set(state.deployment.resources.map((resource) => resource.type));
    assert.deepEqual(
      resourceTypes.map((type) => type.token).filter((token) => !types.has(token)),
      [],
    );
  });

  it("finds nothing that AWS holds otherwise, but the tag that is a resource of its own", async () => {
    assert.deepEqual(await project.refresh(), { same: 31, update: 1 });
    assert.deepEqual(await project.up(), { same: 32 });
  });

  it("finds and undoes what was changed outside", async () => {
    await secrets().tagResource({ SecretId: "orders/database", Tags: [{ Key: "owner", Value: "someone" }] });
    assert.deepEqual(await project.refresh(), { same: 31, update: 1 });
    assert.deepEqual(await project.up(), { same: 31, update: 1 });
    const { Tags } = await secrets().describeSecret({ SecretId: "orders/database" });
    assert.deepEqual(Object.fromEntries(Tags!.map(({ Key, Value }) => [Key, Value])), {
      owner: "orders",
      team: "platform",
    });
  });

  it("updates in place what can be", async () => {
    project.program(program(AFTER));
    assert.deepEqual(await project.up(), { same: 28, update: 4 });
    const { ResourcePolicy } = await secrets().getResourcePolicy({ SecretId: "orders/database" });
    assert.match(ResourcePolicy!, /secretsmanager:DescribeSecret/);
    const { ReplicationStatus } = await secrets().describeSecret({ SecretId: "orders/database" });
    assert.deepEqual(ReplicationStatus ?? [], []);
  });

  it("destroys everything", async () => {
    const keyArn = (await project.outputs())["keyArn"] as string;
    await project.pulumi("destroy", "--yes", "--skip-preview");
    assert.deepEqual((await secrets().listSecrets({})).SecretList, []);
    const states = [keyArn, keyArn.replace("eu-west-1", "eu-central-1")].map(async (KeyId) => {
      const kms = new KMS(cloud.clientConfig(SECRETS, KeyId.split(":")[3]));
      return (await kms.describeKey({ KeyId })).KeyMetadata!.KeyState;
    });
    assert.deepEqual(await Promise.all(states), ["PendingReplicaDeletion", "PendingDeletion"]);
    const { Roles } = await new IAM(cloud.clientConfig(ORDERS)).listRoles({});
    assert.deepEqual(
      Roles!.map((role) => role.RoleName),
      ["strongroom-deploy"],
    );
  });
});

function program(variant: Variant): string {
  return `const variant = ${JSON.stringify(variant)};\n${PROGRAM}`;
}

async function createDeployRole(cloud: TestCloud, account: string): Promise<void> {
  const iam = new IAM(cloud.clientConfig(account));
  const document = (statement: object): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await iam.createRole({
    RoleName: "strongroom-deploy",
    AssumeRolePolicyDocument: document({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${MANAGEMENT}:root` },
      Action: "sts:AssumeRole",
    }),
  });
  await iam.putRolePolicy({
    RoleName: "strongroom-deploy",
    PolicyName: "administrator",
    PolicyDocument: document({ Effect: "Allow", Action: "*", Resource: "*" }),
  });
}

describe("pulumi up when AWS fails half-way", function () {
  this.timeout(120_000);

  let cloud: TestCloud;
  let project: PulumiProject;

  before(async function () {
    this.timeout(ENGINE_BUILD_MS);
    cloud = await startCloud();
    const { accessKeyId, secretAccessKey } = cloud.clientConfig(SECRETS).credentials;
    project = await createProject({
      AWS_ENDPOINT_URL: cloud.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: "eu-west-1",
    });
    project.program(`
      const aws = require("@pulumi/aws");
      const key = new aws.kms.Key("key", { enableKeyRotation: true });
      exports.keyId = key.keyId;
    `);
  });
  after(async () => {
    project?.remove();
    await cloud?.close();
  });

  const keys = async (): Promise<string[]> => {
    const { Keys } = await new KMS(cloud.clientConfig(SECRETS)).listKeys({});
    return Keys!.map(({ KeyId }) => KeyId!);
  };

  it("keeps what was made, and completes it the next time", async () => {
    cloud.cloud.faults.add({ service: "kms", operation: "EnableKeyRotation", kind: "error", times: 100 });
    await assert.rejects(project.up(), /creating aws:kms\/key:Key \\"key\\": EnableKeyRotation:/);
    const made = await keys();
    assert.equal(made.length, 1);

    cloud.cloud.faults.clear();
    assert.deepEqual(await project.up(), { same: 1, update: 1 });
    assert.deepEqual(await keys(), made);
    const kms = new KMS(cloud.clientConfig(SECRETS));
    const { KeyRotationEnabled } = await kms.getKeyRotationStatus({ KeyId: made[0]! });
    assert.deepEqual([KeyRotationEnabled, (await project.outputs())["keyId"]], [true, made[0]]);
  });
});
