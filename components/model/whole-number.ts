import { Problem, shown } from "./problem";

/** The one problem of a value that is not a whole number from `low` to `high`; empty when it is, or is absent. */
export function wholeNumberProblems(
  path: string,
  value: number | undefined,
  low: number,
  high: number,
): readonly Problem[] {
  if (value === undefined || (Number.isInteger(value) && value >= low && value <= high)) return [];
  return [{ path, expected: `a whole number from ${low} to ${high}`, got: shown(value) }];
}
