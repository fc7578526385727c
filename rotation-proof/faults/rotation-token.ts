import { randomUUID } from "crypto";
import { CrashRecorder } from "../crash-recorder";
import { checkReachable, Violation } from "../invariants";
import { RotationCall } from "../in-process-lambda";
import { Fault, newTrial, recover } from "./fault";
import { allSteps, rotateWith } from "./interference";

const token: Fault = {
  id: "F9",
  title: "the rotation token is in the event and passed on; without it an administrator's call is foreign",
  async run(proof) {
    const trial = await newTrial(proof);
    const events: RotationCall[] = [];
    const code = trial.code(new CrashRecorder());
    const rotated = await proof.cloud.rotate(trial.subject.secretArn, (event) => {
      events.push(event);
      return code(event);
    });
    const violations: Violation[] = [];
    if (events.length !== allSteps.length || !events.every(({ RotationToken }) => RotationToken))
      violations.push({ invariant: "ends", where: "with a token", what: `${events.length} calls with it` });
    violations.push(...(await recover(proof, trial, rotated.token, rotated.attempt, "with a token")));
    // A function of Secrets Manager from before the token signs as its own role; the proof's is an administrator.
    const other = await newTrial(proof);
    const bare = other.code(new CrashRecorder());
    const { token, attempt } = await proof.cloud.rotate(other.subject.secretArn, (event) => {
      const { RotationToken: _removed, ...rest } = event;
      return bare(rest);
    });
    const where = "without a token";
    if (attempt !== "failed") violations.push({ invariant: "ends", where, what: `the rotation ${attempt}` });
    violations.push(...(await checkReachable(proof.subject, other, where)));
    if ((await proof.cloud.stages(other.subject.secretArn))["AWSCURRENT"] === token)
      violations.push({ invariant: "agreement", where, what: "a foreign value was promoted" });
    return { points: 2, violations };
  },
};

const askedAgain: Fault = {
  id: "F12c",
  title: "RotateSecret is called again before each step of a rotation that is under way",
  async run(proof) {
    const violations: Violation[] = [];
    for (const step of allSteps) {
      const where = `asked again before ${step}`;
      let answer = "nothing";
      const { trial, token, attempt } = await rotateWith(proof, step, async ({ SecretId }, { cloud }) => {
        const request = { SecretId, ClientRequestToken: randomUUID() };
        answer = await cloud.call("RotateSecret", request).then(
          () => "success",
          (error: Error) => error.message,
        );
      });
      if (!answer.includes("previous rotation isn't complete"))
        violations.push({ invariant: "ends", where, what: `RotateSecret answered ${answer}` });
      violations.push(...(await recover(proof, trial, token, attempt, where)));
    }
    return { points: allSteps.length, violations };
  },
};

/** Faults of who asks for a rotation, and how often. */
export const rotationTokenFaults: readonly Fault[] = [token, askedAgain];
