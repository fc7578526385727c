import { CronSchedule, nextCron, parseCron } from "./cron";
import { RotationRules } from "./secret";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** When a secret rotates. */
export type Schedule =
  | { readonly kind: "hours"; readonly hours: number; readonly windowHours?: number }
  | { readonly kind: "days"; readonly days: number; readonly windowHours?: number }
  | { readonly kind: "cron"; readonly cron: CronSchedule; readonly windowHours?: number };

/** A span in which a rotation may happen; milliseconds since the epoch. */
export interface Window {
  readonly startsAt: number;
  readonly endsAt: number;
}

/**
 * The schedule of rotation rules, or what is wrong with them. `undefined` when they have none.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function readSchedule(
  rules: RotationRules,
  now: number,
): Schedule | { readonly problem: string } | undefined {
  const { AutomaticallyAfterDays: days, ScheduleExpression: expression, Duration } = rules;
  if (days !== undefined && expression !== undefined) {
    return { problem: "You can't use both AutomaticallyAfterDays and ScheduleExpression." };
  }
  const windowHours = Duration === undefined ? undefined : Number.parseInt(Duration, 10);
  const bare =
    days !== undefined ? { kind: "days" as const, days } : expression && readExpression(expression);
  if (!bare) return Duration === undefined ? undefined : { problem: "Duration needs a schedule." };
  if ("problem" in bare) return bare;
  const schedule = { ...bare, ...(windowHours !== undefined && { windowHours }) };
  const problem = windowProblem(schedule, now);
  return problem === undefined ? schedule : { problem };
}

/** The first window that begins after an instant; `undefined` for a cron expression that never fires. */
export function nextWindow(schedule: Schedule, after: number): Window | undefined {
  const startsAt = nextStart(schedule, after);
  if (startsAt === undefined) return undefined;
  if (schedule.windowHours !== undefined)
    return { startsAt, endsAt: startsAt + schedule.windowHours * HOUR_MS };
  if (schedule.kind === "hours") return { startsAt, endsAt: startsAt + HOUR_MS };
  return { startsAt, endsAt: endOfDay(startsAt) };
}

function nextStart(schedule: Schedule, after: number): number | undefined {
  switch (schedule.kind) {
    case "hours":
      return Math.floor(after / HOUR_MS) * HOUR_MS + schedule.hours * HOUR_MS;
    case "days":
      return Math.floor(after / DAY_MS) * DAY_MS + schedule.days * DAY_MS;
    case "cron":
      return nextCron(schedule.cron, after);
  }
}

function readExpression(expression: string): Schedule | { readonly problem: string } {
  const rate = /^rate\((\d+) (hours?|days?)\)$/.exec(expression);
  if (rate) return readRate(Number(rate[1]), rate[2]!.startsWith("hour") ? "hours" : "days");
  const cron = parseCron(expression);
  return cron ? { kind: "cron", cron } : { problem: `ScheduleExpression ${expression} is not valid.` };
}

function readRate(count: number, unit: "hours" | "days"): Schedule | { readonly problem: string } {
  const hours = unit === "hours" ? count : count * 24;
  if (hours < 4) return { problem: "A secret can rotate at most every 4 hours." };
  if (hours > 1000 * 24) return { problem: "A secret must rotate at least every 1000 days." };
  return unit === "hours" ? { kind: "hours", hours: count } : { kind: "days", days: count };
}

/** A window may not reach into the next one, and, unless the schedule is in hours, not into the next UTC day. */
function windowProblem(schedule: Schedule, now: number): string | undefined {
  const first = nextWindow(schedule, now);
  const second = first && nextWindow(schedule, first.startsAt);
  if (!first || !second) return "ScheduleExpression never fires.";
  if (second.startsAt - first.startsAt < 4 * HOUR_MS) return "A secret can rotate at most every 4 hours.";
  if (schedule.windowHours === undefined) return undefined;
  if (schedule.windowHours < 1) return "Duration must be at least one hour.";
  if (first.endsAt > second.startsAt) return "Duration reaches into the next rotation window.";
  const dayEnds = Math.floor(first.startsAt / DAY_MS) * DAY_MS + DAY_MS;
  return schedule.kind !== "hours" && first.endsAt > dayEnds
    ? "Duration reaches into the next UTC day."
    : undefined;
}

/** AWS shows the last second of the day. */
function endOfDay(at: number): number {
  return Math.floor(at / DAY_MS) * DAY_MS + DAY_MS - 1000;
}
