import { Call } from "../core/operation";
import { ApiError } from "../core/api-error";
import { decide } from "../../../iam";
import { attachedText } from "../core/compiled-policies";
import { missingPrincipal } from "../resource-policy";
import { keyContext } from "./authorization";
import { malformedPolicy } from "./errors";
import { KeyRecord } from "./key";
import { effectiveKeyPolicy, parseKeyPolicy } from "./key-policy-syntax";

/** Bytes; the API's shape admits more, the service does not. */
const MAX_BYTES = 32_768;

/** The policy of a key made without one: it leaves everything to the account's identity policies. */
export function defaultKeyPolicy(partition: string, accountId: string): string {
  const statement = {
    Sid: "Enable IAM User Permissions",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  return JSON.stringify({ Version: "2012-10-17", Id: "key-default-1", Statement: [statement] }, null, 2);
}

/**
 * Refuses a document that KMS would not store. Statements without Resource or Action are accepted and have no effect,
 * as in KMS.
 *
 * @throws ApiError MalformedPolicyDocumentException, LimitExceededException
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 */
export function requireValidKeyPolicy(call: Call, text: string): void {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new ApiError("LimitExceededException", `The key policy is larger than ${MAX_BYTES} bytes.`);
  }
  const document = parseKeyPolicy(text);
  if (!document)
    throw malformedPolicy("The new key policy contains invalid JSON or breaks the policy grammar.");
  if (missingPrincipal(call.store, document) !== undefined) {
    throw malformedPolicy("Policy contains a statement with one or more invalid principals.");
  }
}

/**
 * The lock-out safety check: the caller, or the account by its identity policies, can still change the policy.
 *
 * @throws ApiError MalformedPolicyDocumentException
 */
export function requireNoLockout(call: Call, key: KeyRecord, text: string): void {
  const resourcePolicy = attachedText(`new key policy of ${key.keyId}`, effectiveKeyPolicy(text));
  const resource = { arn: key.arn, accountId: key.accountId };
  const context = keyContext(call, key);
  const action = "kms:PutKeyPolicy";
  if (call.isAllowed({ action, resource, resourcePolicy, context })) return;
  const root = { kind: "root", accountId: key.accountId } as const;
  const request = { principal: root, action, resource, context };
  if (decide(request, { identity: [], resource: resourcePolicy }).allowed) return;
  throw malformedPolicy("The new key policy will not allow you to update the key policy in the future.");
}
