import { createHash } from "crypto";
import { Client, SFTPWrapper } from "ssh2";
import { SshKeyPair } from "./credential";

/** Where to log in, with which key, and how to know the host. */
export interface SshServer extends Pick<SshKeyPair, "host" | "port" | "username" | "privateKey"> {
  /** SHA-256 fingerprints, one of which the host's key must have. */
  readonly hostKeys: readonly string[];
}

/** The files of a user that is logged in, over SFTP. */
export interface SshFiles {
  /** The path without links. */
  resolve(path: string): Promise<string>;
  /** `undefined` when there is no such file. */
  read(path: string): Promise<string | undefined>;
  /** Makes a file that must not be there, with permissions such as 0o600. */
  create(path: string, text: string, permissions: number): Promise<void>;
  permissions(path: string): Promise<number>;
  /** Replaces `to`, which is there at every moment. */
  replace(from: string, to: string): Promise<void>;
  list(folder: string): Promise<readonly string[]>;
  remove(path: string): Promise<void>;
}

/** A login. Files are opened only when they are asked for: a login may do without SFTP. */
export interface SshSession {
  files(): Promise<SshFiles>;
  end(): Promise<void>;
}

/** @param timeoutMs for the login, and then for each operation */
export type ConnectSsh = (server: SshServer, timeoutMs: number) => Promise<SshSession>;

/** Logs in by `ssh2`, with the one key and nothing else, to a host that shows one of the pinned keys. */
export const connectBySsh2: ConnectSsh = async (server, timeoutMs) => {
  const client = new Client();
  await new Promise<void>((resolve, reject) => {
    client.once("ready", resolve);
    client.on("error", reject);
    client.once("close", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
    client.connect({
      ...{
        host: server.host,
        port: server.port ?? 22,
        username: server.username,
        privateKey: server.privateKey,
      },
      ...{ readyTimeout: timeoutMs, authHandler: ["publickey"], agentForward: false, tryKeyboard: false },
      hostVerifier: (key: Buffer) => server.hostKeys.includes(fingerprint(key)),
    });
  }).catch((error: unknown) => {
    client.end();
    throw error;
  });
  return {
    files: async () => sftpFiles(await openSftp(client, timeoutMs), timeoutMs),
    end: async () => {
      const closed = new Promise<void>((resolve) => client.once("close", () => resolve()));
      client.end();
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
    },
  };
};

/** As `ssh-keygen -lf` prints it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

function openSftp(client: Client, timeoutMs: number): Promise<SFTPWrapper> {
  return answered(timeoutMs, (done) => void client.sftp(done));
}

type Done<T> = (error: Error | null | undefined, value?: any) => T | void;

/** A callback's answer, within the time. */
function answered<T>(timeoutMs: number, start: (done: Done<void>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" }));
    const timer = setTimeout(late, timeoutMs);
    start((error, value) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve(value as T);
    });
  });
}

const noSuchFile = 2;

function sftpFiles(sftp: SFTPWrapper, timeoutMs: number): SshFiles {
  const ask = <T>(start: (done: Done<void>) => void) => answered<T>(timeoutMs, start);
  return {
    resolve: (path) => ask((done) => sftp.realpath(path, done)),
    async read(path) {
      try {
        return (await ask<Buffer>((done) => sftp.readFile(path, done))).toString("utf8");
      } catch (error) {
        if ((error as { code?: unknown }).code === noSuchFile) return undefined;
        throw error;
      }
    },
    create: (path, text, mode) => ask((done) => sftp.writeFile(path, text, { flag: "wx", mode }, done)),
    permissions: async (path) => (await ask<{ mode: number }>((done) => sftp.stat(path, done))).mode & 0o777,
    replace: (from, to) => ask((done) => sftp.ext_openssh_rename(from, to, done)),
    list: async (folder) =>
      (await ask<{ filename: string }[]>((done) => sftp.readdir(folder, done))).map(
        ({ filename }) => filename,
      ),
    remove: (path) => ask((done) => sftp.unlink(path, done)),
  };
}
