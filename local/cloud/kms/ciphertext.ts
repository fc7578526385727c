import { createCipheriv, createDecipheriv, randomBytes } from "crypto";
import { invalidCiphertext } from "./errors";

/** What identifies the key within a ciphertext. */
export interface CiphertextHeader {
  readonly keyId: string;
  /** Index of the key material it was encrypted under. */
  readonly material: number;
}

export type EncryptionContext = Readonly<Record<string, string>>;

const FORMAT = 1;
const HEADER_BYTES = 20;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM with the header and the encryption context as additional data. Layout: format (1 byte), 1 for a
 * multi-Region key id (1), key id (16), index of the material (2), nonce (12), text, tag (16).
 */
export function encrypt(
  header: CiphertextHeader,
  material: Uint8Array,
  plaintext: Uint8Array,
  context: EncryptionContext,
): Buffer {
  const head = writeHeader(header);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", material, nonce);
  cipher.setAAD(additionalData(head, context));
  const text = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([head, nonce, text, cipher.getAuthTag()]);
}

/** @throws ApiError InvalidCiphertextException: changed text, or another encryption context */
export function decrypt(blob: Buffer, material: Uint8Array, context: EncryptionContext): Buffer {
  try {
    const nonce = blob.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", material, nonce);
    decipher.setAAD(additionalData(blob.subarray(0, HEADER_BYTES), context));
    decipher.setAuthTag(blob.subarray(blob.length - TAG_BYTES));
    const text = decipher.update(blob.subarray(HEADER_BYTES + NONCE_BYTES, blob.length - TAG_BYTES));
    return Buffer.concat([text, decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

/** @throws ApiError InvalidCiphertextException when the bytes are no ciphertext of this KMS */
export function readHeader(blob: Buffer): CiphertextHeader {
  if (blob.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || blob[0] !== FORMAT || blob[1]! > 1) {
    throw invalidCiphertext();
  }
  const hex = blob.subarray(2, 18).toString("hex");
  return { keyId: blob[1] === 1 ? `mrk-${hex}` : dashed(hex), material: blob.readUInt16BE(18) };
}

function writeHeader({ keyId, material }: CiphertextHeader): Buffer {
  const isMultiRegion = keyId.startsWith("mrk-");
  const hex = isMultiRegion ? keyId.slice("mrk-".length) : keyId.replace(/-/g, "");
  const head = Buffer.alloc(HEADER_BYTES);
  head[0] = FORMAT;
  head[1] = isMultiRegion ? 1 : 0;
  head.write(hex, 2, "hex");
  head.writeUInt16BE(material, 18);
  return head;
}

/** Two contexts are the same whatever the order of their pairs. */
function additionalData(head: Buffer, context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([head, Buffer.from(JSON.stringify(pairs))]);
}

function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
