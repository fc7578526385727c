import * as sm from "@aws-sdk/client-secrets-manager";
import { strict as assert } from "assert";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { createCloud } from "../../../../local/cloud/core/cloud";
import { JournalStore } from "../../../../local/cloud/core/journal-store";
import { fileSealer } from "../../../../local/cloud/core/sealed";
import { startServer } from "../../../../local/cloud/server";
import { services } from "../../../../local/cloud/services";
import { ORGANISATION, SECRETS } from "../../../support/local-cloud";

describe("Secrets Manager over a restart", () => {
  const folder = mkdtempSync(join(tmpdir(), "secrets-"));
  after(() => rmSync(folder, { recursive: true }));

  async function withCloud<T>(work: (client: sm.SecretsManagerClient) => Promise<T>): Promise<T> {
    const store = new JournalStore(folder);
    const cloud = createCloud({ services, store, sealer: fileSealer(folder), accounts: ORGANISATION });
    const server = await startServer(cloud, { port: 0, control: false });
    const { administrator: credentials } = ORGANISATION.accounts.find(({ id }) => id === SECRETS)!;
    const config = { region: "eu-west-1", endpoint: server.url, credentials };
    try {
      return await work(new sm.SecretsManagerClient(config));
    } finally {
      await server.close();
      await cloud.stop();
    }
  }

  it("values and labels survive, and no value is in the files", async () => {
    const Name = "kept/over-a-restart";
    const before = await withCloud(async (client) => {
      await client.send(new sm.CreateSecretCommand({ Name, SecretString: "first-plain-value" }));
      await client.send(new sm.PutSecretValueCommand({ SecretId: Name, SecretString: "second-plain-value" }));
      return (await client.send(new sm.DescribeSecretCommand({ SecretId: Name }))).VersionIdsToStages;
    });
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
    assert.ok(files.some((text) => text.includes(Name)));
    assert.equal(
      files.some((text) => text.includes("plain-value")),
      false,
    );
    await withCloud(async (client) => {
      const { SecretString } = await client.send(new sm.GetSecretValueCommand({ SecretId: Name }));
      const described = await client.send(new sm.DescribeSecretCommand({ SecretId: Name }));
      assert.deepEqual([SecretString, described.VersionIdsToStages], ["second-plain-value", before]);
      const previous = new sm.GetSecretValueCommand({ SecretId: Name, VersionStage: "AWSPREVIOUS" });
      assert.equal((await client.send(previous)).SecretString, "first-plain-value");
    });
  });
});
