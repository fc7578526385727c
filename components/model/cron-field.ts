/** The values a cron field takes, and names for some of them. */
export interface FieldRange {
  readonly lowest: number;
  readonly highest: number;
  /** Upper-case name to value. */
  readonly names?: Readonly<Record<string, number>>;
}

const named = (names: string, first: number): Readonly<Record<string, number>> =>
  Object.fromEntries(names.split(" ").map((name, index) => [name, index + first]));

export const HOURS: FieldRange = { lowest: 0, highest: 23 };
export const DAYS_OF_MONTH: FieldRange = { lowest: 1, highest: 31 };
export const MONTHS: FieldRange = {
  lowest: 1,
  highest: 12,
  names: named("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC", 1),
};
/** 1 is Sunday. */
export const WEEKDAYS: FieldRange = { lowest: 1, highest: 7, names: named("SUN MON TUE WED THU FRI SAT", 1) };

/** One value of a field, by number or name; undefined when it is none. */
export function fieldValue(text: string, { lowest, highest, names = {} }: FieldRange): number | undefined {
  const value = /^\d{1,2}$/.test(text) ? Number(text) : names[text.toUpperCase()];
  return value !== undefined && value >= lowest && value <= highest ? value : undefined;
}

/**
 * The values of one comma-separated part: `*`, `a`, `a-b`, and each of them with `/step`; undefined when it is
 * none of these. `a/step` runs from `a` to the highest value; a range that runs backwards is refused.
 */
export function partValues(part: string, range: FieldRange): readonly number[] | undefined {
  const match = /^([^/]+)(?:\/(\d{1,2}))?$/.exec(part);
  if (match === null) return undefined;
  const [, body, stepText] = match;
  const step = stepText === undefined ? 1 : Number(stepText);
  const bounds = boundsOf(body!, range, stepText !== undefined);
  if (step < 1 || bounds === undefined || bounds.low > bounds.high) return undefined;
  const values: number[] = [];
  for (let value = bounds.low; value <= bounds.high; value += step) values.push(value);
  return values;
}

function boundsOf(body: string, range: FieldRange, stepped: boolean) {
  if (body === "*") return { low: range.lowest, high: range.highest };
  const [lowText, highText, ...rest] = body.split("-");
  const low = fieldValue(lowText!, range);
  if (highText === undefined)
    return low === undefined ? undefined : { low, high: stepped ? range.highest : low };
  const high = fieldValue(highText, range);
  return rest.length > 0 || low === undefined || high === undefined ? undefined : { low, high };
}

/** The values of a whole field, ascending and without repetition; undefined when a part is wrong. */
export function fieldValues(text: string, range: FieldRange): readonly number[] | undefined {
  const parts = text.split(",").map((part) => partValues(part, range));
  if (parts.some((part) => part === undefined)) return undefined;
  return [...new Set(parts.flatMap((part) => part ?? []))].sort((a, b) => a - b);
}
