import * as kms from "@aws-sdk/client-kms";
import * as sm from "@aws-sdk/client-secrets-manager";
import { strict as assert } from "assert";
import { randomUUID } from "crypto";
import { SECRETS } from "../../support/local-cloud";
import { PRIMARY, SecretsCloud } from "../../support/secrets-cloud";

/** The permissions that AWS lists for the role of a rotation function. */
const NEEDED = [
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetSecretValue",
  "secretsmanager:PutSecretValue",
  "secretsmanager:UpdateSecretVersionStage",
  "secretsmanager:GetRandomPassword",
  "kms:Decrypt",
  "kms:GenerateDataKey",
];

describe("facts about the role of a rotation function", () => {
  const cloud = new SecretsCloud();
  let keyArn: string;

  before(async () => {
    await cloud.start();
    const { KeyMetadata } = await cloud.kms(SECRETS).send(new kms.CreateKeyCommand({}));
    keyArn = KeyMetadata!.Arn!;
  });
  after(() => cloud.close());

  /** The calls of a rotation, by somebody with these permissions; each with what came of it. */
  async function rotateWith(permissions: readonly string[]): Promise<Record<string, string>> {
    const owner = cloud.secrets(SECRETS);
    const Name = `rotated-${randomUUID()}`;
    const { ARN, VersionId } = await owner.send(
      new sm.CreateSecretCommand({ Name, SecretString: "first", KmsKeyId: keyArn }),
    );
    const statement = { Effect: "Allow", Action: permissions, Resource: "*" };
    const role = await cloud.session(SECRETS, `role-${randomUUID()}`, {
      Version: "2012-10-17",
      Statement: [statement],
    });
    const secrets = cloud.secrets(role, PRIMARY);
    const SecretId = ARN!;
    const token = randomUUID();
    const put = { SecretId, ClientRequestToken: token, SecretString: "next", VersionStages: ["AWSPENDING"] };
    const move = {
      SecretId,
      VersionStage: "AWSCURRENT",
      MoveToVersionId: token,
      RemoveFromVersionId: VersionId,
    };
    const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
      ["describe", () => secrets.send(new sm.DescribeSecretCommand({ SecretId }))],
      ["read", () => secrets.send(new sm.GetSecretValueCommand({ SecretId }))],
      ["password", () => secrets.send(new sm.GetRandomPasswordCommand({}))],
      ["put", () => secrets.send(new sm.PutSecretValueCommand(put))],
      ["move", () => secrets.send(new sm.UpdateSecretVersionStageCommand(move))],
    ];
    const outcomes: Record<string, string> = {};
    for (const [name, call] of calls) {
      outcomes[name] = await call().then(
        () => "ok",
        (error: Error) => error.name,
      );
    }
    return outcomes;
  }

  const ok = { describe: "ok", read: "ok", password: "ok", put: "ok", move: "ok" };
  const denied = "AccessDeniedException";

  it("T4 these permissions are enough", async () => {
    assert.deepEqual(await rotateWith(NEEDED), ok);
  });

  // What was not put cannot be moved either: the label then has no version to go to.
  const unput = { put: denied, move: "ResourceNotFoundException" };
  const without: Readonly<Record<string, Record<string, string>>> = {
    "secretsmanager:DescribeSecret": { describe: denied },
    "secretsmanager:GetSecretValue": { read: denied },
    "secretsmanager:PutSecretValue": unput,
    "secretsmanager:UpdateSecretVersionStage": { move: denied },
    "secretsmanager:GetRandomPassword": { password: denied },
    "kms:Decrypt": { read: denied, ...unput },
    "kms:GenerateDataKey": unput,
  };
  for (const permission of NEEDED)
    it(`T4 without ${permission} the rotation stops`, async () => {
      const rest = NEEDED.filter((other) => other !== permission);
      assert.deepEqual(await rotateWith(rest), { ...ok, ...without[permission] });
    });
});
