import { strict as assert } from "assert";
import { RotationSettings, RotationStrategyName } from "../../../../components/model/rotation-settings";
import { MariadbServer } from "../../../../rotation-proof/servers/mariadb";
import { mariadbForRig, testMariadb } from "../../../support/mariadb";
import { rotationSteps } from "../../../support/rotation-rig";
import { RigServer, ServerRig } from "../../../support/server-rig";

const first = "first-password-1";

describe("rotation of MariaDB", function () {
  this.timeout(60000);
  let server: MariadbServer;
  let rigServer: RigServer;
  let counter = 0;
  before(async function () {
    const started = await testMariadb();
    if (started instanceof Error) return this.skip();
    server = started;
    rigServer = mariadbForRig(server);
  });

  const quoted = (name: string) => `\`${name.replaceAll("`", "``")}\``;
  const rigOf = (settings: RotationSettings) => new ServerRig(rigServer, settings);

  async function prepare(strategy: RotationStrategyName, username = `user_${++counter}`, more: object = {}) {
    const rig = rigOf({ strategy, ...more });
    await server.sql(`CREATE USER ${quoted(username)}@'%' IDENTIFIED BY '${first}'`);
    const user = { username, password: first };
    const needsAdmin = strategy !== "single-user";
    return { rig, username, arn: rig.addSecret(user, needsAdmin ? { masterarn: rig.masterarn } : {}) };
  }

  /** Whether the previous value still logs in afterwards. */
  const strategies: Record<RotationStrategyName, boolean> = {
    "single-user": false,
    "superuser-managed": false,
    "dual-password": false,
    "alternating-users": true,
  };
  for (const [strategy, previousWorks] of Object.entries(strategies) as [RotationStrategyName, boolean][]) {
    describe(strategy, () => {
      it("rotates again and again, each step twice", async () => {
        const { rig, arn } = await prepare(strategy);
        for (let turn = 0; turn < 3; turn++) {
          const token = rig.secrets.startRotation(arn);
          for (const step of rotationSteps)
            for (let time = 0; time < 2; time++) await rig.step(step, arn, token);
          rig.secrets.endRotation(arn, token);
          assert.deepEqual(
            [await rig.logIn(arn, "AWSCURRENT"), await rig.logIn(arn, "AWSPREVIOUS")],
            [true, previousWorks],
          );
        }
        const outcomes = rig.lines.slice(-8).map((line) => JSON.parse(line).outcome);
        const once = ["created", "changed", "tested", "promoted"];
        const again = ["already-created", "already-set", "tested", "already-current"];
        assert.deepEqual(
          outcomes,
          once.flatMap((outcome, index) => [outcome, again[index]]),
        );
      });

      it("works when two invocations of a step run at once", async () => {
        const { rig, arn } = await prepare(strategy);
        for (let turn = 0; turn < 2; turn++) {
          const token = rig.secrets.startRotation(arn);
          for (const step of rotationSteps)
            await Promise.all([rig.step(step, arn, token), rig.step(step, arn, token)]);
          rig.secrets.endRotation(arn, token);
        }
        assert.equal(rig.secrets.puts.length, 2);
        assert.equal(await rig.logIn(arn, "AWSCURRENT"), true);
      });

      it("never refuses a login with AWSCURRENT or AWSPENDING while it runs", async () => {
        const { rig, arn } = await prepare(strategy);
        const token = rig.secrets.startRotation(arn);
        const seen: (boolean | undefined)[] = [];
        for (const step of rotationSteps) {
          await rig.step(step, arn, token);
          seen.push(await rig.logIn(arn, "AWSCURRENT"));
        }
        const keepsBoth = strategy === "dual-password" || strategy === "alternating-users";
        assert.deepEqual(seen, [true, keepsBoth, keepsBoth, true]);
      });

      it("never shows a password to the server's log, nor to its own", async () => {
        const { rig, arn } = await prepare(strategy);
        await rig.rotate(arn);
        await rig.rotate(arn);
        const written = (await server.log()) + rig.lines.join("\n");
        assert.equal(rig.passwords.length, 2);
        assert.match(written, /mysql_native_password USING '\*[0-9A-F]{40}'|SET PASSWORD = '\*[0-9A-F]{40}'/);
        assert.deepEqual(
          rig.passwords.filter((password) => written.includes(password)),
          [],
        );
      });

      const names: Record<string, string> = {
        "double quotes": `a"b""c`,
        "single quotes and a host": `o'brien''@'%`,
        backticks: "a`b``c`",
        "a backslash": "back\\slash\\'",
        "upper case and spaces": "Orders Service",
        Unicode: "größe-注文",
        "a statement": "x'; DROP USER admin; -- ",
        "a reserved word": "select",
      };
      for (const [what, name] of Object.entries(names)) {
        it(`rotates a user whose name has ${what}`, async () => {
          const { rig, arn } = await prepare(strategy, `${name}${++counter}`);
          assert.deepEqual(await rig.rotate(arn), ["created", "changed", "tested", "promoted"]);
          assert.equal(await rig.logIn(arn, "AWSCURRENT"), true);
        });
      }
    });
  }

  it("rotates names of 128 characters, and of 122 with a clone, and refuses longer ones", async () => {
    const long = await prepare("single-user", "u".repeat(128));
    assert.deepEqual(await long.rig.rotate(long.arn), ["created", "changed", "tested", "promoted"]);
    const twin = await prepare("alternating-users", "t".repeat(122));
    assert.deepEqual(await twin.rig.rotate(twin.arn), ["created", "changed", "tested", "promoted"]);
    const tooLong = await prepare("alternating-users", "t".repeat(123));
    assert.equal(await tooLong.rig.failure(tooLong.arn), "unsupported");
    assert.deepEqual(tooLong.rig.secrets.puts, []);
  });

  it("makes the first value of an empty secret through the administrator", async () => {
    for (const strategy of Object.keys(strategies) as RotationStrategyName[]) {
      const username = `seeded_${++counter}`;
      const masterarn = rigOf({ strategy }).masterarn;
      const seed = { ...rigServer.place, username, masterarn } as RotationSettings["seed"];
      const rig = rigOf({ strategy, seed: seed! });
      const arn = rig.secrets.add("orders/database");
      assert.deepEqual(await rig.rotate(arn), ["seeded", "changed", "tested", "promoted"]);
      assert.equal(await rig.logIn(arn, "AWSCURRENT"), true, strategy);
    }
  });

  it("lets a user change both passwords itself only when the server does", async () => {
    const rig = rigOf({ strategy: "dual-password" });
    await server.sql(`CREATE USER alone IDENTIFIED BY '${first}'`);
    const arn = rig.addSecret({ username: "alone", password: first });
    assert.equal(await rig.failure(arn), "permission");
    assert.equal(await server.logIn("alone", first), true);
  });

  it("keeps AWSCURRENT working when a rotation was given up and another one begins", async () => {
    const { rig, arn } = await prepare("dual-password");
    const token = rig.secrets.startRotation(arn);
    await rig.step("createSecret", arn, token);
    await rig.step("setSecret", arn, token);
    const given = rig.secrets.value(arn, "AWSPENDING");
    rig.secrets.endRotation(arn, token);
    const next = rig.secrets.startRotation(arn);
    await rig.step("createSecret", arn, next);
    await rig.step("setSecret", arn, next);
    const seen = [await rig.logIn(arn, "AWSCURRENT"), await rig.logIn(arn, "AWSPENDING")];
    assert.deepEqual([...seen, await server.logIn(given.username, given.password)], [true, true, false]);
  });
});
