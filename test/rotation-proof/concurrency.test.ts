import { strict as assert } from "assert";
import { randomUUID } from "crypto";
import { alternatingUsers } from "../../rotation-lambdas/strategies/alternating-users";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { CrashRecorder } from "../../rotation-proof/crash-recorder";
import { RotationCall } from "../../rotation-proof/in-process-lambda";
import { checkSettled } from "../../rotation-proof/invariants";
import { ProofCloud } from "../../rotation-proof/proof-cloud";
import { ProofPostgres, startProofPostgres } from "../../rotation-proof/servers/postgres";
import { Subject, SubjectCase, SubjectServer } from "../../rotation-proof/subject";
import { postgresSubject } from "../../rotation-proof/subjects/postgres";
import { Trial } from "../../rotation-proof/trial";

const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"];

/** Others at work on the same secret; what the proof tries on every subject is not repeated here. */
for (const [strategy, make] of Object.entries({
  "single-user": singleUser,
  "alternating-users": alternatingUsers,
} as const)) {
  describe(`a ${strategy} rotation with others at work`, function () {
    this.timeout(60_000);
    let postgres: ProofPostgres;
    let subject: Subject;
    let server: SubjectServer;
    let cloud: ProofCloud;
    let cases = 0;
    let anyCase: SubjectCase;

    before(async () => {
      cloud = await ProofCloud.start();
      postgres = await startProofPostgres();
      const shared = async () => ({ ...postgres, stop: async () => undefined });
      subject = postgresSubject(strategy as "single-user", make, shared);
      server = await subject.start();
    });
    after(async () => {
      await server.stop();
      await postgres.stop();
      await cloud.stop();
    });

    async function trialOf() {
      const trial = await Trial.prepare(cloud, server, { name: `others_${++cases}` });
      anyCase = trial.subject;
      return { trial, arn: trial.subject.secretArn, code: trial.code(new CrashRecorder()) };
    }

    /** Runs `interfere` before one step of the rotation. */
    async function rotateWith(before: string, interfere: (event: RotationCall) => Promise<unknown>) {
      const { trial, arn, code } = await trialOf();
      let isDone = false;
      const run = async (event: RotationCall) => {
        if (event.Step === before && !isDone) {
          isDone = true;
          await interfere(event);
        }
        return code(event);
      };
      const { token, attempt: first } = await cloud.rotate(arn, run);
      let attempt = first;
      while (attempt === "failed") attempt = await cloud.retry(arn, run);
      return { trial, arn, token, attempt, isDone };
    }

    const codesOf = (trial: Trial) =>
      trial.written
        .filter((text) => text.startsWith("{"))
        .map((text) => JSON.parse(text).code)
        .filter((code) => code !== undefined);

    for (const step of ["setSecret", "testSecret", "finishSecret"]) {
      it(`takes up a value that somebody makes current by hand before ${step}, when it is of the same user`, async () => {
        let arn = "";
        const { trial, token, attempt, isDone } = await rotateWith(step, async (event) => {
          arn = event.SecretId;
          const value = JSON.parse((await cloud.value(arn, { stage: "AWSCURRENT" }))!);
          // An operator's PutSecretValue: the same login with a member added.
          await cloud.put(arn, { ...value, note: "by hand" });
        });
        assert.deepEqual([attempt, isDone, codesOf(trial)], ["succeeded", true, []]);
        assert.deepEqual(await checkSettled(subject, trial, token, "by hand"), []);
      });
    }

    it("refuses a host that is edited between the steps, and changes nothing", async () => {
      const { trial, arn, attempt } = await rotateWith("setSecret", async ({ SecretId }) => {
        const value = JSON.parse((await cloud.value(SecretId, { stage: "AWSCURRENT" }))!);
        await cloud.put(SecretId, { ...value, host: "db.evil.example.com" });
      });
      assert.equal(attempt, "given-up");
      assert.deepEqual(new Set(codesOf(trial)), new Set(["conflict"]));
      assert.match(trial.written.join("\n"), /pending and current differ in host/);
      const previous = (await cloud.value(arn, { stage: "AWSPREVIOUS" }))!;
      assert.equal(await trial.subject.logIn(previous), true);
    });

    it("finishes a rotation that is asked for again while it runs", async () => {
      let answer = "";
      const { trial, token, attempt } = await rotateWith("testSecret", async ({ SecretId }) => {
        const request = { SecretId, ClientRequestToken: randomUUID() };
        answer = await cloud.call("RotateSecret", request).then(
          () => "accepted",
          (error: Error) => error.message,
        );
      });
      assert.match(answer, /previous rotation isn't complete/);
      assert.equal(attempt, "succeeded");
      assert.deepEqual(await checkSettled(subject, trial, token, "asked again"), []);
    });

    it("passes the rotation token on; without one, an administrator's call is foreign to Secrets Manager", async () => {
      const { arn, code } = await trialOf();
      const seen: unknown[] = [];
      const { attempt } = await cloud.rotate(arn, async (event) => {
        seen.push(typeof event.RotationToken);
        return code(event);
      });
      assert.deepEqual([attempt, seen], ["succeeded", steps.map(() => "string")]);
      const other = await trialOf();
      const without = async ({ RotationToken: _removed, ...event }: RotationCall) => other.code(event);
      const first = await cloud.rotate(other.arn, without);
      assert.equal(first.attempt, "failed");
      assert.deepEqual(codesOf(other.trial), []);
      assert.equal(await other.trial.subject.logIn((await other.trial.value("AWSCURRENT"))!), true);
    });

    it("stops when rotation is cancelled in the middle, with a login that works", async () => {
      const { trial, arn } = await rotateWith("testSecret", ({ SecretId }) =>
        cloud.call("CancelRotateSecret", { SecretId }),
      );
      const values = [await trial.value("AWSCURRENT"), await trial.value("AWSPENDING")];
      const accepted = await Promise.all(values.map((value) => trial.subject.logIn(value!)));
      assert.ok(accepted.includes(true), "no login works");
      assert.deepEqual(new Set(codesOf(trial)), new Set(["conflict"]));
      await followRunbook(arn, accepted);
      const { attempt } = await cloud.rotate(arn, trial.code(new CrashRecorder()));
      assert.equal(attempt, "succeeded");
      assert.equal(await trial.subject.logIn((await trial.value("AWSCURRENT"))!), true);
    });

    /** docs/runbooks/conflict.md: a pending value that works is promoted, any other loses its stage. */
    async function followRunbook(SecretId: string, [isCurrentAccepted]: readonly boolean[]) {
      const { AWSCURRENT, AWSPENDING } = await cloud.stages(SecretId);
      const change = isCurrentAccepted
        ? { VersionStage: "AWSPENDING", RemoveFromVersionId: AWSPENDING }
        : { VersionStage: "AWSCURRENT", MoveToVersionId: AWSPENDING, RemoveFromVersionId: AWSCURRENT };
      await cloud.call("UpdateSecretVersionStage", { SecretId, ...change });
    }

    for (const step of ["setSecret", "finishSecret"]) {
      it(`goes on when a replica is promoted before ${step}, and both secrets hold a login that works`, async () => {
        const { trial, arn, code } = await trialOf();
        const replicas = [{ Region: "eu-central-1" }];
        await cloud.call("ReplicateSecretToRegions", { SecretId: arn, AddReplicaRegions: replicas });
        const replica = arn.replace("eu-west-1", "eu-central-1");
        const { token, attempt } = await cloud.rotate(arn, async (event) => {
          if (event.Step === step)
            await cloud.call("StopReplicationToReplica", { SecretId: replica }, "eu-central-1");
          return code(event);
        });
        assert.equal(attempt, "succeeded");
        assert.deepEqual(await checkSettled(subject, trial, token, "promoted replica"), []);
        const accepted = await Promise.all(
          ["AWSCURRENT", "AWSPENDING"].map((stage) => loginOf(replica, stage)),
        );
        // A copy keeps both labels where they were: a single user's AWSCURRENT is refused, its AWSPENDING accepted.
        assert.deepEqual(accepted, [strategy === "alternating-users", true]);
        const { VersionIdsToStages } = await cloud.call(
          "DescribeSecret",
          { SecretId: replica },
          "eu-central-1",
        );
        assert.equal(Object.values(VersionIdsToStages).flat().includes("AWSCURRENT"), true);
      });
    }

    async function loginOf(SecretId: string, VersionStage: string): Promise<boolean> {
      const { SecretString } = await cloud.call("GetSecretValue", { SecretId, VersionStage }, "eu-central-1");
      return anyCase.logIn(SecretString);
    }

    it("ends well when somebody else promotes the pending version in the middle", async () => {
      const { trial, token, attempt } = await rotateWith("finishSecret", async (event) => {
        const stages = await cloud.stages(event.SecretId);
        await cloud.call("UpdateSecretVersionStage", {
          ...{ SecretId: event.SecretId, VersionStage: "AWSCURRENT" },
          ...{ MoveToVersionId: event.ClientRequestToken, RemoveFromVersionId: stages["AWSCURRENT"] },
        });
      });
      assert.deepEqual([attempt, codesOf(trial)], ["succeeded", []]);
      assert.deepEqual(await checkSettled(subject, trial, token, "promoted by hand"), []);
    });
  });
}
