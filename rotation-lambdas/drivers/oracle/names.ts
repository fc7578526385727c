import { RotationError } from "../../rotation-error";

/**
 * The name that the server keeps for a user name of a secret: in capitals, unless the secret has it between double
 * quotes. Such a name is that of a login, too.
 *
 * @throws RotationError `unsupported` for a name that Oracle cannot have
 * @see https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Database-Object-Names-and-Qualifiers.html
 */
export function storedName(username: string): string {
  const quoted = /^"([^"\0]+)"$/.exec(username)?.[1];
  if (quoted !== undefined) return quoted;
  if (/^\p{L}[\p{L}\p{N}_$#]*$/u.test(username)) return username.toUpperCase();
  const advice = "letters, digits, _, $ and # only, or the name between double quotes";
  throw new RotationError("unsupported", `oracle: the user name needs ${advice}`);
}

/** A stored name as an identifier. It holds no double quote. */
export function quoteIdentifier(name: string): string {
  if (/["\0]/.test(name)) throw new RotationError("unsupported", "oracle: a name holds a double quote");
  return `"${name}"`;
}

/** Most bytes of a password before Oracle 23ai. */
export const maxPasswordBytes = 30;

/** A password in `IDENTIFIED BY`. @throws RotationError `policy-refused` for one that Oracle cannot have */
export function quotePassword(password: string): string {
  const bytes = Buffer.byteLength(password);
  if (/["\0]/.test(password) || bytes > maxPasswordBytes) {
    const limits = `${maxPasswordBytes} bytes at most, without double quotes`;
    throw new RotationError("policy-refused", `oracle: a password may have ${limits}`);
  }
  return `"${password}"`;
}
