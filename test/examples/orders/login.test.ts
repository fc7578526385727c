import { strict as assert } from "assert";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { LoginSource } from "../../../examples/orders/login";

/** A client that answers with one version a stage, and counts. */
function clientOf(stages: Record<string, string | Error>) {
  const asked: string[] = [];
  const send = async ({ input }: GetSecretValueCommand) => {
    const stage = input.VersionStage!;
    asked.push(`${input.SecretId} ${stage}`);
    const version = stages[stage];
    if (typeof version !== "string") throw version ?? new Error("ResourceNotFoundException");
    return { VersionId: version, SecretString: JSON.stringify({ username: version }) };
  };
  return { asked, stages, client: { send } as unknown as SecretsManagerClient };
}

describe("the application's login", () => {
  it("is read once while it is fresh", async () => {
    const { asked, client } = clientOf({ AWSCURRENT: "v1" });
    const source = new LoginSource(client, "arn", 60_000);
    await source.current();
    assert.deepEqual(await source.current(), { login: { username: "v1" }, versionId: "v1" });
    assert.deepEqual(asked, ["arn AWSCURRENT"]);
  });

  it("is read again when it is old", async () => {
    const { stages, client } = clientOf({ AWSCURRENT: "v1" });
    const source = new LoginSource(client, "arn", 0);
    await source.current();
    stages.AWSCURRENT = "v2";
    assert.equal((await source.current()).versionId, "v2");
  });

  it("stays what it was while Secrets Manager does not answer", async () => {
    const { stages, client } = clientOf({ AWSCURRENT: "v1" });
    const source = new LoginSource(client, "arn", 0);
    await source.current();
    stages.AWSCURRENT = new Error("ThrottlingException");
    assert.equal((await source.current()).versionId, "v1");
  });

  it("is an error when it was never read", async () => {
    const { client } = clientOf({ AWSCURRENT: new Error("AccessDeniedException") });
    await assert.rejects(new LoginSource(client, "arn", 0).current(), /AccessDeniedException/);
  });

  it("of a rotation under way is there or is not", async () => {
    const { stages, client } = clientOf({ AWSCURRENT: "v1" });
    const source = new LoginSource(client, "arn", 0);
    assert.equal(await source.pending(), undefined);
    stages.AWSPENDING = "v2";
    assert.equal((await source.pending())?.versionId, "v2");
  });
});
