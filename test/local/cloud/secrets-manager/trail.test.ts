import * as sm from "@aws-sdk/client-secrets-manager";
import { strict as assert } from "assert";
import { randomUUID } from "crypto";
import { eventLog } from "../../../../local/cloud/cloudtrail/event-log";
import { SECRETS } from "../../../support/local-cloud";
import { PRIMARY, SecretsCloud } from "../../../support/secrets-cloud";

describe("CloudTrail records of Secrets Manager and KMS", () => {
  const cloud = new SecretsCloud();
  const ClientRequestToken = randomUUID();
  let arn: string;

  before(async () => {
    await cloud.start();
    const client = cloud.secrets(SECRETS);
    const made = await client.send(new sm.CreateSecretCommand({ Name: "recorded" }));
    arn = made.ARN!;
    const value = { SecretId: "recorded", SecretString: "hunter2-hunter2", ClientRequestToken };
    await client.send(new sm.PutSecretValueCommand(value));
    await client.send(new sm.GetSecretValueCommand({ SecretId: "recorded" }));
    await client.send(new sm.GetRandomPasswordCommand({ PasswordLength: 40 }));
    await client.send(new sm.GetSecretValueCommand({ SecretId: "absent" })).catch(() => undefined);
  });
  after(() => cloud.close());

  const events = () =>
    [...eventLog(cloud.store, SECRETS, PRIMARY).values()].map(({ text }) => JSON.parse(text));
  const shown = (name: string) =>
    events()
      .filter(({ eventName }) => eventName === name)
      .map(({ readOnly, requestParameters, responseElements, resources, errorCode }) => ({
        readOnly,
        requestParameters,
        responseElements,
        resources: resources?.map(({ ARN }: { ARN: string }) => ARN),
        errorCode,
      }));

  it("a change shows its request and answer without the value", () => {
    assert.deepEqual(shown("PutSecretValue"), [
      {
        readOnly: false,
        requestParameters: { secretId: "recorded", clientRequestToken: ClientRequestToken },
        responseElements: {
          arn,
          name: "recorded",
          versionId: ClientRequestToken,
          versionStages: ["AWSCURRENT"],
        },
        resources: [arn],
        errorCode: undefined,
      },
    ]);
  });

  it("a read shows its request only, a refused one its error", () => {
    const base = { readOnly: true, responseElements: null };
    assert.deepEqual(shown("GetSecretValue"), [
      { ...base, requestParameters: { secretId: "recorded" }, resources: [arn], errorCode: undefined },
      {
        ...base,
        requestParameters: { secretId: "absent" },
        resources: undefined,
        errorCode: "ResourceNotFoundException",
      },
    ]);
  });

  it("the use of the key is recorded with the encryption context, as a call of Secrets Manager", () => {
    const [decrypt] = events().filter(({ eventName }) => eventName === "Decrypt");
    assert.deepEqual(decrypt.requestParameters.encryptionContext, {
      SecretARN: arn,
      SecretVersionId: ClientRequestToken,
    });
    assert.equal(decrypt.userIdentity.invokedBy, "secretsmanager.amazonaws.com");
    assert.equal(decrypt.responseElements, null);
  });

  it("no value and no password is in any record", () => {
    const text = JSON.stringify(events());
    assert.equal(text.includes("hunter2"), false);
    assert.equal(/[rR]andomPassword":"/.test(text), false);
    assert.equal(/[pP]laintext/.test(text), false);
  });
});
