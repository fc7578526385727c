import { RotationError, RotationErrorCode } from "../../rotation-error";
import { isTlsFailureCode, isUnreachableCode } from "../../tls-options";

type Meaning = readonly [RotationErrorCode, string];

const locked: Meaning = ["locked", "the login is locked out or disabled"];
const expired: Meaning = [
  "locked",
  "the password has expired or must be changed: set it by an administrator",
];
const held: Meaning = ["locked", "another session changed or holds the login at the same time"];
const notAllowed: Meaning = ["permission", "the login may not do this, or what it names does not exist"];
const refusedByPolicy: Meaning = ["policy-refused", "the server's password policy refuses the new password"];
const readOnly: Meaning = ["unsupported", "the database is read-only: use the writer's host"];
const full: Meaning = ["unreachable", "the server takes no further connections"];

/**
 * What an error number means for a rotation.
 *
 * @see https://learn.microsoft.com/en-us/sql/relational-databases/errors-events/database-engine-events-and-errors
 */
const byNumber: Readonly<Record<number, Meaning>> = {
  229: notAllowed,
  262: notAllowed,
  300: notAllowed,
  916: ["invalid-secret", "the login may not use the database"],
  976: readOnly,
  978: readOnly,
  1205: held,
  1222: held,
  3906: readOnly,
  4060: ["invalid-secret", "the database does not exist, or the login may not use it"],
  4064: ["invalid-secret", "the login's default database does not exist"],
  10928: full,
  10929: full,
  15007: notAllowed,
  15023: held,
  15025: held,
  15115: refusedByPolicy,
  15116: refusedByPolicy,
  15117: refusedByPolicy,
  15118: refusedByPolicy,
  15119: refusedByPolicy,
  15151: notAllowed,
  15247: notAllowed,
  17809: full,
  18456: ["authentication", "the password is refused, or the login does not exist"],
  18470: locked,
  18486: locked,
  18487: expired,
  18488: expired,
  40613: ["unreachable", "the database is not available now"],
};

interface TediousFailure {
  readonly number?: unknown;
  readonly code?: unknown;
  readonly cause?: { readonly code?: unknown };
  readonly errors?: readonly unknown[];
}

/** The driver's error for whatever `tedious` or Node threw. Texts of the server are left out. */
export function toRotationError(cause: unknown, doing: string): RotationError {
  if (cause instanceof RotationError) return cause;
  const failure = (cause ?? {}) as TediousFailure;
  const known = byNumber[Number(failure.number)];
  if (known)
    return new RotationError(known[0], `sqlserver: ${doing}: ${known[1]} (error ${String(failure.number)})`);
  const [code, inner] = [textOf(failure.code), textOf(failure.cause?.code)];
  if (code === "ETIMEOUT") return new RotationError("timeout", `sqlserver: ${doing}: no answer in time`);
  if (code === "EENCRYPT") return new RotationError("tls", `sqlserver: ${doing}: the server offers no TLS`);
  if (isTlsFailureCode(inner)) return new RotationError("tls", `sqlserver: ${doing}: TLS failed (${inner})`);
  if (code === "ESOCKET" || code === "ECLOSE" || isUnreachableCode(code))
    return new RotationError("unreachable", `sqlserver: ${doing}: no connection (${inner || code})`);
  const number = Number.isInteger(failure.number) ? `error ${String(failure.number)}` : undefined;
  return new RotationError("unsupported", `sqlserver: ${doing} failed (${number ?? (code || "no number")})`);
}

function textOf(code: unknown): string {
  return typeof code === "string" && /^[A-Z_0-9]+$/.test(code) ? code : "";
}
