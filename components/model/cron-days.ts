import { DAYS_OF_MONTH, fieldValue, partValues, WEEKDAYS } from "./cron-field";

/** Which days of a month a cron expression names: exactly one of its two day fields says it. */
export type DaySelection =
  | {
      readonly kind: "days-of-month";
      readonly days: readonly number[];
      /** `L`: the last day of the month. */
      readonly last: boolean;
      /** `nW`: the weekday (Monday to Friday) nearest to day n, within the month. */
      readonly nearestWeekdays: readonly number[];
    }
  | {
      readonly kind: "weekdays";
      /** 1 is Sunday. */
      readonly weekdays: readonly number[];
      /** `nL`: the last such weekday of the month. */
      readonly lastWeekdays: readonly number[];
      /** `n#k`: the k-th such weekday of the month; months without it do not fire. */
      readonly nth: readonly { readonly weekday: number; readonly k: number }[];
    };

/** The shape of one month: its number of days, and the weekday of its first, 1 being Sunday. */
export interface MonthShape {
  readonly length: number;
  readonly firstWeekday: number;
}

/** The two day fields together; undefined unless exactly one of them is `?` and the other is sound. */
export function parseDays(dayOfMonth: string, dayOfWeek: string): DaySelection | undefined {
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) return undefined;
  return dayOfWeek === "?" ? parseDaysOfMonth(dayOfMonth.split(",")) : parseWeekdays(dayOfWeek.split(","));
}

function parseDaysOfMonth(parts: readonly string[]): DaySelection | undefined {
  const days: number[] = [];
  const nearestWeekdays: number[] = [];
  let last = false;
  for (const part of parts) {
    const nearest = /^(\d{1,2})W$/i.exec(part);
    const day = nearest === null ? undefined : fieldValue(nearest[1]!, DAYS_OF_MONTH);
    const values = partValues(part, DAYS_OF_MONTH);
    if (/^L$/i.test(part)) last = true;
    else if (day !== undefined) nearestWeekdays.push(day);
    else if (values !== undefined) days.push(...values);
    else return undefined;
  }
  return { kind: "days-of-month", days, last, nearestWeekdays };
}

function parseWeekdays(parts: readonly string[]): DaySelection | undefined {
  const weekdays: number[] = [];
  const lastWeekdays: number[] = [];
  const nth: { weekday: number; k: number }[] = [];
  for (const part of parts) {
    const special = /^(\d|[a-z]{3})(?:(L)|#([1-5]))$/i.exec(part);
    const weekday = special === null ? undefined : fieldValue(special[1]!, WEEKDAYS);
    const values = partValues(part, WEEKDAYS);
    if (/^L$/i.test(part)) weekdays.push(WEEKDAYS.highest);
    else if (weekday !== undefined && special![2] !== undefined) lastWeekdays.push(weekday);
    else if (weekday !== undefined) nth.push({ weekday, k: Number(special![3]) });
    else if (values !== undefined) weekdays.push(...values);
    else return undefined;
  }
  return { kind: "weekdays", weekdays, lastWeekdays, nth };
}

/** The selected days of a month of this shape, ascending. */
export function daysOfMonth(selection: DaySelection, month: MonthShape): readonly number[] {
  const days = selection.kind === "days-of-month" ? byNumber(selection, month) : byWeekday(selection, month);
  return [...new Set(days)].filter((day) => day <= month.length).sort((a, b) => a - b);
}

type ByNumber = Extract<DaySelection, { kind: "days-of-month" }>;
type ByWeekday = Extract<DaySelection, { kind: "weekdays" }>;

function byNumber({ days, last, nearestWeekdays }: ByNumber, month: MonthShape): readonly number[] {
  const existing = nearestWeekdays.filter((day) => day <= month.length);
  return [...days, ...(last ? [month.length] : []), ...existing.map((day) => nearestWeekday(day, month))];
}

function nearestWeekday(day: number, month: MonthShape): number {
  const weekday = weekdayOf(day, month);
  if (weekday === 7) return day === 1 ? 3 : day - 1;
  if (weekday === 1) return day === month.length ? day - 2 : day + 1;
  return day;
}

function byWeekday({ weekdays, lastWeekdays, nth }: ByWeekday, month: MonthShape): readonly number[] {
  const all = Array.from({ length: month.length }, (_, index) => index + 1);
  return [
    ...all.filter((day) => weekdays.includes(weekdayOf(day, month))),
    ...all.filter((day) => day + 7 > month.length && lastWeekdays.includes(weekdayOf(day, month))),
    ...all.filter((day) =>
      nth.some(({ weekday, k }) => weekdayOf(day, month) === weekday && Math.ceil(day / 7) === k),
    ),
  ];
}

/** 1 is Sunday. */
function weekdayOf(day: number, { firstWeekday }: MonthShape): number {
  return ((firstWeekday - 1 + day - 1) % 7) + 1;
}
