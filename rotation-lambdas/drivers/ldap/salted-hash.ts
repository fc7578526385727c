import { createHash, randomBytes } from "crypto";

/**
 * A value of `userPassword` that the server can check and not read: `{SSHA}`, the one salted scheme that every OpenLDAP
 * knows without a further module. SHA-1 is quick, which a password of 32 random characters can bear.
 *
 * @see https://www.openldap.org/doc/admin25/security.html#SSHA%20password%20storage%20scheme
 */
export function saltedHash(password: string, salt: Buffer = randomBytes(16)): string {
  const digest = createHash("sha1").update(password).update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, salt]).toString("base64")}`;
}
