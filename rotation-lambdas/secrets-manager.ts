import { AwsResponse, requestTimedOut, sendAwsRequest } from "./aws-request";
import { RotationError, RotationErrorCode } from "./rotation-error";
import { TimeBudget } from "./time-budget";
import { SecretVersions } from "./versions";

/** Region, endpoint and credentials, as the Lambda runtime gives them in the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Longest time for one attempt, and the pauses before the next ones. Milliseconds. */
const attemptMs = 5000;
const pausesMs: readonly number[] = [100, 300, 900, 2700];

/**
 * Secrets Manager by HTTPS: five operations, in a fiftieth of the size of the SDK's client. Throttling, errors of
 * the service and broken connections are repeated within the budget; each of the calls may be repeated safely.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html
 */
export function secretsManagerVersions(environment: Environment, budget: TimeBudget): SecretVersions {
  const call = (operation: string, input: object) => callRepeatedly(environment, budget, operation, input);
  return {
    async describe(secretId) {
      const answer = required(await call("DescribeSecret", { SecretId: secretId }), "DescribeSecret");
      const stages = new Map(
        Object.entries((answer["VersionIdsToStages"] ?? {}) as Record<string, string[]>),
      );
      const rotationEnabled = answer["RotationEnabled"] as boolean | undefined;
      return {
        arn: answer["ARN"] as string,
        stages,
        ...(rotationEnabled === undefined ? {} : { rotationEnabled }),
      };
    },
    async read(secretId, which) {
      const selector = "versionId" in which ? { VersionId: which.versionId } : { VersionStage: which.stage };
      const answer = await call("GetSecretValue", { SecretId: secretId, ...selector });
      if ("failure" in answer && answer.failure === "ResourceNotFoundException") return "absent";
      const { VersionId: versionId, SecretString: text } = required(answer, "GetSecretValue");
      return { versionId: versionId as string, ...(typeof text === "string" ? { text } : {}) };
    },
    async putPending({ secretId, token, text, rotationToken }) {
      const answer = await call("PutSecretValue", {
        ...{
          SecretId: secretId,
          ClientRequestToken: token,
          SecretString: text,
          VersionStages: ["AWSPENDING"],
        },
        ...(rotationToken === undefined ? {} : { RotationToken: rotationToken }),
      });
      if ("failure" in answer && answer.failure === "ResourceExistsException") return "exists";
      required(answer, "PutSecretValue");
      return "stored";
    },
    async checkMayPut(secretId, versionId) {
      // Another value for a version that has one; were it the same value, nothing would change either.
      const input = { SecretId: secretId, ClientRequestToken: versionId, SecretString: "{}" };
      const answer = await call("PutSecretValue", input);
      if ("failure" in answer && answer.failure === "ResourceExistsException") return;
      required(answer, "PutSecretValue");
    },
    async checkMayMove(secretId, token) {
      // Taking AWSCURRENT from a version that does not hold it, or without a new holder, is invalid either way.
      const input = { SecretId: secretId, VersionStage: "AWSCURRENT", RemoveFromVersionId: token };
      const answer = await call("UpdateSecretVersionStage", input);
      if (!("failure" in answer) || staleMove.includes(answer.failure)) return;
      required(answer, "UpdateSecretVersionStage");
    },
    async moveCurrent(secretId, to, from) {
      const answer = await call("UpdateSecretVersionStage", {
        ...{ SecretId: secretId, VersionStage: "AWSCURRENT", MoveToVersionId: to },
        ...(from === undefined ? {} : { RemoveFromVersionId: from }),
      });
      if ("failure" in answer && staleMove.includes(answer.failure)) return "stale";
      required(answer, "UpdateSecretVersionStage");
      return "moved";
    },
  };
}

/** The output, or the code of AWS's error. */
type Answer = { readonly output: Record<string, unknown> } | { readonly failure: string };

const staleMove: readonly string[] = ["InvalidParameterException", "InvalidRequestException"];

const repeatable: readonly string[] = [
  "ThrottlingException",
  "Throttling",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "InternalServiceError",
  "InternalFailure",
  "ServiceUnavailable",
];

async function callRepeatedly(
  environment: Environment,
  budget: TimeBudget,
  operation: string,
  input: object,
): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    const answer = await callOnce(environment, budget, operation, input);
    const isFinal = !("failure" in answer) || !repeatable.includes(answer.failure);
    const pauseMs = pausesMs[attempt];
    if (isFinal || pauseMs === undefined || !(await budget.pause(pauseMs * (0.5 + Math.random()))))
      return answer;
  }
}

async function callOnce(
  environment: Environment,
  budget: TimeBudget,
  operation: string,
  input: object,
): Promise<Answer> {
  const region = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? "";
  const timeoutMs = budget.sliceMs(attemptMs, operation);
  try {
    const response = await sendAwsRequest({
      ...{ endpoint: endpointOf(environment, region), service: "secretsmanager", region, timeoutMs },
      ...{ target: `secretsmanager.${operation}`, body: JSON.stringify(input) },
      credentials: credentialsOf(environment),
    });
    return toAnswer(response);
  } catch (error) {
    if (error instanceof RotationError) throw error;
    const isTimeout = (error as { code?: string }).code === requestTimedOut;
    if (isTimeout && budget.remainingMs() < 1)
      throw new RotationError("timeout", `${operation}: no answer in time`);
    return { failure: isTimeout ? "ServiceUnavailable" : connectionFailure(error) };
  }
}

function toAnswer({ status, body }: AwsResponse): Answer {
  const output = parseBody(body);
  if (status >= 200 && status < 300 && output) return { output };
  const type = String(output?.["__type"] ?? output?.["code"] ?? "");
  const failure = type.split("#").pop()?.split(":")[0] ?? "";
  return { failure: failure || (status >= 500 ? "ServiceUnavailable" : `HTTP ${status}`) };
}

function parseBody(body: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A broken connection is repeated; a certificate that fails is not. */
function connectionFailure(error: unknown): string {
  const code = String((error as { code?: unknown }).code ?? "");
  return /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO/.test(code) ? "TLS" : "ServiceUnavailable";
}

const codes: Readonly<Record<string, RotationErrorCode>> = {
  AccessDeniedException: "permission",
  AccessDenied: "permission",
  DecryptionFailure: "permission",
  EncryptionFailure: "permission",
  UnrecognizedClientException: "permission",
  ExpiredTokenException: "permission",
  InvalidSignatureException: "permission",
  ResourceNotFoundException: "conflict",
  InvalidRequestException: "conflict",
  InvalidParameterException: "conflict",
  ResourceExistsException: "conflict",
  PreconditionNotMetException: "conflict",
  LimitExceededException: "policy-refused",
  TLS: "tls",
};

/** AWS's message is left out: some of them quote the request. */
function required(answer: Answer, operation: string): Record<string, unknown> {
  if ("output" in answer) return answer.output;
  throw new RotationError(
    codes[answer.failure] ?? "unreachable",
    `Secrets Manager ${operation}: ${answer.failure}`,
  );
}

function endpointOf(environment: Environment, region: string): URL {
  const given = environment["AWS_ENDPOINT_URL_SECRETS_MANAGER"] || environment["AWS_ENDPOINT_URL"];
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return new URL(given || `https://secretsmanager.${region}.${suffix}/`);
}

function credentialsOf(environment: Environment) {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  const sessionToken = environment["AWS_SESSION_TOKEN"];
  if (!accessKeyId || !secretAccessKey)
    throw new RotationError("permission", "no AWS credentials in the environment");
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
