import { strict as assert } from "assert";
import { testPostgres, TestPostgres } from "../../support/postgres";
import { RotationRig, rotationSteps } from "../../support/rotation-rig";

describe("single-user rotation of PostgreSQL", function () {
  this.timeout(60000);
  let postgres: TestPostgres;
  let counter = 0;
  before(async () => void (postgres = await testPostgres()));

  async function rigWithUser(username = `single_${++counter}`) {
    const rig = new RotationRig(postgres, { strategy: "single-user" });
    await postgres.sql(`CREATE ROLE "${username.replaceAll('"', '""')}" LOGIN PASSWORD 'first-password-1'`);
    const user = { username, password: "first-password-1" };
    return { rig, arn: rig.secrets.add("orders/reporting", rig.credential(user, { note: "kept" })) };
  }

  it("changes the password by the four steps and keeps what it does not know", async () => {
    const { rig, arn } = await rigWithUser();
    const outcomes = await rig.rotate(arn);
    const { password, ...rest } = rig.secrets.value(arn, "AWSCURRENT");
    const { username } = rest;
    assert.deepEqual(outcomes, ["created", "changed", "tested", "promoted"]);
    assert.deepEqual(rest, rig.credential({ username } as any, { note: "kept" }));
    assert.equal(password.length, 32);
    assert.equal(await rig.logIn(arn, "AWSCURRENT"), `${username} as ${username}`);
    assert.equal(await rig.logIn(arn, "AWSPREVIOUS"), "refused");
  });

  it("does nothing new when every step runs twice", async () => {
    const { rig, arn } = await rigWithUser();
    const token = rig.secrets.startRotation(arn);
    for (const step of rotationSteps) {
      await rig.step(step, arn, token);
      await rig.step(step, arn, token);
    }
    assert.deepEqual(
      rig.lines.map((line) => JSON.parse(line).outcome),
      [
        "created",
        "already-created",
        "changed",
        "already-set",
        "tested",
        "tested",
        "promoted",
        "already-current",
      ],
    );
    assert.equal(rig.secrets.puts.length, 1);
    assert.notEqual(await rig.logIn(arn, "AWSCURRENT"), "refused");
  });

  it("works when two invocations of a step run at once", async () => {
    const { rig, arn } = await rigWithUser();
    const token = rig.secrets.startRotation(arn);
    for (const step of rotationSteps) {
      await Promise.all([rig.step(step, arn, token), rig.step(step, arn, token)]);
    }
    assert.equal(rig.secrets.puts.length, 1);
    assert.notEqual(await rig.logIn(arn, "AWSCURRENT"), "refused");
  });

  it("changes the password by the previous one when the current one is refused", async () => {
    const { rig, arn } = await rigWithUser();
    await rig.rotate(arn);
    const { username } = rig.secrets.value(arn, "AWSCURRENT");
    await postgres.sql(`ALTER ROLE "${username}" PASSWORD 'first-password-1'`);
    assert.deepEqual(await rig.rotate(arn), ["created", "changed", "tested", "promoted"]);
  });

  it("says so when no known password is accepted, and changes nothing", async () => {
    const { rig, arn } = await rigWithUser();
    const { username } = rig.secrets.value(arn, "AWSCURRENT");
    await postgres.sql(`ALTER ROLE "${username}" PASSWORD 'somebody-elses-1'`);
    await assert.rejects(rig.rotate(arn), {
      name: "RotationFailed",
      message:
        "setSecret failed (authentication): the server refuses the pending, the current and the previous " +
        "password: set the user's password to the current one by hand",
    });
  });

  it("makes the first value of an empty secret through the administrator", async () => {
    const username = `seeded_${++counter}`;
    const { host, port } = postgres;
    const masterarn = new RotationRig(postgres, { strategy: "single-user" }).addAdmin();
    const seed = { engine: "postgres", host, port, dbname: "postgres", username, masterarn };
    const rig = new RotationRig(postgres, { strategy: "single-user", seed });
    rig.addAdmin();
    const arn = rig.secrets.add("orders/reporting");
    assert.deepEqual(await rig.rotate(arn), ["seeded", "changed", "tested", "promoted"]);
    assert.equal(await rig.logIn(arn, "AWSCURRENT"), `${username} as ${username}`);
    assert.deepEqual(await rig.rotate(arn), ["created", "changed", "tested", "promoted"]);
  });

  it("rotates the administrator's own secret", async () => {
    await postgres.sql("CREATE ROLE rotating_admin LOGIN SUPERUSER PASSWORD 'first-password-1'");
    const rig = new RotationRig(postgres, { strategy: "single-user" });
    const admin = { username: "rotating_admin", password: "first-password-1" };
    const arn = rig.secrets.add("orders/database-admin", rig.credential(admin));
    assert.deepEqual(await rig.rotate(arn), ["created", "changed", "tested", "promoted"]);
  });

  const names: Record<string, string> = {
    "double quotes": `a"b""c`,
    "single quotes": `o'brien''`,
    "a backslash": "back\\slash\\'",
    "upper case and spaces": "Orders Service",
    Unicode: "größe-注文-🔑",
    "63 bytes": "u".repeat(63),
    "a dollar quote and a statement": "$$; DROP ROLE postgres; --",
    "a reserved word": "select",
  };
  for (const [what, username] of Object.entries(names)) {
    it(`rotates a user whose name has ${what}`, async () => {
      const { rig, arn } = await rigWithUser(username);
      await rig.rotate(arn);
      assert.equal(await rig.logIn(arn, "AWSCURRENT"), `${username} as ${username}`);
      assert.equal(await rig.logIn(arn, "AWSPREVIOUS"), "refused");
    });
  }

  it("never shows a password to the server's log, nor to its own", async () => {
    const { rig, arn } = await rigWithUser();
    await rig.rotate(arn);
    await rig.rotate(arn);
    const passwords = rig.secrets.puts.map(({ text }) => JSON.parse(text).password);
    const written = postgres.log() + rig.lines.join("\n");
    assert.equal(passwords.length, 2);
    assert.match(written, /ALTER ROLE "single_[0-9]+" PASSWORD 'SCRAM-SHA-256\$4096:/);
    assert.deepEqual(
      passwords.filter((password) => written.includes(password)),
      [],
    );
  });
});
