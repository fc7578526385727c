import { strict as assert } from "assert";
import { found, problemText } from "../../../policies/waivers/problem";

describe("the problems of a file", () => {
  const problem = (path: string) => ({ path, message: `bad ${path}` });
  it("are counted and listed, one a line", () => {
    assert.equal(problemText("a.yaml", [problem("x")]), "a.yaml has 1 problem:\n  x: bad x");
    assert.equal(
      problemText("a.yaml", [problem("x"), problem("y")]),
      "a.yaml has 2 problems:\n  x: bad x\n  y: bad y",
    );
  });

  const values: readonly (readonly [string, unknown, string])[] = [
    ["nothing", undefined, "nothing"],
    ["null", null, "null"],
    ["a text", "x", '"x"'],
    ["an object", { a: [1] }, '{"a":[1]}'],
    ["what JSON lacks", Symbol("x"), "Symbol(x)"],
    ["the longest that is shown", "a".repeat(58), `"${"a".repeat(58)}"`],
    ["what is longer", "a".repeat(59), `"${"a".repeat(56)}…`],
  ];
  for (const [name, value, text] of values)
    it(`say what was found: ${name}`, () => assert.equal(found(value), text));
});
