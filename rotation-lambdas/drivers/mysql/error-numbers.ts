import { RotationError, RotationErrorCode } from "../../rotation-error";
import { isTlsFailureCode, isUnreachableCode } from "../../tls-options";

type Meaning = readonly [RotationErrorCode, string];

const locked: Meaning = ["locked", "the account is locked"];
const expired: Meaning = ["locked", "the password has expired: set it anew by an administrator"];
const held: Meaning = ["locked", "another session changed or holds the user at the same time"];
const notAllowed: Meaning = ["permission", "the user may not do this"];
const refusedByPolicy: Meaning = ["policy-refused", "the server's password policy refuses the new password"];
const full: Meaning = ["unreachable", "the server or the user has no free connection"];

/**
 * What an error number means for a rotation, in MySQL and MariaDB.
 *
 * @see https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
 * @see https://mariadb.com/docs/server/reference/error-codes/mariadb-error-code-reference
 */
const byNumber: Readonly<Record<number, Meaning>> = {
  1040: full,
  1044: notAllowed,
  1045: ["authentication", "the password is refused, or the user does not exist"],
  1049: ["invalid-secret", "the database does not exist"],
  1053: ["unreachable", "the server is shutting down"],
  1129: ["unreachable", "the server blocks this host after many broken connections: FLUSH HOSTS"],
  1130: ["unreachable", "the server takes no connections from this host"],
  1133: ["conflict", "the user does not exist"],
  1141: held,
  1142: notAllowed,
  1143: notAllowed,
  1203: full,
  1205: held,
  1213: held,
  1226: ["unreachable", "the user has used up one of its resource limits"],
  1227: notAllowed,
  1251: ["unsupported", "the server wants an older authentication"],
  1370: notAllowed,
  1396: held,
  1410: notAllowed,
  1470: ["unsupported", "the user name is too long for the server, or has characters it cannot store"],
  1524: ["unsupported", "the user's authentication plugin is not loaded"],
  1698: ["authentication", "the user does not log in by a password"],
  1819: refusedByPolicy,
  1820: expired,
  1836: ["unsupported", "the server is read-only: use the writer's host"],
  1862: expired,
  1927: ["unreachable", "the connection was ended by an administrator"],
  1969: ["timeout", "the statement took too long"],
  3024: ["timeout", "the statement took too long"],
  3118: locked,
  3159: ["tls", "the server takes TLS connections only"],
  3638: refusedByPolicy,
  3891: ["policy-refused", "the server wants the user's current password, and another one was given"],
  3892: ["policy-refused", "the server wants the user's current password"],
  3894: refusedByPolicy,
  3895: refusedByPolicy,
  3955: ["locked", "the account is locked after failed logins"],
  4150: ["locked", "the account is locked after failed logins"],
  4151: locked,
};

/** A failure that the server gave a number, for callers that know a way around it. */
class NumberedError extends RotationError {
  constructor(
    code: RotationErrorCode,
    message: string,
    readonly number: number,
  ) {
    super(code, message);
  }
}

/** The server's number of a failure; undefined when it has none. */
export function numberOf(error: unknown): number | undefined {
  return error instanceof NumberedError ? error.number : undefined;
}

/** ER_OPTION_PREVENTS_STATEMENT tells by its text alone which option it means. */
function preventedBy(message: string): Meaning {
  if (message.includes("read-only") || message.includes("read_only")) return byNumber[1836]!;
  return ["policy-refused", "an option of the server prevents the statement"];
}

interface MysqlFailure {
  readonly errno?: unknown;
  readonly code?: unknown;
  readonly message?: string;
}

/**
 * The driver's error for whatever `mysql2` or Node threw. Texts of the server are left out: they may quote a statement.
 *
 * @param isLogin the number for a refused password is also that of a refused statement
 */
export function toRotationError(cause: unknown, doing: string, isLogin = false): RotationError {
  if (cause instanceof RotationError) return cause;
  const { errno, code: rawCode, message = "" } = (cause ?? {}) as MysqlFailure;
  const known = meaningOf(Number(errno), message, isLogin);
  if (known)
    return new NumberedError(
      known[0],
      `mysql: ${doing}: ${known[1]} (error ${String(errno)})`,
      Number(errno),
    );
  const code = typeof rawCode === "string" ? rawCode : "";
  if (code === "ETIMEDOUT" || code === "PROTOCOL_SEQUENCE_TIMEOUT")
    return new RotationError("timeout", `mysql: ${doing}: no answer in time`);
  if (code === "HANDSHAKE_NO_SSL_SUPPORT")
    return new RotationError("tls", `mysql: ${doing}: the server offers no TLS`);
  if (code.startsWith("HANDSHAKE_SSL") || isTlsFailureCode(code))
    return new RotationError("tls", `mysql: ${doing}: TLS failed (${code})`);
  if (isUnreachableCode(code) || code === "PROTOCOL_CONNECTION_LOST" || isClosed(message))
    return new RotationError("unreachable", `mysql: ${doing}: no connection (${code || "closed"})`);
  if (isForeignPlugin(code, message)) {
    const what = "the user's authentication plugin is not one that takes a hashed or native password";
    return new RotationError("unsupported", `mysql: ${doing}: ${what}`);
  }
  const number = Number.isInteger(errno) ? `error ${String(errno)}` : undefined;
  return new RotationError(
    "unsupported",
    `mysql: ${doing} failed (${number ?? (/^[A-Z_]+$/.test(code) ? code : "no number")})`,
  );
}

function meaningOf(number: number, message: string, isLogin: boolean): Meaning | undefined {
  if (number === 1290) return preventedBy(message);
  if (number === 1045 && !isLogin) return notAllowed;
  return byNumber[number];
}

function isClosed(message: string): boolean {
  return message.includes("closed state") || message.startsWith("Connection lost");
}

function isForeignPlugin(code: string, message: string): boolean {
  const codes = ["AUTH_SWITCH_PLUGIN_ERROR", "MYSQL_CLEAR_PASSWORD_NOT_ENABLED"];
  return codes.includes(code) || message.startsWith("Server requests authentication using unknown plugin");
}
