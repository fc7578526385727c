import { parseSchedule, Problem, runGapsHours, Schedule, shown } from "../components/model";
import { EnvironmentDraft, ManagedRotationDraft, RotationDraft } from "./environment-config";

type TimesDraft = Exclude<RotationDraft, { kind: "never" }> | ManagedRotationDraft;

/** The schedule of a rotation in either of its two forms; undefined when it has none, or both. */
export function scheduleOf({
  schedule,
  rotateEvery,
}: Pick<TimesDraft, "schedule" | "rotateEvery">): Schedule | undefined {
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
  const configuration = given as GivenSchedules;
  const secrets = (draft.secrets ?? []).flatMap((secret, index) =>
    secret?.rotation === undefined || secret.rotation.kind === "never"
      ? []
      : timesProblems(`secrets[${index}].rotation`, secret.rotation, configuration.secrets[index]!.rotation),
  );
  const managed = Object.entries(draft.managedRotations ?? {}).flatMap(([name, times]) =>
    times === undefined
      ? []
      : timesProblems(`managedRotations.${name}`, times, configuration.managedRotations[name]!),
  );
  return [...secrets, ...managed];
}

interface GivenSchedules {
  readonly secrets: readonly { readonly rotation: object }[];
  readonly managedRotations: Readonly<Record<string, object>>;
}

function timesProblems(path: string, draft: TimesDraft, given: object): readonly Problem[] {
  return [...formProblems(path, given), ...windowProblems(path, draft)];
}

function formProblems(path: string, given: object): readonly Problem[] {
  const forms = ["schedule", "rotateEvery"].filter((key) => key in given);
  const got = forms.length === 0 ? "neither" : "both";
  return forms.length === 1 ? [] : [{ path, expected: "either schedule or rotateEvery", got }];
}

/** A window must end before the next run, and a cron window on the day (UTC) on which it begins. */
function windowProblems(path: string, draft: TimesDraft): readonly Problem[] {
  const schedule = scheduleOf(draft);
  const { windowHours } = draft;
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
