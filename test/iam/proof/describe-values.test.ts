import { strict as assert } from "assert";
import { Atom } from "../../../iam/proof/atom";
import { describeValues } from "../../../iam/proof/describe-values";
import { KeyValue } from "../../../iam/proof/key-domain";
import { atom, literals } from "./atoms";

function described(chosen: readonly KeyValue[], others: readonly KeyValue[], atoms: readonly Atom[]) {
  const marked = [
    ...chosen.map((value) => ({ value, chosen: true })),
    ...others.map((value) => ({ value, chosen: false })),
  ];
  return describeValues("aws:sourcevpce", marked, atoms);
}

const like = (text: string) => atom("StringLike", text);

describe("the words for some values of a key", () => {
  const cases: readonly {
    readonly name: string;
    readonly chosen: readonly KeyValue[];
    readonly others: readonly KeyValue[];
    readonly atoms?: readonly Atom[];
    readonly text: readonly string[];
  }[] = [
    { name: "only absent", chosen: [undefined], others: ["x", "a"], text: ["without aws:SourceVpce"] },
    { name: "every value", chosen: ["x", "a"], others: [undefined], text: ["aws:SourceVpce is given"] },
    {
      name: "one pattern",
      chosen: ["a"],
      others: [undefined, "x"],
      atoms: literals("a"),
      text: ["aws:SourceVpce is a"],
    },
    {
      name: "one pattern or absent",
      chosen: ["a", undefined],
      others: ["x"],
      atoms: literals("a"),
      text: ["aws:SourceVpce is a or is absent"],
    },
    {
      name: "two patterns",
      chosen: ["a", "b"],
      others: [undefined, "x"],
      atoms: literals("a", "b"),
      text: ["aws:SourceVpce is a or b"],
    },
    {
      name: "the widest pattern first, and none that adds nothing",
      chosen: ["a", "ab", "c"],
      others: ["x"],
      atoms: [...literals("ab", "c"), like("a*")],
      text: ["aws:SourceVpce is a* or c"],
    },
    {
      name: "not one that means others too",
      chosen: ["a"],
      others: ["ab", "x"],
      atoms: [like("a*"), ...literals("a")],
      text: ["aws:SourceVpce is a"],
    },
    {
      name: "the same words once",
      chosen: ["A", "a"],
      others: ["x"],
      atoms: [atom("StringEquals", "a"), atom("StringEqualsIgnoreCase", "a")],
      text: ["aws:SourceVpce is a"],
    },
    {
      name: "what it is not",
      chosen: ["x"],
      others: [undefined, "a"],
      atoms: literals("a"),
      text: ["aws:SourceVpce is not a"],
    },
    {
      name: "what it is not, or absent",
      chosen: ["x", undefined],
      others: ["a"],
      atoms: literals("a"),
      text: ["aws:SourceVpce is not a"],
    },
    {
      name: "one by one when neither is enough",
      chosen: ["a", "xb"],
      others: [undefined, "ab", "x"],
      atoms: [like("a*"), like("*b")],
      text: ["aws:SourceVpce is a* and is not *b", "aws:SourceVpce is *b and is not a*"],
    },
    {
      name: "one by one, also absent",
      chosen: ["a", "xb", undefined],
      others: ["ab", "x"],
      atoms: [like("a*"), like("*b")],
      text: [
        "without aws:SourceVpce",
        "aws:SourceVpce is a* and is not *b",
        "aws:SourceVpce is *b and is not a*",
      ],
    },
    {
      name: "one that several patterns must mean",
      chosen: ["ab"],
      others: ["a", "xb", "x"],
      atoms: [like("a*"), like("*b"), like("c*")],
      text: ["aws:SourceVpce is a* and is not c* and aws:SourceVpce is *b"],
    },
    {
      name: "one that no pattern means, and others",
      chosen: ["x", "ab"],
      others: ["a", "xb"],
      atoms: [like("a*"), like("*b")],
      text: ["aws:SourceVpce is not a* or *b", "aws:SourceVpce is a* and aws:SourceVpce is *b"],
    },
    {
      name: "a list of one as its value",
      chosen: [["a"]],
      others: [undefined, ["x"]],
      atoms: literals("a"),
      text: ["aws:SourceVpce is a"],
    },
    {
      name: "sets, whatever their parts would say alone",
      chosen: [["a", "b"]],
      others: [["a"], ["b"]],
      atoms: literals("a", "b"),
      text: ["aws:SourceVpce is [a, b]"],
    },
    {
      name: "patterns that share a value",
      chosen: ["a", "ab", "xb"],
      others: ["x"],
      atoms: [like("a*"), like("*b")],
      text: ["aws:SourceVpce is a* or *b"],
    },
    {
      name: "sets as they are",
      chosen: [["a"], ["a", "x"]],
      others: [undefined, ["x"]],
      atoms: literals("a"),
      text: ["aws:SourceVpce is [a]", "aws:SourceVpce is [a, x]"],
    },
  ];
  for (const { name, chosen, others, atoms, text } of cases) {
    it(name, () =>
      assert.deepEqual(
        described(chosen, others, atoms ?? []).map((one) =>
          one.map((condition) => condition.text).join(" and "),
        ),
        text,
      ),
    );
  }

  it("say one by one that the key must not be absent", () => {
    const conditions = [
      ...described(["a", "xb"], [undefined, "ab", "x"], [like("a*"), like("*b")]),
      ...described([["a", "b"]], [["a"]], literals("a")),
    ].flat();
    assert.deepEqual(
      conditions.map(({ anyOf, noneOf, absent }) => [anyOf, noneOf, absent]),
      [
        [["a*"], ["*b"], "must not be"],
        [["*b"], ["a*"], "must not be"],
        [["[a, b]"], [], "must not be"],
      ],
    );
  });

  it("say whether the key may be absent", () => {
    const parts = (chosen: readonly KeyValue[], others: readonly KeyValue[]) =>
      described(chosen, others, literals("a")).map(([one]) => ({ ...one, text: undefined }));
    const condition = { key: "aws:SourceVpce", anyOf: [], noneOf: [], text: undefined };
    assert.deepEqual(
      [
        parts([undefined], ["a"]),
        parts(["x", "a"], [undefined]),
        parts(["x", undefined], ["a"]),
        parts(["a", undefined], ["x"]),
        parts(["a"], ["x"]),
        parts(["x"], ["a", undefined]),
      ],
      [
        [{ ...condition, absent: "must be" }],
        [{ ...condition, absent: "must not be" }],
        [{ ...condition, noneOf: ["a"], absent: "may be" }],
        [{ ...condition, anyOf: ["a"], absent: "may be" }],
        [{ ...condition, anyOf: ["a"], absent: "must not be" }],
        [{ ...condition, noneOf: ["a"], absent: "must not be" }],
      ],
    );
  });
});
