/** Every code there is; each has a page in docs/runbooks. */
export const rotationErrorCodes = [
  "authentication",
  "permission",
  "unreachable",
  "timeout",
  "tls",
  "locked",
  "conflict",
  "invalid-secret",
  "policy-refused",
  "unsupported",
] as const;

/**
 * Why a step failed.
 *
 * - `authentication`: the server refused the login
 * - `permission`: the login works, the change or the AWS call is not allowed
 * - `unreachable`: no connection, or it broke
 * - `timeout`: no answer within the time budget
 * - `tls`: the connection could not be secured as the settings ask
 * - `locked`: the account is locked, or another session holds the object
 * - `conflict`: secret and server, or two versions of the secret, disagree in a way that a retry cannot mend
 * - `invalid-secret`: the secret's value cannot be used
 * - `policy-refused`: the server's or this function's own policy forbids the change
 * - `unsupported`: the server or the request is outside what this function handles
 */
export type RotationErrorCode = (typeof rotationErrorCodes)[number];

/** The only error that leaves a driver, a strategy or a step. */
export class RotationError extends Error {
  override readonly name = "RotationError";

  /** @param message is written to the log: it must not contain a credential, nor a server's own text */
  constructor(
    readonly code: RotationErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** True for a refused login and nothing else; a time-out or a TLS failure says nothing about the password. */
export function isRefusedLogin(error: unknown): boolean {
  return error instanceof RotationError && error.code === "authentication";
}

/** True when a call was certainly not carried out, rather than perhaps. */
export function isRefusedCall(error: unknown): boolean {
  return error instanceof RotationError && ["permission", "conflict"].includes(error.code);
}
