import { daysOfMonth, MonthShape } from "./cron-days";
import { Schedule, SHORTEST_INTERVAL_HOURS } from "./schedule";

type Cron = Extract<Schedule, { kind: "cron" }>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The Gregorian calendar repeats, weekdays included, after 400 years. */
const CYCLE_MONTHS = 400 * 12;
const CYCLE_HOURS = 146_097 * 24;

/**
 * The runs after a moment, without end; none when a cron expression never fires. A rate counts from the moment itself.
 *
 * @param fromMs milliseconds since 1970 UTC; the moment itself is not among the runs
 */
export function* nextRuns(schedule: Schedule, fromMs: number): Generator<number, void> {
  if (schedule.kind !== "cron") {
    for (let run = 1; ; run++) yield fromMs + run * intervalHours(schedule) * HOUR_MS;
  }
  const from = new Date(fromMs);
  let emptyMonths = 0;
  for (let month = from.getUTCFullYear() * 12 + from.getUTCMonth(); emptyMonths <= CYCLE_MONTHS; month++) {
    emptyMonths++;
    for (const day of firingDays(schedule, month))
      for (const hour of schedule.hours) {
        const run = Date.UTC(Math.floor(month / 12), month % 12, day, hour);
        if (run <= fromMs) continue;
        emptyMonths = 0;
        yield run;
      }
  }
}

/** Hours between one run and the next, at the shortest and at the longest; undefined when it never fires. */
export function runGapsHours(schedule: Schedule): { shortest: number; longest: number } | undefined {
  if (schedule.kind !== "cron")
    return { shortest: intervalHours(schedule), longest: intervalHours(schedule) };
  let first: number | undefined;
  let previous: number | undefined;
  let [shortest, longest] = [Infinity, 0];
  const note = (gap: number) => {
    shortest = Math.min(shortest, gap);
    longest = Math.max(longest, gap);
  };
  for (const dayHours of cycleDayHours(schedule))
    for (const hour of schedule.hours) {
      const run = dayHours + hour;
      if (previous !== undefined) note(run - previous);
      first ??= run;
      previous = run;
    }
  if (first === undefined || previous === undefined) return undefined;
  note(first + CYCLE_HOURS - previous);
  return { shortest, longest };
}

/**
 * The longest time between two runs over the whole calendar, in hours; Infinity when it never fires. Exact: leap
 * years, month lengths and weekdays are counted, not estimated.
 *
 * @param windowHours length of the rotation window: a run may start that much after its time
 */
export function worstGapHours(schedule: Schedule, windowHours = 0): number {
  return (runGapsHours(schedule)?.longest ?? Infinity) + windowHours;
}

/** Whether no date matches, such as the 31st of February. */
export const neverFires = (schedule: Schedule): boolean => runGapsHours(schedule) === undefined;

/** What a sound schedule would be when Secrets Manager cannot keep this one; undefined when it can. */
export function scheduleFault(schedule: Schedule): string | undefined {
  const gaps = runGapsHours(schedule);
  if (gaps === undefined) return "a schedule that fires";
  if (gaps.shortest < SHORTEST_INTERVAL_HOURS)
    return `at least ${SHORTEST_INTERVAL_HOURS} hours between two runs (these are ${gaps.shortest} apart at times)`;
  return undefined;
}

function intervalHours(schedule: Exclude<Schedule, Cron>): number {
  return schedule.kind === "days" ? schedule.days * 24 : schedule.hours;
}

/** Hours from the start of a cycle to each day that fires. */
function* cycleDayHours(schedule: Cron): Generator<number, void> {
  const start = Date.UTC(2000, 0, 1);
  for (let month = 2000 * 12; month < 2000 * 12 + CYCLE_MONTHS; month++) {
    const days = firingDays(schedule, month);
    if (days.length === 0) continue;
    const monthStart = (Date.UTC(Math.floor(month / 12), month % 12, 1) - start) / HOUR_MS;
    for (const day of days) yield monthStart + (day - 1) * 24;
  }
}

/** @param month months since year 0 */
function firingDays(schedule: Cron, month: number): readonly number[] {
  return schedule.months.includes((month % 12) + 1) ? daysOfMonth(schedule.days, shapeOf(month)) : [];
}

function shapeOf(month: number): MonthShape {
  const first = Date.UTC(Math.floor(month / 12), month % 12, 1);
  const next = Date.UTC(Math.floor((month + 1) / 12), (month + 1) % 12, 1);
  return { length: (next - first) / DAY_MS, firstWeekday: new Date(first).getUTCDay() + 1 };
}
