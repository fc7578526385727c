import * as kms from "@aws-sdk/client-kms";
import { strict as assert } from "assert";
import { BILLING, SECRETS } from "../../../support/local-cloud";
import { assertFails, PRIMARY, REPLICA, SecretsCloud } from "../../../support/secrets-cloud";

describe("KMS keys", () => {
  const cloud = new SecretsCloud();
  let client: kms.KMSClient;
  const text = new TextEncoder().encode("hello");

  before(async () => {
    await cloud.start();
    client = cloud.kms(SECRETS);
  });
  after(() => cloud.close());

  async function newKey(input: kms.CreateKeyCommandInput = {}): Promise<string> {
    const { KeyMetadata } = await client.send(new kms.CreateKeyCommand(input));
    return KeyMetadata!.KeyId!;
  }

  it("describes a new key", async () => {
    const { KeyMetadata: made } = await client.send(new kms.CreateKeyCommand({ Description: "mine" }));
    const { KeyMetadata: described } = await client.send(new kms.DescribeKeyCommand({ KeyId: made!.KeyId! }));
    assert.deepEqual(described, made);
    assert.deepEqual(
      { ...made, KeyId: undefined, Arn: undefined, CreationDate: undefined },
      {
        AWSAccountId: SECRETS,
        KeyId: undefined,
        Arn: undefined,
        CreationDate: undefined,
        Enabled: true,
        Description: "mine",
        KeyUsage: "ENCRYPT_DECRYPT",
        KeyState: "Enabled",
        Origin: "AWS_KMS",
        KeyManager: "CUSTOMER",
        CustomerMasterKeySpec: "SYMMETRIC_DEFAULT",
        KeySpec: "SYMMETRIC_DEFAULT",
        EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
        MultiRegion: false,
      },
    );
  });

  it("decrypts what it encrypted, with the same encryption context only", async () => {
    const KeyId = await newKey();
    const encrypted = await client.send(
      new kms.EncryptCommand({ KeyId, Plaintext: text, EncryptionContext: { a: "1", b: "2" } }),
    );
    const CiphertextBlob = encrypted.CiphertextBlob;
    const decrypted = await client.send(
      new kms.DecryptCommand({ CiphertextBlob, EncryptionContext: { b: "2", a: "1" } }),
    );
    assert.deepEqual(Buffer.from(decrypted.Plaintext!).toString(), "hello");
    const others: (Record<string, string> | undefined)[] = [undefined, { a: "1" }, { a: "1", b: "3" }];
    for (const EncryptionContext of others) {
      await assertFails(
        client.send(new kms.DecryptCommand({ CiphertextBlob, EncryptionContext })),
        "InvalidCiphertextException",
      );
    }
  });

  it("refuses a ciphertext under another key than the named one, and a changed ciphertext", async () => {
    const KeyId = await newKey();
    const { CiphertextBlob } = await client.send(new kms.EncryptCommand({ KeyId, Plaintext: text }));
    await assertFails(
      client.send(new kms.DecryptCommand({ CiphertextBlob, KeyId: await newKey() })),
      "IncorrectKeyException",
    );
    const changed = Uint8Array.from(CiphertextBlob!);
    changed[changed.length - 1]! ^= 1;
    await assertFails(
      client.send(new kms.DecryptCommand({ CiphertextBlob: changed })),
      "InvalidCiphertextException",
    );
  });

  it("makes data keys that it can decrypt", async () => {
    const KeyId = await newKey();
    const made = await client.send(new kms.GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256" }));
    const opened = await client.send(new kms.DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
    assert.deepEqual(opened.Plaintext, made.Plaintext);
    assert.equal(made.Plaintext!.length, 32);
    const sealed = await client.send(
      new kms.GenerateDataKeyWithoutPlaintextCommand({ KeyId, NumberOfBytes: 16 }),
    );
    const plain = await client.send(new kms.DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob }));
    assert.equal(plain.Plaintext!.length, 16);
  });

  it("re-encrypts under another key", async () => {
    const [from, to] = [await newKey(), await newKey()];
    const { CiphertextBlob } = await client.send(new kms.EncryptCommand({ KeyId: from, Plaintext: text }));
    const moved = await client.send(new kms.ReEncryptCommand({ CiphertextBlob, DestinationKeyId: to }));
    assert.ok(moved.KeyId!.endsWith(to));
    const opened = await client.send(
      new kms.DecryptCommand({ CiphertextBlob: moved.CiphertextBlob, KeyId: to }),
    );
    assert.equal(Buffer.from(opened.Plaintext!).toString(), "hello");
  });

  it("does nothing with a disabled key, and everything again once it is enabled", async () => {
    const KeyId = await newKey();
    await client.send(new kms.DisableKeyCommand({ KeyId }));
    await assertFails(
      client.send(new kms.EncryptCommand({ KeyId, Plaintext: text })),
      "DisabledException",
      /key\/.* is disabled\.$/,
    );
    await client.send(new kms.EnableKeyCommand({ KeyId }));
    await client.send(new kms.EncryptCommand({ KeyId, Plaintext: text }));
  });

  it("deletes a key when its window is over", async () => {
    const KeyId = await newKey();
    const { CiphertextBlob } = await client.send(new kms.EncryptCommand({ KeyId, Plaintext: text }));
    const scheduled = await client.send(
      new kms.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }),
    );
    assert.equal(scheduled.KeyState, "PendingDeletion");
    await assertFails(
      client.send(new kms.DecryptCommand({ CiphertextBlob })),
      "KMSInvalidStateException",
      /is pending deletion\.$/,
    );
    await client.send(new kms.CancelKeyDeletionCommand({ KeyId }));
    const cancelled = await client.send(new kms.DescribeKeyCommand({ KeyId }));
    assert.equal(cancelled.KeyMetadata!.KeyState, "Disabled");
    await client.send(new kms.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await cloud.advanceDays(7);
    await assertFails(
      client.send(new kms.DescribeKeyCommand({ KeyId })),
      "NotFoundException",
      /does not exist$/,
    );
  });

  it("finds a key by id, ARN, alias and alias ARN", async () => {
    const KeyId = await newKey();
    await client.send(new kms.CreateAliasCommand({ AliasName: "alias/secrets", TargetKeyId: KeyId }));
    const prefix = `arn:aws:kms:${PRIMARY}:${SECRETS}:`;
    for (const name of [KeyId, `${prefix}key/${KeyId}`, "alias/secrets", `${prefix}alias/secrets`]) {
      const found = await client.send(new kms.DescribeKeyCommand({ KeyId: name }));
      assert.equal(found.KeyMetadata!.KeyId, KeyId, name);
    }
    await assertFails(
      client.send(new kms.CreateAliasCommand({ AliasName: "alias/secrets", TargetKeyId: KeyId })),
      "AlreadyExistsException",
    );
    await client.send(new kms.DeleteAliasCommand({ AliasName: "alias/secrets" }));
    await assertFails(
      client.send(new kms.DescribeKeyCommand({ KeyId: "alias/secrets" })),
      "NotFoundException",
    );
  });

  it("keeps what was encrypted readable over a rotation of the material", async () => {
    const KeyId = await newKey();
    await client.send(new kms.EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    const status = await client.send(new kms.GetKeyRotationStatusCommand({ KeyId }));
    assert.equal(status.KeyRotationEnabled, true);
    assert.equal(status.RotationPeriodInDays, 90);
    const before = await client.send(new kms.EncryptCommand({ KeyId, Plaintext: text }));
    await cloud.advanceDays(91);
    const opened = await client.send(new kms.DecryptCommand({ CiphertextBlob: before.CiphertextBlob }));
    assert.equal(Buffer.from(opened.Plaintext!).toString(), "hello");
    const after = await client.send(new kms.GetKeyRotationStatusCommand({ KeyId }));
    assert.ok(after.NextRotationDate! > status.NextRotationDate!);
  });

  it("lets a grant's grantee in, for its operations and encryption context, until it is revoked", async () => {
    const KeyId = await newKey();
    const grantee = await cloud.session(BILLING, "grantee", {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "kms:*", Resource: "*" }],
    });
    const { CiphertextBlob } = await client.send(
      new kms.EncryptCommand({ KeyId, Plaintext: text, EncryptionContext: { app: "billing" } }),
    );
    const arn = `arn:aws:kms:${PRIMARY}:${SECRETS}:key/${KeyId}`;
    const decrypt = () =>
      cloud
        .kms(grantee)
        .send(new kms.DecryptCommand({ CiphertextBlob, KeyId: arn, EncryptionContext: { app: "billing" } }));
    await assertFails(decrypt(), "AccessDeniedException");
    const { GrantId } = await client.send(
      new kms.CreateGrantCommand({
        KeyId,
        GranteePrincipal: `arn:aws:iam::${BILLING}:role/grantee`,
        Operations: ["Decrypt"],
        Constraints: { EncryptionContextSubset: { app: "billing" } },
      }),
    );
    assert.equal(Buffer.from((await decrypt()).Plaintext!).toString(), "hello");
    const { Grants } = await client.send(new kms.ListGrantsCommand({ KeyId }));
    assert.deepEqual(
      Grants!.map((grant) => grant.Operations),
      [["Decrypt"]],
    );
    await client.send(new kms.RevokeGrantCommand({ KeyId, GrantId }));
    await assertFails(decrypt(), "AccessDeniedException");
  });

  it("pages its lists", async () => {
    const page = await client.send(new kms.ListKeysCommand({ Limit: 2 }));
    assert.equal(page.Keys!.length, 2);
    assert.equal(page.Truncated, true);
    const next = await client.send(new kms.ListKeysCommand({ Limit: 2, Marker: page.NextMarker }));
    assert.notDeepEqual(next.Keys, page.Keys);
    await assertFails(
      client.send(new kms.ListKeysCommand({ Marker: "bm9uc2Vuc2U" })),
      "InvalidMarkerException",
    );
  });

  it("answers an operation that is not modelled with its name", async () => {
    await assertFails(
      client.send(new kms.GetPublicKeyCommand({ KeyId: "x" })),
      "InvalidAction",
      /GetPublicKey/,
    );
  });

  it("has its messages in the member message", async () => {
    await assertFails(
      cloud.kms(SECRETS, REPLICA).send(new kms.DescribeKeyCommand({ KeyId: "nonsense" })),
      "NotFoundException",
      "Invalid keyId 'nonsense'",
    );
  });
});
