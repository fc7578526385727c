import { createHash } from "crypto";

/** The answer of `caching_sha2_password`'s fast path. */
export function tokenOf(password: string, nonce: Buffer): Buffer {
  if (password === "") return Buffer.alloc(0);
  const once = sha256(Buffer.from(password));
  const mask = sha256(Buffer.concat([sha256(once), nonce]));
  return Buffer.from(once.map((byte, index) => byte ^ mask[index]!));
}

/** The definition of a column, as text or JSON in utf8mb4. */
export function columnPacket(name: string, json: boolean): Buffer {
  const tail = Buffer.alloc(13);
  tail.writeUInt8(12, 0);
  tail.writeUInt16LE(45, 1);
  tail.writeUInt32LE(1024, 3);
  tail.writeUInt8(json ? 245 : 253, 7);
  return Buffer.concat([...["def", "", "", "", name, ""].map(lenenc), tail]);
}

/** Whether a value is sent as JSON. */
export function isJson(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** A value of a text row. */
export function valueOf(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.from([0xfb]);
  return lenenc(isJson(value) ? JSON.stringify(value) : String(value));
}

function lenenc(value: string): Buffer {
  const bytes = Buffer.from(value);
  const { length } = bytes;
  const head = length < 251 ? [length] : [0xfc, length & 0xff, length >> 8];
  return Buffer.concat([Buffer.from(head), bytes]);
}

/** Text that ends with NUL. */
export function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

function sha256(data: Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}
