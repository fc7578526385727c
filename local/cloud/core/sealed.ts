import { createCipheriv, createDecipheriv, randomBytes } from "crypto";
import * as fs from "fs";
import * as path from "path";
import { StateError } from "./journal-files";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what the state must not hold in the clear: key material, secret access keys. */
export interface Sealer {
  /** AES-256-GCM under the cloud's own key; base64. */
  seal(plaintext: Uint8Array | string): string;
  /** @throws Error when the text was sealed under another key or was changed */
  unseal(sealed: string): Buffer;
}

/** A sealer with a key of 32 bytes. */
export function sealer(key: Uint8Array): Sealer {
  return {
    seal(plaintext) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const text = Buffer.concat([cipher.update(Buffer.from(plaintext)), cipher.final()]);
      return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString("base64");
    },
    unseal(sealed) {
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      const text = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
      return Buffer.concat([text, decipher.final()]);
    },
  };
}

/** A sealer whose key is forgotten with the process. */
export function memorySealer(): Sealer {
  return sealer(randomBytes(32));
}

/**
 * A sealer with the key in `<folder>/key` (mode 0600), made on first use.
 *
 * @throws StateError when the file cannot be read or made, or is not a key
 */
export function fileSealer(folder: string): Sealer {
  const file = path.join(folder, "key");
  try {
    if (!fs.existsSync(file)) writeOnce(file, randomBytes(32).toString("hex"));
    const key = Buffer.from(fs.readFileSync(file, "utf8").trim(), "hex");
    if (key.length !== 32) throw new Error("it does not hold 32 bytes in hexadecimal");
    return sealer(key);
  } catch (error) {
    throw new StateError(`The key file ${file} cannot be used: ${(error as Error).message}`);
  }
}

/** Whole or not at all, even when the process is killed meanwhile. */
function writeOnce(file: string, text: string): void {
  const temporary = `${file}.tmp`;
  fs.writeFileSync(temporary, text, { mode: 0o600 });
  fs.renameSync(temporary, file);
}
