import { strict as assert } from "assert";
import { RotationSettings } from "../../../components/model/rotation-settings";
import { alternateUsername } from "../../../rotation-lambdas/strategies/alternating-users";
import { query, testPostgres, TestPostgres } from "../../support/postgres";
import { RotationRig, rotationSteps } from "../../support/rotation-rig";

const first = "first-password-1";
const whole = ["created", "changed", "tested", "promoted"];

describe("alternating-users rotation of PostgreSQL", function () {
  this.timeout(60000);
  let postgres: TestPostgres;
  let counter = 0;
  before(async () => void (postgres = await testPostgres()));

  async function rigWithUser(username = `alt_${++counter}`, settings: Partial<RotationSettings> = {}) {
    const rig = new RotationRig(postgres, { strategy: "alternating-users", ...settings });
    await postgres.sql(`CREATE ROLE ${quoted(username)} LOGIN PASSWORD '${first}'`);
    const masterarn = rig.addAdmin();
    const arn = rig.secrets.add(
      "orders/database",
      rig.credential({ username, password: first }, { masterarn }),
    );
    return { rig, arn, username, clone: `${username}_clone`, masterarn };
  }

  /** One statement as the user of the secret's current version. */
  function asCurrent(rig: RotationRig, arn: string, statement: string) {
    const { host, port, username: user, password } = rig.secrets.value(arn, "AWSCURRENT");
    return query({ host, port, user, password }, statement);
  }

  it("goes to the clone and back, and both logins act as the original", async () => {
    const { rig, arn, username, clone } = await rigWithUser();
    assert.deepEqual(await rig.rotate(arn), whole);
    assert.equal(await rig.logIn(arn, "AWSCURRENT"), `${clone} as ${username}`);
    assert.equal(await rig.logIn(arn, "AWSPREVIOUS"), `${username} as ${username}`);
    assert.deepEqual(await rig.rotate(arn), whole);
    assert.equal(await rig.logIn(arn, "AWSCURRENT"), `${username} as ${username}`);
    assert.equal(await rig.logIn(arn, "AWSPREVIOUS"), `${clone} as ${username}`);
  });

  it("does nothing new when every step runs twice, and when two invocations run at once", async () => {
    const { rig, arn } = await rigWithUser();
    const token = rig.secrets.startRotation(arn);
    for (const step of rotationSteps) {
      await Promise.all([rig.step(step, arn, token), rig.step(step, arn, token)]);
      await rig.step(step, arn, token);
    }
    assert.equal(rig.secrets.puts.length, 1);
    assert.notEqual(await rig.logIn(arn, "AWSCURRENT"), "refused");
    assert.notEqual(await rig.logIn(arn, "AWSPREVIOUS"), "refused");
  });

  it("makes the first user of an empty secret, then alternates", async () => {
    const { host, port } = postgres;
    const username = `seeded_alt_${++counter}`;
    const masterarn = new RotationRig(postgres, { strategy: "alternating-users" }).addAdmin();
    const seed = { engine: "postgres", host, port, dbname: "postgres", username, masterarn };
    const rig = new RotationRig(postgres, { strategy: "alternating-users", seed });
    rig.addAdmin();
    const arn = rig.secrets.add("orders/database");
    assert.deepEqual(await rig.rotate(arn), ["seeded", "changed", "tested", "promoted"]);
    assert.deepEqual(await rig.rotate(arn), whole);
    assert.equal(await rig.logIn(arn, "AWSCURRENT"), `${username}_clone as ${username}`);
  });

  it("copies attributes and settings at every rotation, not only at the first", async () => {
    const { rig, arn, username, clone } = await rigWithUser();
    const read = async (name: string) => {
      const attributes = "rolcreatedb, rolcreaterole, rolinherit, rolreplication, rolbypassrls, rolconnlimit";
      const [role] = await postgres.sql(
        `SELECT ${attributes}, rolvaliduntil::text FROM pg_roles WHERE rolname = '${name}'`,
      );
      const settings = await postgres.sql(
        `SELECT setdatabase::text, array_remove(setconfig, 'role=${username}') AS setconfig
         FROM pg_db_role_setting WHERE setrole = '${name}'::regrole ORDER BY 1`,
      );
      const sorted = settings.map(({ setdatabase, setconfig }) => ({
        setdatabase,
        setconfig: setconfig.sort(),
      }));
      return { role, settings: sorted.filter(({ setconfig }) => setconfig.length > 0) };
    };
    await rig.rotate(arn);
    await postgres.sql(
      `ALTER ROLE ${username} CREATEDB CREATEROLE NOINHERIT REPLICATION BYPASSRLS CONNECTION LIMIT 7
       VALID UNTIL '2099-01-01 00:00:00+02'`,
    );
    await postgres.sql(`ALTER ROLE ${username} SET search_path TO "Odd, name", '$user', public`);
    await postgres.sql(`ALTER ROLE ${username} SET my_app.tenant TO 'it''s \\ "x"'`);
    await postgres.sql(`ALTER ROLE ${username} IN DATABASE template1 SET work_mem TO '9MB'`);
    await rig.rotate(arn);
    assert.deepEqual(await read(clone), await read(username));
    await postgres.sql(`ALTER ROLE ${username} RESET ALL`);
    await postgres.sql(`ALTER ROLE ${username} NOCREATEDB VALID UNTIL 'infinity'`);
    await rig.rotate(arn);
    const { role, settings } = await read(clone);
    assert.deepEqual([role.rolcreatedb, role.rolvaliduntil, settings.length], [false, "infinity", 1]);
  });

  it("gives the clone privileges granted after it was made, and what one user creates to both", async () => {
    const { rig, arn, username } = await rigWithUser();
    const schema = `shop_${counter}`;
    await postgres.sql(`CREATE SCHEMA ${schema} AUTHORIZATION ${username}`);
    await rig.rotate(arn);
    await asCurrent(rig, arn, `CREATE TABLE ${schema}.by_clone AS SELECT 1 AS one`);
    await postgres.sql(`CREATE TABLE ${schema}.by_others AS SELECT 1 AS one`);
    await postgres.sql(`GRANT SELECT ON ${schema}.by_others TO ${username} WITH GRANT OPTION`);
    assert.deepEqual(await asCurrent(rig, arn, `SELECT one FROM ${schema}.by_others`), [{ one: 1 }]);
    await rig.rotate(arn);
    await asCurrent(rig, arn, `ALTER TABLE ${schema}.by_clone ADD COLUMN two int`);
    assert.deepEqual(await asCurrent(rig, arn, `SELECT two FROM ${schema}.by_clone`), [{ two: null }]);
  });

  it("has the privileges of the original's own memberships and row policies", async () => {
    const { rig, arn, username } = await rigWithUser();
    const n = counter;
    await postgres.sql(`CREATE ROLE readers_${n}; GRANT readers_${n} TO ${username} WITH ADMIN OPTION`);
    await postgres.sql(`CREATE TABLE rows_${n} AS SELECT 1 AS id UNION SELECT 2`);
    await postgres.sql(
      `ALTER TABLE rows_${n} ENABLE ROW LEVEL SECURITY; GRANT SELECT ON rows_${n} TO readers_${n}`,
    );
    await postgres.sql(`CREATE POLICY p ON rows_${n} TO ${username} USING (id = 2)`);
    await rig.rotate(arn);
    assert.deepEqual(await asCurrent(rig, arn, `SELECT id FROM rows_${n}`), [{ id: 2 }]);
  });

  it("hands over what a session outside the shared role created", async () => {
    const { rig, arn, username, clone } = await rigWithUser();
    await postgres.sql(`CREATE SCHEMA own_${counter}; GRANT ALL ON SCHEMA own_${counter} TO ${username}`);
    await rig.rotate(arn);
    const table = `own_${counter}.stray`;
    await asCurrent(rig, arn, `SET ROLE NONE; CREATE TABLE ${table} (id int)`);
    await rig.rotate(arn);
    const [{ tableowner }] = await postgres.sql(`SELECT tableowner FROM pg_tables WHERE tablename = 'stray'`);
    assert.equal(tableowner, username);
    assert.notEqual(clone, username);
  });

  it("refuses to leave the original without what the clone owns in another database, and names it", async () => {
    const { rig, arn, clone } = await rigWithUser();
    await rig.rotate(arn);
    await postgres.sql(`CREATE DATABASE other_${counter}`);
    await postgres.sql(
      `CREATE TABLE stray (id int); ALTER TABLE stray OWNER TO ${clone}`,
      `other_${counter}`,
    );
    await assert.rejects(rig.rotate(arn), {
      message:
        `setSecret failed (conflict): postgres: the two users cannot be made equal: ${clone} owns 1 object in ` +
        `other_${counter}: hand over with REASSIGN OWNED BY and REVOKE in the databases named`,
    });
    assert.notEqual(await rig.logIn(arn, "AWSCURRENT"), "refused");
  });

  it("refuses a pending host that somebody edited between the steps", async () => {
    const { rig, arn } = await rigWithUser();
    const token = rig.secrets.startRotation(arn);
    await rig.step("createSecret", arn, token);
    rig.secrets.edit(arn, "AWSPENDING", { host: "evil.example" });
    rig.points.arm();
    await assert.rejects(rig.step("setSecret", arn, token), {
      message:
        "setSecret failed (conflict): pending and current differ in host: " +
        "cancel this rotation (CancelRotateSecret) and rotate again",
    });
    assert.deepEqual(rig.points.names, ["describe", "read", "read"]);
  });

  it("does not use the administrator for a current value that cannot log in", async () => {
    const { rig, arn, clone } = await rigWithUser();
    rig.secrets.edit(arn, "AWSCURRENT", { password: "invented" });
    await assert.rejects(rig.rotate(arn), {
      message: /^setSecret failed \(authentication\): postgres: login as alt_/,
    });
    assert.deepEqual(await postgres.sql(`SELECT 1 FROM pg_roles WHERE rolname = '${clone}'`), []);
  });

  it("adopts a clone with privileges and memberships of its own, and leaves it those of the original", async () => {
    const { rig, arn, username, clone } = await rigWithUser();
    const [table, group] = [`"Adopted ${counter}"`, `group_${counter}`];
    await postgres.sql(
      `CREATE TABLE ${table} (id int, secret text); CREATE ROLE ${group};
       CREATE ROLE ${clone} LOGIN IN ROLE ${username}, ${group};
       GRANT SELECT ON ${table} TO ${username}; GRANT ALL ON ${table} TO ${clone};
       GRANT UPDATE (id) ON ${table} TO ${clone}; GRANT CREATE ON DATABASE postgres TO ${clone};
       GRANT USAGE ON SCHEMA public TO ${clone} WITH GRANT OPTION`,
    );
    assert.deepEqual(await rig.rotate(arn), whole);
    const [rights] = await postgres.sql(
      `SELECT has_table_privilege('${clone}', '${table}', 'SELECT') AS reads,
         has_table_privilege('${clone}', '${table}', 'INSERT') AS writes,
         has_column_privilege('${clone}', '${table}', 'id', 'UPDATE') AS updates,
         has_database_privilege('${clone}', 'postgres', 'CREATE') AS creates,
         pg_has_role('${clone}', '${group}', 'MEMBER') AS member`,
    );
    assert.deepEqual(rights, { reads: true, writes: false, updates: false, creates: false, member: false });
  });

  it("works for an administrator that is no superuser, and needs ADMIN OPTION", async () => {
    const { rig, arn, username, clone } = await rigWithUser();
    const admin = { username: `admin_${counter}`, password: "admin-password-1" };
    await postgres.sql(`CREATE ROLE ${admin.username} LOGIN CREATEROLE PASSWORD '${admin.password}'`);
    rig.secrets.edit(rig.secrets.value(arn, "AWSCURRENT").masterarn, "AWSCURRENT", admin);
    await assert.rejects(rig.rotate(arn), {
      message:
        `setSecret failed (permission): postgres: the administrator ${admin.username} needs CREATEROLE and: ` +
        `GRANT "${username}" TO "${admin.username}" WITH ADMIN OPTION`,
    });
    assert.deepEqual(await postgres.sql(`SELECT 1 FROM pg_roles WHERE rolname = '${clone}'`), []);
    await postgres.sql(`GRANT ${username} TO ${admin.username} WITH ADMIN OPTION`);
    assert.deepEqual(await rig.rotate(arn), ["already-created", "changed", "tested", "promoted"]);
    await postgres.sql(`CREATE SCHEMA weak_${counter}; GRANT ALL ON SCHEMA weak_${counter} TO ${username}`);
    await asCurrent(rig, arn, `SET ROLE NONE; CREATE TABLE weak_${counter}.stray_${counter} (id int)`);
    assert.deepEqual(await rig.rotate(arn), whole);
    const [{ tableowner }] = await postgres.sql(
      `SELECT tableowner FROM pg_tables WHERE tablename = 'stray_${counter}'`,
    );
    assert.equal(tableowner, username);
  });

  const refusals: Record<string, { prepare: (clone: string, user: string) => string; message: RegExp }> = {
    "a role of the clone's name that is none": {
      prepare: (clone) => `CREATE ROLE ${clone} LOGIN`,
      message:
        /^setSecret failed \(conflict\): postgres: role alt_\d+_clone exists and is no clone: .* run GRANT/,
    },
    "a superuser": {
      prepare: (_, user) => `ALTER ROLE ${user} SUPERUSER`,
      message: /^setSecret failed \(policy-refused\): postgres: alt_\d+ or its clone is a superuser/,
    },
    "a clone that a row policy names": {
      prepare: (clone, user) =>
        `CREATE ROLE ${clone} LOGIN IN ROLE ${user}; CREATE TABLE of_${user} (id int);
         CREATE POLICY p ON of_${user} TO ${clone} USING (true)`,
      message:
        /^setSecret failed \(conflict\): .* alt_\d+_clone is named in policies of 1 object in postgres: hand over/,
    },
  };
  for (const [what, { prepare, message }] of Object.entries(refusals)) {
    it(`refuses ${what}, and changes nothing`, async () => {
      const { rig, arn, username, clone } = await rigWithUser();
      await postgres.sql(prepare(clone, username));
      const state = `SELECT rolname, rolpassword, rolsuper FROM pg_authid WHERE rolname LIKE '${username}%' ORDER BY 1`;
      const before = await postgres.sql(state);
      await assert.rejects(rig.rotate(arn), { name: "RotationFailed", message });
      assert.deepEqual(await postgres.sql(state), before);
    });
  }

  it("fails the test of a pending user whose rights were changed after setSecret", async () => {
    const { rig, arn, username, clone } = await rigWithUser();
    const token = rig.secrets.startRotation(arn);
    await rig.step("createSecret", arn, token);
    await rig.step("setSecret", arn, token);
    await postgres.sql(`ALTER ROLE ${username} CONNECTION LIMIT 3`);
    await assert.rejects(rig.step("testSecret", arn, token), {
      message: "testSecret failed (conflict): the two users are not equal: attribute CONNECTION LIMIT",
    });
    assert.equal(clone, `${username}_clone`);
  });

  const names: Record<string, string> = {
    quotes: `al"t's`,
    "a backslash": "alt\\",
    "upper case": "Alt User",
    Unicode: "größe-注文",
    "57 bytes, so that the clone has 63": "v".repeat(57),
    "the ending _clone, whose twin is the shorter name": "already_clone",
  };
  for (const [what, name] of Object.entries(names)) {
    it(`alternates a user whose name has ${what}`, async () => {
      const { rig, arn, username } = await rigWithUser(name);
      const twin = alternateUsername(username);
      await rig.rotate(arn);
      assert.equal(await rig.logIn(arn, "AWSCURRENT"), `${twin} as ${username}`);
      await rig.rotate(arn);
      assert.equal(await rig.logIn(arn, "AWSCURRENT"), `${username} as ${username}`);
    });
  }

  it("refuses a user whose clone's name would be cut by the server", async () => {
    const { rig, arn } = await rigWithUser("w".repeat(58));
    await assert.rejects(rig.rotate(arn), {
      message: /^createSecret failed \(unsupported\): the user name would have 64 bytes: 63 bytes at most/,
    });
    assert.equal(rig.secrets.puts.length, 0);
  });

  it("uses the administrator's pending password while that secret is being rotated itself", async () => {
    const { rig, arn, masterarn } = await rigWithUser();
    const admin = { username: `admin_${counter}`, password: "old-password-1" };
    await postgres.sql(`CREATE ROLE ${admin.username} LOGIN SUPERUSER PASSWORD '${admin.password}'`);
    rig.secrets.edit(masterarn, "AWSCURRENT", admin);
    const adminRig = new RotationRig(postgres, { strategy: "single-user" });
    Object.assign(adminRig, { secrets: rig.secrets });
    const token = rig.secrets.startRotation(masterarn);
    await adminRig.step("createSecret", masterarn, token);
    await adminRig.step("setSecret", masterarn, token);
    assert.equal(await rig.logIn(masterarn, "AWSCURRENT"), "refused");
    assert.deepEqual(await rig.rotate(arn), whole);
  });

  it("refuses no login of an application during 20 rotations", async () => {
    const { rig, arn } = await rigWithUser();
    const results: string[] = [];
    let isRunning = true;
    const application = (async () => {
      while (isRunning) {
        results.push(await rig.logIn(arn, "AWSCURRENT"));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    for (let turn = 0; turn < 20; turn++) assert.deepEqual(await rig.rotate(arn), whole);
    isRunning = false;
    await application;
    assert.deepEqual([results.length > 20, results.filter((result) => result === "refused")], [true, []]);
  });
});

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
