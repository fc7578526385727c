import { readOperatorName } from "./conditions/operator-name";
import { isObject } from "./json-object";

/** Everything wrong with the form of a `Condition` element. */
export function conditionProblems(value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (!isObject(value)) return ["Condition: must be a JSON object"];
  return Object.entries(value).flatMap(([operator, keys]) => [
    ...(readOperatorName(operator) === undefined ? [`Condition.${operator}: unknown operator`] : []),
    ...keyProblems(keys, `Condition.${operator}`),
  ]);
}

function keyProblems(keys: unknown, path: string): readonly string[] {
  if (!isObject(keys) || Object.keys(keys).length === 0)
    return [`${path}: must map condition keys to values`];
  return [
    ...Object.entries(keys)
      .filter(([, values]) => !areConditionValues(values))
      .map(([key]) => `${path}.${key}: must be a value or a list of values`),
    ...repeated(Object.keys(keys)).map((key) => `${path}.${key}: given more than once (keys have no case)`),
  ];
}

function repeated(keys: readonly string[]): readonly string[] {
  const folded = keys.map((key) => key.toLowerCase());
  return keys.filter((_, index) => folded.indexOf(folded[index]!) !== index);
}

function areConditionValues(values: unknown): boolean {
  return Array.isArray(values)
    ? values.length > 0 && values.every(isConditionValue)
    : isConditionValue(values);
}

function isConditionValue(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
