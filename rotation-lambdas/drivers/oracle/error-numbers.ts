import { RotationError, RotationErrorCode } from "../../rotation-error";
import { isTlsFailureCode, isUnreachableCode } from "../../tls-options";

type Meaning = readonly [RotationErrorCode, string];

const locked: Meaning = ["locked", "the account is locked"];
const expired: Meaning = ["locked", "the password has expired: set it anew by an administrator"];
const held: Meaning = ["locked", "another session changed or holds the user at the same time"];
const notAllowed: Meaning = ["permission", "the user may not do this"];
const refusedByPolicy: Meaning = ["policy-refused", "the user's profile refuses the new password"];
const full: Meaning = ["unreachable", "the server or the user has no free session"];
const starting: Meaning = ["unreachable", "the database is starting, stopping or closed"];
const noService: Meaning = ["invalid-secret", `the listener knows no service of the name in "dbname"`];
const noTls: Meaning = ["tls", "TLS failed, or the certificate is not the server's"];
const closed: Meaning = ["unreachable", "no connection"];

/**
 * What an error code means for a rotation.
 *
 * @see https://docs.oracle.com/en/error-help/db/
 */
const byCode: Readonly<Record<string, Meaning>> = {
  "ORA-00018": full,
  "ORA-00020": full,
  "ORA-00054": held,
  "ORA-00942": notAllowed,
  "ORA-01017": ["authentication", "the password is refused, or the user does not exist"],
  "ORA-01031": notAllowed,
  "ORA-01033": starting,
  "ORA-01034": starting,
  "ORA-01045": ["permission", "the user lacks CREATE SESSION"],
  "ORA-01918": ["conflict", "the user does not exist"],
  "ORA-01920": held,
  "ORA-01927": held,
  "ORA-01951": held,
  "ORA-01952": held,
  "ORA-02391": full,
  "ORA-12514": noService,
  "ORA-12516": full,
  "ORA-12518": full,
  "ORA-12520": full,
  "ORA-16000": ["unsupported", "the database is read-only: use the writer's host"],
  "ORA-28000": locked,
  "ORA-28001": expired,
  "ORA-28003": refusedByPolicy,
  "ORA-28007": refusedByPolicy,
  "ORA-28008": ["authentication", "the server refuses the old password"],
  "ORA-28221": ["policy-refused", "the user's profile wants the old password with the new one"],
  "NJS-116": ["unsupported", "the user has an old password verifier only: set the password anew once"],
  "NJS-123": ["timeout", "no answer in time"],
  "NJS-500": closed,
  "NJS-503": closed,
  "NJS-505": noTls,
  "NJS-506": noTls,
  "NJS-507": noTls,
  "NJS-508": noTls,
  "NJS-510": ["timeout", "no answer in time"],
  "NJS-518": noService,
  "NJS-521": closed,
};

/** The driver's error for whatever `oracledb` or Node threw. Texts of the server are left out. */
export function toRotationError(cause: unknown, doing: string): RotationError {
  if (cause instanceof RotationError) return cause;
  const { code: raw } = (cause ?? {}) as { code?: unknown };
  const code = typeof raw === "string" && /^[A-Z_0-9-]+$/.test(raw) ? raw : "";
  const known = byCode[code];
  if (known) return new RotationError(known[0], `oracle: ${doing}: ${known[1]} (${code})`);
  if (code === "ETIMEDOUT") return new RotationError("timeout", `oracle: ${doing}: no answer in time`);
  if (isTlsFailureCode(code)) return new RotationError("tls", `oracle: ${doing}: TLS failed (${code})`);
  if (isUnreachableCode(code))
    return new RotationError("unreachable", `oracle: ${doing}: no connection (${code})`);
  return new RotationError("unsupported", `oracle: ${doing} failed (${code || "no code"})`);
}
