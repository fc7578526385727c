import { strict as assert } from "assert";
import { RotationSettings, RotationStrategyName } from "../../../../components/model/rotation-settings";
import { oracleDriver } from "../../../../rotation-lambdas/drivers/oracle";
import { TimeBudget } from "../../../../rotation-lambdas/time-budget";
import { OracleFake, startOracleFake } from "../../../../rotation-proof/servers/oracle-fake";
import { rowsOf } from "../../../../rotation-proof/servers/oracle-state";
import { rotationSteps } from "../../../support/rotation-rig";
import { RigServer, ServerRig } from "../../../support/server-rig";

const first = "first-password-1";
const done = ["created", "changed", "tested", "promoted"];

/** Against a stand-in that states what it covers; no server of Oracle is among the packages of this project's machines. */
describe("rotation of Oracle", () => {
  let fake: OracleFake;
  let rigServer: RigServer;
  beforeEach(() => {
    fake = startOracleFake();
    fake.state.profiles.set("DEFAULT", { rollover: 1, reuse: 0 });
    rigServer = {
      place: { engine: "oracle", host: fake.host, port: fake.port, dbname: fake.service },
      admin: fake.admin,
      driver: (recorder) => oracleDriver(recorder.wrap("oracle", fake.connect)),
      logIn: (username, password) => fake.logIn(username, password),
    };
  });

  function prepare(settings: RotationSettings, username = "app", stored = username.toUpperCase()) {
    rowsOf(fake.state.create(stored, first), "sys").push({ privilege: "CREATE SESSION", admin: "NO" });
    const rig = new ServerRig(rigServer, settings);
    const { masterarn } = rig;
    const isAlone = settings.strategy === "single-user";
    return { rig, arn: rig.addSecret({ username, password: first }, isAlone ? {} : { masterarn }) };
  }

  const strategies: Record<RotationStrategyName, readonly boolean[]> = {
    // The rollover period of the profile keeps the old password for a single user, too.
    "single-user": [true, true, true, true, true],
    "superuser-managed": [true, true, true, true, true],
    "dual-password": [true, true, true, true, false],
    "alternating-users": [true, true, true, true, true],
  };
  for (const [name, expected] of Object.entries(strategies)) {
    const strategy = name as RotationStrategyName;
    it(`is done by each step, whose repetition changes nothing: ${strategy}`, async () => {
      const { rig, arn } = prepare({ strategy });
      for (let turn = 0; turn < 3; turn++) {
        const token = rig.secrets.startRotation(arn);
        const seen: (boolean | undefined)[] = [];
        for (const step of rotationSteps) {
          await rig.step(step, arn, token);
          await Promise.all([rig.step(step, arn, token), rig.step(step, arn, token)]);
          seen.push(await rig.logIn(arn, "AWSCURRENT"));
        }
        rig.secrets.endRotation(arn, token);
        const all = [...seen, await rig.logIn(arn, "AWSPREVIOUS")];
        if (turn === 0) assert.deepEqual(all, expected);
      }
      assert.equal(await rig.logIn(arn, "AWSCURRENT"), true);
      const leaked = rig.passwords.filter((one) => (fake.log() + rig.lines.join()).includes(one));
      assert.deepEqual([rig.passwords.length, leaked], [3, []]);
      assert.ok(rig.passwords.every((password) => password.length === 30));
    });
  }

  describe("dual-password", () => {
    for (const isAlone of [true, false]) {
      const who = isAlone ? "by the user" : "by the administrator";
      it(`keeps AWSCURRENT when a rotation before was given up: ${who}`, async () => {
        const { rig } = prepare({ strategy: "dual-password" });
        const { masterarn } = rig;
        const arn = rig.addSecret({ username: "app", password: first }, isAlone ? {} : { masterarn });
        for (let turn = 0; turn < 3; turn++) {
          const token = rig.secrets.startRotation(arn);
          await rig.step("createSecret", arn, token);
          await rig.step("setSecret", arn, token);
          assert.deepEqual(
            [await rig.logIn(arn, "AWSCURRENT"), await rig.logIn(arn, "AWSPENDING")],
            [true, true],
          );
          rig.secrets.endRotation(arn, token);
        }
      });

      it(`keeps AWSCURRENT when the old password was never discarded: ${who}`, async () => {
        const { rig } = prepare({ strategy: "dual-password" });
        const { masterarn } = rig;
        const arn = rig.addSecret({ username: "app", password: first }, isAlone ? {} : { masterarn });
        await rig.rotate(arn);
        fake.state.users.get("APP")!.rollover = first;
        const token = rig.secrets.startRotation(arn);
        await rig.step("createSecret", arn, token);
        await rig.step("setSecret", arn, token);
        assert.deepEqual(
          [await rig.logIn(arn, "AWSCURRENT"), await rig.logIn(arn, "AWSPENDING")],
          [true, true],
        );
        assert.equal(await fake.logIn("app", first), false);
      });
    }

    it("changes nothing where the profile has no rollover period", async () => {
      fake.state.profiles.set("DEFAULT", { rollover: 0, reuse: 0 });
      const { rig, arn } = prepare({ strategy: "dual-password" });
      assert.equal(await rig.failure(arn), "unsupported");
      assert.deepEqual(fake.state.users.get("APP")!.history, [first]);
    });

    it("keeps AWSCURRENT when an old finishSecret comes after the next setSecret", async () => {
      const { rig } = prepare({ strategy: "dual-password" });
      const user = fake.state.users.get("APP")!;
      Object.assign(user, { password: "the-next-pending-1", rollover: first });
      const login = { ...rigServer.place, ...fake.admin, host: fake.host, database: fake.service };
      const session = await rigServer
        .driver(rig.recorder, rig.settings)
        .connect(login, TimeBudget.within(5000));
      await session.dual!.keepOnly("app", first);
      assert.equal(await fake.logIn("app", first), true);
    });
  });

  const names: Record<string, readonly [string, string]> = {
    "lower case, as Oracle folds it": ["app_user", "APP_USER"],
    "double quotes around mixed case": [`"Orders Service"`, "Orders Service"],
    "double quotes around quotes and a statement": [`"o'brien; DROP USER x"`, "o'brien; DROP USER x"],
    "128 bytes": ["u".repeat(128), "U".repeat(128)],
    Unicode: ["größe", "GRÖSSE"],
  };
  for (const [what, [username, stored]] of Object.entries(names)) {
    it(`rotates a user whose name has ${what}`, async () => {
      const { rig, arn } = prepare({ strategy: "dual-password" }, username, stored);
      assert.deepEqual(await rig.rotate(arn), done);
      assert.equal(await rig.logIn(arn, "AWSCURRENT"), true);
    });
  }

  const badNames: Record<string, string> = {
    "a double quote inside": 'a"b',
    "a space and no quotes": "orders service",
    "a statement": 'x" IDENTIFIED BY "y',
    "129 bytes": "u".repeat(129),
  };
  for (const [what, username] of Object.entries(badNames)) {
    it(`refuses a name with ${what}, and sends nothing`, async () => {
      const { rig, arn } = prepare({ strategy: "single-user" }, username);
      const before = fake.log();
      assert.equal(await rig.failure(arn), "unsupported");
      assert.equal(fake.log(), before);
    });
  }

  it("refuses to alternate a quoted name, which has no clone's", async () => {
    const { rig, arn } = prepare({ strategy: "alternating-users" }, `"Orders Service"`, "Orders Service");
    assert.equal(await rig.failure(arn), "unsupported");
    assert.deepEqual([...fake.state.users.keys()], ["ADMIN", "Orders Service"]);
  });

  const twins: Record<string, readonly string[]> = {
    "system privileges and roles with their options": [
      `GRANT CREATE TABLE TO "APP" WITH ADMIN OPTION`,
      `GRANT "r'x; DROP USER y" TO "APP" WITH ADMIN OPTION`,
      `GRANT "READER" TO "APP"`,
      `ALTER USER "APP" DEFAULT ROLE "READER"`,
    ],
    "privileges on objects and columns named to inject SQL": [
      `GRANT SELECT ON "SHOP"."or'ders; DROP USER y" TO "APP" WITH GRANT OPTION`,
      `GRANT UPDATE ("to'tal") ON "SHOP"."ORDERS" TO "APP"`,
      `GRANT UPDATE ("NOTE") ON "SHOP"."ORDERS" TO "APP" WITH GRANT OPTION`,
    ],
    "quota, tablespaces and proxies": [
      `ALTER USER "APP" QUOTA 1048576 ON "USERS"`,
      `ALTER USER "APP" PROFILE "DEFAULT" DEFAULT TABLESPACE "APPS" TEMPORARY TABLESPACE "TEMP2"`,
      `ALTER USER "APP" GRANT CONNECT THROUGH "MIDDLE"`,
    ],
  };
  const rightsOf = (name: string) => {
    const { rows, settings } = fake.state.users.get(name)!;
    const sorted = [...rows].filter(([, list]) => list.length > 0).sort();
    return [settings, sorted.map(([table, list]) => [table, list.map((row) => JSON.stringify(row)).sort()])];
  };
  for (const [what, statements] of Object.entries(twins)) {
    it(`gives the clone ${what}, and takes what the original loses`, async () => {
      const { rig, arn } = prepare({ strategy: "alternating-users" });
      for (const statement of statements) fake.sql(statement);
      assert.deepEqual(await rig.rotate(arn), done);
      assert.deepEqual(rightsOf("APP_CLONE"), rightsOf("APP"));
      const { rows } = fake.state.users.get("APP")!;
      for (const table of [...rows.keys()].filter((one) => one !== "sys"))
        rows.set(table, rows.get(table)!.slice(1));
      assert.deepEqual(await rig.rotate(arn), done);
      assert.deepEqual(rightsOf("APP_CLONE"), rightsOf("APP"));
    });
  }

  const refusals: Record<string, { readonly prepare: () => void; readonly code: string }> = {
    "an administrator": { prepare: () => fake.sql(`GRANT "DBA" TO "APP"`), code: "policy-refused" },
    "a user that owns objects": {
      prepare: () => void (fake.state.users.get("APP")!.objects = 3),
      code: "conflict",
    },
    "a locked account": {
      prepare: () => void (fake.state.users.get("APP")!.isLocked = true),
      code: "locked",
    },
    "a database that is read-only": {
      prepare: () => void (fake.state.isReadOnly = true),
      code: "unsupported",
    },
  };
  for (const [what, refusal] of Object.entries(refusals)) {
    it(`says so, and lets nobody in: ${what}`, async () => {
      const { rig, arn } = prepare({ strategy: "alternating-users" });
      refusal.prepare();
      assert.equal(await rig.failure(arn), refusal.code);
      const { username, password } = rig.secrets.value(arn, "AWSPENDING");
      assert.equal(await fake.logIn(username, password), false);
      assert.deepEqual(fake.state.users.get("APP")!.history, [first]);
      assert.equal(
        [first, password].some((one) => rig.lines.join().includes(one)),
        false,
      );
    });
  }

  it("says when the profile forbids the password, and changes nothing", async () => {
    const { rig, arn } = prepare({ strategy: "single-user", password: { excludeCharacters: "" } });
    const token = rig.secrets.startRotation(arn);
    await rig.step("createSecret", arn, token);
    rig.secrets.edit(arn, "AWSPENDING", { password: first });
    fake.state.profiles.set("DEFAULT", { rollover: 0, reuse: 5 });
    fake.state.users.get("APP")!.password = "changed-by-hand-1";
    fake.state.users.get("APP")!.rollover = undefined;
    rig.secrets.edit(arn, "AWSCURRENT", { password: "changed-by-hand-1" });
    await assert.rejects(rig.step("setSecret", arn, token), { message: /policy-refused.*ORA-28007/ });
    assert.equal(await fake.logIn("app", "changed-by-hand-1"), true);
  });

  it("makes the first value of an empty secret", async () => {
    const { masterarn } = new ServerRig(rigServer, { strategy: "single-user" });
    const seed = { ...rigServer.place, username: "seeded", masterarn } as RotationSettings["seed"];
    const rig = new ServerRig(rigServer, { strategy: "single-user", seed: seed! });
    const arn = rig.secrets.add("orders/database");
    assert.deepEqual(await rig.rotate(arn), ["seeded", ...done.slice(1)]);
  });
});
