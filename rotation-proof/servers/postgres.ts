import { ChildProcess, execFile, spawn } from "child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "fs";
import { createServer } from "net";
import { tmpdir } from "os";
import { join } from "path";
import { Client } from "pg";
import { promisify } from "util";
import { copyBinaries, isReachable, postgresBinaries } from "../../local/postgres/binaries";
import { makeCertificates } from "../../local/postgres";
import { serverAccount } from "../../local/postgres/server-account";
import { Unavailable } from "../subject";

/** A PostgreSQL server for one proof. */
export interface ProofPostgres {
  readonly host: "localhost";
  readonly port: number;
  /** Such as `18.4`. */
  readonly version: string;
  /** PEM text of the authority of its certificate. */
  readonly authority: string;
  readonly superuser: { readonly username: string; readonly password: string };
  /** Statements as the superuser, over one connection that stays open. */
  sql(statement: string, values?: readonly unknown[]): Promise<readonly any[]>;
  /** What has been logged after so many chunks: every statement and every connection. */
  log(since?: number): string;
  /** How many chunks have been logged. */
  logged(): number;
  stop(): Promise<void>;
}

/** Where Debian's PostgreSQL packages are. */
export const debianBinaries = (major: number): string => `/usr/lib/postgresql/${major}`;

const superuser = { username: "postgres", password: "superuser-password-1" };

/**
 * Starts a server with an empty cluster that takes TLS and SCRAM only and logs every statement.
 *
 * @param binaries folder with `bin`. @default the PostgreSQL that npm installed
 * @throws Unavailable when there is none
 */
export async function startProofPostgres(binaries?: string): Promise<ProofPostgres> {
  const home = usableBinaries(binaries ?? postgresBinaries());
  const folder = mkdtempSync(join(tmpdir(), "strongroom-proof-"));
  const { authority } = await makeCluster(home, folder);
  const port = await freePort();
  const lines: string[] = [];
  const server = spawn(join(home, "bin/postgres"), serverArguments(folder, port), {
    ...serverAccount(),
    cwd: folder,
    env: { LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const atExit = () => void server.kill("SIGQUIT");
  process.once("exit", atExit);
  await untilReady(server, lines);
  const client = new Client({
    ...{ host: "localhost", port, user: superuser.username, password: superuser.password },
    ...{ database: "postgres", ssl: { ca: authority } },
  });
  await client.connect();
  const [{ version }] = (await client.query("SELECT current_setting('server_version') AS version")).rows;
  return {
    ...{ host: "localhost", port, authority, superuser, version: String(version).split(" ")[0]! },
    sql: async (statement, values) => (await client.query(statement, values as unknown[])).rows ?? [],
    log: (since = 0) => lines.slice(since).join(""),
    logged: () => lines.length,
    async stop() {
      process.off("exit", atExit);
      await client.end();
      await ended(server);
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Root's server runs as another account, which must be able to reach the binaries. */
function usableBinaries(binaries: string): string {
  if (!existsSync(join(binaries, "bin/postgres"))) throw new Unavailable(`no PostgreSQL in ${binaries}`);
  if (!serverAccount() || isReachable(binaries)) return binaries;
  return copyBinaries(binaries, join(tmpdir(), `strongroom-proof-binaries-${process.pid}`));
}

async function makeCluster(home: string, folder: string): Promise<{ authority: string }> {
  const account = serverAccount();
  const own = (path: string) => account && chownSync(path, account.uid, account.gid);
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    own(join(folder, name));
  };
  own(folder);
  mkdirSync(join(folder, "data"), { mode: 0o700 });
  own(join(folder, "data"));
  const { authority, certificate, key } = makeCertificates();
  file("password", superuser.password);
  file("server.pem", certificate);
  file("server.key", key);
  const flags = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"];
  const places = [`--pgdata=${join(folder, "data")}`, `--pwfile=${join(folder, "password")}`];
  await promisify(execFile)(join(home, "bin/initdb"), [...flags, ...places, "--username=postgres"], {
    ...account,
    cwd: folder,
    env: { LC_ALL: "C" },
  });
  const hosts = ["127.0.0.1/32", "::1/128"].map((range) => `hostssl all all ${range} scram-sha-256\n`);
  writeFileSync(join(folder, "data/pg_hba.conf"), hosts.join(""));
  return { authority };
}

function serverArguments(folder: string, port: number): string[] {
  const settings = {
    ...{ listen_addresses: "localhost", port: String(port), unix_socket_directories: "" },
    ...{ ssl: "on", ssl_cert_file: join(folder, "server.pem"), ssl_key_file: join(folder, "server.key") },
    ...{ password_encryption: "scram-sha-256", shared_buffers: "16MB", max_connections: "100" },
    ...{ log_statement: "all", log_connections: "on", log_parameter_max_length: "-1", fsync: "off" },
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", join(folder, "data"), ...flags];
}

function untilReady(server: ChildProcess, lines: string[]): Promise<void> {
  return new Promise((ready, fail) => {
    server.stderr!.setEncoding("utf8").on("data", (text: string) => {
      lines.push(text);
      if (text.includes("ready to accept connections")) ready();
    });
    server.once("error", fail);
    server.once("close", (code) => fail(new Error(`PostgreSQL ended with ${code}:\n${lines.join("")}`)));
  });
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGINT");
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
