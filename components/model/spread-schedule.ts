import { LONGEST_RATE_DAYS, Schedule } from "./schedule";

/** Part of the interval over which the secrets of one schedule are spread. */
const SPREAD_PART = 0.1;

/**
 * An interval in hours for a secret that rotates every so many days: the days less up to a tenth of them, which tenth
 * is settled by the secret's name. Secrets that are deployed together so rotate apart from the first time on, and each
 * keeps its limit. With `rate()` in days all would share the window that begins at midnight.
 *
 * @param days 1 to 1000
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function spreadSchedule(secretName: string, days: number): Extract<Schedule, { kind: "rate" }> {
  const longest = Math.min(days, LONGEST_RATE_DAYS) * 24;
  const choices = Math.floor(longest * SPREAD_PART) + 1;
  const hours = longest - (hash(secretName) % choices);
  return { kind: "rate", expression: `rate(${hours} hours)`, hours };
}

/** FNV-1a, 32 bits. @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
