import { randomUUID } from "crypto";
import { CrashRecorder } from "../crash-recorder";
import { Proof } from "../enumerate";
import { checkReachable, checkSettled, Violation } from "../invariants";
import { Trial } from "../trial";
import { expectCode, Fault, newTrial, recover } from "./fault";

const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"];

/** A rotation whose every attempt fails before it has made a value, as when the function was broken. */
async function giveUp(proof: Proof, trial: Trial, afterCreate: boolean): Promise<string> {
  const code = trial.code(new CrashRecorder());
  const failing = async (event: Parameters<typeof code>[0]) => {
    if (afterCreate && event.Step === "createSecret") return code(event);
    throw new Error("the function is broken");
  };
  const { token } = await proof.cloud.rotate(trial.subject.secretArn, failing);
  let attempt = "failed";
  while (attempt === "failed") attempt = await proof.cloud.retry(trial.subject.secretArn, failing);
  return token;
}

const leftover: Fault = {
  id: "F2",
  title: "an earlier rotation left AWSPENDING behind, without a value and with one",
  async run(proof) {
    const violations: Violation[] = [];
    for (const hasValue of [false, true]) {
      const trial = await newTrial(proof);
      const where = `leftover AWSPENDING ${hasValue ? "with" : "without"} a value`;
      const token = await giveUp(proof, trial, hasValue);
      // Secrets Manager answers an error and finishes the version that is there.
      const refused = await trial.rotate(new CrashRecorder()).then(
        () => undefined,
        (error: Error) => error.message,
      );
      if (!refused?.includes("previous rotation isn't complete")) {
        violations.push({ invariant: "ends", where, what: `RotateSecret answered ${refused ?? "success"}` });
      }
      const attempt = await proof.cloud.settled(trial.subject.secretArn);
      violations.push(...(await recover(proof, trial, token, attempt, where)));
    }
    return { points: 2, violations };
  },
};

const testOnly: Fault = {
  id: "F3",
  title: "RotateImmediately=false: testSecret alone, on a version without a value",
  async run(proof) {
    const trial = await newTrial(proof, 1);
    const { secretArn } = trial.subject;
    const before = await proof.cloud.stages(secretArn);
    const asked: string[] = [];
    const code = trial.code(new CrashRecorder());
    await proof.cloud.rotate(
      secretArn,
      async (event) => {
        asked.push(event.Step);
        return code(event);
      },
      { RotateImmediately: false },
    );
    const after = await proof.cloud.stages(secretArn);
    const where = "testSecret alone";
    const same = ["AWSCURRENT", "AWSPREVIOUS"].every((stage) => before[stage] === after[stage]);
    const failed = trial.written.some((text) => text.startsWith("{") && JSON.parse(text).code);
    return {
      points: 1,
      violations: [
        ...(asked.join() === "testSecret" && !failed
          ? []
          : [{ invariant: "ends", where, what: trial.written.at(-1) ?? asked.join() } as const]),
        ...(same ? [] : [{ invariant: "agreement", where, what: "a stage has moved" } as const]),
        ...(await checkReachable(proof.subject, trial, where)),
      ],
    };
  },
};

const foreignPending: Fault = {
  id: "F7",
  title: "somebody else put the pending value, for the same user or for another host (also F36)",
  async run(proof) {
    const violations: Violation[] = [];
    for (const change of [{}, { host: "evil.example.com" }, { username: "somebody_else" }]) {
      const trial = await newTrial(proof);
      const { secretArn } = trial.subject;
      const where = `foreign AWSPENDING ${JSON.stringify(change)}`;
      const code = trial.code(new CrashRecorder());
      const current = (await trial.value("AWSCURRENT"))!;
      const { attempt } = await proof.cloud.rotate(secretArn, async (event) => {
        if (event.Step !== "createSecret") return code(event);
        return proof.cloud.call("PutSecretValue", {
          ...{ SecretId: secretArn, ClientRequestToken: event.ClientRequestToken },
          ...{ SecretString: altered(current, change), VersionStages: ["AWSPENDING"] },
        });
      });
      if (attempt === "succeeded") violations.push({ invariant: "ends", where, what: "it was promoted" });
      violations.push(...(await checkReachable(proof.subject, trial, where)));
      if (!(await trial.subject.logIn(current)))
        violations.push({ invariant: "agreement", where, what: "the server was changed" });
    }
    return { points: 3, violations };
  },
};

/** The same value with another password where there is one, and with these members. */
function altered(current: string, change: object): string {
  const value = JSON.parse(current);
  return JSON.stringify({ ...value, ...("password" in value ? { password: randomUUID() } : {}), ...change });
}

const repeated: Fault = {
  id: "F8",
  title: "every step is called again when the version is AWSCURRENT already",
  async run(proof) {
    const trial = await newTrial(proof);
    const { secretArn } = trial.subject;
    const { token } = await trial.rotate(new CrashRecorder());
    const code = trial.code(new CrashRecorder());
    const where = "all steps again";
    const violations: Violation[] = [];
    for (const Step of steps) {
      await code({ Step, SecretId: secretArn, ClientRequestToken: token }).catch((error: Error) =>
        violations.push({ invariant: "ends", where: `${Step} again`, what: error.message }),
      );
    }
    violations.push(...(await checkSettled(proof.subject, trial, token, where)));
    return { points: steps.length, violations };
  },
};

const foreignSecret: Fault = {
  id: "F36",
  title: "the function is sent another secret's ARN",
  async run(proof) {
    const [trial, other] = [await newTrial(proof), await newTrial(proof)];
    const bound = { ...trial.subject.settings, secretArn: trial.subject.secretArn };
    const code = trial.code(new CrashRecorder(), { settings: bound });
    const before = (await other.value("AWSCURRENT"))!;
    await proof.cloud.rotate(other.subject.secretArn, code);
    const where = "another secret's ARN";
    const isSame = (await other.value("AWSCURRENT")) === before && (await other.subject.logIn(before));
    return {
      points: 1,
      violations: [
        ...expectCode(trial, ["policy-refused"], where),
        ...(isSame ? [] : [{ invariant: "agreement", where, what: "the other secret was changed" } as const]),
      ],
    };
  },
};

/** Faults of stages, tokens and events. */
export const stageFaults: readonly Fault[] = [leftover, testOnly, foreignPending, repeated, foreignSecret];
