import { FaultKind } from "../../local/cloud/core/faults";
import { SecretVersions } from "../../rotation-lambdas/versions";
import { CrashRecorder } from "../crash-recorder";
import { Proof } from "../enumerate";
import { Violation } from "../invariants";
import { expectCode, expectNoServerCall, Fault, newTrial, recover } from "./fault";

/** How often a rotation calls each operation, at least. */
const operations: Readonly<Record<string, number>> = {
  DescribeSecret: 4,
  GetSecretValue: 6,
  PutSecretValue: 1,
  UpdateSecretVersionStage: 2,
};

/** Once is absorbed by the function's own repetition, except the refusals; often enough makes the step fail. */
const refusals: readonly { readonly kind: FaultKind; readonly times: number }[] = [
  { kind: "throttle", times: 1 },
  { kind: "error", times: 1 },
  { kind: "reply-lost", times: 1 },
  { kind: "key-disabled", times: 1 },
];

/** F5, F11 and F27 on the side of Secrets Manager: each of its calls fails in each way. */
const failingCalls: Fault = {
  id: "F5",
  title: "Secrets Manager throttles, fails, loses the reply or its key is disabled, at each call",
  async run(proof) {
    const violations: Violation[] = [];
    let points = 0;
    for (const [operation, calls] of Object.entries(operations)) {
      for (let nth = 1; nth <= calls; nth++) {
        for (const { kind, times } of refusals) {
          points += 1;
          violations.push(...(await failOnce(proof, { operation, nth, kind, times })));
        }
      }
    }
    return { points, violations };
  },
};

async function failOnce(
  proof: Proof,
  fault: { operation: string; nth: number; kind: FaultKind; times: number },
): Promise<Violation[]> {
  const trial = await newTrial(proof);
  const { faults } = proof.cloud.cloud;
  faults.add({ service: "secretsmanager", ...fault });
  const rotation = trial.rotate(new CrashRecorder());
  const { token, attempt } = await rotation.finally(() => faults.clear());
  return recover(proof, trial, token, attempt, `${fault.kind} of ${fault.operation} ${fault.nth}`);
}

/** Answers a few reads as they were before the last write. */
function stale(versions: SecretVersions, reads: number): SecretVersions {
  let left = reads;
  return {
    ...versions,
    read: async (secretId, which) => (left-- > 0 ? "absent" : versions.read(secretId, which)),
  };
}

const staleReads: Fault = {
  id: "F4",
  title: "reads are served stale, in each step and in createSecret when the value is there (F6)",
  async run(proof) {
    const tallies: Violation[] = [];
    const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"];
    for (const step of steps) tallies.push(...(await staleIn(proof, step)));
    return { points: steps.length, violations: tallies };
  },
};

async function staleIn(proof: Proof, step: string): Promise<Violation[]> {
  const trial = await newTrial(proof);
  const { secretArn } = trial.subject;
  const recorder = new CrashRecorder();
  const fresh = trial.code(recorder);
  // createSecret reads one value twice: its own version, which must be absent once, and the current one.
  const served = trial.code(recorder, { change: (versions) => stale(versions, 1) });
  const { token, attempt } = await proof.cloud.rotate(secretArn, async (event) => {
    if (event.Step === step && step === "createSecret") await fresh(event);
    return event.Step === step ? served(event) : fresh(event);
  });
  return recover(proof, trial, token, attempt, `stale read in ${step}`);
}

const denied: Fault = {
  id: "F27",
  title: "a permission is missing (also F28): refused before the server is called, and nothing is lost",
  async run(proof) {
    const actions = ["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"];
    const violations: Violation[] = [];
    for (const action of actions) violations.push(...(await deny(proof, action)));
    return { points: actions.length, violations };
  },
};

async function deny(proof: Proof, action: string): Promise<Violation[]> {
  const trial = await newTrial(proof);
  const { secretArn } = trial.subject;
  const where = `${action} denied`;
  const recorder = new CrashRecorder();
  // The function signs as the administrator, whom a Deny in the secret's policy binds too; the proof itself reads after.
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: `secretsmanager:${action}`, Resource: "*" }],
  };
  await proof.cloud.call("PutResourcePolicy", {
    SecretId: secretArn,
    ResourcePolicy: JSON.stringify(policy),
  });
  const { token, attempt } = await proof.cloud.rotate(secretArn, trial.code(recorder));
  await proof.cloud.call("DeleteResourcePolicy", { SecretId: secretArn });
  return [
    ...expectCode(trial, ["permission"], where),
    ...expectNoServerCall(recorder, where),
    ...(await recover(proof, trial, token, attempt, where)),
  ];
}

/** Faults of Secrets Manager itself. */
export const secretsManagerFaults: readonly Fault[] = [staleReads, failingCalls, denied];
