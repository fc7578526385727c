import { strict as assert } from "assert";
import { RotationSettings, RotationStrategyName } from "../../../../components/model/rotation-settings";
import { TimeBudget } from "../../../../rotation-lambdas/time-budget";
import { MysqlFake, startMysqlFake } from "../../../../rotation-proof/servers/mysql-fake";
import { mysqlForRig } from "../../../support/mysql";
import { rotationSteps } from "../../../support/rotation-rig";
import { RigServer, ServerRig } from "../../../support/server-rig";

const first = "first-password-1";
const done = ["created", "changed", "tested", "promoted"];

/** Against a stand-in that states what it covers; no server of MySQL is among the packages of this project's machines. */
describe("rotation of MySQL", function () {
  this.timeout(30000);
  let fake: MysqlFake;
  let rigServer: RigServer;
  let counter = 0;
  before(async () => {
    fake = await startMysqlFake();
    rigServer = mysqlForRig(fake);
    await fake.sql("CREATE USER `reader`@`%` ACCOUNT LOCK");
  });
  after(async () => fake.stop());

  async function prepare(settings: RotationSettings, isAlone = settings.strategy === "single-user") {
    const username = `user_${++counter}`;
    await fake.sql(`CREATE USER \`${username}\`@\`%\` IDENTIFIED BY '${first}'`);
    const rig = new ServerRig(rigServer, settings);
    const { masterarn } = rig;
    const arn = rig.addSecret({ username, password: first }, isAlone ? {} : { masterarn });
    return { rig, arn, username, account: `\`${username}\`@\`%\`` };
  }

  const strategies: Record<RotationStrategyName, readonly boolean[]> = {
    "single-user": [true, false, false, true, false],
    "superuser-managed": [true, false, false, true, false],
    "dual-password": [true, true, true, true, false],
    "alternating-users": [true, true, true, true, true],
  };
  for (const [name, expected] of Object.entries(strategies)) {
    const strategy = name as RotationStrategyName;
    it(`is done by each step, whose repetition changes nothing: ${strategy}`, async () => {
      const { rig, arn } = await prepare({ strategy });
      for (let turn = 0; turn < 2; turn++) {
        const token = rig.secrets.startRotation(arn);
        const seen: (boolean | undefined)[] = [];
        for (const step of rotationSteps) {
          await rig.step(step, arn, token);
          await rig.step(step, arn, token);
          seen.push(await rig.logIn(arn, "AWSCURRENT"));
        }
        rig.secrets.endRotation(arn, token);
        assert.deepEqual([...seen, await rig.logIn(arn, "AWSPREVIOUS")], expected);
      }
      const leaked = rig.passwords.filter((one) => (fake.log() + rig.lines.join()).includes(one));
      assert.deepEqual([rig.passwords.length, leaked], [2, []]);
    });

    it(`works when two invocations of a step run at once: ${strategy}`, async () => {
      const { rig, arn } = await prepare({ strategy });
      const token = rig.secrets.startRotation(arn);
      for (const step of rotationSteps)
        await Promise.all([rig.step(step, arn, token), rig.step(step, arn, token)]);
      assert.equal(await rig.logIn(arn, "AWSCURRENT"), true);
    });
  }

  describe("dual-password", () => {
    const ways: Record<string, { isAlone: boolean; setUp: string }> = {
      "by the administrator": { isAlone: false, setUp: "" },
      "by the administrator, with a password history": {
        isAlone: false,
        setUp: "ALTER USER ACCOUNT PASSWORD HISTORY 5",
      },
      "by the user": { isAlone: true, setUp: "GRANT APPLICATION_PASSWORD_ADMIN ON *.* TO ACCOUNT" },
    };
    for (const [what, { isAlone, setUp }] of Object.entries(ways)) {
      it(`keeps AWSCURRENT when a rotation before was given up: ${what}`, async () => {
        const { rig, arn, account, username } = await prepare({ strategy: "dual-password" }, isAlone);
        if (setUp) await fake.sql(setUp.replace("ACCOUNT", account));
        const seen: unknown[] = [];
        for (let turn = 0; turn < 3; turn++) {
          const token = rig.secrets.startRotation(arn);
          await rig.step("createSecret", arn, token);
          const outcome = await rig.step("setSecret", arn, token).then(
            () => "set",
            () => JSON.parse(rig.lines.at(-1)!).code,
          );
          seen.push(outcome, await fake.logIn(username, first));
          rig.secrets.endRotation(arn, token);
        }
        // A password that the history forbids to be set again cannot be made the newest: no change rather than a loss.
        const rest = what.includes("history") ? "policy-refused" : "set";
        assert.deepEqual(seen, ["set", true, rest, true, rest, true]);
      });
    }

    it("says that the user may not, without the administrator's help or the privilege", async () => {
      const { rig, arn, username } = await prepare({ strategy: "dual-password" }, true);
      assert.equal(await rig.failure(arn), "permission");
      assert.equal(await fake.logIn(username, first), true);
    });

    it("discards the old password even when only that answer was lost", async () => {
      const { rig, arn } = await prepare({ strategy: "dual-password" });
      const token = rig.secrets.startRotation(arn);
      await rig.steps(arn, token);
      const { username, password } = rig.secrets.value(arn, "AWSCURRENT");
      const account = fake.state.find({ user: username, host: "%" })!;
      account.second = first;
      await rig.step("finishSecret", arn, token);
      assert.deepEqual([account.password, account.second], [password, undefined]);
    });

    it("keeps AWSCURRENT when an old finishSecret comes after the next setSecret", async () => {
      const { rig, arn } = await prepare({ strategy: "dual-password" });
      const token = rig.secrets.startRotation(arn);
      await rig.steps(arn, token);
      const { username, password } = rig.secrets.value(arn, "AWSCURRENT");
      const account = fake.state.find({ user: username, host: "%" })!;
      Object.assign(account, { password: "the-next-pending-1", second: password });
      account.history.push("the-next-pending-1");
      const session = await rigServer
        .driver(rig.recorder, rig.settings)
        .connect({ ...rigServer.place, ...rigServer.admin, host: fake.host }, budget());
      await session.dual!.keepOnly(username, password);
      await session.close();
      assert.deepEqual([account.password, account.second], [password, undefined]);
    });
  });

  it("gives the current password where the server wants it", async () => {
    const { rig, arn, account } = await prepare({ strategy: "single-user" });
    await fake.sql(`ALTER USER ${account} PASSWORD REQUIRE CURRENT`);
    assert.deepEqual(await rig.rotate(arn), done);
  });

  it("says when the server's policy refuses the password, and changes nothing", async () => {
    const { rig, arn, username } = await prepare({ strategy: "single-user" });
    fake.state.minLength = 40;
    assert.equal(await rig.failure(arn), "policy-refused");
    fake.state.minLength = 8;
    assert.equal(await fake.logIn(username, first), true);
  });

  const twins: Record<string, readonly string[]> = {
    "global and dynamic privileges": [
      "GRANT PROCESS, SELECT ON *.* TO ACCOUNT",
      "GRANT BACKUP_ADMIN ON *.* TO ACCOUNT WITH GRANT OPTION",
      "GRANT CONNECTION_ADMIN ON *.* TO ACCOUNT",
    ],
    "privileges on databases named to inject SQL": [
      "GRANT SELECT, INSERT ON `a``b'; DROP USER admin; -- x`.* TO ACCOUNT WITH GRANT OPTION",
    ],
    "a partial revoke": ["GRANT SELECT ON *.* TO ACCOUNT", "REVOKE SELECT ON `hidden`.* FROM ACCOUNT"],
    "roles and default roles": [
      "GRANT `reader`@`%` TO ACCOUNT WITH ADMIN OPTION",
      "ALTER USER ACCOUNT DEFAULT ROLE `reader`@`%`",
    ],
    "limits and password rules": [
      "ALTER USER ACCOUNT REQUIRE SSL WITH MAX_USER_CONNECTIONS 5 MAX_QUERIES_PER_HOUR 9 PASSWORD EXPIRE INTERVAL 90 DAY PASSWORD HISTORY 3 PASSWORD REUSE INTERVAL 7 DAY PASSWORD REQUIRE CURRENT FAILED_LOGIN_ATTEMPTS 3 PASSWORD_LOCK_TIME UNBOUNDED",
    ],
  };
  const rightsOf = (user: string) => {
    const account = fake.state.find({ user, host: "%" })!;
    const { options, dynamic, privileges, restrictions, roles, defaultRoles } = account;
    return { options, dynamic, privileges, restrictions, roles, defaultRoles };
  };
  for (const [what, statements] of Object.entries(twins)) {
    it(`gives the clone ${what}, and takes what the original loses`, async () => {
      const { rig, arn, account, username } = await prepare({ strategy: "alternating-users" });
      for (const statement of statements) await fake.sql(statement.replaceAll("ACCOUNT", account));
      assert.deepEqual(await rig.rotate(arn), done);
      const expected = rightsOf(username);
      assert.deepEqual(rightsOf(`${username}_clone`), expected);
      const { defaultRoles: _roles, ...maps } = expected;
      assert.ok(Object.values(maps).some((map) => map.size > 0));
      for (const map of [expected.dynamic, expected.privileges, expected.restrictions, expected.roles])
        map.clear();
      expected.options.clear();
      fake.state.find({ user: username, host: "%" })!.defaultRoles = [];
      await rig.rotate(arn);
      assert.deepEqual(rightsOf(`${username}_clone`), rightsOf(username));
    });
  }

  it("refuses names of more than 32 characters before anything is stored", async () => {
    const rig = new ServerRig(rigServer, { strategy: "alternating-users" });
    const user = { username: "u".repeat(27), password: first };
    const arn = rig.addSecret(user, { masterarn: rig.masterarn });
    assert.equal(await rig.failure(arn), "unsupported");
    assert.deepEqual(rig.secrets.puts, []);
  });

  const refusals: Record<
    string,
    { readonly prepare: (account: string) => Promise<void>; readonly code: string }
  > = {
    "a locked account": {
      prepare: async (account) => void (await fake.sql(`ALTER USER ${account} ACCOUNT LOCK`)),
      code: "locked",
    },
    "an account that failed logins have locked": {
      prepare: async (account) => {
        await fake.sql(`ALTER USER ${account} FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME 1`);
        fake.state.accounts.at(-1)!.failures = 1;
      },
      code: "locked",
    },
    "a read-only server": { prepare: async () => void (fake.state.readOnly = true), code: "unsupported" },
  };
  for (const [what, refusal] of Object.entries(refusals)) {
    it(`says so and changes nothing: ${what}`, async () => {
      const { rig, arn, account, username } = await prepare({ strategy: "superuser-managed" });
      await refusal.prepare(account);
      assert.equal(await rig.failure(arn), refusal.code);
      fake.state.readOnly = false;
      assert.equal(fake.state.find({ user: username, host: "%" })!.password, first);
      assert.equal(rig.lines.join().includes(first), false);
    });
  }
});

function budget(): TimeBudget {
  return TimeBudget.within(10000);
}
