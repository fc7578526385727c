import { strict as assert } from "assert";
import { execFileSync } from "child_process";
import { chownSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "fs";
import { AddressInfo, createServer } from "net";
import { tmpdir } from "os";
import * as path from "path";
import { TlsSettings } from "../../../../components/model/rotation-settings";
import { connectByPg, postgresDriver } from "../../../../rotation-lambdas/drivers/postgres";
import { TimeBudget } from "../../../../rotation-lambdas/time-budget";
import { testPostgres, TestPostgres } from "../../../support/postgres";

describe("connections to PostgreSQL", function () {
  this.timeout(60000);
  let postgres: TestPostgres;
  let folder: string;
  before(async () => {
    postgres = await testPostgres();
    folder = mkdtempSync(path.join(tmpdir(), "strongroom-tls-"));
    makeCertificate("server", "IP:127.0.0.1");
    makeCertificate("other", "IP:127.0.0.1");
  });
  after(async () => {
    await setTls("off");
    rmSync(folder, { recursive: true, force: true });
  });

  /** A self-signed certificate, which is its own root. */
  function makeCertificate(name: string, subject: string) {
    const [key, certificate] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.crt`)];
    execFileSync(
      "openssl",
      [
        ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${name}`],
        ...["-addext", `subjectAltName=${subject}`, "-keyout", key, "-out", certificate],
      ],
      { stdio: "ignore" },
    );
  }

  async function setTls(state: "on" | "off") {
    const [{ data_directory: data }] = await postgres.sql("SHOW data_directory");
    const { uid, gid } = statSync(data);
    for (const file of state === "on" ? ["server.key", "server.crt"] : []) {
      copyFileSync(path.join(folder, file), path.join(data, file));
      chownSync(path.join(data, file), uid, gid);
    }
    await postgres.sql(`ALTER SYSTEM SET ssl = ${state}`);
    await postgres.sql("SELECT pg_reload_conf()");
    await new Promise((resolve) => setTimeout(resolve, 300));
  }

  /** Whether the session is encrypted, as the server sees it; or the code of the error. */
  async function isEncrypted(tls: TlsSettings, host: string = postgres.host): Promise<unknown> {
    const { port, superuser } = postgres;
    let client;
    try {
      client = await connectByPg(tls)({ host, port, ...superuser }, 5000);
    } catch {
      const budget = new TimeBudget(Date.now() + 5000);
      return postgresDriver(connectByPg(tls))
        .connect({ host, port, ...superuser }, budget)
        .then(
          () => assert.fail("it connected"),
          ({ code }) => code,
        );
    }
    const { rows } = await client.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
    await client.end();
    return rows[0].ssl;
  }

  it("never fall back to plain text when the server offers no TLS", async () => {
    const modes = [undefined, "verify-full", "verify-ca", "require", "disable"] as const;
    const results = await Promise.all(modes.map((mode) => isEncrypted(mode ? { mode } : {})));
    assert.deepEqual(results, ["tls", "tls", "tls", "tls", false]);
  });

  it("are secured exactly as the mode says", async () => {
    await setTls("on");
    const pem = (name: string) => readFileSync(path.join(folder, `${name}.crt`), "utf8");
    const right = { caPem: pem("server") };
    const cases: [string, TlsSettings, string, unknown][] = [
      ["the default, right root", right, "127.0.0.1", true],
      ["the default, root from a file", { caFile: path.join(folder, "server.crt") }, "127.0.0.1", true],
      ["the default, no root", {}, "127.0.0.1", "tls"],
      ["the default, another root", { caPem: pem("other") }, "127.0.0.1", "tls"],
      ["the default, another host name", right, "localhost", "tls"],
      [
        "the default, a file that is not there",
        { caFile: path.join(folder, "none.crt") },
        "127.0.0.1",
        "tls",
      ],
      ["verify-ca, another host name", { ...right, mode: "verify-ca" }, "localhost", true],
      ["verify-ca, no root", { mode: "verify-ca" }, "127.0.0.1", "tls"],
      ["require, no root", { mode: "require" }, "127.0.0.1", true],
      ["disable", { mode: "disable" }, "127.0.0.1", false],
    ];
    const results = [];
    for (const [name, tls, host] of cases) results.push([name, await isEncrypted(tls, host)]);
    assert.deepEqual(
      results,
      cases.map(([name, , , expected]) => [name, expected]),
    );
  });

  it("end within the budget when the host never answers, and say that it was time", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as AddressInfo;
    const started = Date.now();
    const login = { host: "127.0.0.1", port, username: "u", password: "p" };
    for (const mode of ["disable", "verify-full"] as const) {
      const driver = postgresDriver(connectByPg({ mode }));
      await assert.rejects(driver.connect(login, new TimeBudget(Date.now() + 400)), {
        code: "timeout",
        message: "postgres: login as u: no answer in time",
      });
    }
    assert.ok(Date.now() - started < 3000);
    silent.close();
  });

  const logins: Record<string, { change: object; code: string }> = {
    "a wrong password": { change: { password: "wrong" }, code: "authentication" },
    "an unknown role": { change: { username: "nobody" }, code: "authentication" },
    "an unknown database": { change: { database: "nowhere" }, code: "invalid-secret" },
    "a closed port": { change: { port: 1 }, code: "unreachable" },
    "an unknown host": { change: { host: "no-such-host.invalid" }, code: "unreachable" },
  };
  for (const [what, { change, code }] of Object.entries(logins)) {
    it(`tell ${what} apart: ${code}`, async () => {
      const { host, port, superuser } = postgres;
      const driver = postgresDriver(connectByPg({ mode: "disable" }));
      const login = { host, port, ...superuser, ...change };
      await assert.rejects(driver.connect(login, new TimeBudget(Date.now() + 5000)), {
        name: "RotationError",
        code,
      });
    });
  }
});
