import { utils } from "ssh2";
import { Parsed, parseSecretObject } from "../../../components/model/credential";
import { ed25519PrivateKey } from "./ed25519";

/** A secret's value that holds an SSH key pair. */
export interface SshKeyPair {
  readonly host: string;
  /** @default 22 */
  readonly port?: number;
  readonly username: string;
  /** OpenSSH's or PEM's form, without a passphrase. */
  readonly privateKey: string;
  /** `type base64`, as in `authorized_keys`; always that of the private key. */
  readonly publicKey: string;
  /** Keys of the user's own; kept as they are through every rotation. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Reads a secret string; the public key may be absent. Problems never quote a value. */
export function parseSshKeyPair(secretString: string): Parsed<SshKeyPair> {
  const object = parseSecretObject(secretString);
  if (!object.ok) return object;
  const { host, port, username, privateKey, publicKey, ...extra } = object.value;
  const derived = typeof privateKey === "string" ? publicKeyOf(privateKey) : undefined;
  const number = typeof port === "string" && /^\d{1,5}$/.test(port) ? Number(port) : port;
  const problems = [
    ...(isText(host) ? [] : ['"host" must be a non-empty string']),
    ...(isText(username) ? [] : ['"username" must be a non-empty string']),
    ...(number === undefined || isPort(number) ? [] : ['"port" must be a number from 1 to 65535']),
    ...(derived ? [] : ['"privateKey" must be a private key without a passphrase']),
    ...(derived && !isSameOrAbsent(publicKey, derived) ? ['"publicKey" is not that of "privateKey"'] : []),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const place = { host, ...(number === undefined ? {} : { port: number }), username };
  return { ok: true, value: { ...place, privateKey, publicKey: derived, extra } as unknown as SshKeyPair };
}

export function renderSshKeyPair({ extra, ...known }: SshKeyPair): string {
  return JSON.stringify({ ...known, ...extra });
}

/** A new Ed25519 pair; made here, so that the private key goes nowhere but into the secret. */
export function generateKeyPair(): Pick<SshKeyPair, "privateKey" | "publicKey"> {
  const privateKey = ed25519PrivateKey();
  return { privateKey, publicKey: publicKeyOf(privateKey)! };
}

/** `type base64`; `undefined` for what is no private key. */
function publicKeyOf(privateKey: string): string | undefined {
  const parsed = utils.parseKey(privateKey);
  if (parsed instanceof Error || !parsed.isPrivateKey()) return undefined;
  return `${parsed.type} ${parsed.getPublicSSH().toString("base64")}`;
}

function isSameOrAbsent(publicKey: unknown, derived: string): boolean {
  if (publicKey === undefined) return true;
  return typeof publicKey === "string" && publicKey.trim().split(/\s+/).slice(0, 2).join(" ") === derived;
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "" && !value.includes("\0");
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;
}
