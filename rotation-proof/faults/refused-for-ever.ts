import { RotationError } from "../../rotation-lambdas/rotation-error";
import { Strategy } from "../../rotation-lambdas/strategy";
import { CrashRecorder } from "../crash-recorder";
import { checkReachable, checkSettled, Violation } from "../invariants";
import { Trial } from "../trial";
import { expectCode, Fault, newTrial } from "./fault";

/** A server whose policy takes no value of the first version. */
const refusing = (whole: Strategy<any>): Strategy<any> => ({
  ...whole,
  apply: async () => {
    throw new RotationError("policy-refused", "the server's policy refuses the value");
  },
});

const refusedForEver: Fault = {
  id: "F13",
  title:
    "the server's policy refuses the pending value for ever; then what docs/runbooks/policy-refused.md says",
  async run({ subject, ...proof }) {
    const trial = await newTrial({ subject, ...proof });
    const { secretArn } = trial.subject;
    const where = "refused for ever";
    const code = trial.code(new CrashRecorder(), { strategy: refusing });
    let { attempt } = await proof.cloud.rotate(secretArn, code);
    const violations: Violation[] = [];
    while (attempt === "failed") {
      violations.push(...(await checkReachable(subject, trial, where)));
      attempt = await proof.cloud.retry(secretArn, code);
    }
    violations.push(...expectCode(trial, ["policy-refused"], where));
    await giveUpPending(trial);
    const { token, attempt: next } = await trial.rotate(new CrashRecorder());
    if (next !== "succeeded")
      violations.push({
        invariant: "ends",
        where: "after it was given up",
        what: trial.written.at(-1) ?? next,
      });
    violations.push(...(await checkSettled(subject, trial, token, "after it was given up")));
    return { points: 2, violations };
  },
};

/** CancelRotateSecret, and AWSPENDING off its version. */
async function giveUpPending({ cloud, subject }: Trial): Promise<void> {
  const SecretId = subject.secretArn;
  await cloud.call("CancelRotateSecret", { SecretId });
  const { AWSPENDING: RemoveFromVersionId } = await cloud.stages(SecretId);
  const change = { SecretId, VersionStage: "AWSPENDING", RemoveFromVersionId };
  await cloud.call("UpdateSecretVersionStage", change);
}

/** Faults of values that no repetition can make good. */
export const refusalFaults: readonly Fault[] = [refusedForEver];
