/** The six fields of an AWS cron expression, each as the numbers or day rules it stands for. */
export interface CronFields {
  /** Sorted, 0 to 59. */
  readonly minutes: readonly number[];
  /** Sorted, 0 to 23, UTC. */
  readonly hours: readonly number[];
  readonly days: DayOfMonth | DayOfWeek;
  /** 1 to 12. */
  readonly months: ReadonlySet<number>;
  /** 1970 to 2199. */
  readonly years: ReadonlySet<number>;
}

export interface DayOfMonth {
  readonly kind: "month";
  /** 1 to 31. */
  readonly days: ReadonlySet<number>;
  /** `L`: the last day of the month. */
  readonly last: boolean;
  /** `nW`: the weekday nearest to the n-th, within the month. */
  readonly nearestWeekday: readonly number[];
  /** `LW`: the last weekday of the month. */
  readonly lastWeekday: boolean;
}

export interface DayOfWeek {
  readonly kind: "week";
  /** 1 (Sunday) to 7 (Saturday), as AWS counts. */
  readonly days: ReadonlySet<number>;
  /** `nL`: the last such day of the month. */
  readonly last: readonly number[];
  /** `n#k`: the k-th such day of the month. */
  readonly nth: readonly { readonly day: number; readonly occurrence: number }[];
}

interface Range {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Names of the values from `low` on, such as JAN. */
  readonly names?: readonly string[];
}

const minute: Range = { name: "minutes", low: 0, high: 59 };
const hour: Range = { name: "hours", low: 0, high: 23 };
const dayOfMonth: Range = { name: "day of month", low: 1, high: 31 };
const month: Range = {
  name: "month",
  low: 1,
  high: 12,
  names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
};
const dayOfWeek: Range = {
  name: "day of week",
  low: 1,
  high: 7,
  names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
};
const year: Range = { name: "year", low: 1970, high: 2199 };

/**
 * Fields of the text between the parentheses of `cron(...)`, or a sentence that says what is wrong with it.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function parseCronFields(text: string): CronFields | string {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 6) return `a cron expression has six fields, this one has ${parts.length}`;
  const [minutes, hours, monthDays, months, weekDays, years] = parts.map((part) => part.toUpperCase()) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if ((monthDays === "?") === (weekDays === "?")) {
    return "exactly one of day of month and day of week has to be `?`";
  }
  try {
    return {
      minutes: sorted(numbers(minutes, minute)),
      hours: sorted(numbers(hours, hour)),
      days: weekDays === "?" ? parseDayOfMonth(monthDays) : parseDayOfWeek(weekDays),
      months: numbers(months, month),
      years: numbers(years, year),
    };
  } catch (error) {
    if (error instanceof FieldError) return error.message;
    throw error;
  }
}

class FieldError extends Error {}

function parseDayOfMonth(field: string): DayOfMonth {
  const items = field.split(",");
  const plain = items.filter((item) => !/^(L|LW|WL|\d+W)$/.test(item));
  const nearest = items.flatMap((item) =>
    /^\d+W$/.test(item) ? [value(item.slice(0, -1), dayOfMonth)] : [],
  );
  return {
    kind: "month",
    days: plain.length === 0 ? new Set() : numbers(plain.join(","), dayOfMonth),
    last: items.includes("L"),
    nearestWeekday: nearest,
    lastWeekday: items.includes("LW") || items.includes("WL"),
  };
}

function parseDayOfWeek(field: string): DayOfWeek {
  const items = field.split(",").map((item) => (item === "L" ? "7" : item));
  const plain = items.filter((item) => !/^\w+#|^\w+L$/.test(item));
  return {
    kind: "week",
    days: plain.length === 0 ? new Set() : numbers(plain.join(","), dayOfWeek),
    last: items.flatMap((item) => (/^\w+L$/.test(item) ? [value(item.slice(0, -1), dayOfWeek)] : [])),
    nth: items.flatMap((item) => (/^\w+#/.test(item) ? [nthDay(item)] : [])),
  };
}

function nthDay(item: string): { readonly day: number; readonly occurrence: number } {
  const [day = "", occurrence = ""] = item.split("#");
  if (!/^[1-5]$/.test(occurrence)) throw new FieldError(`\`${item}\`: after # comes 1 to 5`);
  return { day: value(day, dayOfWeek), occurrence: Number(occurrence) };
}

/** Lists, ranges and steps: `1,4-6,10/5`. */
function numbers(field: string, range: Range): ReadonlySet<number> {
  return new Set(field.split(",").flatMap((item) => expand(item, range)));
}

function expand(item: string, range: Range): readonly number[] {
  const [base = "", stepText, ...rest] = item.split("/");
  if (rest.length > 0) throw new FieldError(`${range.name}: \`${item}\` has more than one step`);
  const step = stepText === undefined ? 1 : Number(stepText);
  if (!Number.isInteger(step) || step < 1)
    throw new FieldError(`${range.name}: \`${item}\` has no valid step`);
  const [from, to] = bounds(base, range, stepText !== undefined);
  if (from > to) throw new FieldError(`${range.name}: \`${item}\` runs backwards`);
  const result: number[] = [];
  for (let number = from; number <= to; number += step) result.push(number);
  return result;
}

function bounds(base: string, range: Range, stepped: boolean): readonly [number, number] {
  if (base === "*" || (base === "" && stepped)) return [range.low, range.high];
  const [first = "", last, ...rest] = base.split("-");
  if (rest.length > 0) throw new FieldError(`${range.name}: \`${base}\` is no range`);
  const from = value(first, range);
  if (last !== undefined) return [from, value(last, range)];
  return [from, stepped ? range.high : from];
}

function value(text: string, range: Range): number {
  const named = range.names?.indexOf(text) ?? -1;
  const number = named >= 0 ? range.low + named : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= range.low && number <= range.high)) {
    throw new FieldError(`${range.name}: \`${text}\` is not between ${range.low} and ${range.high}`);
  }
  return number;
}

function sorted(set: ReadonlySet<number>): readonly number[] {
  return [...set].sort((a, b) => a - b);
}
