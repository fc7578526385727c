import { execFileSync } from "child_process";
import { createHash } from "crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "fs";
import { userInfo } from "os";
import * as path from "path";
import { Client } from "ssh2";
import { Unavailable } from "../subject";
import { freePort, installedProgram, startServerProcess, temporaryFolder } from "./server-process";

/** Debian's OpenSSH server for the user that runs it, with a file of public keys of its own. */
export interface SshdServer {
  readonly version: string;
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly username: string;
  /** SHA-256 fingerprint of the host's key. */
  readonly hostKey: string;
  readonly authorizedKeysFile: string;
  /** Text of the file of public keys. */
  authorizedKeys(): string;
  /** Makes a key pair and lets it in. @param options such as `from="127.0.0.1"` */
  addKey(comment: string, options?: string): { readonly privateKey: string; readonly publicKey: string };
  /** Logs in by a connection of its own. @returns false when the server refuses */
  logIn(privateKey: string): Promise<boolean>;
  log(): string;
  stop(): Promise<void>;
}

/** @throws Unavailable when OpenSSH's server is not installed or cannot run here */
export async function startSshd(): Promise<SshdServer> {
  const program = installedProgram("sshd", "openssh-server");
  makePrivilegeSeparationFolder();
  const { folder, remove } = temporaryFolder("sshd");
  const keys = path.join(folder, "keys");
  mkdirSync(keys, { mode: 0o700 });
  const authorizedKeysFile = path.join(keys, "authorized_keys");
  writeFileSync(authorizedKeysFile, "# kept as it is\n", { mode: 0o600 });
  const port = await freePort();
  const { file, hostKey } = writeConfiguration(folder, port, authorizedKeysFile);
  const server = await startServerProcess({ program, args: ["-D", "-e", "-f", file], port });
  const { username } = userInfo();
  return {
    ...{ version: versionOf(), host: "127.0.0.1", port, username, hostKey, authorizedKeysFile },
    authorizedKeys: () => readFileSync(authorizedKeysFile, "utf8"),
    addKey(comment, options) {
      const pair = newKeyPair({ comment });
      const line = `${options === undefined ? "" : `${options} `}${pair.public}\n`;
      writeFileSync(authorizedKeysFile, readFileSync(authorizedKeysFile, "utf8") + line);
      return { privateKey: pair.private, publicKey: pair.public.split(" ").slice(0, 2).join(" ") };
    },
    logIn: (privateKey) => logIn({ host: "127.0.0.1", port, username, privateKey }),
    log: () => server.output(),
    stop: async () => {
      await server.stop();
      remove();
    },
  };
}

/** As root, sshd needs this empty folder, which its service makes at start; another server may share it, so it stays. */
function makePrivilegeSeparationFolder(): void {
  if (userInfo().uid !== 0 || existsSync("/run/sshd")) return;
  try {
    mkdirSync("/run/sshd", { mode: 0o755 });
  } catch {
    throw new Unavailable("sshd as root needs the folder /run/sshd");
  }
}

function writeConfiguration(folder: string, port: number, authorizedKeysFile: string) {
  const hostKeyFile = path.join(folder, "host_key");
  const pair = newKeyPair();
  writeFileSync(hostKeyFile, pair.private, { mode: 0o600 });
  chmodSync(hostKeyFile, 0o600);
  const blob = Buffer.from(pair.public.split(" ")[1]!, "base64");
  const digest = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  const lines = [
    ...[`Port ${port}`, "ListenAddress 127.0.0.1", `HostKey ${hostKeyFile}`, "LogLevel DEBUG2"],
    ...[`AuthorizedKeysFile ${authorizedKeysFile}`, "StrictModes no", "UsePAM no", "PermitRootLogin yes"],
    ...["PasswordAuthentication no", "PidFile none", "MaxStartups 200", "Subsystem sftp internal-sftp"],
  ];
  const file = path.join(folder, "sshd_config");
  writeFileSync(file, `${lines.join("\n")}\n`);
  return { file, hostKey: `SHA256:${digest}` };
}

/** A key pair by OpenSSH's own program. */
export function newKeyPair({ comment = "", passphrase = "" } = {}): {
  readonly private: string;
  readonly public: string;
} {
  const { folder, remove } = temporaryFolder("key");
  const file = path.join(folder, "key");
  try {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-C", comment, "-f", file]);
    return { private: readFileSync(file, "utf8"), public: readFileSync(`${file}.pub`, "utf8").trim() };
  } finally {
    remove();
  }
}

function logIn(login: {
  host: string;
  port: number;
  username: string;
  privateKey: string;
}): Promise<boolean> {
  const client = new Client();
  return new Promise<boolean>((resolve, reject) => {
    client.once("ready", () => resolve(true));
    client.once("error", (error: Error & { level?: string }) =>
      error.level === "client-authentication" ? resolve(false) : reject(error),
    );
    client.connect({ ...login, readyTimeout: 10_000 });
  }).finally(() => client.end());
}

function versionOf(): string {
  const said = execFileSync("sh", ["-c", "ssh -V 2>&1"], { encoding: "utf8" });
  return /OpenSSH_(\S+?),?\s/.exec(said)?.[1] ?? "";
}
