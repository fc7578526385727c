import { strict as assert } from "assert";
import * as pulumi from "@pulumi/pulumi";
import { readContract } from "../../stacks/contract";
import { deploy } from "../../stacks/deploy";
import { standInFiles } from "../support/deployment-files";
import { localEnvironment } from "../support/local-environment";
import { Created, inputsOf, recordResources, settled, valueOf } from "../support/pulumi-mocks";

const arns = (name: string) => ({
  "eu-west-1": `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-AbCdEf`,
  "eu-central-1": `arn:aws:secretsmanager:eu-central-1:111111111111:secret:${name}-AbCdEf`,
});

describe("the deployment of the environment local", () => {
  let created: Created[];
  let exported: unknown;

  before(async () => {
    created = recordResources();
    const outputs = deploy(localEnvironment(), standInFiles);
    await settled();
    exported = await valueOf(pulumi.output(outputs as Record<string, unknown>));
  });

  it("consists of these resources and no others", () => {
    const counts: Record<string, number> = {};
    for (const { type } of created) counts[type] = (counts[type] ?? 0) + 1;
    assert.deepEqual(counts, {
      "pulumi:providers:aws": 3,
      "strongroom:index:SecretsKey": 1,
      "strongroom:index:SharedSecret": 4,
      "strongroom:index:RotationFunction": 3,
      "strongroom:index:SecretsEndpoint": 4,
      "strongroom:index:SecretReader": 2,
      "aws:kms/key:Key": 1,
      "aws:kms/replicaKey:ReplicaKey": 1,
      "aws:kms/alias:Alias": 2,
      "aws:secretsmanager/secret:Secret": 4,
      "aws:secretsmanager/secretPolicy:SecretPolicy": 4,
      "aws:secretsmanager/secretRotation:SecretRotation": 3,
      "aws:lambda/function:Function": 3,
      "aws:lambda/permission:Permission": 3,
      "aws:cloudwatch/logGroup:LogGroup": 3,
      "aws:iam/role:Role": 5,
      "aws:iam/rolePolicy:RolePolicy": 5,
      "aws:ec2/vpcEndpoint:VpcEndpoint": 4,
      "aws:ec2/securityGroup:SecurityGroup": 4,
    });
  });

  it("reaches each account through its deploy role, and no other account", () => {
    const accounts = Object.values(inputsOf(created, "pulumi:providers:aws")).map((inputs) => [
      JSON.parse(inputs.allowedAccountIds),
      JSON.parse(inputs.assumeRoles),
      inputs.region,
    ]);
    assert.deepEqual(
      accounts,
      ["111111111111", "222222222222", "333333333333"].map((id) => [
        [id],
        [{ roleArn: `arn:aws:iam::${id}:role/strongroom-deploy` }],
        "eu-west-1",
      ]),
    );
  });

  it("tells each rotation function what to rotate, and how to make a first value", () => {
    const functions = inputsOf(created, "aws:lambda/function:Function");
    const settingsOf = (name: string) =>
      JSON.parse(functions[name].environment.variables.STRONGROOM_ROTATION);
    const pattern = (name: string) => arns(name)["eu-west-1"].replace("AbCdEf", "??????");
    const address = { engine: "postgres", host: "127.0.0.1", port: 54321, dbname: "orders" };
    const tls = { caPem: "PEM" };
    const masterarn = arns("orders/database-admin")["eu-west-1"];
    assert.deepEqual(settingsOf("orders/database-admin"), {
      strategy: "single-user",
      secretArn: pattern("orders/database-admin"),
      tls,
    });
    assert.deepEqual(settingsOf("orders/database"), {
      strategy: "alternating-users",
      secretArn: pattern("orders/database"),
      adminSecretArn: pattern("orders/database-admin"),
      tls,
      seed: { ...address, username: "orders_app", masterarn },
    });
    assert.deepEqual(settingsOf("orders/reporting"), {
      strategy: "single-user",
      secretArn: pattern("orders/reporting"),
      adminSecretArn: pattern("orders/database-admin"),
      tls,
      seed: { ...address, username: "orders_reporting", masterarn },
    });
  });

  it("exports the contract", () => {
    const reader = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
    assert.deepEqual(readContract("local", exported as Record<string, unknown>), {
      schemaVersion: 1,
      organizationId: "o-strongroom",
      centralAccountId: "111111111111",
      regions: { primary: "eu-west-1", replicas: ["eu-central-1"] },
      keyArns: {
        "eu-west-1": "arn:aws:kms:eu-west-1:111111111111:key/mrk-1",
        "eu-central-1": "arn:aws:kms:eu-central-1:111111111111:key/mrk-1",
      },
      secrets: {
        "orders/database-admin": { arns: arns("orders/database-admin"), firstValue: "out-of-band" },
        "orders/database": { arns: arns("orders/database"), firstValue: "rotation" },
        "orders/reporting": { arns: arns("orders/reporting"), firstValue: "rotation" },
        "payments/api-key": { arns: arns("payments/api-key"), firstValue: "out-of-band" },
      },
      workloads: {
        orders: {
          accountId: "222222222222",
          vpcIds: { "eu-west-1": "vpc-0a0000000000000a1", "eu-central-1": "vpc-0a0000000000000a2" },
          endpointIds: {
            "eu-west-1": "arn:mock:orders-eu-west-1",
            "eu-central-1": "arn:mock:orders-eu-central-1",
          },
          readerRoleArns: { "orders-reporting": reader("orders-reporting") },
        },
        billing: {
          accountId: "333333333333",
          vpcIds: { "eu-west-1": "vpc-0b0000000000000b1", "eu-central-1": "vpc-0b0000000000000b2" },
          endpointIds: {
            "eu-west-1": "arn:mock:billing-eu-west-1",
            "eu-central-1": "arn:mock:billing-eu-central-1",
          },
          readerRoleArns: { "billing-service": reader("billing-service") },
        },
      },
    });
  });

  it("holds no value of a secret: no resource for values is made", () => {
    assert.deepEqual(
      created.filter(({ type }) => /secretVersion/i.test(type)),
      [],
    );
  });
});
