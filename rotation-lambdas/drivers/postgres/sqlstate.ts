import { RotationError, RotationErrorCode } from "../../rotation-error";

/**
 * What a SQLSTATE means for a rotation.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const bySqlState: Readonly<Record<string, readonly [RotationErrorCode, string]>> = {
  "28P01": ["authentication", "the password is refused, or the role does not exist or has expired"],
  "28000": ["authentication", "the role may not log in, or pg_hba.conf has no entry for it"],
  "42501": ["permission", "the role may not do this"],
  "3D000": ["invalid-secret", "the database does not exist"],
  "53300": ["unreachable", "the server has no free connection"],
  "57P03": ["unreachable", "the server is starting or stopping"],
  "57P01": ["unreachable", "the server is shutting down"],
  "57014": ["timeout", "the statement took too long"],
  "55P03": ["locked", "another session holds the role"],
  "40P01": ["locked", "another session holds the role"],
  XX000: ["locked", "another session changed the role at the same time"],
  "25006": ["unsupported", "the server is read-only: use the writer's host"],
  "42710": ["locked", "another session created the role at the same time"],
  "23505": ["locked", "another session changed the role at the same time"],
};

const timeoutTexts = ["timeout expired", "connection timeout", "Query read timeout"];
const tlsTexts = ["does not support SSL", "There was an error establishing an SSL connection"];
const unreachableCodes = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
  "ECONNRESET",
  "EPIPE",
];

/** The driver's error for whatever `pg` or Node threw. Texts of the server are left out: they may quote a statement. */
export function toRotationError(cause: unknown, doing: string): RotationError {
  if (cause instanceof RotationError) return cause;
  const { code: rawCode, message = "" } = (cause ?? {}) as { code?: unknown; message?: string };
  const code = typeof rawCode === "string" ? rawCode : "";
  const known = bySqlState[code];
  if (known) return new RotationError(known[0], `postgres: ${doing}: ${known[1]} (SQLSTATE ${code})`);
  if (code === "ETIMEDOUT" || timeoutTexts.some((text) => message.includes(text))) {
    return new RotationError("timeout", `postgres: ${doing}: no answer in time`);
  }
  if (isTlsFailure(code, message)) {
    return new RotationError("tls", `postgres: ${doing}: TLS failed (${code || "the server offers none"})`);
  }
  if (unreachableCodes.includes(code) || message.startsWith("Connection terminated")) {
    return new RotationError("unreachable", `postgres: ${doing}: no connection (${code || "closed"})`);
  }
  return new RotationError("unsupported", `postgres: ${doing} failed (${describeCode(code)})`);
}

function isTlsFailure(code: string, message: string): boolean {
  return (
    /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO|ERR_OSSL|HOSTNAME_)/.test(code) ||
    tlsTexts.some((text) => message.includes(text))
  );
}

function describeCode(code: string): string {
  if (/^[0-9A-Z]{5}$/.test(code)) return `SQLSTATE ${code}`;
  return /^[A-Z_]+$/.test(code) ? code : "no SQLSTATE";
}
