import { strict as assert } from "assert";
import { captures } from "../../../iam/proof/captures";

const V = "${aws:PrincipalTag/team}";
const KEY = "aws:principaltag/team";

describe("the values with which a variable lets a pattern match", () => {
  const cases: readonly {
    readonly name: string;
    readonly pattern: string;
    readonly text: string;
    readonly context?: Readonly<Record<string, string | readonly string[]>>;
    readonly found: readonly string[];
  }[] = [
    { name: "all of the text", pattern: V, text: "orders", found: ["orders"] },
    { name: "the empty text", pattern: V, text: "", found: [""] },
    { name: "what stands between", pattern: `a-${V}-z`, text: "a-orders-z", found: ["orders"] },
    { name: "nothing between", pattern: `a-${V}z`, text: "a-z", found: [""] },
    { name: "none when the rest does not match", pattern: `a-${V}`, text: "b-orders", found: [] },
    { name: "none when the ending does not match", pattern: `${V}-z`, text: "orders-y", found: [] },
    { name: "each end that a star leaves", pattern: `${V}*`, text: "ab", found: ["", "a", "ab"] },
    { name: "each start that a star leaves", pattern: `*${V}`, text: "ab", found: ["ab", "b", ""] },
    { name: "none of a pattern without it", pattern: "orders", text: "orders", found: [] },
    { name: "none of a pattern with another", pattern: "${aws:username}", text: "orders", found: [] },
    {
      name: "with another that is known",
      pattern: `\${aws:username}/${V}`,
      text: "alice/orders",
      context: { "aws:username": "alice" },
      found: ["orders"],
    },
    {
      name: "none when another that is known does not match",
      pattern: `\${aws:username}/${V}`,
      text: "alice/orders",
      context: { "aws:username": "bob" },
      found: [],
    },
    {
      name: "with another that is open",
      pattern: `\${aws:username}/${V}`,
      text: "a/b/c",
      found: ["b/c", "c"],
    },
    {
      name: "with another that has several values, as with an open one",
      pattern: `\${aws:username}/${V}`,
      text: "a/b",
      context: { "aws:username": ["a"] },
      found: ["b"],
    },
    { name: "with itself again behind", pattern: `${V}-${V}`, text: "a-b", found: ["a"] },
  ];
  for (const { name, pattern, text, context, found } of cases) {
    it(name, () => assert.deepEqual(captures(pattern, KEY, text, context ?? {}), found));
  }

  it("are not listed when they are more than 200", () => {
    const letters = (count: number) =>
      Array.from({ length: count }, (_, index) => String.fromCharCode(0x4e00 + index)).join("");
    assert.equal(captures(`*${V}`, KEY, letters(199), {})?.length, 200);
    assert.equal(captures(`*${V}`, KEY, letters(200), {}), undefined);
  });
});
