import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from "crypto";

/** What a server keeps of a password. */
export interface ScramCredential {
  readonly salt: Buffer;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

const iterations = 4096;

export function scramCredential(password: string): ScramCredential {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  return { salt, storedKey: sha256(hmac(salted, "Client Key")), serverKey: hmac(salted, "Server Key") };
}

/** The server's side of one SCRAM-SHA-256 log-in. @see https://www.rfc-editor.org/rfc/rfc5802 */
export class ScramServer {
  readonly username: string;
  private readonly nonce: string;
  private readonly firstBare: string;
  private serverFirst = "";

  constructor(clientFirst: string) {
    this.firstBare = clientFirst.replace(/^[^,]*,[^,]*,/, "");
    const fields = fieldsOf(this.firstBare);
    this.username = (fields["n"] ?? "").replaceAll("=2C", ",").replaceAll("=3D", "=");
    this.nonce = `${fields["r"]}${randomBytes(12).toString("base64")}`;
  }

  /** An unknown user is given a salt like any other. */
  challenge(credential: ScramCredential | undefined): string {
    const salt = (credential?.salt ?? randomBytes(16)).toString("base64");
    return (this.serverFirst = `r=${this.nonce},s=${salt},i=${iterations}`);
  }

  /** The server's signature, or nothing when the proof does not fit. */
  finish(clientFinal: string, credential: ScramCredential | undefined): string | undefined {
    const { r, p = "" } = fieldsOf(clientFinal);
    if (!credential || r !== this.nonce) return undefined;
    const message = [this.firstBare, this.serverFirst, clientFinal.replace(/,p=.*$/, "")].join(",");
    const proof = Buffer.from(p, "base64");
    const signature = hmac(credential.storedKey, message);
    if (proof.length !== signature.length) return undefined;
    const clientKey = Buffer.from(proof.map((byte, index) => byte ^ signature[index]!));
    if (!timingSafeEqual(sha256(clientKey), credential.storedKey)) return undefined;
    return `v=${hmac(credential.serverKey, message).toString("base64")}`;
  }
}

function fieldsOf(text: string): Record<string, string> {
  return Object.fromEntries(text.split(",").map((field) => [field.slice(0, 1), field.slice(2)]));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}
