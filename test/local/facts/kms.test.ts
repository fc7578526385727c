import * as kms from "@aws-sdk/client-kms";
import * as sm from "@aws-sdk/client-secrets-manager";
import { strict as assert } from "assert";
import { SECRETS } from "../../support/local-cloud";
import { assertFails, PRIMARY, REPLICA, SecretsCloud } from "../../support/secrets-cloud";

describe("facts about KMS", () => {
  const cloud = new SecretsCloud();
  let client: kms.KMSClient;
  let elsewhere: kms.KMSClient;

  before(async () => {
    await cloud.start();
    client = cloud.kms(SECRETS);
    elsewhere = cloud.kms(SECRETS, REPLICA);
  });
  after(() => cloud.close());

  const root = { AWS: `arn:aws:iam::${SECRETS}:root` };
  const policy = (...statements: object[]) =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const everything = { Effect: "Allow", Principal: root, Action: "kms:*", Resource: "*" };

  async function newKey(input: kms.CreateKeyCommandInput = {}): Promise<string> {
    return (await client.send(new kms.CreateKeyCommand(input))).KeyMetadata!.KeyId!;
  }

  async function withReplica(): Promise<string> {
    const KeyId = await newKey({ MultiRegion: true });
    await client.send(new kms.ReplicateKeyCommand({ KeyId, ReplicaRegion: REPLICA }));
    return KeyId;
  }

  const stateOf = async (where: kms.KMSClient, KeyId: string) =>
    (await where.send(new kms.DescribeKeyCommand({ KeyId }))).KeyMetadata!.KeyState;

  it("K1 a key is multi-Region from its creation or never, and has one replica a Region", async () => {
    const single = await newKey();
    await assertFails(
      client.send(new kms.ReplicateKeyCommand({ KeyId: single, ReplicaRegion: REPLICA })),
      "UnsupportedOperationException",
    );
    const KeyId = await withReplica();
    assert.match(KeyId, /^mrk-[0-9a-f]{32}$/);
    await assertFails(
      client.send(new kms.ReplicateKeyCommand({ KeyId, ReplicaRegion: REPLICA })),
      "AlreadyExistsException",
    );
    await assertFails(
      elsewhere.send(new kms.ReplicateKeyCommand({ KeyId, ReplicaRegion: "us-east-1" })),
      "UnsupportedOperationException",
    );
  });

  it("K2 replicas share id, material and rotation, but not policy, tags, aliases and description", async () => {
    const KeyId = await newKey({
      MultiRegion: true,
      Description: "primary",
      Policy: policy(everything, {
        Effect: "Deny",
        Principal: "*",
        Action: "kms:CreateGrant",
        Resource: "*",
      }),
      Tags: [{ TagKey: "side", TagValue: "primary" }],
    });
    await client.send(new kms.CreateAliasCommand({ AliasName: "alias/shared", TargetKeyId: KeyId }));
    await client.send(new kms.EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 100 }));
    const made = await client.send(new kms.ReplicateKeyCommand({ KeyId, ReplicaRegion: REPLICA }));
    assert.equal(made.ReplicaKeyMetadata!.KeyState, "Creating");
    assert.equal(made.ReplicaKeyMetadata!.KeyId, KeyId);

    const { KeyMetadata: replica } = await elsewhere.send(new kms.DescribeKeyCommand({ KeyId }));
    assert.equal(replica!.Description, "");
    const arn = (region: string) => `arn:aws:kms:${region}:${SECRETS}:key/${KeyId}`;
    assert.deepEqual(replica!.MultiRegionConfiguration, {
      MultiRegionKeyType: "REPLICA",
      PrimaryKey: { Arn: arn(PRIMARY), Region: PRIMARY },
      ReplicaKeys: [{ Arn: arn(REPLICA), Region: REPLICA }],
    });
    const { Tags } = await elsewhere.send(new kms.ListResourceTagsCommand({ KeyId }));
    assert.deepEqual(Tags, []);
    const { Policy } = await elsewhere.send(new kms.GetKeyPolicyCommand({ KeyId }));
    assert.equal(JSON.parse(Policy!).Id, "key-default-1");
    await assertFails(
      elsewhere.send(new kms.DescribeKeyCommand({ KeyId: "alias/shared" })),
      "NotFoundException",
    );
    const rotation = await elsewhere.send(new kms.GetKeyRotationStatusCommand({ KeyId }));
    assert.equal(rotation.RotationPeriodInDays, 100);

    const { CiphertextBlob } = await client.send(
      new kms.EncryptCommand({ KeyId, Plaintext: Buffer.from("x") }),
    );
    const opened = await elsewhere.send(new kms.DecryptCommand({ CiphertextBlob }));
    assert.equal(opened.KeyId, arn(REPLICA));
    assert.equal(Buffer.from(opened.Plaintext!).toString(), "x");
    await client.send(new kms.DisableKeyCommand({ KeyId }));
    assert.equal(await stateOf(elsewhere, KeyId), "Enabled");
  });

  it("K3 replication needs kms:ReplicateKey on the primary and kms:CreateKey in the replica's Region", async () => {
    const KeyId = await newKey({ MultiRegion: true });
    const arn = `arn:aws:kms:${PRIMARY}:${SECRETS}:key/${KeyId}`;
    const allow = (Action: string, Resource: string, Condition?: object) => ({
      Effect: "Allow",
      Action,
      Resource,
      ...(Condition && { Condition }),
    });
    const document = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
    const inReplica = { StringEquals: { "aws:RequestedRegion": REPLICA } };
    const replicate = new kms.ReplicateKeyCommand({ KeyId, ReplicaRegion: REPLICA });
    const cases = [
      { name: "no-create", policy: document(allow("kms:ReplicateKey", arn)) },
      { name: "no-replicate", policy: document(allow("kms:CreateKey", "*", inReplica)) },
    ];
    for (const { name, policy: one } of cases) {
      const session = await cloud.session(SECRETS, name, one);
      await assertFails(cloud.kms(session).send(replicate), "AccessDeniedException");
    }
    const both = document(allow("kms:ReplicateKey", arn), allow("kms:CreateKey", "*", inReplica));
    await cloud.kms(await cloud.session(SECRETS, "both", both)).send(replicate);
    await client.send(new kms.UpdatePrimaryRegionCommand({ KeyId, PrimaryRegion: REPLICA }));
    const { KeyMetadata } = await client.send(new kms.DescribeKeyCommand({ KeyId }));
    assert.equal(KeyMetadata!.MultiRegionConfiguration!.MultiRegionKeyType, "REPLICA");
  });

  it("K4 a primary waits for its replicas before its own deletion window begins", async () => {
    const KeyId = await withReplica();
    const scheduled = await client.send(
      new kms.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 8 }),
    );
    assert.equal(scheduled.KeyState, "PendingReplicaDeletion");
    assert.equal(scheduled.DeletionDate, undefined);
    await assertFails(
      client.send(new kms.EncryptCommand({ KeyId, Plaintext: Buffer.from("x") })),
      "KMSInvalidStateException",
    );
    await elsewhere.send(new kms.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await cloud.advanceDays(7);
    await assertFails(elsewhere.send(new kms.DescribeKeyCommand({ KeyId })), "NotFoundException");
    assert.equal(await stateOf(client, KeyId), "PendingDeletion");
    await cloud.advanceDays(8);
    await assertFails(client.send(new kms.DescribeKeyCommand({ KeyId })), "NotFoundException");
  });

  it("K5 a policy that would lock the caller out is refused, unless the check is bypassed", async () => {
    const KeyId = await newKey();
    const lockedOut = policy({ Effect: "Allow", Principal: root, Action: "kms:Describe*", Resource: "*" });
    await assertFails(
      client.send(new kms.PutKeyPolicyCommand({ KeyId, Policy: lockedOut })),
      "MalformedPolicyDocumentException",
      "The new key policy will not allow you to update the key policy in the future.",
    );
    await assertFails(
      client.send(new kms.CreateKeyCommand({ Policy: lockedOut })),
      "MalformedPolicyDocumentException",
    );
    await client.send(
      new kms.PutKeyPolicyCommand({ KeyId, Policy: lockedOut, BypassPolicyLockoutSafetyCheck: true }),
    );
    await assertFails(client.send(new kms.GetKeyPolicyCommand({ KeyId })), "AccessDeniedException");
  });

  it("K5 a statement without Resource is stored and has no effect", async () => {
    const KeyId = await newKey();
    const admin = {
      Effect: "Allow",
      Principal: root,
      Action: ["kms:PutKeyPolicy", "kms:GetKeyPolicy"],
      Resource: "*",
    };
    const useless = { Effect: "Allow", Principal: root, Action: "kms:Encrypt" };
    await client.send(new kms.PutKeyPolicyCommand({ KeyId, Policy: policy(admin, useless) }));
    const { Policy } = await client.send(new kms.GetKeyPolicyCommand({ KeyId }));
    assert.equal(JSON.parse(Policy!).Statement.length, 2);
    await assertFails(
      client.send(new kms.EncryptCommand({ KeyId, Plaintext: Buffer.from("x") })),
      "AccessDeniedException",
    );
  });

  it("K6 ReplicateKey answers with state Creating, and the replica can be used soon after", async () => {
    const KeyId = await newKey({ MultiRegion: true });
    const made = await client.send(new kms.ReplicateKeyCommand({ KeyId, ReplicaRegion: REPLICA }));
    assert.equal(made.ReplicaKeyMetadata!.KeyState, "Creating");
    assert.equal(await stateOf(elsewhere, KeyId), "Enabled");
  });

  it("K7 rotation takes 90 to 2560 days and deletion 7 to 30", async () => {
    const KeyId = await newKey();
    for (const RotationPeriodInDays of [89, 2561]) {
      await assertFails(
        client.send(new kms.EnableKeyRotationCommand({ KeyId, RotationPeriodInDays })),
        "ValidationException",
      );
    }
    for (const PendingWindowInDays of [6, 31]) {
      await assertFails(
        client.send(new kms.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays })),
        "ValidationException",
      );
    }
    await client.send(new kms.EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 2560 }));
  });

  it("K7 a secret cannot be written under a disabled key, nor read", async () => {
    const KeyId = await newKey();
    const secrets = cloud.secrets(SECRETS);
    await secrets.send(new sm.CreateSecretCommand({ Name: "disabled", SecretString: "x", KmsKeyId: KeyId }));
    await client.send(new kms.DisableKeyCommand({ KeyId }));
    await assertFails(
      secrets.send(new sm.GetSecretValueCommand({ SecretId: "disabled" })),
      "DecryptionFailure",
    );
    await assertFails(
      secrets.send(new sm.PutSecretValueCommand({ SecretId: "disabled", SecretString: "y" })),
      "EncryptionFailure",
    );
  });

  it("S7 a key policy's principals must exist", async () => {
    const absent = { AWS: `arn:aws:iam::${SECRETS}:role/absent` };
    const Policy = policy(everything, {
      Effect: "Allow",
      Principal: absent,
      Action: "kms:Decrypt",
      Resource: "*",
    });
    await assertFails(
      client.send(new kms.CreateKeyCommand({ Policy })),
      "MalformedPolicyDocumentException",
      "Policy contains a statement with one or more invalid principals.",
    );
    cloud.makeRole(SECRETS, "absent", { Version: "2012-10-17", Statement: [] });
    await client.send(new kms.CreateKeyCommand({ Policy }));
  });

  it("S6 a key policy has at most 32,768 bytes", async () => {
    const padded = (length: number) => {
      const bare = policy({ ...everything, Sid: "" });
      return policy({ ...everything, Sid: "a".repeat(length - bare.length) });
    };
    await client.send(new kms.CreateKeyCommand({ Policy: padded(32_768) }));
    await assertFails(
      client.send(new kms.CreateKeyCommand({ Policy: padded(32_769) })),
      "LimitExceededException",
    );
  });
});
