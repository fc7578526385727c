import { Call, Operation } from "../core/operation";
import { lowerMembers } from "../core/lower-members";
import { lookUp } from "./find-secret";

/** Members that CloudTrail never shows. */
const HIDDEN = ["SecretString", "SecretBinary", "RotationToken"];

/**
 * The operation with its CloudTrail record: the request without secret values, the answer of a change, the secret.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
 */
export function recorded(operation: Operation): Operation {
  const readOnly = operation.trail?.readOnly ?? false;
  return {
    ...operation,
    trail: {
      readOnly,
      request: (input) => lowerMembers(input, HIDDEN),
      response: (output) => (readOnly ? null : lowerMembers(output as object, HIDDEN)),
      resources: (input, output, call) => secretsOf(input, output, call),
    },
  };
}

function secretsOf(input: { readonly SecretId?: string }, output: unknown, call: Call) {
  const { ARN } = (output ?? {}) as { readonly ARN?: string };
  if (ARN !== undefined) return [{ arn: ARN, accountId: ARN.split(":")[4] ?? "" }];
  const named = input.SecretId === undefined ? undefined : lookUp(call, input.SecretId);
  return named?.secret ? [{ arn: named.arn, accountId: named.accountId }] : [];
}
