import { execFileSync } from "child_process";
import { chmodSync, readFileSync, writeFileSync } from "fs";
import Redis from "ioredis";
import * as path from "path";
import { CertificateFiles, Certificates, makeCertificates } from "./certificates";
import { GrowingFile } from "./growing-file";
import { freePort, installedProgram, startServerProcess, temporaryFolder } from "./server-process";

export interface RedisServerOptions {
  /** What the server shows. @default the good certificate */
  readonly certificate?: (made: Certificates) => CertificateFiles;
  /** Where its users are kept. @default "acl-file" */
  readonly users?: "acl-file" | "config-file" | "memory";
}

/** Debian's redis-server with TLS, an ACL file and an administrator, which logs all it can. */
export interface RedisServer {
  readonly version: string;
  readonly host: "127.0.0.1";
  /** With TLS. */
  readonly port: number;
  readonly plainPort: number;
  readonly caPem: string;
  readonly admin: { readonly username: string; readonly password: string };
  /** One command as the administrator. */
  command(name: string, ...args: readonly string[]): Promise<unknown>;
  /** Logs in by a connection of its own. @returns false when the server refuses */
  logIn(username: string, password: string): Promise<boolean>;
  /** The log at its most talkative level, the slow log of every command, the ACL's log and the ACL file. */
  log(): Promise<string>;
  /** What came to them since it was last asked. */
  newLog(): Promise<string>;
  /** Ends the server and starts it again with its files. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws Unavailable when redis-server is not installed */
export async function startRedis(options: RedisServerOptions = {}): Promise<RedisServer> {
  const program = installedProgram("redis-server", "redis-server");
  const { folder, remove } = temporaryFolder("redis");
  const certificates = makeCertificates(folder);
  const [port, plainPort] = [await freePort(), await freePort()];
  const admin = { username: "admin", password: "administrator-password-1" };
  const args = writeConfiguration(folder, { port, plainPort, admin, certificates, options });
  const start = () => startServerProcess({ program, args, port });
  let server = await start();
  const connectAs = (username: string, password: string) => connection({ plainPort, username, password });
  const adminConnection = connectAs(admin.username, admin.password);
  const command = async (name: string, ...rest: readonly string[]) =>
    (await adminConnection).call(name, ...rest);
  return {
    ...{
      version: versionOf(program),
      host: "127.0.0.1",
      port,
      plainPort,
      caPem: certificates.caPem,
      admin,
      command,
    },
    logIn: (username, password) => connectAs(username, password).then(closeAndSayYes, sayNoWhenRefused),
    log: async () =>
      readLogs(folder, [await command("SLOWLOG", "GET", "-1"), await command("ACL", "LOG", "100")]),
    newLog: newLogs(folder, command),
    restart: async () => {
      await server.stop();
      server = await start();
    },
    stop: async () => {
      (await adminConnection).disconnect();
      await server.stop();
      remove();
    },
  };
}

interface Configuration {
  readonly port: number;
  readonly plainPort: number;
  readonly admin: RedisServer["admin"];
  readonly certificates: Certificates;
  readonly options: RedisServerOptions;
}

/** @returns the server's arguments */
function writeConfiguration(folder: string, configuration: Configuration): readonly string[] {
  const { port, plainPort, admin, certificates, options } = configuration;
  const { certificate, key } = (options.certificate ?? ((made) => made.server))(certificates);
  const users = `user default off\nuser ${admin.username} on >${admin.password} ~* &* +@all\n`;
  const aclFile = path.join(folder, "users.acl");
  const lines = [
    ...[`bind 127.0.0.1`, `port ${plainPort}`, `tls-port ${port}`, `dir ${folder}`, `save ""`],
    ...[`tls-cert-file ${certificate}`, `tls-key-file ${key}`, `tls-ca-cert-file ${certificates.caFile}`],
    ...[`tls-auth-clients no`, `loglevel debug`, `logfile ${path.join(folder, "redis.log")}`],
    ...[`slowlog-log-slower-than 0`, `slowlog-max-len 10000`, `acllog-max-len 1000`],
    options.users === undefined || options.users === "acl-file" ? `aclfile ${aclFile}` : users,
  ];
  writeFileSync(aclFile, users);
  const file = path.join(folder, "redis.conf");
  writeFileSync(file, lines.join("\n"));
  chmodSync(folder, 0o755);
  if (options.users !== "memory") return [file];
  const flat = lines
    .join("\n")
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
  return flat.flatMap(([name, ...values]) => [
    `--${name}`,
    ...values.map((value) => (value === '""' ? "" : value)),
  ]);
}

async function connection(login: { plainPort: number; username: string; password: string }): Promise<Redis> {
  const redis = new Redis({
    ...{ host: "127.0.0.1", port: login.plainPort, lazyConnect: true, enableReadyCheck: false },
    disableClientInfo: true,
  });
  redis.on("error", () => undefined);
  await redis.connect();
  try {
    await redis.call("AUTH", login.username, login.password);
    return redis;
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}

function closeAndSayYes(redis: Redis): true {
  redis.disconnect();
  return true;
}

function sayNoWhenRefused(error: unknown): false {
  if (String((error as Error).message).startsWith("WRONGPASS")) return false;
  throw error;
}

function versionOf(program: string): string {
  return /v=(\S+)/.exec(execFileSync(program, ["--version"], { encoding: "utf8" }))?.[1] ?? "";
}

function readLogs(folder: string, replies: readonly unknown[]): string {
  const files = ["redis.log", "users.acl"].map((file) => readFileSync(path.join(folder, file), "utf8"));
  return [...files, ...replies.map((reply) => JSON.stringify(reply))].join("\n");
}

function newLogs(folder: string, command: RedisServer["command"]): RedisServer["newLog"] {
  const file = new GrowingFile(path.join(folder, "redis.log"));
  const users = new Set<string>();
  return async () => {
    const replies = [await command("SLOWLOG", "GET", "-1"), await command("ACL", "LOG", "100")];
    await command("SLOWLOG", "RESET");
    await command("ACL", "LOG", "RESET");
    const lines = readFileSync(path.join(folder, "users.acl"), "utf8").split("\n");
    const changed = lines.filter((line) => !users.has(line));
    for (const line of changed) users.add(line);
    return [file.read(), ...changed, ...replies.map((reply) => JSON.stringify(reply))].join("\n");
  };
}
