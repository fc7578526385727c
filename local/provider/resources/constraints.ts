import { InputProblem } from "../resource-type";
import { Properties } from "../values";

/** A problem when the number is given and outside the range, both ends included. */
export function outOfRange(
  inputs: Properties,
  property: string,
  lowest: number,
  highest: number,
): InputProblem[] {
  const value: unknown = inputs[property];
  return typeof value !== "number" || (Number.isInteger(value) && value >= lowest && value <= highest)
    ? []
    : [
        {
          property,
          reason: `expected "${property}" to be in the range (${lowest} - ${highest}), got ${value}`,
        },
      ];
}

/** A problem when the text is given and does not match. */
export function notMatching(
  inputs: Properties,
  property: string,
  pattern: RegExp,
  wanted: string,
): InputProblem[] {
  const value: unknown = inputs[property];
  return typeof value !== "string" || pattern.test(value)
    ? []
    : [{ property, reason: `invalid value for "${property}" (${wanted}): ${value}` }];
}

/** A problem when the value is given and is none of those. */
export function notOneOf(inputs: Properties, property: string, values: readonly unknown[]): InputProblem[] {
  const value: unknown = inputs[property];
  return value === undefined || values.includes(value)
    ? []
    : [{ property, reason: `expected "${property}" to be one of ${values.join(", ")}, got ${value}` }];
}

/** Tags to set and keys to remove. */
export function changedTags(
  olds: Properties | undefined,
  news: Properties | undefined,
): { readonly set: Record<string, string>; readonly removed: string[] } {
  const before = olds ?? {};
  const after = news ?? {};
  return {
    set: Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value)),
    removed: Object.keys(before).filter((key) => !(key in after)),
  };
}

/** Tag entries as AWS gives them, without those that AWS itself makes. */
export function tagEntries(
  entries: (readonly [string | undefined, string | undefined])[] = [],
): [string, string][] {
  return entries
    .filter(([key]) => key !== undefined && !key.startsWith("aws:"))
    .map(([key, value]) => [key!, value ?? ""]);
}
