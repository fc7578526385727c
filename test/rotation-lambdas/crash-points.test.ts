import { strict as assert } from "assert";
import { RotationSettings } from "../../components/model/rotation-settings";
import { testPostgres, TestPostgres } from "../support/postgres";
import { RotationRig, rotationSteps } from "../support/rotation-rig";

interface Start {
  readonly strategy: RotationSettings["strategy"];
  /** Whether the secret begins empty. */
  readonly isSeeded?: boolean;
  /** Rotations before the one that crashes. */
  readonly rotationsBefore: number;
  /** Whether a login with AWSCURRENT must work at every moment, rather than one with AWSCURRENT or AWSPENDING. */
  readonly currentAlwaysWorks: boolean;
}

const starts: Record<string, Start> = {
  "single user": { strategy: "single-user", rotationsBefore: 0, currentAlwaysWorks: false },
  "single user, first value": {
    strategy: "single-user",
    isSeeded: true,
    rotationsBefore: 0,
    currentAlwaysWorks: false,
  },
  "alternating users, clone to be made": {
    strategy: "alternating-users",
    rotationsBefore: 0,
    currentAlwaysWorks: true,
  },
  "alternating users, back to the original": {
    strategy: "alternating-users",
    rotationsBefore: 1,
    currentAlwaysWorks: true,
  },
};

/** A stop after one of these is a stop after the call before it: nothing outside has changed. */
const looksOnly = /^(describe|read|checkMayMove|SELECT (oid|coalesce|r\.)|SHOW|SET LOCAL)/;

describe("a rotation that stops after any external call and is repeated", function () {
  this.timeout(120000);
  let postgres: TestPostgres;
  let counter = 0;
  before(async () => void (postgres = await testPostgres()));

  async function prepare({ strategy, isSeeded, rotationsBefore }: Start) {
    const username = `crash_${++counter}`;
    const { host, port } = postgres;
    const masterarn = new RotationRig(postgres, { strategy }).addAdmin();
    const seed = { engine: "postgres", host, port, dbname: "postgres", username, masterarn };
    const rig = new RotationRig(postgres, { strategy, ...(isSeeded ? { seed } : {}) });
    rig.addAdmin();
    const user = { username, password: "first-password-1" };
    if (!isSeeded) await postgres.sql(`CREATE ROLE ${username} LOGIN PASSWORD '${user.password}'`);
    const arn = rig.secrets.add(
      "orders/database",
      isSeeded ? undefined : rig.credential(user, { masterarn }),
    );
    for (let turn = 0; turn < rotationsBefore; turn++) await rig.rotate(arn);
    return { rig, arn };
  }

  async function assertReachable(rig: RotationRig, arn: string, start: Start, where: string) {
    if (start.isSeeded) return;
    const current = await rig.logIn(arn, "AWSCURRENT");
    const isReachable = start.currentAlwaysWorks
      ? current !== "refused"
      : [current, await rig.logIn(arn, "AWSPENDING")].some((who) => !["refused", "no value"].includes(who));
    assert.ok(isReachable, `no login works ${where}`);
  }

  /** Runs the steps until one fails. */
  async function runSteps(rig: RotationRig, arn: string, token: string) {
    for (const step of rotationSteps) await rig.step(step, arn, token);
  }

  for (const [name, start] of Object.entries(starts)) {
    it(`ends with secret and server in agreement: ${name}`, async () => {
      const dry = await prepare(start);
      dry.rig.points.arm();
      await dry.rig.rotate(dry.arn);
      const calls = [...dry.rig.points.names];
      assert.ok(calls.length >= 15, `${calls.length} calls`);
      for (const [index, call] of calls.entries()) {
        if (index > 0 && looksOnly.test(call)) continue;
        const where = `after call ${index + 1} (${call})`;
        const { rig, arn } = await prepare(start);
        const token = rig.secrets.startRotation(arn);
        const putsBefore = rig.secrets.puts.length;
        rig.points.arm(index + 1);
        await runSteps(rig, arn, token).catch(() => undefined);
        assert.ok(rig.points.crashed, `did not crash ${where}`);
        await assertReachable(rig, arn, start, where);
        rig.points.arm();
        await runSteps(rig, arn, token);
        rig.secrets.endRotation(arn, token);
        assert.equal(rig.secrets.stages(arn)["AWSCURRENT"], token, where);
        assert.equal(rig.secrets.puts.length, putsBefore + 1, `one value a version ${where}`);
        assert.notEqual(await rig.logIn(arn, "AWSCURRENT"), "refused", where);
      }
    });
  }
});
