import { createHash } from "crypto";

/**
 * The hash that `mysql_native_password` keeps, made here so that no password reaches a statement: an asterisk and
 * SHA-1 of SHA-1 in hexadecimal capitals.
 *
 * @see https://mariadb.com/docs/server/reference/plugins/authentication-plugins/authentication-plugin-mysql_native_password
 */
export function nativePasswordHash(password: string): string {
  const once = createHash("sha1").update(password).digest();
  return `*${createHash("sha1").update(once).digest("hex").toUpperCase()}`;
}
