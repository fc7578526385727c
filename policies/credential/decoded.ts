import { gunzipSync } from "node:zlib";

/** Largest decoded text: the limit of EC2 is 16 kB, before it is compressed. */
const largest = 1024 * 1024;

/**
 * What a text says after base64 and gzip, as user data may be given, and the text itself when it is neither. Both
 * layers are taken off once.
 */
export function decoded(text: string): string {
  const compact = text.replace(/\s/g, "");
  if (compact.length < 8 || compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return text;
  const bytes = Buffer.from(compact, "base64");
  const plain = isGzip(bytes) ? unzipped(bytes) : bytes;
  const result = plain?.toString("utf8");
  // Words of letters only are base64 by chance: then the bytes are no text.
  return result === undefined || /[\u0000-\u0008\ufffd]/.test(result) ? text : result;
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unzipped(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: largest });
  } catch {
    return undefined;
  }
}
