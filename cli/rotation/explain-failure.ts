import { CommandFailure } from "../command-io";
import { oneLine } from "../one-line";

const unreachable = ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ETIMEDOUT"];

/**
 * What an operator can do something about, in one line: AWS's refusals, a missing connection, missing credentials.
 *
 * @throws the error itself when it is none of these, and therefore a defect
 */
export function explainFailure(error: unknown): string {
  const { name, message, code, $metadata } = error as Error & { code?: string; $metadata?: unknown };
  if (error instanceof CommandFailure) return oneLine(message);
  if (name === "CredentialsProviderError") {
    const advice = "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    return oneLine(`no credentials (${message}): ${advice}`);
  }
  // Of several addresses that were tried, Node's error has a code and no message.
  if (name === "TimeoutError" || (code !== undefined && unreachable.includes(code)))
    return oneLine(`AWS cannot be reached: ${message || code}`);
  if ($metadata === undefined && code === undefined) throw error;
  return oneLine(`${name}: ${message}`);
}
