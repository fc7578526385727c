import { CrashRecorder } from "../crash-recorder";
import { Violation } from "../invariants";
import { Fault, newTrial, recover } from "./fault";

const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"];

const twoInvocations: Fault = {
  id: "F12",
  title: "two invocations of a step at once, of each step and of all of them",
  async run(proof) {
    const violations: Violation[] = [];
    for (const doubled of [...steps, "all steps"]) {
      const trial = await newTrial(proof);
      const [one, other] = [trial.code(new CrashRecorder()), trial.code(new CrashRecorder())];
      const { token, attempt } = await proof.cloud.rotate(trial.subject.secretArn, async (event) => {
        if (doubled !== "all steps" && event.Step !== doubled) return one(event);
        // Secrets Manager sees the answer of one of them; the other may fail and be repeated.
        const [first, second] = await Promise.allSettled([one(event), other(event)]);
        if (first.status === "rejected" && second.status === "rejected") throw first.reason;
        return undefined;
      });
      violations.push(...(await recover(proof, trial, token, attempt, `two invocations of ${doubled}`)));
    }
    return { points: steps.length + 1, violations };
  },
};

const overlapping: Fault = {
  id: "F12b",
  title: "an invocation that was thought lost goes on while the rotation is repeated",
  async run(proof) {
    const violations: Violation[] = [];
    for (const late of steps) {
      const trial = await newTrial(proof);
      const straggler = trial.code(new CrashRecorder());
      let behind: Promise<unknown> | undefined;
      const code = trial.code(new CrashRecorder());
      const { token, attempt } = await proof.cloud.rotate(trial.subject.secretArn, async (event) => {
        if (event.Step !== late) return code(event);
        behind = straggler(event).catch(() => undefined);
        throw new Error("no answer in time");
      });
      const found = await recover(proof, trial, token, attempt, `a straggler in ${late}`);
      await behind;
      violations.push(...found);
    }
    return { points: steps.length, violations };
  },
};

/** Faults of invocations that overlap. */
export const atOnceFaults: readonly Fault[] = [twoInvocations, overlapping];
