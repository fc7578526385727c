import { RotationError } from "../../rotation-error";
import { isUnreachableCode } from "../../tls-options";

/** Whether the host refused the key, rather than anything else that `ssh2` throws. */
export function isRefusedKey(error: unknown): boolean {
  return (error as { level?: unknown } | undefined)?.level === "client-authentication";
}

/** The strategy's error for whatever `ssh2` or Node threw. The server's text is left out. */
export function toRotationError(cause: unknown, doing: string): RotationError {
  if (cause instanceof RotationError) return cause;
  const {
    code,
    level = "",
    message = "",
  } = (cause ?? {}) as { code?: unknown; level?: string; message?: string };
  if (isRefusedKey(cause)) {
    return new RotationError("authentication", `ssh: ${doing}: the key is refused, or there is no such user`);
  }
  if (/Host denied/i.test(message)) {
    return new RotationError("tls", `ssh: ${doing}: the host shows none of the keys in "ssh.hostKeys"`);
  }
  if (level === "client-timeout" || code === "ETIMEDOUT" || /[Tt]imed out/.test(message)) {
    return new RotationError("timeout", `ssh: ${doing}: no answer in time`);
  }
  if (typeof code === "number") return sftpError(code, doing);
  if (level === "handshake" || level === "protocol") {
    return new RotationError("tls", `ssh: ${doing}: the two sides agree on no way to be secure`);
  }
  const name = typeof code === "string" ? code : "";
  if (isUnreachableCode(name) || level === "client-socket" || /Connection lost|Not connected/.test(message)) {
    return new RotationError("unreachable", `ssh: ${doing}: no connection (${name || "closed"})`);
  }
  if (/Cannot parse privateKey/.test(message)) {
    return new RotationError("invalid-secret", `ssh: ${doing}: the private key cannot be read`);
  }
  return new RotationError("unsupported", `ssh: ${doing}: the server offers no SFTP, or refuses it`);
}

/** @see https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02#section-7 */
function sftpError(status: number, doing: string): RotationError {
  if (status === 3) return new RotationError("permission", `ssh: ${doing}: the user may not write there`);
  if (status === 2) return new RotationError("conflict", `ssh: ${doing}: the file does not exist`);
  if (status === 6 || status === 7)
    return new RotationError("unreachable", `ssh: ${doing}: the connection is lost`);
  if (status === 8) return new RotationError("unsupported", `ssh: ${doing}: the server is no OpenSSH`);
  return new RotationError("permission", `ssh: ${doing}: the server refuses (SFTP status ${status})`);
}
