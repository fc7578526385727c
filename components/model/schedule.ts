import { DaySelection, parseDays } from "./cron-days";
import { fieldValues, HOURS, MONTHS } from "./cron-field";

/**
 * When a secret rotates. All times are UTC.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export type Schedule =
  /** `AutomaticallyAfterDays`, 1 to 1000. */
  | { readonly kind: "days"; readonly days: number }
  /** `rate()`: that many hours after the run before. */
  | { readonly kind: "rate"; readonly expression: string; readonly hours: number }
  | {
      readonly kind: "cron";
      readonly expression: string;
      /** Ascending; runs are at minute 0. */
      readonly hours: readonly number[];
      /** Ascending, 1 is January. */
      readonly months: readonly number[];
      readonly days: DaySelection;
    };

/** A schedule, or what would have been one. */
export type ScheduleReading =
  | { readonly kind: "schedule"; readonly schedule: Schedule }
  | { readonly kind: "fault"; readonly expected: string };

/** Shortest time between two runs that Secrets Manager takes, in hours. */
export const SHORTEST_INTERVAL_HOURS = 4;

/** Longest `rate()` that Secrets Manager takes, in days. */
export const LONGEST_RATE_DAYS = 999;

/**
 * Reads `rate(n hours)`, `rate(n days)` or `cron(0 hours day-of-month month day-of-week *)`. Says nothing about how
 * often a cron expression fires: see `scheduleFault`.
 */
export function parseSchedule(text: string): ScheduleReading {
  const call = /^(rate|cron)\((.*)\)$/.exec(text.trim());
  if (call === null) return fault("rate(...) or cron(...)");
  return call[1] === "rate" ? parseRate(text.trim(), call[2]!) : parseCron(text.trim(), call[2]!);
}

function parseRate(expression: string, body: string): ScheduleReading {
  const match = /^(\d{1,5}) (hour|day)s?$/.exec(body.trim());
  const hours = match === null ? 0 : Number(match[1]) * (match[2] === "day" ? 24 : 1);
  if (hours < SHORTEST_INTERVAL_HOURS || hours > LONGEST_RATE_DAYS * 24)
    return fault("a rate of 4 hours to 999 days, such as rate(30 days)");
  return { kind: "schedule", schedule: { kind: "rate", expression, hours } };
}

function parseCron(expression: string, body: string): ScheduleReading {
  const fields = body.trim().split(/\s+/);
  if (fields.length !== 6)
    return fault("six cron fields: minute, hour, day of month, month, day of week, year");
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if (minute !== "0") return fault("0 as the minute of a cron schedule");
  if (year !== "*") return fault("* as the year of a cron schedule");
  const hours = fieldValues(hour, HOURS);
  if (hours === undefined) return fault("hours 0 to 23 with , - * / as the second cron field");
  const months = fieldValues(month, MONTHS);
  if (months === undefined)
    return fault("months 1 to 12 or JAN to DEC with , - * / as the fourth cron field");
  const days = parseDays(dayOfMonth, dayOfWeek);
  if (days === undefined)
    return fault(
      "one of day of month (1 to 31, L, W) and day of week (1 to 7, SUN to SAT, L, #), ? as the other",
    );
  return { kind: "schedule", schedule: { kind: "cron", expression, hours, months, days } };
}

const fault = (expected: string): ScheduleReading => ({ kind: "fault", expected });
