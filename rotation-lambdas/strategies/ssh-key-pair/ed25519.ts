import { createPrivateKey, createPublicKey, randomBytes, randomInt } from "crypto";

/** What comes before the 32 bytes of an Ed25519 key in PKCS #8. @see https://www.rfc-editor.org/rfc/rfc8410 */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");
const magic = Buffer.from("openssh-key-v1\0");
const keyType = "ssh-ed25519";

/**
 * A new Ed25519 key in OpenSSH's form. `ssh2` has a function for this too, which loses a zero byte at a key's beginning
 * and so makes one key in some hundreds that nothing can read.
 *
 * @param seed 32 bytes, secret
 * @see https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
export function ed25519PrivateKey(seed: Buffer = randomBytes(32)): string {
  const publicBytes = publicBytesOf(seed);
  const publicBlob = Buffer.concat([text(keyType), text(publicBytes)]);
  const check = number(randomInt(2 ** 32));
  const keys = [text(keyType), text(publicBytes), text(Buffer.concat([seed, publicBytes])), text("")];
  const bare = Buffer.concat([check, check, ...keys]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (bare.length % 8)) % 8));
  const head = [magic, text("none"), text("none"), text(""), number(1), text(publicBlob)];
  const all = Buffer.concat([...head, text(Buffer.concat([bare, padding]))]).toString("base64");
  const lines = all.match(/.{1,70}/g)!.join("\n");
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

function publicBytesOf(seed: Buffer): Buffer {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
  return createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
}

/** A string of the SSH protocol: its length, then itself. */
function text(value: Buffer | string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([number(bytes.length), bytes]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
