import * as sm from "@aws-sdk/client-secrets-manager";
import { strict as assert } from "assert";
import { randomUUID } from "crypto";
import { SECRETS } from "../../../support/local-cloud";
import { assertFails, SecretsCloud } from "../../../support/secrets-cloud";

describe("Secrets Manager versions and staging labels", () => {
  const cloud = new SecretsCloud();
  let client: sm.SecretsManagerClient;
  let counter = 0;

  before(async () => {
    await cloud.start();
    client = cloud.secrets(SECRETS);
  });
  after(() => cloud.close());

  async function newSecret(SecretString?: string): Promise<{ id: string; arn: string; version?: string }> {
    const id = `versions/${++counter}`;
    const made = await client.send(new sm.CreateSecretCommand({ Name: id, SecretString }));
    return { id, arn: made.ARN!, version: made.VersionId };
  }

  async function put(
    SecretId: string,
    SecretString: string,
    extra: Partial<sm.PutSecretValueCommandInput> = {},
  ) {
    return client.send(new sm.PutSecretValueCommand({ SecretId, SecretString, ...extra }));
  }

  async function stages(SecretId: string) {
    const { VersionIdsToStages } = await client.send(new sm.DescribeSecretCommand({ SecretId }));
    return VersionIdsToStages;
  }

  async function read(SecretId: string, extra: Partial<sm.GetSecretValueCommandInput> = {}) {
    return (await client.send(new sm.GetSecretValueCommand({ SecretId, ...extra }))).SecretString;
  }

  it("an ARN is the name, a hyphen and six characters", async () => {
    const { arn, id } = await newSecret("a");
    assert.match(
      arn,
      new RegExp(`^arn:aws:secretsmanager:eu-west-1:${SECRETS}:secret:${id}-[A-Za-z0-9]{6}$`),
    );
  });

  it("reads by name, partial ARN and complete ARN", async () => {
    const { arn, id } = await newSecret("a");
    for (const SecretId of [id, arn, arn.slice(0, -7)]) assert.equal(await read(SecretId), "a");
    await assertFails(
      read(`${arn.slice(0, -6)}XXXXXX`),
      "ResourceNotFoundException",
      "Secrets Manager can't find the specified secret.",
    );
  });

  it("keeps binary values", async () => {
    const { id } = await newSecret();
    const SecretBinary = Buffer.from([0, 1, 254, 255]);
    await client.send(new sm.PutSecretValueCommand({ SecretId: id, SecretBinary }));
    const answer = await client.send(new sm.GetSecretValueCommand({ SecretId: id }));
    assert.deepEqual(Buffer.from(answer.SecretBinary!), SecretBinary);
    assert.equal(answer.SecretString, undefined);
  });

  it("moves AWSCURRENT and AWSPREVIOUS", async () => {
    const { id, version: first } = await newSecret("a");
    const second = (await put(id, "b")).VersionId!;
    assert.deepEqual(await stages(id), { [first!]: ["AWSPREVIOUS"], [second]: ["AWSCURRENT"] });
    const third = (await put(id, "c")).VersionId!;
    assert.deepEqual(await stages(id), { [second]: ["AWSPREVIOUS"], [third]: ["AWSCURRENT"] });
    assert.equal(await read(id, { VersionStage: "AWSPREVIOUS" }), "b");
    assert.equal(await read(id, { VersionId: first }), "a");
  });

  it("is idempotent for a token with the same value, and refuses it with another", async () => {
    const { id, arn } = await newSecret("a");
    const ClientRequestToken = randomUUID();
    const first = await put(id, "b", { ClientRequestToken });
    const again = await put(id, "b", { ClientRequestToken });
    assert.deepEqual({ ...again, $metadata: undefined }, { ...first, $metadata: undefined });
    await assertFails(
      put(id, "c", { ClientRequestToken }),
      "ResourceExistsException",
      `You can't use ClientRequestToken ${ClientRequestToken} because that value is already in use for a version of secret ${arn}.`,
    );
  });

  it("creates once for a repeated token, and refuses a taken name", async () => {
    const input = { Name: "versions/once", SecretString: "a", ClientRequestToken: randomUUID() };
    const first = await client.send(new sm.CreateSecretCommand(input));
    const again = await client.send(new sm.CreateSecretCommand(input));
    assert.equal(again.ARN, first.ARN);
    await assertFails(
      client.send(new sm.CreateSecretCommand({ Name: "versions/once", SecretString: "b" })),
      "ResourceExistsException",
      "The operation failed because the secret versions/once already exists.",
    );
  });

  it("the version that becomes AWSPREVIOUS by a put without labels loses AWSPENDING", async () => {
    const { id, version: first } = await newSecret("a");
    await client.send(
      new sm.UpdateSecretVersionStageCommand({
        SecretId: id,
        VersionStage: "AWSPENDING",
        MoveToVersionId: first,
      }),
    );
    await client.send(
      new sm.UpdateSecretVersionStageCommand({ SecretId: id, VersionStage: "mine", MoveToVersionId: first }),
    );
    const second = (await put(id, "b")).VersionId!;
    assert.deepEqual(await stages(id), { [first!]: ["mine", "AWSPREVIOUS"], [second]: ["AWSCURRENT"] });
  });

  it("UpdateSecretVersionStage leaves AWSPENDING where it is", async () => {
    const { id, version: first } = await newSecret("a");
    const second = (await put(id, "b", { VersionStages: ["AWSPENDING"] })).VersionId!;
    await client.send(
      new sm.UpdateSecretVersionStageCommand({
        SecretId: id,
        VersionStage: "AWSCURRENT",
        RemoveFromVersionId: first,
        MoveToVersionId: second,
      }),
    );
    assert.deepEqual(await stages(id), { [first!]: ["AWSPREVIOUS"], [second]: ["AWSPENDING", "AWSCURRENT"] });
  });

  it("refuses label moves that do not say what they move", async () => {
    const { id, version: first } = await newSecret("a");
    const second = (await put(id, "b", { VersionStages: ["x"] })).VersionId!;
    const move = (input: Partial<sm.UpdateSecretVersionStageCommandInput>) =>
      client.send(
        new sm.UpdateSecretVersionStageCommand({ SecretId: id, VersionStage: "AWSCURRENT", ...input }),
      );
    await assertFails(
      move({ MoveToVersionId: second }),
      "InvalidParameterException",
      `The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to version ${first}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
    await assertFails(
      move({ RemoveFromVersionId: first }),
      "InvalidParameterException",
      /^You can only move staging label AWSCURRENT to a different secret version/,
    );
    await assertFails(
      move({ RemoveFromVersionId: second, MoveToVersionId: second }),
      "InvalidParameterException",
    );
    await assertFails(move({ MoveToVersionId: randomUUID() }), "ResourceNotFoundException");
    assert.deepEqual(await stages(id), { [first!]: ["AWSCURRENT"], [second]: ["x"] });
  });

  it("a version without labels is listed only with IncludeDeprecated, and without VersionStages", async () => {
    const { id, version: first } = await newSecret("a");
    await put(id, "b");
    await put(id, "c");
    const list = async (IncludeDeprecated?: boolean) =>
      (await client.send(new sm.ListSecretVersionIdsCommand({ SecretId: id, IncludeDeprecated }))).Versions!;
    assert.equal((await list()).length, 2);
    const all = await list(true);
    assert.equal(all.length, 3);
    const deprecated = all.find(({ VersionId }) => VersionId === first)!;
    assert.equal("VersionStages" in deprecated, false);
    assert.equal(first! in (await stages(id))!, false);
  });

  it("members with nothing in them are absent", async () => {
    const { id, arn } = await newSecret();
    const described = await client.send(new sm.DescribeSecretCommand({ SecretId: id }));
    assert.deepEqual(Object.keys(described).sort(), [
      "$metadata",
      "ARN",
      "CreatedDate",
      "LastChangedDate",
      "Name",
    ]);
    await client.send(new sm.TagResourceCommand({ SecretId: arn, Tags: [{ Key: "a", Value: "1" }] }));
    await client.send(new sm.UntagResourceCommand({ SecretId: arn, TagKeys: ["a"] }));
    const untagged = await client.send(new sm.DescribeSecretCommand({ SecretId: id }));
    assert.deepEqual(untagged.Tags, []);
  });

  it("says which value it cannot find", async () => {
    const { id } = await newSecret();
    await assertFails(
      read(id),
      "ResourceNotFoundException",
      "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    );
    const VersionId = randomUUID();
    await assertFails(
      read(id, { VersionId }),
      "ResourceNotFoundException",
      `Secrets Manager can't find the specified secret value for VersionId: ${VersionId}`,
    );
  });

  it("updates value, description and key", async () => {
    const { id, version: first } = await newSecret("a");
    const updated = await client.send(
      new sm.UpdateSecretCommand({ SecretId: id, Description: "d", SecretString: "b" }),
    );
    assert.deepEqual(await stages(id), { [first!]: ["AWSPREVIOUS"], [updated.VersionId!]: ["AWSCURRENT"] });
    const only = await client.send(new sm.UpdateSecretCommand({ SecretId: id, Description: "e" }));
    assert.equal(only.VersionId, undefined);
    const described = await client.send(new sm.DescribeSecretCommand({ SecretId: id }));
    assert.equal(described.Description, "e");
  });

  it("notes the day of the last access", async () => {
    const { id } = await newSecret("a");
    await read(id);
    const { LastAccessedDate } = await client.send(new sm.DescribeSecretCommand({ SecretId: id }));
    assert.equal(LastAccessedDate!.getTime() % 86_400_000, 0);
  });

  it("T7 a value has at most 65,536 bytes and a version at most 20 labels", async () => {
    const { id, version } = await newSecret("x".repeat(65_536));
    await assertFails(put(id, "x".repeat(65_537)), "ValidationException");
    await assertFails(put(id, "é".repeat(40_000)), "InvalidRequestException");
    for (let label = 1; label < 20; label++) {
      await client.send(
        new sm.UpdateSecretVersionStageCommand({
          SecretId: id,
          VersionStage: `label-${label}`,
          MoveToVersionId: version,
        }),
      );
    }
    await assertFails(
      client.send(
        new sm.UpdateSecretVersionStageCommand({
          SecretId: id,
          VersionStage: "one-more",
          MoveToVersionId: version,
        }),
      ),
      "LimitExceededException",
    );
  });

  it("T7 about 100 versions are kept: older ones without labels go, young ones make writes fail", async () => {
    const { id } = await newSecret("0");
    for (let index = 1; index < 100; index++) await put(id, String(index));
    await assertFails(put(id, "too many"), "LimitExceededException");
    await cloud.advanceDays(2);
    await put(id, "100");
    await put(id, "101");
    const { Versions } = await client.send(
      new sm.ListSecretVersionIdsCommand({ SecretId: id, IncludeDeprecated: true }),
    );
    assert.equal(Versions!.length, 100);
    assert.equal(await read(id), "101");
    assert.equal(await read(id, { VersionStage: "AWSPREVIOUS" }), "100");
  });

  it("no value is in the state in the clear", async () => {
    await newSecret("a-value-that-must-not-be-found");
    const records = JSON.stringify([...cloud.store.records()]);
    assert.equal(records.includes("a-value-that-must-not-be-found"), false);
    assert.equal(
      records.includes(Buffer.from("a-value-that-must-not").toString("base64").slice(0, 20)),
      false,
    );
  });
});
