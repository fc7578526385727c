import { strict as assert } from "assert";
import { SecretsKey, SecretsKeyArgs } from "../../components";
import { ConfigurationError, keyPolicy } from "../../components/model";
import { renderPolicy } from "../../iam";
import { Created, inputsOf, recordResources, settled, valueOf } from "../support/pulumi-mocks";

const args: SecretsKeyArgs = {
  accountId: "111111111111",
  organizationId: "o-strongroom",
  regions: { primary: "eu-west-1", replicas: ["eu-central-1"] },
  alias: "secrets",
  secrets: [
    {
      name: "orders/database",
      grants: [{ accountId: "222222222222", roleNames: ["orders"], vpcIds: ["vpc-1"] }],
    },
  ],
};

const policyIn = (region: string) =>
  renderPolicy(
    keyPolicy({
      location: { accountId: "111111111111", region },
      organizationId: "o-strongroom",
      secrets: args.secrets,
    }),
  );

describe("SecretsKey", () => {
  let created: Created[];
  beforeEach(() => (created = recordResources()));

  it("makes a rotating multi-Region key, a replica with its own policy, and an alias in each Region", async () => {
    const key = new SecretsKey("secrets", args);
    assert.equal(await valueOf(key.arns["eu-central-1"]!), "arn:aws:kms:eu-central-1:111111111111:key/mrk-1");
    await settled();
    assert.deepEqual(inputsOf(created, "aws:kms/key:Key"), {
      secrets: {
        description: "Secrets of account 111111111111",
        multiRegion: true,
        enableKeyRotation: true,
        rotationPeriodInDays: 365,
        deletionWindowInDays: 30,
        policy: policyIn("eu-west-1"),
        region: "eu-west-1",
      },
    });
    assert.deepEqual(inputsOf(created, "aws:kms/replicaKey:ReplicaKey"), {
      "secrets-eu-central-1": {
        description: "Secrets of account 111111111111, replica in eu-central-1",
        primaryKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/mrk-1",
        deletionWindowInDays: 30,
        policy: policyIn("eu-central-1"),
        region: "eu-central-1",
      },
    });
    assert.deepEqual(inputsOf(created, "aws:kms/alias:Alias"), {
      "secrets-eu-west-1": { name: "alias/secrets", targetKeyId: "mrk-1", region: "eu-west-1" },
      "secrets-eu-central-1": { name: "alias/secrets", targetKeyId: "mrk-1", region: "eu-central-1" },
    });
    assert.equal(created.length, 5);
  });

  it("refuses every wrong argument at once, and makes nothing", () => {
    const regions = { primary: "eu-west-1", replicas: ["eu-west-1"] };
    const wrong = { ...args, regions, rotationPeriodDays: 89, deletionWindowDays: 31 };
    assert.throws(
      () => new SecretsKey("secrets", wrong),
      (error: unknown) => {
        assert.ok(error instanceof ConfigurationError);
        assert.deepEqual(error.problems, [
          { path: "regions.replicas[0]", expected: "a Region other than the primary", got: '"eu-west-1"' },
          { path: "rotationPeriodDays", expected: "a whole number from 90 to 2560", got: "89" },
          { path: "deletionWindowDays", expected: "a whole number from 7 to 30", got: "31" },
        ]);
        return true;
      },
    );
    assert.deepEqual(created, []);
  });
});
