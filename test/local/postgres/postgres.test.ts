import { strict as assert } from "assert";
import { spawn } from "child_process";
import { X509Certificate } from "crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "fs";
import { createServer } from "net";
import { tmpdir } from "os";
import { dirname, join } from "path";
import { createInterface } from "readline";
import { Client, ClientConfig } from "pg";
import { makeCertificates, PostgresServer, startPostgres } from "../../../local/postgres";

describe("the local PostgreSQL", function () {
  this.timeout(60_000);
  const dir = mkdtempSync(join(tmpdir(), "strongroom-postgres-test-"));
  let server: PostgresServer;

  before(async () => void (server = await startPostgres({ dir, log: () => undefined })));
  after(async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it("answers over TLS, its certificate verified for both names", async () => {
    for (const host of ["localhost", "127.0.0.1"]) {
      const sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
      assert.deepEqual(await query(server, sql, { host }), [{ ssl: true }]);
    }
  });

  for (const [name, settings, error] of [
    ["no TLS", { ssl: false }, /no pg_hba.conf entry .* no encryption/],
    ["a wrong password", { password: "wrong" }, /password authentication failed/],
    ["another authority", { ssl: { ca: makeCertificates().authority } }, /certificate/],
  ] as const) {
    it(`refuses ${name}`, async () => {
      await assert.rejects(query(server, "SELECT 1", settings), error);
    });
  }

  it("keeps passwords as SCRAM only", async () => {
    const rows = await query(server, "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'");
    assert.match(rows[0].rolpassword, /^SCRAM-SHA-256\$/);
  });

  it("says so when the port is in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    const start = startPostgres({ dir: `${dir}-other`, port, log: () => undefined });
    await assert.rejects(start, new RegExp(`Port ${port} is in use`)).finally(() => other.close());
    rmSync(`${dir}-other`, { recursive: true });
  });

  it("starts again on the same data after it and its owner were killed", async () => {
    await server.stop();
    const owner = await startOwner(dir);
    await query(owner.server, "CREATE TABLE kept AS SELECT 42 AS n");
    owner.kill();
    const pid = serverPid(owner.server);
    assert.ok(isRunning(pid), "the owner's death alone does not stop the server");
    server = await startPostgres({ dir, port: owner.server.port, log: () => undefined });
    assert.ok(!isRunning(pid));
    assert.deepEqual(await query(server, "SELECT n FROM kept"), [{ n: 42 }]);

    process.kill(serverPid(server), "SIGKILL");
    server = await startPostgres({ dir, log: () => undefined });
    assert.deepEqual(await query(server, "SELECT n FROM kept"), [{ n: 42 }]);
  });
});

describe("makeCertificates", () => {
  it("makes a server certificate that its authority signed", () => {
    const made = makeCertificates(new Date("2049-06-01T12:00:00Z"));
    const authority = new X509Certificate(made.authority);
    const server = new X509Certificate(made.certificate);
    assert.ok(authority.ca && !server.ca);
    assert.ok(authority.verify(authority.publicKey) && server.verify(authority.publicKey));
    assert.ok(server.checkIssued(authority));
    assert.deepEqual(
      { names: server.subjectAltName, from: server.validFrom, to: server.validTo, subject: server.subject },
      {
        names: "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1",
        from: "May 31 12:00:00 2049 GMT",
        to: "May 30 12:00:00 2059 GMT",
        subject: "CN=localhost",
      },
    );
  });
});

async function query(server: PostgresServer, sql: string, settings: ClientConfig = {}) {
  const { host, port, superuser, password, caFile } = server;
  const ssl = { ca: readFileSync(caFile, "utf8") };
  const login = { host, port, user: superuser, password, database: "postgres", ssl };
  const client = new Client({ ...login, ...settings });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that starts the server on `dir` and can be killed outright. */
async function startOwner(dir: string): Promise<{ server: PostgresServer; kill(): void }> {
  const script = `require("ts-node/register/transpile-only");
    require(${JSON.stringify(join(__dirname, "../../../local/postgres"))})
      .startPostgres({ dir: ${JSON.stringify(dir)}, log() {} })
      .then((server) => console.log(JSON.stringify(server)), (error) => { console.error(error); process.exit(1); });
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve) => createInterface(owner.stdout).once("line", resolve));
  return { server: JSON.parse(line) as PostgresServer, kill: () => void owner.kill("SIGKILL") };
}

function serverPid({ caFile }: PostgresServer): number {
  return Number(readFileSync(join(dirname(caFile), "data/postmaster.pid"), "utf8").split("\n")[0]);
}

/** A process that ended but was not waited for, as in a container without init, still has its number. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = `/proc/${pid}/stat`;
    return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, "utf8"));
  } catch {
    return false;
  }
}
