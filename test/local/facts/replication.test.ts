import * as kms from "@aws-sdk/client-kms";
import * as sm from "@aws-sdk/client-secrets-manager";
import { strict as assert } from "assert";
import { SECRETS } from "../../support/local-cloud";
import { assertFails, PRIMARY, REPLICA, SecretsCloud } from "../../support/secrets-cloud";

describe("facts about replication", () => {
  const cloud = new SecretsCloud();
  let primary: sm.SecretsManagerClient;
  let replica: sm.SecretsManagerClient;
  let key: string;
  let counter = 0;

  before(async () => {
    await cloud.start();
    primary = cloud.secrets(SECRETS);
    replica = cloud.secrets(SECRETS, REPLICA);
    const client = cloud.kms(SECRETS);
    const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({ MultiRegion: true }));
    key = KeyMetadata!.KeyId!;
    await client.send(new kms.ReplicateKeyCommand({ KeyId: key, ReplicaRegion: REPLICA }));
  });
  after(() => cloud.close());

  async function replicated(input: Partial<sm.CreateSecretCommandInput> = {}) {
    const Name = `replicated/${++counter}`;
    const made = await primary.send(
      new sm.CreateSecretCommand({
        Name,
        SecretString: "a",
        KmsKeyId: key,
        AddReplicaRegions: [{ Region: REPLICA, KmsKeyId: key }],
        ...input,
      }),
    );
    return { name: Name, arn: made.ARN!, made };
  }

  const read = async (client: sm.SecretsManagerClient, SecretId: string) =>
    (await client.send(new sm.GetSecretValueCommand({ SecretId }))).SecretString;
  const describeSecret = (client: sm.SecretsManagerClient, SecretId: string) =>
    client.send(new sm.DescribeSecretCommand({ SecretId }));
  const inReplica = (arn: string) => arn.replace(PRIMARY, REPLICA);

  it("R1 a replica's ARN is the primary's with the Region swapped", async () => {
    const { arn, name } = await replicated();
    const { ARN, PrimaryRegion } = await describeSecret(replica, name);
    assert.deepEqual({ ARN, PrimaryRegion }, { ARN: inReplica(arn), PrimaryRegion: PRIMARY });
    assert.equal(await read(replica, inReplica(arn)), "a");
  });

  it("R2 value, tags, description, labels and policy follow the primary", async () => {
    const { name } = await replicated({ Tags: [{ Key: "team", Value: "orders" }], Description: "d" });
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: SECRETS },
          Action: "secretsmanager:DescribeSecret",
          Resource: "*",
        },
      ],
    });
    await primary.send(new sm.PutResourcePolicyCommand({ SecretId: name, ResourcePolicy: policy }));
    await primary.send(new sm.PutSecretValueCommand({ SecretId: name, SecretString: "b" }));
    const [here, there] = [await describeSecret(primary, name), await describeSecret(replica, name)];
    const shown = ({ Tags, Description, VersionIdsToStages, Name }: sm.DescribeSecretCommandOutput) => ({
      Tags,
      Description,
      VersionIdsToStages,
      Name,
    });
    assert.deepEqual(shown(there), shown(here));
    assert.equal(await read(replica, name), "b");
    const { ResourcePolicy } = await replica.send(new sm.GetResourcePolicyCommand({ SecretId: name }));
    assert.equal(ResourcePolicy, policy);
  });

  it("R2 a replica is read-only except for its KMS key", async () => {
    const { name: SecretId } = await replicated();
    const policy = { Effect: "Deny", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" };
    const ResourcePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [policy] });
    const writes: Promise<unknown>[] = [
      replica.send(new sm.PutSecretValueCommand({ SecretId, SecretString: "b" })),
      replica.send(new sm.UpdateSecretCommand({ SecretId, Description: "b" })),
      replica.send(new sm.PutResourcePolicyCommand({ SecretId, ResourcePolicy })),
      replica.send(new sm.DeleteResourcePolicyCommand({ SecretId })),
      replica.send(new sm.TagResourceCommand({ SecretId, Tags: [{ Key: "a", Value: "b" }] })),
      replica.send(new sm.UntagResourceCommand({ SecretId, TagKeys: ["a"] })),
      replica.send(new sm.DeleteSecretCommand({ SecretId })),
      replica.send(new sm.CancelRotateSecretCommand({ SecretId })),
      replica.send(new sm.UpdateSecretVersionStageCommand({ SecretId, VersionStage: "x" })),
      replica.send(
        new sm.ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region: "us-east-1" }] }),
      ),
    ];
    for (const write of writes) {
      await assertFails(
        write,
        "InvalidParameterException",
        "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
      );
    }
    await replica.send(new sm.UpdateSecretCommand({ SecretId, KmsKeyId: "alias/aws/secretsmanager" }));
    await primary.send(new sm.PutSecretValueCommand({ SecretId, SecretString: "b" }));
    assert.equal((await describeSecret(replica, SecretId)).KmsKeyId, undefined);
    assert.equal(await read(replica, SecretId), "b");
  });

  it("R3 one policy document serves all Regions", async () => {
    const { name } = await replicated();
    const deny = {
      Effect: "Deny",
      Principal: "*",
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
      Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-1" } },
    };
    const ResourcePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [deny] });
    await primary.send(new sm.PutResourcePolicyCommand({ SecretId: name, ResourcePolicy }));
    await assertFails(read(primary, name), "AccessDeniedException");
    await assertFails(read(replica, name), "AccessDeniedException");
  });

  it("R4 the answer says InProgress and DescribeSecret what became of it", async () => {
    const { made, name } = await replicated();
    assert.deepEqual(
      made.ReplicationStatus!.map(({ Region, Status }) => [Region, Status]),
      [[REPLICA, "InProgress"]],
    );
    const { ReplicationStatus } = await describeSecret(primary, name);
    assert.deepEqual(ReplicationStatus, [{ Region: REPLICA, KmsKeyId: key, Status: "InSync" }]);
  });

  it("R5 a replica's key is changed by removing the Region and adding it again: no reads in between", async () => {
    const { name } = await replicated();
    await primary.send(
      new sm.RemoveRegionsFromReplicationCommand({ SecretId: name, RemoveReplicaRegions: [REPLICA] }),
    );
    await assertFails(read(replica, name), "ResourceNotFoundException");
    await primary.send(
      new sm.ReplicateSecretToRegionsCommand({ SecretId: name, AddReplicaRegions: [{ Region: REPLICA }] }),
    );
    assert.equal(await read(replica, name), "a");
  });

  it("R6 a name taken in the target Region makes replication fail, unless it is forced", async () => {
    const Name = "taken";
    await replica.send(new sm.CreateSecretCommand({ Name, SecretString: "stranger" }));
    await primary.send(
      new sm.CreateSecretCommand({ Name, SecretString: "a", AddReplicaRegions: [{ Region: REPLICA }] }),
    );
    const [failed] = (await describeSecret(primary, Name)).ReplicationStatus!;
    assert.deepEqual(
      [failed!.Status, failed!.StatusMessage],
      ["Failed", `Replication failed: Secret name simple already exists in region ${REPLICA}.`],
    );
    assert.equal(await read(replica, Name), "stranger");
    await primary.send(
      new sm.ReplicateSecretToRegionsCommand({
        SecretId: Name,
        AddReplicaRegions: [{ Region: REPLICA }],
        ForceOverwriteReplicaSecret: true,
      }),
    );
    assert.equal(await read(replica, Name), "a");
  });

  it("R7 the caller needs kms:Decrypt on the primary's key, kms:GenerateDataKey and kms:Encrypt on the replica's", async () => {
    const key2 = `arn:aws:kms:${REPLICA}:${SECRETS}:key/${key}`;
    const allow = (Action: string[], Resource: string) => ({ Effect: "Allow", Action, Resource });
    const base = [
      allow(["secretsmanager:*"], "*"),
      allow(["kms:GenerateDataKey", "kms:Decrypt"], `arn:aws:kms:${PRIMARY}:${SECRETS}:key/${key}`),
    ];
    const cases = [
      { name: "nothing", actions: [], status: "Failed" },
      { name: "only-data-key", actions: ["kms:GenerateDataKey"], status: "Failed" },
      { name: "both", actions: ["kms:GenerateDataKey", "kms:Encrypt"], status: "InSync" },
    ];
    for (const { name, actions, status } of cases) {
      const Statement = actions.length > 0 ? [...base, allow(actions, key2)] : base;
      const client = cloud.secrets(
        await cloud.session(SECRETS, `r7-${name}`, { Version: "2012-10-17", Statement }),
      );
      const Name = `r7/${name}`;
      await client.send(
        new sm.CreateSecretCommand({
          Name,
          SecretString: "a",
          KmsKeyId: key,
          AddReplicaRegions: [{ Region: REPLICA, KmsKeyId: key }],
        }),
      );
      const [entry] = (await describeSecret(primary, Name)).ReplicationStatus!;
      const message = status === "Failed" ? "Replication failed: Access to KMS is not allowed" : undefined;
      assert.deepEqual([name, entry!.Status, entry!.StatusMessage], [name, status, message]);
    }
  });

  it("R7 a change by someone who may not use the replica's key leaves the replica behind, Failed", async () => {
    const { name } = await replicated();
    const Statement = [
      { Effect: "Allow", Action: "secretsmanager:*", Resource: "*" },
      {
        Effect: "Allow",
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Resource: `arn:aws:kms:${PRIMARY}:*:key/*`,
      },
    ];
    const session = await cloud.session(SECRETS, "r7-writer", { Version: "2012-10-17", Statement });
    await cloud.secrets(session).send(new sm.PutSecretValueCommand({ SecretId: name, SecretString: "b" }));
    const [entry] = (await describeSecret(primary, name)).ReplicationStatus!;
    assert.equal(entry!.Status, "Failed");
    assert.deepEqual([await read(primary, name), await read(replica, name)], ["b", "a"]);
    await primary.send(new sm.PutSecretValueCommand({ SecretId: name, SecretString: "c" }));
    assert.equal(await read(replica, name), "c");
  });

  it("R8 a secret is deleted after its replicas, and its name is free when its window is over", async () => {
    const { name: SecretId } = await replicated();
    await assertFails(
      primary.send(new sm.DeleteSecretCommand({ SecretId })),
      "InvalidParameterException",
      `You can't delete secret ${SecretId} that still has replica regions [${REPLICA}]`,
    );
    await primary.send(
      new sm.RemoveRegionsFromReplicationCommand({ SecretId, RemoveReplicaRegions: [REPLICA] }),
    );
    for (const RecoveryWindowInDays of [6, 31]) {
      await assertFails(
        primary.send(new sm.DeleteSecretCommand({ SecretId, RecoveryWindowInDays })),
        "InvalidParameterException",
        "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).",
      );
    }
    await primary.send(new sm.DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
    await assertFails(
      read(primary, SecretId),
      "InvalidRequestException",
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
    await assertFails(
      primary.send(new sm.CreateSecretCommand({ Name: SecretId, SecretString: "x" })),
      "InvalidRequestException",
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
    await primary.send(new sm.RestoreSecretCommand({ SecretId }));
    assert.equal(await read(primary, SecretId), "a");
    await primary.send(new sm.DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
    await cloud.advanceDays(7);
    await assertFails(read(primary, SecretId), "ResourceNotFoundException");
    await primary.send(new sm.CreateSecretCommand({ Name: SecretId, SecretString: "x" }));
  });

  it("R8 a forced deletion is at once, and not an error for a secret that is not there", async () => {
    const SecretId = "forced";
    await primary.send(new sm.CreateSecretCommand({ Name: SecretId, SecretString: "x" }));
    await assertFails(
      primary.send(
        new sm.DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true, RecoveryWindowInDays: 7 }),
      ),
      "InvalidParameterException",
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
    await primary.send(new sm.DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
    await primary.send(new sm.DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
    await primary.send(new sm.CreateSecretCommand({ Name: SecretId, SecretString: "y" }));
  });

  it("R9 a replica is promoted in its own Region, and is a secret of its own afterwards", async () => {
    const { name: SecretId, arn } = await replicated();
    await assertFails(
      primary.send(new sm.StopReplicationToReplicaCommand({ SecretId })),
      "InvalidParameterException",
    );
    const { ARN } = await replica.send(new sm.StopReplicationToReplicaCommand({ SecretId: inReplica(arn) }));
    assert.equal(ARN, inReplica(arn));
    assert.equal((await describeSecret(replica, SecretId)).PrimaryRegion, undefined);
    assert.equal((await describeSecret(primary, SecretId)).ReplicationStatus, undefined);
    await replica.send(new sm.PutSecretValueCommand({ SecretId, SecretString: "own" }));
    await primary.send(new sm.PutSecretValueCommand({ SecretId, SecretString: "b" }));
    assert.deepEqual([await read(primary, SecretId), await read(replica, SecretId)], ["b", "own"]);
  });

  it("R9 rotation is the primary's", async () => {
    const { name: SecretId } = await replicated();
    const RotationLambdaARN = `arn:aws:lambda:${REPLICA}:${SECRETS}:function:rotate`;
    await assertFails(
      replica.send(new sm.RotateSecretCommand({ SecretId, RotationLambdaARN })),
      "InvalidParameterException",
    );
  });

  it("R10 label moves reach the replica, one after the other", async () => {
    const { name: SecretId, made } = await replicated();
    const put = new sm.PutSecretValueCommand({ SecretId, SecretString: "b", VersionStages: ["AWSPENDING"] });
    const { VersionId: MoveToVersionId } = await primary.send(put);
    const move = {
      SecretId,
      VersionStage: "AWSCURRENT",
      MoveToVersionId,
      RemoveFromVersionId: made.VersionId,
    };
    await primary.send(new sm.UpdateSecretVersionStageCommand(move));
    await primary.send(
      new sm.UpdateSecretVersionStageCommand({
        SecretId,
        VersionStage: "AWSPENDING",
        RemoveFromVersionId: MoveToVersionId,
      }),
    );
    const stages = { [made.VersionId!]: ["AWSPREVIOUS"], [MoveToVersionId!]: ["AWSCURRENT"] };
    assert.deepEqual((await describeSecret(replica, SecretId)).VersionIdsToStages, stages);
    assert.equal(await read(replica, SecretId), "b");
  });

  it("R11 a secret is not replicated to its own Region, to one that does not exist, or twice to one", async () => {
    const { name: SecretId } = await replicated();
    for (const Region of [PRIMARY, "eu-nowhere-9", REPLICA]) {
      await assertFails(
        primary.send(new sm.ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region }] })),
        "InvalidParameterException",
      );
    }
  });
});
