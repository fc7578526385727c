import { Atom, atomOf, literalAtom } from "../../../iam/proof/atom";
import { GroupKey } from "../../../iam/proof/group-keys";
import { KeyDomain, textDomain } from "../../../iam/proof/key-domain";
import { OpenKey, OpenTest } from "../../../iam/proof/open-test";

/** The atom of a value without variables. */
export function atom(operator: string, value: string): Atom {
  return atomOf(operator, value, false, {})!;
}

/** Atoms of texts. */
export const literals = (...texts: readonly string[]): readonly Atom[] => texts.map(literalAtom);

/** Keys of one group with what tests ask of them. */
export function asked(
  keys: Readonly<Record<string, readonly Atom[]>>,
  given: Partial<KeyDomain> = {},
  compared = false,
): ReadonlyMap<string, GroupKey> {
  return new Map(
    Object.entries(keys).map(([key, atoms]) => [key, { domain: textDomain(key, given), atoms, compared }]),
  );
}

/** A test that holds when each of its keys has a value that one of its atoms matches. */
export function openTest(id: number, keys: readonly OpenKey[], given: Partial<OpenTest> = {}): OpenTest {
  return {
    id,
    keys,
    frame: { route: "direct" },
    holds: (valueOf) =>
      keys.every(({ key, atoms }) => {
        const value = valueOf(key);
        return typeof value === "string" && atoms.some((one) => one.matches(value));
      }),
    ...given,
  };
}

export function openKey(key: string, atoms: readonly Atom[], given: Partial<KeyDomain> = {}): OpenKey {
  return { key, domain: textDomain(key, given), atoms };
}
