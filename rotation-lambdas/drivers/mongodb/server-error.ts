import { RotationError, RotationErrorCode } from "../../rotation-error";
import { isTlsFailureCode, isUnreachableCode } from "../../tls-options";

/** @see https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml */
const byCode: Readonly<Record<number, readonly [RotationErrorCode, string]>> = {
  11: ["conflict", "the user does not exist"],
  13: ["permission", "the user may not do this"],
  18: ["authentication", "the password is refused, or the user does not exist"],
  31: ["conflict", "a role does not exist"],
  50: ["timeout", "the command took too long"],
  59: ["unsupported", "the server does not know this command"],
  91: ["unreachable", "the server is shutting down"],
  189: ["unreachable", "the server has stepped down"],
  238: ["unsupported", "the server does not know a field of this command"],
  334: ["policy-refused", "the server does not offer a mechanism that both sides know"],
  8000: ["authentication", "the password is refused, or the user does not exist"],
  10107: ["unsupported", "the server is not the primary: use the cluster's endpoint"],
  13435: ["unsupported", "the server is not the primary: use the cluster's endpoint"],
  11600: ["unreachable", "the server is shutting down"],
  11602: ["unreachable", "the server has stepped down"],
  51003: ["locked", "another session created the user at the same time"],
};

/** The driver's error for whatever `mongodb` or Node threw. The server's text is left out: it may quote the command. */
export function toRotationError(cause: unknown, doing: string): RotationError {
  if (cause instanceof RotationError) return cause;
  const { name = "", code } = (cause ?? {}) as { name?: string; code?: unknown };
  if (typeof code === "number") {
    const known = byCode[code];
    if (known) return new RotationError(known[0], `mongodb: ${doing}: ${known[1]} (code ${code})`);
    return new RotationError("unsupported", `mongodb: ${doing} failed (code ${code})`);
  }
  const nodeCode = innermostCode(cause);
  if (isTlsFailureCode(nodeCode))
    return new RotationError("tls", `mongodb: ${doing}: TLS failed (${nodeCode})`);
  if (name === "MongoCompatibilityError") {
    return new RotationError("unsupported", `mongodb: ${doing}: the server is older than MongoDB 4.2`);
  }
  if (
    isUnreachableCode(nodeCode) ||
    /^Mongo(Network|NotConnected|TopologyClosed|PoolCleared|ClientClosed)/.test(name)
  ) {
    const isTimeout = name === "MongoNetworkTimeoutError";
    if (!isTimeout)
      return new RotationError("unreachable", `mongodb: ${doing}: no connection (${nodeCode || "closed"})`);
  }
  if (nodeCode === "ETIMEDOUT" || /Timeout|ServerSelection/.test(name)) {
    return new RotationError("timeout", `mongodb: ${doing}: no answer in time`);
  }
  return new RotationError(
    "unsupported",
    `mongodb: ${doing} failed (${/^Mongo\w+$/.test(name) ? name : "no code"})`,
  );
}

/** Node's error lies under one or two of the package's. */
function innermostCode(cause: unknown): string {
  let code = "";
  for (let at = cause, depth = 0; at && depth < 5; at = (at as { cause?: unknown }).cause, depth++) {
    const own = (at as { code?: unknown }).code;
    if (typeof own === "string") code = own;
  }
  return code;
}
