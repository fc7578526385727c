import { KeyState, KeyValue } from "../../../iam/proof/key-domain";
import { Member } from "../../../iam/proof/dimension";

/** What is known of a key, whole, in one line. */
export function stateText(state: KeyState | undefined): string {
  if (state === undefined) return "not its own";
  if (state.kind === "unknown") return "unknown";
  if (state.kind === "fixed") return valueText(state.value);
  const { group, universe, values, mayBeAbsent, mayBePresent, hasManyValues, isListOfOne } = state.domain;
  return [
    `any ${values === undefined ? universe : values.join("|")} of ${group}`,
    ...(mayBeAbsent ? ["or absent"] : []),
    ...(mayBePresent ? [] : ["never present"]),
    ...(hasManyValues ? ["many"] : []),
    ...(isListOfOne === true ? ["list of one"] : []),
  ].join(", ");
}

/** A value of a key in one word. */
export function valueText(value: KeyValue): string {
  if (value === undefined) return "absent";
  return typeof value === "string" ? value : `[${value.join(" ")}]`;
}

/** The keys that are there with their values, and the endpoint. */
export function memberText({ values, endpoint }: Member): string {
  const given = [...values].flatMap(([key, value]) =>
    value === undefined ? [] : [`${key.replace(/^(>?)aws:/, "$1")}=${valueText(value)}`],
  );
  return [...given, ...(endpoint === undefined ? [] : [`through ${endpoint.id}`])].join(" ");
}
