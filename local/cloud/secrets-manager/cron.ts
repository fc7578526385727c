const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SEARCH_DAYS = 366 * 8;

/** A six-field AWS cron expression with minute 0 and year `*`, as Secrets Manager takes it; UTC. */
export interface CronSchedule {
  /** Ascending. */
  readonly hours: readonly number[];
  matchesDay(date: Date): boolean;
}

type DayTest = (date: Date) => boolean;

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html */
export function parseCron(expression: string): CronSchedule | undefined {
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (fields?.length !== 6) return undefined;
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if (minute !== "0" || year !== "*") return undefined;
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) return undefined;
  const hours = numbers(hour, 0, 23);
  const months = numbers(named(month, MONTHS, 1), 1, 12);
  const day = dayOfWeek === "?" ? monthDay(dayOfMonth) : weekDay(named(dayOfWeek, WEEKDAYS, 1));
  if (!hours || !months || !day) return undefined;
  return { hours, matchesDay: (date) => months.includes(date.getUTCMonth() + 1) && day(date) };
}

/** The first instant after another at which the schedule fires; `undefined` when there is none within eight years. */
export function nextCron(schedule: CronSchedule, after: number): number | undefined {
  const today = Math.floor(after / DAY_MS) * DAY_MS;
  for (let day = 0; day < SEARCH_DAYS; day++) {
    const start = today + day * DAY_MS;
    if (!schedule.matchesDay(new Date(start))) continue;
    const hour = schedule.hours.find((candidate) => start + candidate * HOUR_MS > after);
    if (hour !== undefined) return start + hour * HOUR_MS;
  }
  return undefined;
}

/** Lists, ranges, steps and `*`; ascending. `undefined` when the field is none of them. */
function numbers(field: string, min: number, max: number): number[] | undefined {
  const found = new Set<number>();
  for (const part of field.split(",")) {
    const [, all, from, to, step] = /^(?:(\*)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part) ?? [];
    if (all === undefined && from === undefined) return undefined;
    const first = all ? min : Number(from);
    const last = all || (to === undefined && step !== undefined) ? max : Number(to ?? from);
    if (first < min || last > max || first > last || step === "0") return undefined;
    for (let value = first; value <= last; value += Number(step ?? 1)) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

/** Replaces names by numbers. */
function named(field: string, names: readonly string[], first: number): string {
  return field.toUpperCase().replace(/[A-Z]{3}/g, (name) => {
    const index = names.indexOf(name);
    return index < 0 ? name : String(index + first);
  });
}

function monthDay(field: string): DayTest | undefined {
  if (field === "L") return (date) => date.getUTCDate() === daysInMonth(date);
  if (field === "LW") return (date) => date.getUTCDate() === weekdayNear(date, daysInMonth(date));
  const near = /^(\d+)W$/.exec(field);
  if (near) return (date) => date.getUTCDate() === weekdayNear(date, Number(near[1]));
  const days = numbers(field, 1, 31);
  return days && ((date) => days.includes(date.getUTCDate()));
}

function weekDay(field: string): DayTest | undefined {
  const last = /^([1-7])L$/.exec(field);
  if (last) {
    return (date) => date.getUTCDay() + 1 === Number(last[1]) && date.getUTCDate() > daysInMonth(date) - 7;
  }
  const nth = /^([1-7])#([1-5])$/.exec(field);
  if (nth) {
    return (date) =>
      date.getUTCDay() + 1 === Number(nth[1]) && Math.ceil(date.getUTCDate() / 7) === Number(nth[2]);
  }
  const days = field === "L" ? [7] : numbers(field, 1, 7);
  return days && ((date) => days.includes(date.getUTCDay() + 1));
}

/** The weekday closest to a day, within its month. */
function weekdayNear(date: Date, day: number): number | undefined {
  const length = daysInMonth(date);
  if (day < 1 || day > length) return undefined;
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === length ? day - 2 : day + 1;
  return day;
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
