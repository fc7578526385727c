import { ApiError } from "../../local/cloud/core/api-error";
import { CrashRecorder } from "../crash-recorder";
import { Proof } from "../enumerate";
import { RotationFunctionCode } from "../in-process-lambda";
import { Violation } from "../invariants";
import { Trial } from "../trial";
import { Fault, newTrial, recover } from "./fault";
import { allSteps } from "./interference";

const refusal = () => new ApiError("TooManyRequestsException", "Rate Exceeded.", 429);

const reserved: Fault = {
  id: "F12d",
  title:
    "Lambda's reserved concurrency refuses the invocation of each step, and two secrets share one invocation",
  async run(proof) {
    const violations: Violation[] = [];
    for (const step of allSteps) violations.push(...(await refusedOnce(proof, step)));
    violations.push(...(await sharedByTwo(proof)));
    return { points: allSteps.length + 1, violations };
  },
};

async function refusedOnce(proof: Proof, step: string): Promise<Violation[]> {
  const trial = await newTrial(proof);
  const code = trial.code(new CrashRecorder());
  const { token, attempt } = await proof.cloud.rotate(trial.subject.secretArn, (event) => {
    if (event.Step === step) throw refusal();
    return code(event);
  });
  return recover(proof, trial, token, attempt, `no invocation for ${step}`);
}

/** Two rotations at once under one invocation: as often as Secrets Manager repeats them, then undisturbed. */
async function sharedByTwo(proof: Proof): Promise<Violation[]> {
  const trials = [await newTrial(proof), await newTrial(proof)];
  const gate = new Gate();
  const found = await Promise.all(
    trials.map(async (trial) => {
      const code = gate.shared(trial.code(new CrashRecorder()));
      const { token, attempt } = await proof.cloud.rotate(trial.subject.secretArn, code);
      let last = attempt;
      while (last === "failed") last = await proof.cloud.retry(trial.subject.secretArn, code);
      if (last === "given-up") last = await rotateAgain(trial);
      return recover(proof, trial, token, last, "two secrets with one invocation");
    }),
  );
  const where = "two secrets with one invocation";
  const idle: Violation = { invariant: "ends", where, what: "no invocation was refused" };
  return [...found.flat(), ...(gate.refused > 0 ? [] : [idle])];
}

/** The version of a rotation that was given up is taken up by the next, whose request is answered with an error. */
async function rotateAgain(trial: Trial) {
  await trial.rotate(new CrashRecorder()).catch(() => undefined);
  return trial.cloud.settled(trial.subject.secretArn);
}

/** One reserved invocation. */
class Gate {
  refused = 0;
  private isTaken = false;

  shared(code: RotationFunctionCode): RotationFunctionCode {
    return async (event) => {
      if (this.isTaken) {
        this.refused += 1;
        throw refusal();
      }
      this.isTaken = true;
      try {
        return await code(event);
      } finally {
        this.isTaken = false;
      }
    };
  }
}

/** Faults of Lambda's own limits. */
export const reservedConcurrencyFaults: readonly Fault[] = [reserved];
