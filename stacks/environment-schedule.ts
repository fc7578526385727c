import { parseSchedule, Problem, runGapsHours, Schedule, shown } from "../components/model";
import { EnvironmentDraft, SecretDraft } from "./environment-config";

type RotationDraft = Extract<NonNullable<SecretDraft["rotation"]>, { kind: "scheduled" }>;

/** The schedule of a rotation in either of its two forms; undefined when it has none, or both. */
export function scheduleOf({ schedule, rotateEvery }: RotationDraft): Schedule | undefined {
  if ((schedule === undefined) === (rotateEvery === undefined)) return undefined;
  if (rotateEvery !== undefined) return { kind: "days", days: rotateEvery };
  const reading = parseSchedule(schedule!);
  return reading.kind === "schedule" ? reading.schedule : undefined;
}

/**
 * Schedules given twice or not at all, and windows that Secrets Manager refuses.
 *
 * @param given the configuration as it was, which still shows what the draft has lost because it was refused
 */
export function scheduleProblems(draft: EnvironmentDraft, given: unknown): readonly Problem[] {
  return (draft.secrets ?? []).flatMap((secret, index) => {
    if (secret?.rotation?.kind !== "scheduled") return [];
    const path = `secrets[${index}].rotation`;
    return [...formProblems(path, rotationGiven(given, index)), ...windowProblems(path, secret.rotation)];
  });
}

function formProblems(path: string, given: object): readonly Problem[] {
  const forms = ["schedule", "rotateEvery"].filter((key) => key in given);
  const got = forms.length === 0 ? "neither" : "both";
  return forms.length === 1 ? [] : [{ path, expected: "either schedule or rotateEvery", got }];
}

/** A window must end before the next run, and a cron window on the day (UTC) on which it begins. */
function windowProblems(path: string, rotation: RotationDraft): readonly Problem[] {
  const schedule = scheduleOf(rotation);
  const { windowHours } = rotation;
  if (schedule === undefined || windowHours === undefined) return [];
  const untilMidnight = schedule.kind === "cron" ? 24 - Math.max(...schedule.hours) : 24;
  const longest = Math.min(untilMidnight, runGapsHours(schedule)?.shortest ?? 24);
  return windowHours <= longest
    ? []
    : [
        {
          path: `${path}.windowHours`,
          expected: `at most ${longest} with this schedule`,
          got: shown(windowHours),
        },
      ];
}

function rotationGiven(given: unknown, index: number): object {
  const secrets = (given as { secrets: readonly { rotation: object }[] }).secrets;
  return secrets[index]!.rotation;
}
