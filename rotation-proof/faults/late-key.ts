import { CrashRecorder } from "../crash-recorder";
import { Proof, Tally } from "../enumerate";
import { checkNextRotation, checkReachable, Violation } from "../invariants";
import { Start, Trial } from "../trial";
import { Fault, newTrial, recover, total } from "./fault";

type Beginning = Omit<Start, "name">;

const lateKey: Fault = {
  id: "F35",
  title:
    "a request of an ended invocation takes effect after the repeated rotation has ended: the next one removes its key",
  async run(proof) {
    const { subject } = await newTrial(proof);
    if (subject.strategy(new CrashRecorder()).issue === undefined) return undefined;
    const seeded: readonly Beginning[] = proof.subject.canSeed ? [{ isSeeded: true }] : [];
    const tallies: Tally[] = [];
    for (const start of [{}, { rotationsBefore: 1 }, ...seeded]) tallies.push(await tooLate(proof, start));
    return total(tallies);
  },
};

/** Calls of which it does not matter when they take effect, and Secrets Manager's, which knows a request again. */
const looksOnly = /^(secrets\.|List|Get|GET )/;

/** Every request that changes something at the service, one at a time. */
async function tooLate(proof: Proof, start: Beginning): Promise<Tally> {
  const { calls, asyncNames } = await cleanCalls(proof, start);
  const changes = [...calls.entries()].filter(([, call]) => !looksOnly.test(call));
  const violations: Violation[] = [];
  for (const [index, call] of changes) {
    const where = `call ${index + 1} (${call}) too late, ${JSON.stringify(start)}`;
    violations.push(...(await tooLateAt(proof, start, { at: index + 1, where, asyncNames })));
  }
  return { points: changes.length, violations };
}

async function cleanCalls(proof: Proof, start: Beginning) {
  const asyncNames = new Set<string>();
  const recorder = new CrashRecorder({ asyncNames });
  const trial = await prepare(proof, start);
  await trial.rotate(recorder);
  return { calls: recorder.calls, asyncNames };
}

interface LateCall {
  readonly at: number;
  readonly where: string;
  readonly asyncNames: Set<string>;
}

async function tooLateAt(
  proof: Proof,
  start: Beginning,
  { at, where, asyncNames }: LateCall,
): Promise<Violation[]> {
  const trial = await prepare(proof, start);
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const plan = { at, interruption: "stop-late" } as const;
  const recorder = new CrashRecorder({ plan, asyncNames, lateAfter: () => released });
  const { token, attempt } = await trial.rotate(recorder);
  const violations = await recover(proof, trial, token, attempt, where);
  release();
  await recorder.late;
  violations.push(...(await checkReachable(proof.subject, trial, where)));
  return [...violations, ...(await checkNextRotation(proof.subject, trial, where))];
}

function prepare({ cloud, server, nextName }: Proof, start: Beginning): Promise<Trial> {
  return Trial.prepare(cloud, server, { ...start, name: nextName() });
}

/** Faults of keys that a service makes. */
export const lateKeyFaults: readonly Fault[] = [lateKey];
