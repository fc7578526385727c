import { createHash, createHmac, pbkdf2Sync, randomBytes } from "crypto";

/** What PostgreSQL itself uses (`scram_iterations`). */
const defaultIterations = 4096;

/**
 * The value that PostgreSQL keeps for a password, made here so that the password never reaches the server, nor its log
 * of statements: `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`. The server takes such a value as it is,
 * whatever `password_encryption` says.
 *
 * @param salt 16 bytes of the system's secure source; given only by tests
 * @see https://www.rfc-editor.org/rfc/rfc5802#section-3
 * @see https://www.postgresql.org/docs/current/catalog-pg-authid.html
 */
export function scramVerifier(
  password: string,
  salt: Buffer = randomBytes(16),
  iterations = defaultIterations,
): string {
  const salted = pbkdf2Sync(saslPrep(password), salt, iterations, 32, "sha256");
  const storedKey = createHash("sha256").update(hmac(salted, "Client Key")).digest();
  const serverKey = hmac(salted, "Server Key");
  const keys = `${storedKey.toString("base64")}:${serverKey.toString("base64")}`;
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${keys}`;
}

/**
 * The mappings of RFC 4013: other spaces to a space, invisible characters to nothing, then NFKC. Text with characters
 * that RFC 4013 prohibits goes through unchanged, as in PostgreSQL. ASCII is never changed.
 */
export function saslPrep(password: string): string {
  if (/^[\x20-\x7e]*$/.test(password)) return password;
  const mapped = password
    .replace(/[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/gu, " ")
    .replace(/\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/gu, "");
  const prepared = mapped.normalize("NFKC");
  return /\p{Cc}|\p{Cs}|\p{Co}|\p{Cn}/u.test(prepared) || prepared === "" ? password : prepared;
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
