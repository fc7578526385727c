import { strict as assert } from "assert";
import { fileValue } from "../../../policies/waivers/file-value";

const bomb = [
  "a: &a [x, x]",
  ...Array.from(
    { length: 9 },
    (_, index) =>
      `${"bcdefghij"[index]}: &${"bcdefghij"[index]} [${Array(9).fill(`*${"abcdefghi"[index]}`).join(", ")}]`,
  ),
].join("\n");

describe("the value of a file", () => {
  const good: readonly (readonly [string, string, unknown])[] = [
    ["JSON", ' \n{"a": [1, "x"]}', { a: [1, "x"] }],
    ["YAML", "a:\n  - 1\n  - x\n", { a: [1, "x"] }],
    ["YAML with braces", "{a: [1, x]}", { a: [1, "x"] }],
    ["YAML with braces further on", "a: {b: 1}", { a: { b: 1 } }],
    ["a day, which YAML 1.2 takes for text", "a: 2027-01-31", { a: "2027-01-31" }],
    ["a list", "- 1", [1]],
    ["a few aliases", "a: &a x\nb: *a\nc: *a", { a: "x", b: "x", c: "x" }],
  ];
  for (const [name, text, value] of good)
    it(name, () => assert.deepEqual(fileValue(text), { value, problems: [] }));
  it("nothing", () => assert.deepEqual(fileValue(""), { value: undefined, problems: [] }));
  it("a comment alone", () => assert.equal(fileValue("# x").value ?? null, null));

  const bad: readonly (readonly [string, string, string, RegExp])[] = [
    ["a key that stands twice, with its line", "a: 1\nb: 2\na: 3\n", "line 3", /^Map keys must be unique$/],
    ["JSON that is cut off", '{"a": ', "line 1", /^[A-Z].*[^:]$/],
    ["a list that does not end", "a: [\nb: 'x\n", "line 2", /./],
    ["several documents", "a: 1\n---\nb: 2\n", "file", /^expected one document, got several$/],
    ["more aliases than anybody needs", bomb, "file", /alias/i],
    [
      "too many characters",
      "#".repeat(4_000_001),
      "file",
      /^expected at most 4000000 characters, got 4000001$/,
    ],
  ];
  for (const [name, text, path, message] of bad) {
    it(`cannot be read: ${name}`, () => {
      const { value, problems } = fileValue(text);
      assert.equal(value, undefined);
      assert.equal(problems[0]?.path, path);
      assert.match(problems[0]!.message, message);
      assert.doesNotMatch(problems[0]!.message, /\n| at line \d/);
    });
  }
  it("as long as may be", () => {
    assert.deepEqual(fileValue(`# ${"x".repeat(3_999_990)}\na: 1`).problems, []);
  });
});
