import { endpointFor, Environment, functionCredentials, regionOf } from "./aws-endpoint";
import { AwsResponse, requestTimedOut, sendAwsRequest } from "./aws-request";
import { RotationError, RotationErrorCode } from "./rotation-error";
import { TimeBudget } from "./time-budget";

/** The output, or the code of AWS's error. */
export type SecretsManagerAnswer =
  { readonly output: Record<string, unknown> } | { readonly failure: string };

/** One operation. */
export type CallSecretsManager = (operation: string, input: object) => Promise<SecretsManagerAnswer>;

/** Longest time for one attempt, and the pauses before the next ones. Milliseconds. */
const attemptMs = 5000;
const pausesMs: readonly number[] = [100, 300, 900, 2700];

const repeatable: readonly string[] = [
  "ThrottlingException",
  "Throttling",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "InternalServiceError",
  "InternalFailure",
  "ServiceUnavailable",
];

/** Sends an operation, again while that may help and the budget lasts. @throws RotationError `timeout` or `permission` */
export async function callRepeatedly(
  environment: Environment,
  budget: TimeBudget,
  operation: string,
  input: object,
): Promise<SecretsManagerAnswer> {
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
): Promise<SecretsManagerAnswer> {
  const region = regionOf(environment);
  const timeoutMs = budget.sliceMs(attemptMs, operation);
  try {
    const response = await sendAwsRequest({
      ...{ endpoint: endpointOf(environment, region), service: "secretsmanager", region, timeoutMs },
      ...{ target: `secretsmanager.${operation}`, body: JSON.stringify(input) },
      credentials: functionCredentials(environment),
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

function toAnswer({ status, body }: AwsResponse): SecretsManagerAnswer {
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

/** The output. AWS's message is left out: some of them quote the request. @throws RotationError */
export function required(answer: SecretsManagerAnswer, operation: string): Record<string, unknown> {
  if ("output" in answer) return answer.output;
  throw new RotationError(
    codes[answer.failure] ?? "unreachable",
    `Secrets Manager ${operation}: ${answer.failure}`,
  );
}

function endpointOf(environment: Environment, region: string): URL {
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return endpointFor(environment, "SECRETS_MANAGER", `https://secretsmanager.${region}.${suffix}/`);
}
