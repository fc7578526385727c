import { tokenizeGlob } from "../glob";
import { Atom, atomKey } from "./atom";
import { addressesAround, numbersAround, timesAround } from "./breakpoints";
import { KeyDomain, KeyValue } from "./key-domain";
import { Cells, globCells } from "./pattern-cells";
import { SignedText, signVectors } from "./sign-vectors";

/** A value for each way in which the values of a key can stand to the atoms. */
export interface ValueClasses {
  readonly values: readonly KeyValue[];
  /** False when there may be ways without a value here. */
  readonly complete: boolean;
}

const MOST_IN_SETS = 5;

/**
 * Values of a key such that every value of the domain is matched by the same atoms as one of them. "Absent" comes
 * first where it is possible.
 *
 * @param twice two values of each kind where there are two, so that keys can be equal and different
 */
export function valueClasses(domain: KeyDomain, atoms: readonly Atom[], twice = false): ValueClasses {
  const absent: readonly KeyValue[] = domain.mayBeAbsent ? [undefined] : [];
  if (!domain.mayBePresent) return { values: absent, complete: true };
  const single = singleValues(domain, atoms, twice);
  if (domain.isListOfOne) {
    return { values: [...absent, ...single.values.map((value) => [value])], complete: single.complete };
  }
  if (!domain.hasManyValues) return { values: [...absent, ...single.values], complete: single.complete };
  const complete = single.complete && single.values.length <= MOST_IN_SETS;
  return { values: [...absent, ...setsOf(single.values)], complete };
}

interface SingleValues {
  readonly values: readonly string[];
  readonly complete: boolean;
}

function singleValues(domain: KeyDomain, atoms: readonly Atom[], twice: boolean): SingleValues {
  if (domain.values !== undefined) return { values: domain.values, complete: true };
  const families = new Set(atoms.map(({ family }) => family));
  const parts: SingleValues[] = [...families].map((family) => {
    const bounds = atoms.flatMap((atom) =>
      atom.family === family && atom.bound !== undefined ? [atom.bound] : [],
    );
    switch (family) {
      case "text":
        return textValues(domain, atoms, twice);
      case "number":
        return { values: numbersAround(bounds), complete: true };
      case "time":
        return { values: timesAround(bounds.flatMap(timeOf)).map(isoTime), complete: true };
      case "address":
        return { values: addressesAround(bounds), complete: true };
    }
  });
  if (parts.length === 0) return textValues(domain, [], twice);
  const values = [...new Set(parts.flatMap((part) => part.values))];
  return { values, complete: parts.length === 1 && parts[0]!.complete };
}

const known = new Map<string, SingleValues>();
const MOST_KNOWN = 2_000;

/** The same question is asked of many secrets. */
function textValues(domain: KeyDomain, atoms: readonly Atom[], twice: boolean): SingleValues {
  const byText = new Map(
    atoms.flatMap((atom) => (atom.cells === undefined ? [] : [[atomKey(atom), atom.cells]])),
  );
  const key = `${domain.universe}\n${domain.others}\n${twice}\n${[...byText.keys()].join("\n")}`;
  let values = known.get(key);
  if (values === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, (values = findTexts(domain, [...byText.values()], twice)));
  }
  return values;
}

function findTexts(
  { universe: glob, others }: KeyDomain,
  cells: readonly Cells[],
  twice: boolean,
): SingleValues {
  const universe = globCells(tokenizeGlob(glob));
  const first = signVectors(cells, universe, others);
  if (!twice) return { values: first.texts.map(({ text }) => text), complete: first.complete };
  const taken = first.texts.map(({ text }) => text.split("").map((characters) => ({ characters })));
  const second = signVectors([...cells, ...taken], universe, others);
  const more = second.texts.filter(({ signs }) => !signs.slice(cells.length).includes("1"));
  return {
    values: [...first.texts, ...more].map(({ text }: SignedText) => text),
    complete: first.complete && second.complete,
  };
}

function setsOf(values: readonly string[]): readonly (readonly string[])[] {
  const singles = values.map((value) => [value]);
  if (values.length > MOST_IN_SETS) return [...singles, values];
  return values.reduce<readonly (readonly string[])[]>(
    (sets, value) => [...sets, [value], ...sets.map((set) => [...set, value])],
    [],
  );
}

/** As the condition operators read it: ISO 8601, or seconds since 1970. */
export function timeOf(text: string): readonly number[] {
  if (/^\d{5,}(\.\d+)?$/.test(text)) return [Number(text) * 1000];
  const hasOffset = !/T/.test(text) || /(Z|[+-]\d{2}:\d{2})$/.test(text);
  const time = Date.parse(hasOffset ? text : `${text}Z`);
  return Number.isNaN(time) ? [] : [time];
}

export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
