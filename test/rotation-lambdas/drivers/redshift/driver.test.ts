import { strict as assert } from "assert";
import { RotationSettings } from "../../../../components/model/rotation-settings";
import { redshiftDriver } from "../../../../rotation-lambdas/drivers/redshift";
import { TimeBudget } from "../../../../rotation-lambdas/time-budget";
import { RedshiftFake, startRedshiftFake } from "../../../../rotation-proof/servers/redshift-fake";
import { RigServer, ServerRig } from "../../../support/server-rig";

const first = "First-password-1";
const done = ["created", "changed", "tested", "promoted"];

/** Against a stand-in that states what it covers; Redshift is a service of AWS alone. */
describe("rotation of Redshift", () => {
  let fake: RedshiftFake;
  let rigServer: RigServer;
  beforeEach(() => {
    fake = startRedshiftFake();
    rigServer = {
      place: { engine: "redshift", host: fake.host, port: fake.port },
      admin: fake.admin,
      driver: (recorder) => redshiftDriver(recorder.wrap("redshift", fake.connect)),
      logIn: (username, password) => fake.logIn(username, password),
    };
  });

  function prepare(settings: RotationSettings, username = "app") {
    fake.createUser(username, first);
    const rig = new ServerRig(rigServer, settings);
    const { masterarn } = rig;
    const isAlone = settings.strategy === "single-user";
    return { rig, arn: rig.addSecret({ username, password: first }, isAlone ? {} : { masterarn }) };
  }

  for (const strategy of ["single-user", "superuser-managed"] as const) {
    for (const username of ["app", `o'brien"; drop user admin; --`, "größe", "back\\slash"]) {
      it(`changes the password of ${username}, hashed: ${strategy}`, async () => {
        const { rig, arn } = prepare({ strategy }, username);
        assert.deepEqual(await rig.rotate(arn), done);
        assert.deepEqual(await rig.rotate(arn), done);
        assert.deepEqual(
          [await rig.logIn(arn, "AWSCURRENT"), await rig.logIn(arn, "AWSPREVIOUS")],
          [true, false],
        );
        const written = [...fake.log, ...rig.lines].join("\n");
        assert.deepEqual(
          rig.passwords.filter((one) => written.includes(one)),
          [],
        );
      });
    }
  }

  for (const strategy of ["alternating-users", "dual-password"] as const) {
    it(`says that it does not offer ${strategy}, and changes nothing`, async () => {
      const { rig, arn } = prepare({ strategy });
      const before = new Map(fake.users);
      assert.equal(await rig.failure(arn), "unsupported");
      assert.deepEqual(fake.users, before);
    });
  }

  it("creates users in lower case only, and refuses administrators", async () => {
    const login = { host: fake.host, port: fake.port, ...fake.admin };
    const session = await redshiftDriver(fake.connect).connect(login, TimeBudget.within(5000));
    await session.users!.ensure("made", "Second-password-1");
    assert.equal(await fake.logIn("made", "Second-password-1"), true);
    fake.createUser("other_admin", first, true);
    await assert.rejects(session.users!.ensure("other_admin", "x"), { code: "policy-refused" });
    await assert.rejects(session.users!.ensure("Mixed", "x"), { code: "unsupported" });
  });

  it("refuses names of more than 127 bytes before anything is stored", async () => {
    const { rig, arn } = prepare({ strategy: "single-user" }, "u".repeat(128));
    assert.equal(await rig.failure(arn), "unsupported");
    assert.deepEqual(rig.secrets.puts, []);
  });

  it("refuses a server that is not Redshift", async () => {
    const postgres = redshiftDriver(async () => ({
      query: async () => ({ rows: [{ own: "app", version: "PostgreSQL 18.1" }] }),
      end: async () => undefined,
    }));
    const login = { host: "h", username: "app", password: first };
    await assert.rejects(postgres.connect(login, TimeBudget.within(1000)), { code: "unsupported" });
  });
});
