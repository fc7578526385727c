import { strict as assert } from "assert";
import { literalAtom } from "../../../iam/proof/atom";
import { KeyDomain, textDomain } from "../../../iam/proof/key-domain";
import { isoTime, timeOf, valueClasses } from "../../../iam/proof/value-classes";
import { atom } from "./atoms";

let asked = 0;

/** A domain whose values no earlier test has worked out: its last character for "any other" is its own. */
function domain(given: Partial<KeyDomain> = {}): KeyDomain {
  asked++;
  return textDomain("k", { others: `xyz${String.fromCharCode(0x4e00 + asked)}`, ...given });
}

describe("a value for each way to stand to the atoms", () => {
  const cases: readonly {
    readonly name: string;
    readonly domain?: Partial<KeyDomain>;
    readonly atoms?: Parameters<typeof valueClasses>[1];
    readonly twice?: true;
    readonly values: ReturnType<typeof valueClasses>["values"];
    readonly complete?: false;
  }[] = [
    { name: "absent or anything", values: [undefined, "x"] },
    { name: "anything", domain: { mayBeAbsent: false }, values: ["x"] },
    { name: "absent only", domain: { mayBePresent: false }, atoms: [literalAtom("a")], values: [undefined] },
    { name: "neither", domain: { mayBePresent: false, mayBeAbsent: false }, values: [] },
    { name: "a text and another", atoms: [literalAtom("a")], values: [undefined, "x", "a"] },
    {
      name: "a text that comes twice",
      atoms: [literalAtom("a"), literalAtom("a")],
      values: [undefined, "x", "a"],
    },
    {
      name: "those that are listed, whatever the atoms",
      domain: { values: ["t", "f"] },
      atoms: [literalAtom("a")],
      values: [undefined, "t", "f"],
    },
    {
      name: "within the universe",
      domain: { universe: "b?*", mayBeAbsent: false },
      atoms: [atom("StringLike", "*z")],
      values: ["bx", "bz"],
    },
    {
      name: "around a number",
      domain: { mayBeAbsent: false },
      atoms: [atom("NumericLessThan", "5")],
      values: ["4", "5", "6"],
    },
    {
      name: "around times",
      domain: { mayBeAbsent: false },
      atoms: [atom("DateLessThan", "2026-01-01T00:00:00Z"), atom("DateLessThan", "never")],
      values: ["2025-12-31T23:59:59.000Z", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:01.000Z"],
    },
    {
      name: "around addresses",
      domain: { mayBeAbsent: false },
      atoms: [atom("IpAddress", "10.0.0.0/8")],
      values: [
        "198.51.100.77",
        "10.0.0.0",
        "11.0.0.0",
        "9.255.255.255",
        "10.255.255.255",
        "2001:db8:0:0:0:0:0:77",
      ],
    },
    {
      name: "of two kinds, which is not all",
      domain: { mayBeAbsent: false },
      atoms: [atom("NumericLessThan", "5"), literalAtom("5")],
      values: ["4", "5", "6", "x"],
      complete: false,
    },
    {
      name: "around a number and a time, each by itself",
      domain: { mayBeAbsent: false },
      atoms: [atom("NumericLessThan", "5"), atom("DateLessThan", "2026-01-01T00:00:00Z")],
      values: [
        ...["4", "5", "6"],
        ...["2025-12-31T23:59:59.000Z", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:01.000Z"],
      ],
      complete: false,
    },
    {
      name: "two within a universe, as far as it has two",
      domain: { mayBeAbsent: false, universe: "a?" },
      atoms: [atom("StringLike", "*b")],
      twice: true,
      values: ["ax", "ab", "ay"],
    },
    {
      name: "a list of one",
      domain: { isListOfOne: true, hasManyValues: true },
      atoms: [literalAtom("a")],
      values: [undefined, ["x"], ["a"]],
    },
    {
      name: "sets of few",
      domain: { hasManyValues: true },
      atoms: [literalAtom("a")],
      values: [undefined, ["x"], ["a"], ["x", "a"]],
    },
    {
      name: "sets of five",
      domain: { hasManyValues: true, mayBeAbsent: false, values: ["1", "2", "3", "4", "5"] },
      values: [..."12345"].reduce<readonly string[][]>(
        (sets, one) => [...sets, [one], ...sets.map((set) => [...set, one])],
        [],
      ),
    },
    {
      name: "each alone and all together of more than five",
      domain: { hasManyValues: true, mayBeAbsent: false, values: ["1", "2", "3", "4", "5", "6"] },
      values: [["1"], ["2"], ["3"], ["4"], ["5"], ["6"], ["1", "2", "3", "4", "5", "6"]],
      complete: false,
    },
    {
      name: "two of each kind, so that keys can be equal and different",
      domain: { mayBeAbsent: false },
      atoms: [literalAtom("a"), atom("StringLike", "b*")],
      twice: true,
      values: ["x", "a", "b", "y", "bx"],
    },
  ];
  for (const { name, domain: given, atoms, twice, values, complete } of cases) {
    it(name, () =>
      assert.deepEqual(valueClasses(domain(given), atoms ?? [], twice), {
        values,
        complete: complete ?? true,
      }),
    );
  }

  it("is not complete in lists either", () => {
    const two = [atom("NumericLessThan", "1"), literalAtom("1")];
    assert.deepEqual(
      [{}, { isListOfOne: true as const }, { hasManyValues: true }].map((given) => {
        const { values, complete } = valueClasses(domain({ mayBeAbsent: false, ...given }), two);
        return [values.length, complete];
      }),
      [
        [4, false],
        [4, false],
        [15, false],
      ],
    );
  });
});

describe("a time of a policy", () => {
  const cases: readonly (readonly [text: string, time: readonly number[]])[] = [
    ["2026-01-01T00:00:00Z", [1767225600000]],
    ["2026-01-01T00:00:00", [1767225600000]],
    ["2026-01-01T01:00:00+01:00", [1767225600000]],
    ["2026-01-01T00:00:00-01:00", [1767229200000]],
    ["2026-01-01", [1767225600000]],
    ["2026", [1767225600000]],
    ["1767225600", [1767225600000]],
    ["1767225600.5", [1767225600500]],
    ["12345", [12345000]],
    ["1767225600.25", [1767225600250]],
    ["1234", [Date.parse("1234-01-01T00:00:00Z")]],
    ["never", []],
    ["x1767225600", []],
    ["1767225600x", []],
  ];
  for (const [text, time] of cases) it(text, () => assert.deepEqual(timeOf(text), time));

  it("is written as ISO 8601", () => assert.equal(isoTime(1767225600000), "2026-01-01T00:00:00.000Z"));
});
