import { SettingFault } from "../components/model";
import { Decoder, isObject, Place } from "./decoder";

/** The keys that a section may have: below each the keys of that object, or nothing. */
export interface SectionKeys {
  readonly [key: string]: SectionKeys | readonly never[];
}

/**
 * A section of a function's settings: its keys are checked here, its values by the same function that checks them when
 * the rotation function starts.
 */
export function checkedSection<T>(
  keys: SectionKeys,
  faultsOf: (section: Readonly<Record<string, unknown>>) => readonly SettingFault[],
): Decoder<T> {
  return (value, place) => {
    if (!isObject(value)) return place.refuse(`an object with ${Object.keys(keys).join(", ")}`, value);
    const unknown = refuseUnknownKeys(keys, value, place);
    const faults = faultsOf(value);
    for (const { path, expected } of faults) {
      const names = path.split(".");
      const there = names.reduce((at, name) => at.key(name), place);
      there.refuse(expected, names.reduce<unknown>(valueUnder, value));
    }
    return unknown + faults.length === 0 ? (value as T) : undefined;
  };
}

/** @returns how many there are */
function refuseUnknownKeys(keys: SectionKeys, value: unknown, place: Place): number {
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce((count, [name, inner]) => {
    const below = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (below === undefined) {
      place.key(name).refuse(`no such key (known: ${Object.keys(keys).join(", ")})`, inner);
      return count + 1;
    }
    return Array.isArray(below)
      ? count
      : count + refuseUnknownKeys(below as SectionKeys, inner, place.key(name));
  }, 0);
}

function valueUnder(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}
