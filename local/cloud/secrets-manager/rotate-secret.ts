import { RequestContext } from "../../../iam";
import { ApiError } from "../core/api-error";
import { Authorization, Call, Operation } from "../core/operation";
import { boolean, Infer, integer, list, optional, string, structure } from "../core/shape";
import { onSecret } from "./authorization";
import { invalidRequest } from "./errors";
import { findWritableSecret, lookUp } from "./find-secret";
import { jobOf, queueRotation } from "./rotation-job";
import { startPromptly } from "./rotation-run";
import { checkedRules, nextOf } from "./rotation-schedule";
import { putSecret, RotationRecord, SecretRecord, versionWithStage } from "./secret";
import * as shapes from "./shapes";
import { CURRENT, PENDING } from "./stages";
import { requireToken } from "./versions";

const input = structure({
  SecretId: shapes.secretId(),
  ClientRequestToken: optional(shapes.versionId()),
  RotationLambdaARN: optional(string({ max: 2048 })),
  RotationRules: optional(
    structure({
      AutomaticallyAfterDays: optional(integer({ min: 1, max: 1000 })),
      Duration: optional(string({ min: 2, max: 3, pattern: /[0-9]+h/ })),
      ScheduleExpression: optional(string({ min: 1, max: 256, pattern: /[0-9A-Za-z\(\)#\?\*\-\/, ]+/ })),
    }),
  ),
  ExternalSecretRotationMetadata: optional(
    list(structure({ Key: optional(string()), Value: optional(string()) })),
  ),
  ExternalSecretRotationRoleArn: optional(string({ min: 20, max: 2048 })),
  RotateImmediately: optional(boolean()),
});

type Input = Infer<typeof input>;

/**
 * Sets the rotation and, unless RotateImmediately is false, begins it; the steps run after the answer. Callers need
 * lambda:InvokeFunction on the function too.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
 */
export const rotateSecret: Operation<Input> = {
  name: "RotateSecret",
  input,
  authorize(request, call) {
    requireToken(request.ClientRequestToken);
    const lambdaArn = lambdaOf(lookUp(call, request.SecretId).secret, request);
    const extra: RequestContext = lambdaArn ? { "secretsmanager:rotationlambdaarn": lambdaArn } : {};
    return [onSecret(call, "RotateSecret", request.SecretId, extra), ...onFunction(call, lambdaArn)];
  },
  async run(request, call) {
    const secret = findWritableSecret(call, request.SecretId);
    const lambdaArn = lambdaOf(secret, request);
    if (lambdaArn === undefined) {
      throw invalidRequest("No Lambda rotation function ARN is associated with this secret.");
    }
    if (request.RotationRules) checkedRules(request.RotationRules, call.clock.now());
    await requireInvocable(call, secret, lambdaArn);
    const leftover = call.store.transaction(() => begin(request, call, lambdaArn));
    startPromptly(call.store);
    if (leftover)
      throw invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
    const isNow = request.RotateImmediately !== false;
    return { ARN: secret.arn, Name: secret.name, ...(isNow && { VersionId: request.ClientRequestToken }) };
  },
};

function lambdaOf(secret: SecretRecord | undefined, request: Input): string | undefined {
  return request.RotationLambdaARN || secret?.rotation?.lambdaArn;
}

function onFunction(call: Call, lambdaArn: string | undefined): Authorization[] {
  const accountId = lambdaArn?.split(":")[4];
  if (lambdaArn === undefined || accountId !== call.accountId) return [];
  return [{ action: "lambda:InvokeFunction", resource: { arn: lambdaArn, accountId } }];
}

/** A dry run shows whether the function's policy admits Secrets Manager, before anything changes. */
async function requireInvocable(call: Call, secret: SecretRecord, lambdaArn: string): Promise<void> {
  const [, , service, region, accountId] = lambdaArn.split(":");
  if (service !== "lambda" || !region || !accountId) {
    throw invalidRequest("The rotation function ARN is not that of a Lambda function.");
  }
  const target = { service: "lambda", operation: "Invoke", region, accountId, sourceArn: secret.arn };
  try {
    await call.asService(target, { FunctionName: lambdaArn, InvocationType: "DryRun" });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status >= 500) throw error;
    throw new ApiError(
      "AccessDeniedException",
      `Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.`,
    );
  }
}

/** True when a leftover AWSPENDING version is to be finished first; then nothing of the request is kept. */
function begin(request: Input, call: Call, lambdaArn: string): boolean {
  const secret = findWritableSecret(call, request.SecretId);
  const token = requireToken(request.ClientRequestToken);
  const now = call.clock.now();
  const pending = versionWithStage(secret, PENDING);
  if (pending !== undefined && pending !== token && pending !== versionWithStage(secret, CURRENT)) {
    const known = secret.rotation?.lambdaArn;
    if (known !== undefined && !jobOf(call.store, secret)) {
      queueRotation(call.store, secret, { kind: "rotate", token: pending, lambdaArn: known, now });
    }
    return true;
  }
  const changed = { ...secret, rotation: rotationOf(request, secret, lambdaArn, now), changedAt: now };
  putSecret(call.store, changed);
  if (secret.versions[token]?.stages.includes(CURRENT) || jobOf(call.store, secret)?.token === token)
    return false;
  const kind = request.RotateImmediately === false ? "test" : "rotate";
  queueRotation(call.store, changed, { kind, token, lambdaArn, now });
  return false;
}

function rotationOf(request: Input, secret: SecretRecord, lambdaArn: string, now: number): RotationRecord {
  const rules = request.RotationRules ? checkedRules(request.RotationRules, now) : secret.rotation?.rules;
  const rotation: RotationRecord = {
    ...secret.rotation,
    isEnabled: true,
    lambdaArn,
    rules,
    ...(request.ExternalSecretRotationMetadata && {
      externalMetadata: request.ExternalSecretRotationMetadata,
    }),
    ...(request.ExternalSecretRotationRoleArn && { externalRoleArn: request.ExternalSecretRotationRoleArn }),
  };
  const { next: _before, ...rest } = rotation;
  return { ...rest, ...nextOf(rotation, now) };
}
