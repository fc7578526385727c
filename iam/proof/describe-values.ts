import { Condition, Conjunction } from "./answer";
import { Atom } from "./atom";
import { keyCondition, writtenKey } from "./condition-text";
import { KeyValue } from "./key-domain";

/** A value and whether it is one of those to describe. */
export interface Marked {
  readonly value: KeyValue;
  readonly chosen: boolean;
}

/**
 * The shortest words for the chosen values of a key, by the patterns that tell them apart: conjunctions of which one
 * must hold. All and none of the values are for the caller to see.
 */
export function describeValues(
  key: string,
  marked: readonly Marked[],
  atoms: readonly Atom[],
): readonly Conjunction[] {
  const present = marked.filter(({ value }) => value !== undefined);
  const chosen = present.filter((one) => one.chosen);
  const absentChosen = marked.some((one) => one.value === undefined && one.chosen);
  const name = writtenKey(key);
  const withoutKey = keyCondition({ key: name, anyOf: [], noneOf: [], absent: "must be" });
  if (chosen.length === 0) return [[withoutKey]];
  const absent = absentChosen ? "may be" : "must not be";
  if (chosen.length === present.length) return [[keyCondition({ key: name, anyOf: [], noneOf: [], absent })]];
  const isSet = present.some(({ value }) => typeof value !== "string" && value!.length > 1);
  const single = isSet ? [] : atoms;
  const anyOf = cover(chosen, present, single);
  if (anyOf !== undefined) return [[keyCondition({ key: name, anyOf, noneOf: [], absent })]];
  const noneOf = cover(
    present.filter((one) => !one.chosen),
    present,
    single,
  );
  if (noneOf !== undefined) return [[keyCondition({ key: name, anyOf: [], noneOf, absent })]];
  const each = chosen.map(({ value }) => oneByOne(name, value, atoms));
  return absentChosen ? [[withoutKey], ...each] : each;
}

/** Few atoms that together match the wanted values and none of the others. */
function cover(
  wanted: readonly Marked[],
  present: readonly Marked[],
  atoms: readonly Atom[],
): readonly string[] | undefined {
  const unwanted = present.filter((one) => !wanted.includes(one));
  const usable = atoms
    .filter((atom) => !unwanted.some(({ value }) => hits(atom, value)))
    .map((atom) => ({ atom, matched: wanted.filter(({ value }) => hits(atom, value)) }))
    .sort((a, b) => b.matched.length - a.matched.length);
  const left = new Set(wanted);
  const taken: string[] = [];
  for (const { atom, matched } of usable) {
    if (!matched.some((one) => left.has(one))) continue;
    taken.push(atom.text);
    matched.forEach((one) => left.delete(one));
  }
  return left.size === 0 && taken.length > 0 ? [...new Set(taken)] : undefined;
}

function oneByOne(name: string, value: KeyValue, atoms: readonly Atom[]): Conjunction {
  if (typeof value !== "string") {
    return [
      keyCondition({
        key: name,
        anyOf: [`[${(value ?? []).join(", ")}]`],
        noneOf: [],
        absent: "must not be",
      }),
    ];
  }
  const matched = [...new Set(atoms.filter((atom) => atom.matches(value)).map(({ text }) => text))];
  const unmatched = [...new Set(atoms.filter((atom) => !atom.matches(value)).map(({ text }) => text))];
  const [first, ...more] = matched;
  const noneOf = unmatched.filter((text) => !matched.includes(text));
  const condition = (anyOf: readonly string[], not: readonly string[]): Condition =>
    keyCondition({ key: name, anyOf, noneOf: not, absent: "must not be" });
  return [
    condition(first === undefined ? [] : [first], noneOf),
    ...more.map((text) => condition([text], [])),
  ];
}

/** A list of values counts as its first would: lists are told apart by their text. */
function hits(atom: Atom, value: KeyValue): boolean {
  return typeof value === "string" ? atom.matches(value) : value?.length === 1 && atom.matches(value[0]!);
}
