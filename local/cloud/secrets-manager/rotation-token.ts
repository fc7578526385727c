import { Call } from "../core/operation";
import { invalidParameter } from "./errors";
import { jobOf } from "./rotation-job";
import { SecretRecord } from "./secret";

/**
 * Whether the function of the rotation under way is the writer: it shows the rotation token, or is the function's own
 * session, which Lambda names after the function.
 *
 * @throws ApiError InvalidParameterException for a token that belongs to no rotation of the secret
 */
export function isByRotationFunction(
  call: Call,
  secret: SecretRecord,
  versionId: string,
  rotationToken: string | undefined,
): boolean {
  const job = jobOf(call.store, secret);
  if (rotationToken !== undefined) {
    if (job?.rotationToken === rotationToken) return job.token === versionId;
    throw invalidParameter("The rotation token isn't valid for this secret.");
  }
  if (job?.token !== versionId || call.principal.kind !== "role-session") return false;
  return call.principal.sessionArn.endsWith(`/${functionName(job.lambdaArn)}`);
}

function functionName(lambdaArn: string): string {
  return lambdaArn.split(":")[6] ?? "";
}
