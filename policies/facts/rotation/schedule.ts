import { daysInMonth, firingDays } from "./cron-days";
import { CronFields, parseCronFields } from "./cron-fields";

/** What a schedule expression means for the longest time between two runs. */
export type Cadence =
  /** It runs for ever; two runs in a row are at most this far apart. */
  | { readonly kind: "fires"; readonly worstGapMinutes: number }
  /** No date satisfies it, such as 30 February. */
  | { readonly kind: "never" }
  /** It names years, and runs no more after this one. */
  | { readonly kind: "ends"; readonly lastYear: number }
  | { readonly kind: "invalid"; readonly reason: string };

const minutesPerDay = 24 * 60;
/** The Gregorian calendar repeats, weekdays included, after 400 years. */
const cycleYears = 400;
const firstYear = 1970;
const lastYear = 2199;
/** 1 January 1970 was a Thursday; Sunday is 1. */
const firstWeekday = 5;

/**
 * The worst gap of `rate(...)` or `cron(...)`, exact over the whole calendar.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function cadence(expression: string): Cadence {
  const call = /^(rate|cron)\((.*)\)$/.exec(expression.trim());
  if (call === null) return { kind: "invalid", reason: "it is neither rate(...) nor cron(...)" };
  return call[1] === "rate" ? rateCadence(call[2] ?? "") : cronCadence(call[2] ?? "");
}

function rateCadence(text: string): Cadence {
  const match = /^([1-9]\d*) (minute|hour|day)s?$/.exec(text.trim());
  if (match === null) return { kind: "invalid", reason: "rate() takes a number of hours or days" };
  const unit = { minute: 1, hour: 60, day: minutesPerDay }[match[2] as "minute" | "hour" | "day"];
  return { kind: "fires", worstGapMinutes: Number(match[1]) * unit };
}

function cronCadence(text: string): Cadence {
  const fields = parseCronFields(text);
  if (typeof fields === "string") return { kind: "invalid", reason: fields };
  const endless = fields.years.size === lastYear - firstYear + 1;
  const days = firingDayNumbers(fields, endless ? cycleYears : lastYear - firstYear + 1, endless);
  if (days.length === 0) return { kind: "never" };
  if (!endless && !fields.years.has(lastYear)) return { kind: "ends", lastYear: Math.max(...fields.years) };
  const cycleDays = endless ? 146_097 : undefined;
  return { kind: "fires", worstGapMinutes: worstGap(days, timesOfDay(fields), cycleDays) };
}

/** Days since 1 January 1970 on which the schedule fires. */
function firingDayNumbers(fields: CronFields, years: number, everyYear: boolean): readonly number[] {
  const result: number[] = [];
  const months = new Map<number, readonly number[]>();
  let start = 0;
  for (let year = firstYear; year < firstYear + years; year++) {
    for (let month = 1; month <= 12; month++) {
      const length = daysInMonth(year, month);
      if (fields.months.has(month) && (everyYear || fields.years.has(year))) {
        const weekday = ((firstWeekday - 1 + start) % 7) + 1;
        const key = length * 8 + weekday;
        const days = months.get(key) ?? firingDays(fields.days, length, weekday);
        months.set(key, days);
        for (const day of days) result.push(start + day - 1);
      }
      start += length;
    }
  }
  return result;
}

/** Minutes since midnight, ascending. */
function timesOfDay(fields: CronFields): readonly number[] {
  return fields.hours.flatMap((hour) => fields.minutes.map((minute) => hour * 60 + minute));
}

function worstGap(days: readonly number[], times: readonly number[], cycleDays: number | undefined): number {
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 0;
  let worst = 0;
  for (let index = 1; index < times.length; index++) {
    worst = Math.max(worst, (times[index] ?? 0) - (times[index - 1] ?? 0));
  }
  const overnight = first - last;
  for (let index = 1; index < days.length; index++) {
    worst = Math.max(worst, ((days[index] ?? 0) - (days[index - 1] ?? 0)) * minutesPerDay + overnight);
  }
  if (cycleDays === undefined) return worst;
  const around = (days[0] ?? 0) + cycleDays - (days.at(-1) ?? 0);
  return Math.max(worst, around * minutesPerDay + overnight);
}
