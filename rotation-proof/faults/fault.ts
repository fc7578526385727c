import { CrashRecorder } from "../crash-recorder";
import { Proof, Tally } from "../enumerate";
import { checkReachable, checkSettled, Violation } from "../invariants";
import { Trial } from "../trial";

/** One way in which the world misbehaves. */
export interface Fault {
  /** Number in the list of known failures of rotation functions. */
  readonly id: string;
  readonly title: string;
  /** @returns undefined when it does not apply to the subject */
  run(proof: Proof): Promise<Tally | undefined>;
}

/** A new secret for one fault. */
export function newTrial({ cloud, server, nextName }: Proof, rotationsBefore = 0): Promise<Trial> {
  return Trial.prepare(cloud, server, { name: nextName(), rotationsBefore });
}

/** Repeats a rotation without the fault until it ends, and checks what has to hold then. */
export async function recover(
  { subject }: Proof,
  trial: Trial,
  token: string,
  first: string,
  where: string,
): Promise<Violation[]> {
  const violations = await checkReachable(subject, trial, where);
  let attempt = first;
  for (let retry = 0; retry < 3 && attempt === "failed"; retry++) {
    attempt = await trial.retry(new CrashRecorder());
  }
  if (attempt !== "succeeded")
    return [...violations, { invariant: "ends", where, what: trial.written.at(-1) ?? attempt }];
  return [...violations, ...(await checkSettled(subject, trial, token, where))];
}

/** The code in the last report of the function; undefined when its last step succeeded. */
export function lastCode(trial: Trial): string | undefined {
  const reports = trial.written.filter((text) => text.startsWith("{"));
  return JSON.parse(reports.at(-1) ?? "{}").code;
}

/** A violation unless the last step failed with one of these codes. */
export function expectCode(trial: Trial, codes: readonly string[], where: string): Violation[] {
  const code = lastCode(trial) ?? "none";
  return codes.includes(code)
    ? []
    : [{ invariant: "ends", where, what: `code ${code} instead of ${codes.join(" or ")}` }];
}

/** A violation when anything but Secrets Manager was called. */
export function expectNoServerCall(recorder: CrashRecorder, where: string): Violation[] {
  const outside = recorder.calls.filter((call) => !call.startsWith("secrets."));
  return outside.length === 0
    ? []
    : [{ invariant: "agreement", where, what: `${outside.join(", ")} before the refusal` }];
}

/** Adds up what the parts of a fault found. */
export function total(tallies: readonly Tally[]): Tally {
  return {
    points: tallies.reduce((sum, { points }) => sum + points, 0),
    violations: tallies.flatMap(({ violations }) => violations),
  };
}
