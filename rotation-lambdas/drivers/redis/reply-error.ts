import { RotationError, RotationErrorCode } from "../../rotation-error";
import { isTlsFailureCode, isUnreachableCode } from "../../tls-options";

/**
 * What the first word of an error reply means for a rotation.
 *
 * @see https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors
 */
const byWord: Readonly<Record<string, readonly [RotationErrorCode, string]>> = {
  WRONGPASS: ["authentication", "the password is refused, or the user does not exist or is off"],
  NOAUTH: ["authentication", "the session is not logged in"],
  NOPERM: ["permission", "the user's ACL does not allow this command"],
  LOADING: ["unreachable", "the server is loading its data"],
  BUSY: ["unreachable", "the server is running a script"],
  MASTERDOWN: ["unreachable", "the replica has no primary"],
  READONLY: ["unsupported", "the server is a read-only replica: use the primary's host"],
  DENIED: ["policy-refused", "the server runs in protected mode"],
};

/** The driver's error for whatever `ioredis` or Node threw. A reply's own text is left out: it may quote an argument. */
export function toRotationError(cause: unknown, doing: string): RotationError {
  if (cause instanceof RotationError) return cause;
  const {
    code: rawCode,
    message = "",
    name,
  } = (cause ?? {}) as { code?: unknown; message?: string; name?: string };
  const code = typeof rawCode === "string" ? rawCode : "";
  const word = /^[A-Z]+/.exec(message)?.[0] ?? "";
  if (name === "ReplyError") return replyError(word, message, doing);
  if (code === "ETIMEDOUT" || message.includes("timed out")) {
    return new RotationError("timeout", `redis: ${doing}: no answer in time`);
  }
  if (isTlsFailureCode(code)) return new RotationError("tls", `redis: ${doing}: TLS failed (${code})`);
  if (
    isUnreachableCode(code) ||
    /^(Connection is closed|Stream isn't writeable|Socket closed)/.test(message)
  ) {
    return new RotationError("unreachable", `redis: ${doing}: no connection (${code || "closed"})`);
  }
  return new RotationError(
    "unsupported",
    `redis: ${doing} failed (${/^[A-Z_]+$/.test(code) ? code : "no code"})`,
  );
}

function replyError(word: string, message: string, doing: string): RotationError {
  const known = byWord[word];
  if (known) return new RotationError(known[0], `redis: ${doing}: ${known[1]} (${word})`);
  if (message.includes("max number of clients")) {
    return new RotationError("unreachable", `redis: ${doing}: the server has no free connection`);
  }
  return new RotationError("unsupported", `redis: ${doing}: the server answers ${word || "an error"}`);
}

/** The server holds its users in its configuration file, or nowhere, rather than in an ACL file. */
export function isWithoutAclFile(cause: unknown): boolean {
  return /not configured to use an ACL file/i.test((cause as { message?: string })?.message ?? "");
}

/** The server was started without a configuration file. */
export function isWithoutConfigFile(cause: unknown): boolean {
  return /without a config file/i.test((cause as { message?: string })?.message ?? "");
}
