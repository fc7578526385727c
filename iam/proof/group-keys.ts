import { Atom, atomKey } from "./atom";
import { KeyDomain } from "./key-domain";
import { OpenTest } from "./open-test";

/** What all tests together ask of the keys of one group. */
export interface GroupKey {
  readonly domain: KeyDomain;
  readonly atoms: readonly Atom[];
  /** Whether a test compares the key with another key that is open. */
  readonly compared: boolean;
}

/** The keys of a group that tests ask about, in alphabetical order. */
export function groupKeys(group: string, tests: readonly OpenTest[]): ReadonlyMap<string, GroupKey> {
  const found = new Map<string, { domain: KeyDomain; atoms: Map<string, Atom>; compared: boolean }>();
  for (const test of tests) {
    for (const { key, domain, atoms } of test.keys) {
      if (domain.group !== group) continue;
      const known = found.get(key) ?? { domain, atoms: new Map<string, Atom>(), compared: false };
      found.set(key, known);
      if (test.keys.length > 1) known.compared = true;
      for (const atom of atoms) known.atoms.set(atomKey(atom), atom);
    }
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    sorted.map(([key, { domain, atoms, compared }]) => [
      key,
      { domain, atoms: [...atoms.values()], compared },
    ]),
  );
}
