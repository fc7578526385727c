import { RotationError, RotationErrorCode } from "../../rotation-error";
import { isTlsFailureCode, isUnreachableCode } from "../../tls-options";

/** @see https://www.rfc-editor.org/rfc/rfc4511#appendix-A */
const byResultCode: Readonly<Record<number, readonly [RotationErrorCode, string]>> = {
  2: ["unsupported", "the server does not know this operation"],
  8: ["tls", "the server wants TLS"],
  10: ["unsupported", "the server is a replica: use the provider's host"],
  13: ["tls", "the server wants TLS"],
  19: ["policy-refused", "the server's password policy forbids this"],
  32: ["conflict", "the entry does not exist"],
  34: ["invalid-secret", "the user name is not a distinguished name"],
  49: ["authentication", "the password is refused, or the entry does not exist"],
  50: ["permission", "the entry may not do this"],
  51: ["unreachable", "the server is busy"],
  52: ["unreachable", "the server is not available"],
  53: ["policy-refused", "the server is unwilling: read-only, without TLS, or against its password policy"],
};

/**
 * What Active Directory says in the text of a refused bind.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/debug/system-error-codes--1300-1699-
 */
const byBindReason: Readonly<Record<string, readonly [RotationErrorCode, string]>> = {
  "775": ["locked", "the account is locked out"],
  "533": ["locked", "the account is disabled"],
  "701": ["locked", "the account has expired"],
  "532": ["policy-refused", "the password has expired: an administrator must set it"],
  "773": ["policy-refused", "the user must change the password at the next logon"],
};

/** The driver's error for whatever `ldapts` or Node threw. The server's text is left out. */
export function toRotationError(cause: unknown, doing: string): RotationError {
  if (cause instanceof RotationError) return cause;
  const { code, message = "" } = (cause ?? {}) as { code?: unknown; message?: string };
  if (typeof code === "number") return resultError(code, message, doing);
  const name = typeof code === "string" ? code : "";
  if (name === "ETIMEDOUT" || /timed out|Connection timeout/.test(message)) {
    return new RotationError("timeout", `ldap: ${doing}: no answer in time`);
  }
  if (isTlsFailureCode(name)) return new RotationError("tls", `ldap: ${doing}: TLS failed (${name})`);
  if (isUnreachableCode(name) || /Socket (error|connection)|[Cc]onnection (is )?closed/.test(message)) {
    return new RotationError("unreachable", `ldap: ${doing}: no connection (${name || "closed"})`);
  }
  return new RotationError(
    "unsupported",
    `ldap: ${doing} failed (${/^[A-Z_]+$/.test(name) ? name : "no code"})`,
  );
}

function resultError(code: number, message: string, doing: string): RotationError {
  const reason = code === 49 ? /\bdata ([0-9a-f]{3})\b/.exec(message)?.[1] : undefined;
  const known = (reason === undefined ? undefined : byBindReason[reason]) ?? byResultCode[code];
  if (!known) return new RotationError("unsupported", `ldap: ${doing}: result ${code}`);
  return new RotationError(known[0], `ldap: ${doing}: ${known[1]} (result ${code})`);
}

/** Whether the entry that was asked for is not there. */
export function isNoSuchEntry(cause: unknown): boolean {
  return (cause as { code?: unknown })?.code === 32;
}
