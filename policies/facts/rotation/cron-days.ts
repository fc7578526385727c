import { CronFields, DayOfMonth, DayOfWeek } from "./cron-fields";

/** Number of days of a month, 1 (January) to 12, in the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * Days of one month on which the schedule fires, ascending, 1 to 31. `firstWeekday` is that of the month's first day,
 * 1 (Sunday) to 7. Month and year fields are not looked at.
 */
export function firingDays(
  days: CronFields["days"],
  length: number,
  firstWeekday: number,
): readonly number[] {
  const chosen =
    days.kind === "month" ? byMonth(days, length, firstWeekday) : byWeek(days, length, firstWeekday);
  return [...chosen].sort((a, b) => a - b);
}

function byMonth(rule: DayOfMonth, length: number, firstWeekday: number): ReadonlySet<number> {
  const result = new Set([...rule.days].filter((day) => day <= length));
  if (rule.last) result.add(length);
  const targets = rule.nearestWeekday.filter((day) => day <= length);
  for (const target of targets) result.add(nearestWeekday(target, length, firstWeekday));
  if (rule.lastWeekday) result.add(nearestWeekday(length, length, firstWeekday));
  return result;
}

/** Saturday moves to Friday and Sunday to Monday, unless that leaves the month: then to the other side. */
function nearestWeekday(day: number, length: number, firstWeekday: number): number {
  const weekday = weekdayOf(day, firstWeekday);
  if (weekday === 7) return day > 1 ? day - 1 : day + 2;
  if (weekday === 1) return day < length ? day + 1 : day - 2;
  return day;
}

function byWeek(rule: DayOfWeek, length: number, firstWeekday: number): ReadonlySet<number> {
  const result = new Set<number>();
  for (let day = 1; day <= length; day++) {
    const weekday = weekdayOf(day, firstWeekday);
    const isLast = day + 7 > length;
    const occurrence = Math.ceil(day / 7);
    const fires =
      rule.days.has(weekday) ||
      (isLast && rule.last.includes(weekday)) ||
      rule.nth.some((nth) => nth.day === weekday && nth.occurrence === occurrence);
    if (fires) result.add(day);
  }
  return result;
}

function weekdayOf(day: number, firstWeekday: number): number {
  return ((firstWeekday - 1 + day - 1) % 7) + 1;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
