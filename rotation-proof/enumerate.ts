import { CrashRecorder } from "./crash-recorder";
import { Interruption, interruptions } from "./interruption";
import { checkNextRotation, checkReachable, checkSettled, Violation } from "./invariants";
import { ProofCloud } from "./proof-cloud";
import { Subject, SubjectServer } from "./subject";
import { Start, Trial } from "./trial";

/** What one subject is proved on. */
export interface Proof {
  readonly subject: Subject;
  readonly server: SubjectServer;
  readonly cloud: ProofCloud;
  /** A name for the next case. */
  readonly nextName: () => string;
}

export interface Tally {
  readonly points: number;
  readonly violations: readonly Violation[];
}

export interface Sampling {
  /** Every how many calls are interrupted. @default 1, all */
  readonly every?: number;
  /** @default all */
  readonly kinds?: readonly Interruption[];
  /** Takes each call that is interrupted next, counted from 1, and how many there are. */
  readonly onCall?: (at: number, of: number) => void;
}

/** Attempts after the first that Secrets Manager makes in the local cloud. */
const retries = 3;

/**
 * Interrupts a rotation at each of its external calls, repeats it as Secrets Manager does, and checks what has to hold
 * right after the interruption and at the end.
 */
export async function interruptEverywhere(
  proof: Proof,
  start: Omit<Start, "name">,
  { every = 1, kinds = interruptions, onCall }: Sampling = {},
): Promise<Tally> {
  const asyncNames = new Set<string>();
  const clean = await runClean(proof, start, asyncNames);
  const violations = [...clean.violations];
  let points = clean.points;
  for (let at = 1; at <= clean.points; at += every) {
    onCall?.(at, clean.points);
    for (const interruption of kinds) {
      if (interruption === "stop-late" && clean.overConnection.has(at)) continue;
      points += 1;
      violations.push(...(await runInterrupted(proof, start, { at, interruption }, asyncNames)));
    }
  }
  return { points, violations };
}

/** An undisturbed rotation, with an application's login after each call: as many points as calls. */
async function runClean(
  { subject, server, cloud, nextName }: Proof,
  start: Omit<Start, "name">,
  asyncNames: Set<string>,
): Promise<Tally & { readonly overConnection: ReadonlySet<number> }> {
  const trial = await Trial.prepare(cloud, server, { ...start, name: nextName() });
  const violations: Violation[] = [];
  const afterCall = async (label: string, index: number) =>
    void violations.push(...(await checkReachable(subject, trial, `after call ${index} (${label})`)));
  const recorder = new CrashRecorder({ asyncNames, afterCall });
  const { token, attempt } = await trial.rotate(recorder);
  if (attempt !== "succeeded") {
    violations.push({ invariant: "ends", where: "undisturbed", what: trial.written.at(-1) ?? attempt });
  }
  violations.push(...(await checkSettled(subject, trial, token, "undisturbed")));
  return { points: recorder.calls.length, violations, overConnection: recorder.overConnection };
}

async function runInterrupted(
  { subject, server, cloud, nextName }: Proof,
  start: Omit<Start, "name">,
  plan: { readonly at: number; readonly interruption: Interruption },
  asyncNames: Set<string>,
): Promise<Violation[]> {
  const trial = await Trial.prepare(cloud, server, { ...start, name: nextName() });
  const recorder = new CrashRecorder({ plan, asyncNames });
  const { token, attempt: first } = await trial.rotate(recorder);
  const where = `${plan.interruption} call ${plan.at} (${recorder.calls[plan.at - 1]})`;
  if (!recorder.interrupted) return [{ invariant: "ends", where, what: "the call did not come" }];
  const violations = await checkReachable(subject, trial, where);
  let attempt = first;
  let [isLateOver, isSeen] = [false, true];
  void recorder.late.then(() => (isLateOver = true));
  // Each step begins with it: what holds at the end is whether the last step could see what came late.
  const afterCall = async (label: string) => void (label === "secrets.describe" && (isSeen = isLateOver));
  for (let retry = 0; retry < retries && attempt === "failed"; retry++) {
    attempt = await trial.retry(new CrashRecorder({ asyncNames, afterCall }));
  }
  await recorder.late;
  if (attempt !== "succeeded") {
    return [...violations, { invariant: "ends", where, what: trial.written.at(-1) ?? attempt }];
  }
  const settled = await checkSettled(subject, trial, token, where);
  if (isSeen || !settled.some(isOrphan)) return [...violations, ...settled];
  const others = settled.filter((violation) => !isOrphan(violation));
  return [...violations, ...others, ...(await checkNextRotation(subject, trial, where))];
}

function isOrphan({ invariant }: Violation): boolean {
  return invariant === "no orphan";
}
