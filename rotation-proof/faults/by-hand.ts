import { CrashRecorder } from "../crash-recorder";
import { checkReachable, checkSettled, Violation } from "../invariants";
import { RotationCall } from "../in-process-lambda";
import { Subject } from "../subject";
import { Trial } from "../trial";
import { expectCode, Fault, recover } from "./fault";
import { rotateWith, stepsWithPending } from "./interference";

const putByHand: Fault = {
  id: "F7b",
  title: "an operator's PutSecretValue in the middle makes the same login current, with a member added",
  async run(proof) {
    const violations: Violation[] = [];
    for (const step of stepsWithPending) {
      const { trial, token, attempt } = await rotateWith(proof, step, async ({ SecretId }, { cloud }) => {
        const value = JSON.parse((await cloud.value(SecretId, { stage: "AWSCURRENT" }))!);
        await cloud.put(SecretId, { ...value, note: "by hand" });
      });
      violations.push(...(await recover(proof, trial, token, attempt, `put by hand before ${step}`)));
    }
    return { points: stepsWithPending.length, violations };
  },
};

const promotedByHand: Fault = {
  id: "F7c",
  title: "an operator promotes the pending version before finishSecret does",
  async run(proof) {
    const { trial, token, attempt } = await rotateWith(proof, "finishSecret", promotePending);
    return {
      points: 1,
      violations: await recover(proof, trial, token, attempt, "promoted by hand"),
    };
  },
};

async function promotePending({ SecretId, ClientRequestToken }: RotationCall, { cloud }: Trial) {
  const { AWSCURRENT } = await cloud.stages(SecretId);
  await cloud.call("UpdateSecretVersionStage", {
    ...{ SecretId, VersionStage: "AWSCURRENT" },
    ...{ MoveToVersionId: ClientRequestToken, RemoveFromVersionId: AWSCURRENT },
  });
}

const cancelled: Fault = {
  id: "F7d",
  title: "rotation is cancelled in the middle; then what docs/runbooks/conflict.md says, and a new rotation",
  async run(proof) {
    const violations: Violation[] = [];
    for (const step of stepsWithPending) {
      const where = `cancelled before ${step}`;
      const { trial } = await rotateWith(proof, step, ({ SecretId }, { cloud }) =>
        cloud.call("CancelRotateSecret", { SecretId }),
      );
      violations.push(...expectCode(trial, ["conflict"], where));
      violations.push(...(await checkReachable(proof.subject, trial, where)));
      await followRunbook(trial, proof.subject);
      const { token, attempt } = await trial.rotate(new CrashRecorder());
      if (attempt !== "succeeded")
        violations.push({ invariant: "ends", where, what: trial.written.at(-1) ?? attempt });
      violations.push(...(await checkSettled(proof.subject, trial, token, where)));
    }
    return { points: stepsWithPending.length, violations };
  },
};

/** A pending value is promoted when only it works, or when its key stays; else it loses its stage. */
async function followRunbook({ cloud, subject }: Trial, { keepsUsedKeys }: Subject): Promise<void> {
  const SecretId = subject.secretArn;
  const { AWSCURRENT, AWSPENDING } = await cloud.stages(SecretId);
  const accepts = async (stage: string) => subject.logIn((await cloud.value(SecretId, { stage }))!);
  const isPromoted = keepsUsedKeys ? await accepts("AWSPENDING") : !(await accepts("AWSCURRENT"));
  const change = isPromoted
    ? { VersionStage: "AWSCURRENT", MoveToVersionId: AWSPENDING, RemoveFromVersionId: AWSCURRENT }
    : { VersionStage: "AWSPENDING", RemoveFromVersionId: AWSPENDING };
  await cloud.call("UpdateSecretVersionStage", { SecretId, ...change });
}

/** Faults of people who work on the secret while it is rotated. */
export const byHandFaults: readonly Fault[] = [putByHand, promotedByHand, cancelled];
