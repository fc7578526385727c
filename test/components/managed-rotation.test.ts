import { strict as assert } from "assert";
import * as docdb from "@pulumi/aws/docdb";
import * as rds from "@pulumi/aws/rds";
import * as redshift from "@pulumi/aws/redshift";
import * as redshiftserverless from "@pulumi/aws/redshiftserverless";
import { managedPassword, ManagedRotation } from "../../components";
import { ConfigurationError, spreadSchedule } from "../../components/model";
import { Created, inputsOf, recordResources, settled } from "../support/pulumi-mocks";

const secretArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:rds!cluster-1-AbCdEf";

describe("ManagedRotation", () => {
  let created: Created[];
  beforeEach(() => (created = recordResources()));

  it("sets when the service rotates its own secret, without a function and not at once", async () => {
    const schedule = { kind: "days", days: 7 } as const;
    new ManagedRotation("orders", { secretArn, region: "eu-west-1", schedule, windowHours: 2 });
    await settled();
    assert.deepEqual(inputsOf(created, "aws:secretsmanager/secretRotation:SecretRotation"), {
      orders: {
        secretId: secretArn,
        rotateImmediately: false,
        rotationRules: { scheduleExpression: spreadSchedule("orders", 7).expression, duration: "2h" },
        region: "eu-west-1",
      },
    });
  });

  it("keeps the days as they are when it is told to", async () => {
    const schedule = { kind: "days", days: 7 } as const;
    new ManagedRotation("orders", { secretArn, region: "eu-west-1", schedule, spread: false });
    await settled();
    const inputs = inputsOf(created, "aws:secretsmanager/secretRotation:SecretRotation") as {
      orders: { rotationRules: object };
    };
    assert.deepEqual(inputs.orders.rotationRules, { automaticallyAfterDays: 7 });
  });

  it("refuses a schedule that AWS would refuse", () => {
    const schedule = { kind: "rate", expression: "rate(3 hours)", hours: 3 } as const;
    assert.throws(
      () => new ManagedRotation("orders", { secretArn, region: "eu-west-1", schedule, windowHours: 25 }),
      (error: unknown) => {
        assert.ok(error instanceof ConfigurationError);
        assert.deepEqual(
          error.problems.map(({ path }) => path),
          ["rotation.schedule", "rotation.windowHours"],
        );
        return true;
      },
    );
  });

  it("leaves the password of each service's administrator to the service, in the service's own words", () => {
    // The types are the test: each resource takes what it is given, and none a password.
    const instance: Partial<rds.InstanceArgs> = managedPassword("rds-instance", "key");
    const cluster: Partial<rds.ClusterArgs> = managedPassword("rds-cluster", "key");
    const warehouse: Partial<redshift.ClusterArgs> = managedPassword("redshift-cluster", "key");
    const namespace: Partial<redshiftserverless.NamespaceArgs> = managedPassword(
      "redshift-serverless-namespace",
      "key",
    );
    const documents: Partial<docdb.ClusterArgs> = managedPassword("docdb-cluster");
    const ofRds = { manageMasterUserPassword: true, masterUserSecretKmsKeyId: "key" };
    assert.deepEqual(
      [instance, cluster, warehouse, namespace, documents],
      [
        ofRds,
        ofRds,
        { manageMasterPassword: true, masterPasswordSecretKmsKeyId: "key" },
        { manageAdminPassword: true, adminPasswordSecretKmsKeyId: "key" },
        { manageMasterUserPassword: true },
      ],
    );
  });
});
