import { Environment } from "./aws-endpoint";
import { CallSecretsManager, callRepeatedly, required } from "./secrets-manager-call";
import { TimeBudget } from "./time-budget";
import { PendingValue, SecretDescription, SecretValue, SecretVersions, VersionSelector } from "./versions";

export type { Environment } from "./aws-endpoint";

/**
 * Secrets Manager by HTTPS: five operations, in a fiftieth of the size of the SDK's client. Throttling, errors of
 * the service and broken connections are repeated within the budget; each of the calls may be repeated safely.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html
 */
export function secretsManagerVersions(environment: Environment, budget: TimeBudget): SecretVersions {
  const call: CallSecretsManager = (operation, input) =>
    callRepeatedly(environment, budget, operation, input);
  return {
    describe: (secretId) => describe(call, secretId),
    read: (secretId, which) => read(call, secretId, which),
    putPending: (put) => putPending(call, put),
    checkMayPut: (secretId, versionId) => checkMayPut(call, secretId, versionId),
    checkMayMove: (secretId, token) => checkMayMove(call, secretId, token),
    moveCurrent: (secretId, to, from) => moveCurrent(call, secretId, to, from),
  };
}

async function describe(call: CallSecretsManager, secretId: string): Promise<SecretDescription> {
  const answer = required(await call("DescribeSecret", { SecretId: secretId }), "DescribeSecret");
  const stages = new Map(Object.entries((answer["VersionIdsToStages"] ?? {}) as Record<string, string[]>));
  const rotationEnabled = answer["RotationEnabled"] as boolean | undefined;
  return {
    arn: answer["ARN"] as string,
    stages,
    ...(rotationEnabled === undefined ? {} : { rotationEnabled }),
  };
}

async function read(
  call: CallSecretsManager,
  secretId: string,
  which: VersionSelector,
): Promise<SecretValue | "absent"> {
  const selector = "versionId" in which ? { VersionId: which.versionId } : { VersionStage: which.stage };
  const answer = await call("GetSecretValue", { SecretId: secretId, ...selector });
  if ("failure" in answer && answer.failure === "ResourceNotFoundException") return "absent";
  const { VersionId: versionId, SecretString: text } = required(answer, "GetSecretValue");
  return { versionId: versionId as string, ...(typeof text === "string" ? { text } : {}) };
}

async function putPending(
  call: CallSecretsManager,
  { secretId, token, text, rotationToken }: PendingValue,
): Promise<"stored" | "exists"> {
  const value = { SecretId: secretId, ClientRequestToken: token, SecretString: text };
  const answer = await call("PutSecretValue", {
    ...value,
    VersionStages: ["AWSPENDING"],
    ...(rotationToken === undefined ? {} : { RotationToken: rotationToken }),
  });
  if ("failure" in answer && answer.failure === "ResourceExistsException") return "exists";
  required(answer, "PutSecretValue");
  return "stored";
}

/** Another value for a version that has one; were it the same value, nothing would change either. */
async function checkMayPut(call: CallSecretsManager, secretId: string, versionId: string): Promise<void> {
  const input = { SecretId: secretId, ClientRequestToken: versionId, SecretString: "{}" };
  const answer = await call("PutSecretValue", input);
  if ("failure" in answer && answer.failure === "ResourceExistsException") return;
  required(answer, "PutSecretValue");
}

const staleMove: readonly string[] = ["InvalidParameterException", "InvalidRequestException"];

/** Taking AWSCURRENT from a version that does not hold it, or without a new holder, is invalid either way. */
async function checkMayMove(call: CallSecretsManager, secretId: string, token: string): Promise<void> {
  const input = { SecretId: secretId, VersionStage: "AWSCURRENT", RemoveFromVersionId: token };
  const answer = await call("UpdateSecretVersionStage", input);
  if (!("failure" in answer) || staleMove.includes(answer.failure)) return;
  required(answer, "UpdateSecretVersionStage");
}

async function moveCurrent(
  call: CallSecretsManager,
  secretId: string,
  to: string,
  from: string | undefined,
): Promise<"moved" | "stale"> {
  const answer = await call("UpdateSecretVersionStage", {
    ...{ SecretId: secretId, VersionStage: "AWSCURRENT", MoveToVersionId: to },
    ...(from === undefined ? {} : { RemoveFromVersionId: from }),
  });
  if ("failure" in answer && staleMove.includes(answer.failure)) return "stale";
  required(answer, "UpdateSecretVersionStage");
  return "moved";
}
