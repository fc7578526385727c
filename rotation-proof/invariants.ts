import { CrashRecorder } from "./crash-recorder";
import { Subject } from "./subject";
import { Trial } from "./trial";

/** What has to hold, as the table names it. */
export type Invariant = "agreement" | "reachable" | "equal rights" | "no orphan" | "nothing leaked" | "ends";

/** Something that did not hold. */
export interface Violation {
  readonly invariant: Invariant;
  /** The point at which it was seen. */
  readonly where: string;
  readonly what: string;
}

/**
 * `reachable`: an application that reads AWSCURRENT (and AWSPENDING when it is refused and the strategy says so) logs in.
 * A secret without a value has no application yet.
 */
export async function checkReachable(subject: Subject, trial: Trial, where: string): Promise<Violation[]> {
  const current = await trial.value("AWSCURRENT");
  if (current === undefined || (await trial.subject.logIn(current))) return [];
  const violation: Violation = { invariant: "reachable", where, what: "AWSCURRENT is refused" };
  if (subject.promise === "current") return [violation];
  const pending = await trial.value("AWSPENDING").catch(() => undefined);
  if (pending !== undefined && (await trial.subject.logIn(pending))) return [];
  return [
    { ...violation, what: `AWSCURRENT is refused, and AWSPENDING is ${pending ? "too" : "not there"}` },
  ];
}

/** Everything that has to hold once a rotation to `token` has succeeded. */
export async function checkSettled(
  subject: Subject,
  trial: Trial,
  token: string,
  where: string,
): Promise<Violation[]> {
  const violation = (invariant: Invariant, what: string): Violation => ({ invariant, where, what });
  const { AWSCURRENT, AWSPENDING } = await trial.cloud.stages(trial.subject.secretArn);
  const [current, previous] = [await trial.value("AWSCURRENT"), await trial.value("AWSPREVIOUS")];
  const values = [current, previous].filter((value) => value !== undefined);
  const previousIsRefused =
    subject.previousWorks === true && previous !== undefined && !(await trial.subject.logIn(previous));
  return [
    ...(AWSCURRENT === token ? [] : [violation("agreement", "another version is AWSCURRENT")]),
    ...(AWSPENDING === undefined || AWSPENDING === AWSCURRENT
      ? []
      : [violation("agreement", "AWSPENDING is on another version")]),
    ...(current !== undefined && (await trial.subject.logIn(current))
      ? []
      : [violation("agreement", "the server refuses AWSCURRENT")]),
    ...(previousIsRefused ? [violation("reachable", "AWSPREVIOUS is refused")] : []),
    ...(await trial.subject.orphans(values)).map((orphan) => violation("no orphan", orphan)),
    ...((await trial.subject.rightsDifferences?.(values)) ?? []).map((difference) =>
      violation("equal rights", difference),
    ),
    ...(await checkNothingLeaked(trial, where)),
  ];
}

/** The same for one more rotation, undisturbed: the last moment for what was made after the retry's last step had looked. */
export async function checkNextRotation(subject: Subject, trial: Trial, where: string): Promise<Violation[]> {
  const { token, attempt } = await trial.rotate(new CrashRecorder());
  const next = `${where}, at the end of the next rotation`;
  if (attempt === "succeeded") return checkSettled(subject, trial, token, next);
  return [{ invariant: "ends", where: next, what: trial.written.at(-1) ?? attempt }];
}

/** `nothing leaked`: no secret text in a log line, in an error or in the server's own log. */
export async function checkNothingLeaked(trial: Trial, where: string): Promise<Violation[]> {
  const places = { "log or error": trial.written.join("\n"), "server's log": await serverLog(trial) };
  return Object.entries(places).flatMap(([place, text]) =>
    [...trial.secretTexts]
      .filter((secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)))
      .map(() => ({ invariant: "nothing leaked", where, what: `a secret text is in the ${place}` }) as const),
  );
}

async function serverLog(trial: Trial): Promise<string> {
  return (await trial.subject.serverLog?.()) ?? "";
}
