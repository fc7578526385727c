import { strict as assert } from "assert";
import { Candidates, dimensionOf, Member, memberValue } from "../../../iam/proof/dimension";
import { KeyValue } from "../../../iam/proof/key-domain";
import { literals, openKey, openTest } from "./atoms";

const member = (values: Readonly<Record<string, KeyValue>>): Member => ({
  values: new Map(Object.entries(values)),
});
const group = { group: "g" };
const a = literals("a");
const noEndpoint = () => "";

function candidates(members: readonly Member[], atoms: Candidates["atoms"] = new Map(), complete = true) {
  return { members, atoms, complete };
}

describe("the value of a key of a member", () => {
  const one = member({
    "aws:calledvia": "x",
    ">aws:calledvia": "y",
    "aws:only": "z",
    ">aws:gone": undefined,
  });
  it("is another in a forwarded request when there is another", () => {
    assert.deepEqual(
      [
        memberValue(one, "aws:calledvia", "direct"),
        memberValue(one, "aws:calledvia", "forwarded"),
        memberValue(one, "aws:only", "forwarded"),
        memberValue(member({ k: "x", ">k": undefined }), "k", "forwarded"),
        memberValue(one, "aws:none", "direct"),
      ],
      ["x", "y", "z", undefined, undefined],
    );
  });
});

describe("the alternatives of a choice", () => {
  const members = [member({ k: undefined }), member({ k: "x" }), member({ k: "a" }), member({ k: "b" })];
  const values = (alternatives: readonly { readonly members: readonly Member[] }[]) =>
    alternatives.map((one) => one.members.map(({ values: given }) => given.get("k") ?? "absent").join(" "));

  it("are the members that no test tells apart", () => {
    const test = openTest(1, [openKey("k", a, group)]);
    const { alternatives, group: name, inexact } = dimensionOf("g", candidates(members), [test], noEndpoint);
    assert.deepEqual([values(alternatives), name, inexact], [["absent x b", "a"], "g", undefined]);
  });

  it("are one without tests", () => {
    assert.deepEqual(values(dimensionOf("g", candidates(members), [], noEndpoint).alternatives), [
      "absent x a b",
    ]);
  });

  it("are told apart by each test", () => {
    const tests = [
      openTest(1, [openKey("k", a, group)]),
      openTest(2, [openKey("k", literals("a", "b"), group)]),
    ];
    assert.deepEqual(values(dimensionOf("g", candidates(members), tests, noEndpoint).alternatives), [
      "absent x",
      "a",
      "b",
    ]);
  });

  it("are told apart by endpoints", () => {
    const endpointOf = ({ values: given }: Member) => (given.get("k") === "x" ? "vpce-1" : "");
    assert.deepEqual(values(dimensionOf("g", candidates(members), [], endpointOf).alternatives), [
      "absent a b",
      "x",
    ]);
  });

  it("are all members when a test compares with another group", () => {
    const both = openTest(1, [openKey("k", [], group), openKey("l", [], { group: "h" })]);
    assert.deepEqual(values(dimensionOf("g", candidates(members), [both], noEndpoint).alternatives), [
      "absent",
      "x",
      "a",
      "b",
    ]);
  });

  it("are asked with the values of the test's own route", () => {
    const forwarded = openTest(1, [openKey("k", a, group)], { frame: { route: "forwarded" } });
    const two = [member({ k: "a" }), member({ k: "x", ">k": "a" }), member({ k: "a", ">k": "x" })];
    assert.deepEqual(values(dimensionOf("g", candidates(two), [forwarded], noEndpoint).alternatives), [
      "a x",
      "a",
    ]);
  });

  it("say when they are not all there are", () => {
    const { inexact } = dimensionOf("key:aws:x", candidates(members, new Map(), false), [], noEndpoint);
    assert.deepEqual(inexact, {
      kind: "too-many-cases",
      subject: "aws:x",
      reason: "the conditions on it have too many cases, or compare it in ways that do not go together",
    });
  });
});

describe("the words for some alternatives", () => {
  const [b] = literals("b");
  const two = (k: KeyValue, l: KeyValue) => member({ k, l });
  const members = [two("x", "x"), two("x", "b"), two("a", "x"), two("a", "b"), two("c", undefined)];
  const atoms = new Map([
    ["k", [...a, ...literals("c")]],
    ["l", [b!]],
  ]);
  /** One alternative for each member; made anew, so that no earlier words are known. */
  const dimension = () =>
    dimensionOf(
      "g",
      candidates(members, atoms),
      [openTest(1, [openKey("k", [], group), openKey("other", [], { group: "h" })])],
      noEndpoint,
    );
  const words = (...chosen: readonly number[]) =>
    dimension()
      .describe(new Set(chosen))
      .map((one) => one.map(({ text }) => text).join(" and "));
  const cases: readonly (readonly [name: string, chosen: readonly number[], words: readonly string[]])[] = [
    ["all", [0, 1, 2, 3, 4], [""]],
    ["none", [], []],
    ["by the first key alone", [2, 3], ["k is a"]],
    ["by the first key, what it is not", [0, 1, 4], ["k is not a"]],
    ["by the second key alone", [1, 3], ["l is b"]],
    ["by the second key, absent", [4], ["k is c"]],
    ["by both keys", [3], ["k is a and l is b"]],
    ["by both keys, the same for several values of the first", [0, 2], ["l is not b"]],
    ["by both keys, with all of one", [0, 1, 3], ["k is not a or c", "k is a and l is b"]],
    ["by both keys, each its own", [1, 2], ["k is not a or c and l is b", "k is a and l is not b"]],
  ];
  for (const [name, chosen, expected] of cases) it(name, () => assert.deepEqual(words(...chosen), expected));

  it("are found once for the same alternatives", () => {
    const one = dimension();
    assert.equal(one.describe(new Set([2, 3])), one.describe(new Set([2, 3])));
    assert.notDeepEqual(one.describe(new Set([0])), one.describe(new Set([1])));
  });

  it("are none of keys that nobody asks about", () => {
    const { describe: say } = dimensionOf(
      "g",
      candidates([member({ k: "x" }), member({ k: "a" })]),
      [openTest(1, [openKey("k", a, group)])],
      noEndpoint,
    );
    assert.deepEqual(say(new Set([1])), [[]]);
  });

  it("skip a key that has one value", () => {
    const { describe: say } = dimensionOf(
      "g",
      candidates([two("x", "x"), two("x", "b")], atoms),
      [openTest(1, [openKey("l", [b!], group)])],
      noEndpoint,
    );
    assert.deepEqual(
      say(new Set([1])).map((one) => one.map(({ text }) => text)),
      [["l is b"]],
    );
  });
});
