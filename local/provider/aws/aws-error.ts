/** What the AWS SDK's errors carry, as far as it is used here. */
interface SdkError extends Error {
  readonly operation?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** AWS's error code, such as `AccessDeniedException`; the error's name where AWS gave none. */
export function errorCode(error: unknown): string {
  return (error as Error).name;
}

/** True when AWS answered with one of the codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(errorCode(error));
}

/** One line: operation, code, message, HTTP status and request id, as far as they are known. */
export function describeError(error: unknown): string {
  const { operation, name, message, $metadata } = error as SdkError;
  if ($metadata === undefined) {
    return operation === undefined ? message : `${operation}: ${name}: ${message || "no answer"}`;
  }
  const origin = [
    $metadata.httpStatusCode && `HTTP ${$metadata.httpStatusCode}`,
    $metadata.requestId && `request id ${$metadata.requestId}`,
  ].filter(Boolean);
  return `${operation ?? "request"}: ${name}: ${message}${origin.length > 0 ? ` (${origin.join(", ")})` : ""}`;
}
