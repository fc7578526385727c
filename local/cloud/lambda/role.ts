import { ApiError } from "../core/api-error";
import { Call } from "../core/operation";
import { environmentOf } from "./configuration";
import { FunctionRecord, invalidParameter } from "./function-record";

/** Temporary credentials of a function's role. */
export interface RoleCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  readonly Expiration: Date;
}

/**
 * Assumes a function's role as the service `lambda.amazonaws.com`, which the role's trust policy must allow.
 *
 * @throws ApiError when it does not, or when there is no such role
 */
export async function assumeFunctionRole(
  { role, arn, sessionName }: { readonly role: string; readonly arn: string; readonly sessionName: string },
  call: Pick<Call, "asService" | "region">,
): Promise<RoleCredentials> {
  const target = {
    service: "sts",
    operation: "AssumeRole",
    region: call.region,
    accountId: arn.split(":")[4] ?? "",
    sourceArn: arn,
  };
  try {
    const answer = await call.asService(target, { RoleArn: role, RoleSessionName: sessionName });
    return (answer as { readonly Credentials: RoleCredentials }).Credentials;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw invalidParameter("The role defined for the function cannot be assumed by Lambda.");
  }
}

/**
 * With a customer's key for the environment, Lambda encrypts with it for the caller, who must be allowed to.
 *
 * @throws ApiError in KMS's words
 */
export function checkEnvironmentKey(record: FunctionRecord, call: Call): void {
  if (record.kmsKeyArn === undefined) return;
  call.forward(
    { service: "kms", operation: "Encrypt", region: call.region },
    {
      KeyId: record.kmsKeyArn,
      Plaintext: Buffer.from(JSON.stringify(environmentOf(record, call))),
      EncryptionContext: { "aws:lambda:FunctionArn": record.arn },
    },
  );
}
