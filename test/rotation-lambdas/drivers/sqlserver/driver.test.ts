import { strict as assert } from "assert";
import { RotationSettings, RotationStrategyName } from "../../../../components/model/rotation-settings";
import { sqlServerDriver } from "../../../../rotation-lambdas/drivers/sqlserver";
import { SqlServerFake, startSqlServerFake } from "../../../../rotation-proof/servers/sqlserver-fake";
import { rotationSteps } from "../../../support/rotation-rig";
import { RigServer, ServerRig } from "../../../support/server-rig";

const first = "First-password-1";
const done = ["created", "changed", "tested", "promoted"];

/** Against a stand-in that states what it covers; no server of SQL Server is among the packages of this project's machines. */
describe("rotation of SQL Server", () => {
  let fake: SqlServerFake;
  let rigServer: RigServer;
  beforeEach(() => {
    fake = startSqlServerFake();
    rigServer = {
      place: { engine: "sqlserver", host: fake.host, port: fake.port },
      admin: fake.admin,
      driver: (recorder) => sqlServerDriver(recorder.wrap("sqlserver", fake.connect)),
      logIn: (username, password) => fake.logIn(username, password),
    };
  });

  function prepare(settings: RotationSettings, username = "app") {
    fake.state.createLogin(username, first);
    const rig = new ServerRig(rigServer, settings);
    const { masterarn } = rig;
    const isAlone = settings.strategy === "single-user";
    return { rig, arn: rig.addSecret({ username, password: first }, isAlone ? {} : { masterarn }) };
  }

  const strategies: readonly RotationStrategyName[] = [
    "single-user",
    "superuser-managed",
    "alternating-users",
  ];
  for (const strategy of strategies) {
    it(`is done by each step, whose repetition changes nothing: ${strategy}`, async () => {
      const { rig, arn } = prepare({ strategy });
      for (let turn = 0; turn < 3; turn++) {
        const token = rig.secrets.startRotation(arn);
        for (const step of rotationSteps) {
          await rig.step(step, arn, token);
          await Promise.all([rig.step(step, arn, token), rig.step(step, arn, token)]);
        }
        rig.secrets.endRotation(arn, token);
        assert.equal(await rig.logIn(arn, "AWSCURRENT"), true);
        assert.equal(await rig.logIn(arn, "AWSPREVIOUS"), strategy === "alternating-users");
      }
      const leaked = rig.passwords.filter((one) => (fake.log() + rig.lines.join()).includes(one));
      assert.deepEqual([rig.passwords.length, leaked], [3, []]);
    });

    for (const [what, username] of Object.entries({
      brackets: "a]b[c]]",
      quotes: `o'brien''"x"`,
      "a backslash": "back\\slash",
      "upper case and spaces": "Orders Service",
      Unicode: "größe-注文-🔑",
      "a statement": "x]; DROP LOGIN admin; --",
    })) {
      it(`rotates a login whose name has ${what}: ${strategy}`, async () => {
        const { rig, arn } = prepare({ strategy }, username);
        assert.deepEqual(await rig.rotate(arn), done);
        assert.deepEqual(await rig.rotate(arn), done);
        assert.equal(await rig.logIn(arn, "AWSCURRENT"), true);
        assert.ok(fake.state.logins.has("admin"));
      });
    }
  }

  it("says that two passwords at a time are not to be had", async () => {
    const { rig, arn } = prepare({ strategy: "dual-password" });
    assert.equal(await rig.failure(arn), "unsupported");
    assert.equal(await fake.logIn("app", first), true);
  });

  it("refuses names of more than 128 characters before anything is stored", async () => {
    const { rig, arn } = prepare({ strategy: "alternating-users" }, "u".repeat(123));
    assert.equal(await rig.failure(arn), "unsupported");
    assert.deepEqual(rig.secrets.puts, []);
  });

  const inOrders = ["CREATE USER [app] FOR LOGIN [app] WITH DEFAULT_SCHEMA = [shop]"];
  const twins: Record<string, { readonly server?: readonly string[]; readonly orders?: readonly string[] }> =
    {
      "server roles and permissions on the server": {
        server: [
          "ALTER SERVER ROLE [dbcreator] ADD MEMBER [app]",
          "GRANT VIEW SERVER STATE TO [app] WITH GRANT OPTION",
          "DENY ALTER ANY DATABASE TO [app]",
        ],
      },
      "default database, language and policy": {
        server: [
          "ALTER LOGIN [app] WITH DEFAULT_DATABASE = [or]]ders], DEFAULT_LANGUAGE = [Deutsch], CHECK_EXPIRATION = ON",
        ],
      },
      "a user with its schema and roles named to inject SQL": {
        orders: [
          "CREATE USER [app] FOR LOGIN [app] WITH DEFAULT_SCHEMA = [s]]; DROP LOGIN admin; --]",
          "ALTER ROLE [r'x]]; DROP LOGIN admin; --] ADD MEMBER [app]",
        ],
      },
      "permissions on columns, schemas and roles, granted, passed on and denied": {
        orders: [
          ...inOrders,
          "GRANT UPDATE ON OBJECT::[s'h]]op].[or'ders]([to]]tal]) TO [app] WITH GRANT OPTION",
          "GRANT EXECUTE TO [app]",
          "DENY DELETE ON SCHEMA::[shop] TO [app]",
          "GRANT ALTER ON ROLE::[helpers] TO [app]",
        ],
      },
    };
  const rightsOf = (login: string) => {
    const { options, roles, permissions } = fake.state.logins.get(login)!;
    const user = fake.state.userOf("orders", login);
    const ofUser = user && { schema: user.schema, roles: user.roles, permissions: user.permissions };
    return { options, roles, permissions, ofUser };
  };
  for (const [what, { server = [], orders = [] }] of Object.entries(twins)) {
    it(`gives the clone ${what}, and takes what the original loses`, async () => {
      const { rig, arn } = prepare({ strategy: "alternating-users" });
      const empty = structuredClone(rightsOf("app"));
      for (const batch of server) fake.sql(batch);
      for (const batch of orders) fake.sql(batch, "orders");
      assert.notDeepEqual(rightsOf("app"), empty);
      assert.deepEqual(await rig.rotate(arn), done);
      assert.deepEqual(rightsOf("app_clone"), rightsOf("app"));
      const app = fake.state.logins.get("app")!;
      app.roles.clear();
      app.permissions.clear();
      fake.state.databases.get("orders")!.delete("app");
      assert.deepEqual(await rig.rotate(arn), done);
      assert.deepEqual(rightsOf("app_clone"), rightsOf("app"));
    });
  }

  it("takes WITH GRANT OPTION and a denial back, which GRANT alone would leave", async () => {
    const { rig, arn } = prepare({ strategy: "alternating-users" });
    for (const batch of [...inOrders, "GRANT SELECT ON SCHEMA::[shop] TO [app] WITH GRANT OPTION"])
      fake.sql(batch, "orders");
    await rig.rotate(arn);
    fake.sql("REVOKE SELECT ON SCHEMA::[shop] FROM [app] CASCADE", "orders");
    fake.sql("GRANT SELECT ON SCHEMA::[shop] TO [app]", "orders");
    assert.deepEqual(await rig.rotate(arn), done);
    assert.deepEqual(rightsOf("app_clone"), rightsOf("app"));
  });

  const refusals: Record<string, { readonly prepare: () => void; readonly code: string }> = {
    "an administrator": {
      prepare: () => fake.sql("ALTER SERVER ROLE [securityadmin] ADD MEMBER [app]"),
      code: "policy-refused",
    },
    "a user that owns a schema": {
      prepare: () => {
        for (const batch of inOrders) fake.sql(batch, "orders");
        fake.state.userOf("orders", "app")!.owns.add("SCHEMA::[shop]");
      },
      code: "conflict",
    },
    "a permission that it cannot name": {
      prepare: () => {
        const odd = { permission: "CONTROL", state: "GRANT", securable: null as unknown as string };
        fake.state.logins.get("app")!.permissions.set("odd", odd);
      },
      code: "conflict",
    },
    "a login that is locked out": {
      prepare: () => void (fake.state.logins.get("app")!.isLocked = true),
      code: "locked",
    },
    "a server that is read-only": { prepare: () => void (fake.state.isReadOnly = true), code: "unsupported" },
  };
  for (const [what, refusal] of Object.entries(refusals)) {
    it(`says so, and lets nobody in: ${what}`, async () => {
      const { rig, arn } = prepare({ strategy: "alternating-users" });
      refusal.prepare();
      assert.equal(await rig.failure(arn), refusal.code);
      const { username, password } = rig.secrets.value(arn, "AWSPENDING");
      assert.equal(await fake.logIn(username, password), false);
      assert.equal(fake.state.logins.get("app")!.password, first);
      assert.equal(
        [first, password].some((one) => rig.lines.join().includes(one)),
        false,
      );
    });
  }

  it("refuses a clone without its original", async () => {
    const { rig, arn } = prepare({ strategy: "alternating-users" }, "app_clone");
    assert.equal(await rig.failure(arn), "conflict");
    assert.deepEqual([...fake.state.logins.keys()], ["admin", "app_clone"]);
  });

  it("says when the server's policy refuses the password, and changes nothing", async () => {
    const password = { excludeCharacters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" };
    const { rig, arn } = prepare({ strategy: "single-user", password });
    fake.state.logins.get("app")!.options.set("CHECK_POLICY", "ON");
    assert.equal(await rig.failure(arn), "policy-refused");
    assert.equal(await fake.logIn("app", first), true);
  });

  it("makes the first value of an empty secret, with a user in its database", async () => {
    const place = { ...rigServer.place, dbname: "orders", username: "seeded" };
    const { masterarn } = new ServerRig(rigServer, { strategy: "single-user" });
    const seed = { ...place, masterarn } as RotationSettings["seed"];
    const rig = new ServerRig(rigServer, { strategy: "single-user", seed: seed! });
    const arn = rig.secrets.add("orders/database");
    assert.deepEqual(await rig.rotate(arn), ["seeded", ...done.slice(1)]);
    assert.equal(fake.state.userOf("orders", "seeded")?.name, "seeded");
  });

  it("changes the password of a user of a contained database, and no other way", async () => {
    const batches: string[] = [];
    const driver = sqlServerDriver(async () => ({
      query: async (sql) => {
        batches.push(sql);
        return { rows: sql.startsWith("SET LOCK") ? [{ major: 16, authentication: 2 }] : [{ result: 0 }] };
      },
      end: async () => undefined,
    }));
    const { TimeBudget } = await import("../../../../rotation-lambdas/time-budget");
    const login = { host: "h", username: "in]side", password: "o'ld" };
    const session = await driver.connect(login, TimeBudget.within(5000));
    await session.changeOwnPassword("n'ew");
    assert.deepEqual([session.users, session.twins, session.dual], [undefined, undefined, undefined]);
    assert.ok(batches.includes("ALTER USER [in]]side] WITH PASSWORD = N'n''ew' OLD_PASSWORD = N'o''ld'"));
  });
});
