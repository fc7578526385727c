import { ChildProcess, spawn } from "child_process";
import { createHash } from "crypto";
import { statSync } from "fs";
import { createServer } from "net";
import { tmpdir } from "os";
import { join, resolve } from "path";
import { createInterface } from "readline";
import { copyBinaries, isReachable, postgresBinaries } from "./binaries";
import { Cluster, openCluster, openFolder, removeCluster, serverEnvironment } from "./cluster";
import { ServerAccount, serverAccount } from "./server-account";
import { endStaleServer } from "./stale-server";

/** Where a server keeps its data and what it is to be like. */
export interface PostgresOptions {
  /** Folder of its own; a second start on it finds the same data, password and certificates. */
  readonly dir: string;
  /** @default any free one */
  readonly port?: number;
  /** Begin with an empty server: what an earlier run left in the folder is ended and removed. @default false */
  readonly fresh?: boolean;
  /** Takes what the server reports as an error or worse, one line at a time. */
  readonly log: (line: string) => void;
}

/** A running server on 127.0.0.1. It takes TLS connections and SCRAM passwords only. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly superuser: string;
  readonly password: string;
  /** PEM file of the authority that signed the server's certificate for `localhost`, 127.0.0.1 and ::1. */
  readonly caFile: string;
  /** Ends the server, its sessions' transactions rolled back. Safe to call again. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed. A server that an earlier, killed run left on the same folder is ended first.
 * It stops at the latest with this process, unless that is killed.
 *
 * @throws Error saying what to do when the port is in use or the server does not come up
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const account = serverAccount();
  const { dir, binaries } = reachable(resolve(options.dir), postgresBinaries(), account);
  openFolder(dir);
  if (options.fresh) await removeCluster(dir);
  const cluster = await openCluster(dir, binaries, account);
  await endStaleServer(cluster.data);
  const port = await freePort(options.port ?? 0);
  const server = spawn(join(binaries, "bin", "postgres"), serverArguments(cluster, port), {
    ...account,
    // A group of its own: Ctrl-C is for the caller, who stops the server in its own time.
    detached: true,
    cwd: cluster.data,
    env: serverEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const atExit = () => void server.kill("SIGINT");
  process.once("exit", atExit);
  await untilReady(server, options.log);
  const { superuser, password, caFile } = cluster;
  const stop = async () => {
    process.off("exit", atExit);
    await end(server);
  };
  return { host: "127.0.0.1", port, superuser, password, caFile, stop };
}

/** A checkout in root's home is closed to the account that root's server runs as; then both go where it can see them. */
function reachable(
  dir: string,
  binaries: string,
  account: ServerAccount | undefined,
): { dir: string; binaries: string } {
  if (!account || (isReachable(dir) && isReachable(binaries))) return { dir, binaries };
  const name = (path: string) => createHash("sha256").update(path).digest("hex").slice(0, 12);
  const base = join(tmpdir(), "strongroom-postgres");
  openFolder(base);
  if (statSync(base).uid !== process.getuid?.())
    throw new Error(`${base} belongs to somebody else: remove it.`);
  return {
    dir: join(base, `data-${name(dir)}`),
    binaries: copyBinaries(binaries, join(base, `binaries-${name(binaries)}`)),
  };
}

function serverArguments(cluster: Cluster, port: number): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    ssl: "on",
    ssl_cert_file: cluster.certificateFile,
    ssl_key_file: cluster.keyFile,
    password_encryption: "scram-sha-256",
    shared_buffers: "16MB",
    max_connections: "100",
    logging_collector: "off",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", cluster.data, ...flags];
}

function untilReady(server: ChildProcess, log: PostgresOptions["log"]): Promise<void> {
  const lastLines: string[] = [];
  return new Promise((ready, fail) => {
    createInterface(server.stderr!).on("line", (line) => {
      if (line.includes("database system is ready to accept connections")) ready();
      if (/\b(ERROR|FATAL|PANIC):/.test(line)) log(line);
      lastLines.push(line);
      lastLines.splice(0, lastLines.length - 20);
    });
    server.once("error", fail);
    server.once("close", (code) => {
      fail(new Error(`PostgreSQL ended with code ${code} before it was ready:\n${lastLines.join("\n")}`));
    });
  });
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGINT");
  const timer = setTimeout(() => server.kill("SIGQUIT"), 10_000);
  await ended;
  clearTimeout(timer);
}

/** The port itself when it is free, any free one for 0. */
function freePort(port: number): Promise<number> {
  return new Promise((found, fail) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      fail(
        isTaken ? new Error(`Port ${port} is in use: stop what listens on it, or choose another.`) : error,
      );
    });
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address() as { port: number };
      probe.close(() => found(address.port));
    });
  });
}
