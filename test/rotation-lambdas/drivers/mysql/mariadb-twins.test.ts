import { strict as assert } from "assert";
import { MariadbServer } from "../../../../rotation-proof/servers/mariadb";
import { CrashRecorder } from "../../../../rotation-proof/crash-recorder";
import { mariadbForRig, testMariadb } from "../../../support/mariadb";
import { RigServer, ServerRig } from "../../../support/server-rig";

const first = "first-password-1";
const tables = ["db", "tables_priv", "columns_priv", "procs_priv", "proxies_priv", "roles_mapping"];

describe("the clone of a MariaDB user", function () {
  this.timeout(60000);
  let server: MariadbServer;
  let rigServer: RigServer;
  before(async function () {
    const started = await testMariadb();
    if (started instanceof Error) return this.skip();
    server = started;
    rigServer = mariadbForRig(server);
    for (const statement of [
      "CREATE DATABASE shop",
      "CREATE DATABASE `x TO y`",
      "CREATE DATABASE `in``ject'; DROP USER admin; -- x`",
      "CREATE TABLE shop.orders (id INT, total INT)",
      "CREATE TABLE shop.`a``b' TO c` (id INT)",
      "CREATE PROCEDURE shop.report() SELECT 1",
      "CREATE FUNCTION shop.one() RETURNS INT DETERMINISTIC RETURN 1",
      "CREATE ROLE reader",
      "CREATE ROLE `role TO ``x``; DROP USER admin; -- x`",
      "CREATE USER proxied IDENTIFIED BY 'p'",
    ])
      await server.sql(statement);
  });

  /** Rows of both users in the server's catalogue, by none of the code under test. */
  async function catalogue(user: string): Promise<readonly (readonly string[])[]> {
    const result: unknown[] = [];
    for (const table of tables)
      result.push(
        await server.sql(`SELECT * FROM mysql.${table} WHERE User = '${user}' ORDER BY 1, 2, 3, 4`),
      );
    result.push(
      (await server.sql(`SELECT Host, Priv FROM mysql.global_priv WHERE User = '${user}' ORDER BY 1`)).map(
        ({
          Host,
          Priv: { access, default_role, ssl_type, x509_issuer, max_user_connections, max_statement_time },
        }) => [
          Host,
          access,
          default_role ?? "",
          ssl_type ?? 0,
          x509_issuer ?? "",
          max_user_connections ?? 0,
          max_statement_time ?? 0,
        ],
      ),
    );
    const neutral = (key: string, value: unknown) =>
      ["User", "Grantor", "Timestamp"].includes(key) ? undefined : value;
    const rows = JSON.parse(JSON.stringify(result, neutral)) as unknown[][];
    return rows.map((ofTable) => ofTable.map((row) => JSON.stringify(row)).sort());
  }

  /** A locked account refuses as well, by an error of its own when the password is right. */
  async function letsIn(username: string, password: string): Promise<boolean> {
    return server.logIn(username, password).catch((error: { errno?: number }) => error.errno !== 4151);
  }

  async function assertEqual(user: string) {
    assert.deepEqual(await catalogue(`${user}_clone`), await catalogue(user));
  }

  async function prepare(user: string, statements: readonly string[], host = "%") {
    await server.sql(`CREATE USER ${user}@'${host}' IDENTIFIED BY '${first}'`);
    for (const statement of statements)
      await server.sql(statement.replaceAll("ACCOUNT", `${user}@'${host}'`));
    const rig = new ServerRig(rigServer, { strategy: "alternating-users" });
    return { rig, arn: rig.addSecret({ username: user, password: first }, { masterarn: rig.masterarn }) };
  }

  const done = ["created", "changed", "tested", "promoted"];
  const cases: Record<string, readonly string[]> = {
    "a default role": ["GRANT reader TO ACCOUNT", "SET DEFAULT ROLE reader FOR ACCOUNT"],
    "a role that it may pass on": ["GRANT reader TO ACCOUNT WITH ADMIN OPTION"],
    "grants that it may pass on": ["GRANT SELECT, INSERT ON shop.* TO ACCOUNT WITH GRANT OPTION"],
    "a database named with TO": ["GRANT ALL ON `x TO y`.* TO ACCOUNT"],
    "a database named to inject SQL": ["GRANT SELECT ON `in``ject'; DROP USER admin; -- x`.* TO ACCOUNT"],
    "a table named to inject SQL": ["GRANT SELECT (id), INSERT ON shop.`a``b' TO c` TO ACCOUNT"],
    "a role named to inject SQL": ["GRANT `role TO ``x``; DROP USER admin; -- x` TO ACCOUNT"],
    "a pattern of databases": ["GRANT SELECT ON `shop\\_%`.* TO ACCOUNT"],
    "columns, routines and a proxied user": [
      "GRANT UPDATE (total), REFERENCES (id) ON shop.orders TO ACCOUNT",
      "GRANT EXECUTE ON PROCEDURE shop.report TO ACCOUNT WITH GRANT OPTION",
      "GRANT ALTER ROUTINE ON FUNCTION shop.one TO ACCOUNT",
      "GRANT PROXY ON proxied TO ACCOUNT WITH GRANT OPTION",
    ],
    "global privileges": ["GRANT PROCESS, BINLOG MONITOR, SHOW DATABASES, FILE ON *.* TO ACCOUNT"],
    "resource limits and expiry": [
      "ALTER USER ACCOUNT WITH MAX_USER_CONNECTIONS 7 MAX_STATEMENT_TIME 2.5 MAX_QUERIES_PER_HOUR 100000",
      "ALTER USER ACCOUNT PASSWORD EXPIRE INTERVAL 90 DAY",
    ],
    "a demand for TLS": ["ALTER USER ACCOUNT REQUIRE SSL"],
    "only the right to pass on": ["GRANT USAGE ON shop.* TO ACCOUNT WITH GRANT OPTION"],
  };
  for (const [index, [what, statements]] of Object.entries(cases).entries()) {
    it(`has what the original has: ${what}`, async () => {
      const { rig, arn } = await prepare(`twin_${index}`, statements);
      assert.deepEqual(await rig.rotate(arn), done);
      await assertEqual(`twin_${index}`);
      assert.deepEqual(await rig.rotate(arn), done);
      await assertEqual(`twin_${index}`);
    });
  }

  it("may log in from the same hosts", async () => {
    const { rig, arn } = await prepare("hosts", ["GRANT SELECT ON shop.* TO ACCOUNT"], "127.0.0.%");
    await server.sql("CREATE USER hosts@'10.0.0.1' IDENTIFIED BY 'x' WITH MAX_USER_CONNECTIONS 2");
    assert.deepEqual(await rig.rotate(arn), done);
    await assertEqual("hosts");
    assert.equal((await catalogue("hosts_clone")).at(-1)?.length, 2);
  });

  it("gets what the original got since, and loses what it lost", async () => {
    const { rig, arn } = await prepare("later", [
      "GRANT SELECT ON shop.* TO ACCOUNT",
      "GRANT reader TO ACCOUNT",
    ]);
    await rig.rotate(arn);
    for (const statement of [
      "GRANT INSERT ON shop.* TO later",
      "REVOKE SELECT ON shop.* FROM later",
      "REVOKE reader FROM later",
      "GRANT FILE ON *.* TO later_clone",
    ])
      await server.sql(statement);
    assert.deepEqual(await rig.rotate(arn), done);
    await assertEqual("later");
  });

  it("and the original may both run what either created", async () => {
    const { rig, arn } = await prepare("maker", ["GRANT CREATE ROUTINE ON shop.* TO ACCOUNT"]);
    await rig.rotate(arn);
    const { password } = rig.secrets.value(arn, "AWSCURRENT");
    const session = await import("mysql2/promise").then(({ createConnection }) =>
      createConnection({ host: "127.0.0.1", port: server.port, user: "maker_clone", password }),
    );
    await session.query("CREATE PROCEDURE shop.made_by_clone() SELECT 1");
    await session.end();
    assert.deepEqual(await rig.rotate(arn), done);
    await assertEqual("maker");
    const grants = await server.sql("SELECT Proc_priv FROM mysql.procs_priv WHERE User = 'maker'");
    assert.deepEqual(grants, [{ Proc_priv: "Execute,Alter Routine" }]);
  });

  it("is not used while its rights are not equal, even when its password is right", async () => {
    const { rig, arn } = await prepare("half", ["GRANT SELECT ON shop.* TO ACCOUNT"]);
    const token = rig.secrets.startRotation(arn);
    await rig.step("createSecret", arn, token);
    await rig.step("setSecret", arn, token);
    await server.sql("REVOKE SELECT ON shop.* FROM half_clone");
    await assert.rejects(rig.step("testSecret", arn, token), {
      message: "testSecret failed (conflict): the two users are not equal: mysql.db shop from host %",
    });
    await rig.step("setSecret", arn, token);
    await rig.step("testSecret", arn, token);
    await assertEqual("half");
  });

  it("lets nobody in before it is whole", async () => {
    const { rig, arn } = await prepare("whole", ["GRANT SELECT ON shop.* TO ACCOUNT"]);
    const token = rig.secrets.startRotation(arn);
    await rig.step("createSecret", arn, token);
    const pending = rig.secrets.value(arn, "AWSPENDING");
    rig.recorder = new CrashRecorder();
    await rig.step("setSecret", arn, token);
    const grant = rig.recorder.calls.findIndex((call) => call.includes("GRANT SELECT"));
    assert.ok(grant > 0, rig.recorder.calls.join("\n"));
    await server.sql("DROP USER whole_clone");
    rig.recorder = new CrashRecorder({ plan: { at: grant + 1, interruption: "stop-before" } });
    await assert.rejects(rig.step("setSecret", arn, token));
    assert.equal(await letsIn("whole_clone", pending.password), false);
    assert.equal(await letsIn("whole_clone", ""), false);
    rig.recorder = new CrashRecorder();
    await rig.steps(arn, token);
    await assertEqual("whole");
  });

  it("may be the one with the shorter name, also when its making was interrupted", async () => {
    await server.sql(`CREATE USER odd_clone IDENTIFIED BY '${first}'`);
    await server.sql("GRANT SELECT ON shop.* TO odd_clone");
    await server.sql("CREATE USER odd ACCOUNT LOCK");
    const rig = new ServerRig(rigServer, { strategy: "alternating-users" });
    const arn = rig.addSecret({ username: "odd_clone", password: first }, { masterarn: rig.masterarn });
    assert.deepEqual(await rig.rotate(arn), done);
    await assertEqual("odd");
    assert.deepEqual((await server.sql("SELECT COUNT(*) AS n FROM mysql.db WHERE User LIKE 'odd%'"))[0].n, 2);
  });

  const refused: Record<string, { statements: readonly string[]; code: string }> = {
    "an administrator": { statements: ["GRANT CREATE USER ON *.* TO ACCOUNT"], code: "policy-refused" },
    "a stray account of the clone": { statements: ["CREATE USER CLONE@'10.9.9.9'"], code: "conflict" },
    "a clone that logs in by a socket": {
      statements: ["CREATE USER CLONE IDENTIFIED VIA unix_socket"],
      code: "unsupported",
    },
  };
  for (const [index, [what, { statements, code }]] of Object.entries(refused).entries()) {
    it(`is refused, with no change: ${what}`, async () => {
      const user = `refused_${index}`;
      const { rig, arn } = await prepare(
        user,
        statements.map((statement) => statement.replace("CLONE", `${user}_clone`)),
      );
      const before = await server.sql(`SELECT Host, User, Priv FROM mysql.global_priv ORDER BY 1, 2`);
      assert.equal(await rig.failure(arn), code);
      assert.deepEqual(
        await server.sql(`SELECT Host, User, Priv FROM mysql.global_priv ORDER BY 1, 2`),
        before,
      );
      assert.equal(await rig.logIn(arn, "AWSCURRENT"), true);
    });
  }

  it("is refused when the administrator may not grant what the original has, and lets nobody in", async () => {
    const { rig, arn } = await prepare("strong", ["GRANT FILE ON *.* TO ACCOUNT"]);
    await server.sql("CREATE USER weak_admin IDENTIFIED BY 'weak-password-1'");
    await server.sql("GRANT CREATE USER ON *.* TO weak_admin");
    await server.sql("GRANT SELECT, UPDATE ON mysql.* TO weak_admin");
    const weak = { ...rigServer.place, username: "weak_admin", password: "weak-password-1" };
    const masterarn = rig.secrets.add("orders/weak-admin", weak);
    rig.secrets.edit(arn, "AWSCURRENT", { masterarn });
    assert.equal(await rig.failure(arn), "permission");
    assert.equal(await rig.logIn(arn, "AWSCURRENT"), true);
    const pending = rig.secrets.value(arn, "AWSPENDING");
    assert.equal(await letsIn(pending.username, pending.password), false);
    assert.equal(await letsIn(pending.username, ""), false);
  });
});
