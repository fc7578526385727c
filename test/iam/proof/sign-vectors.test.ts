import { strict as assert } from "assert";
import fc from "fast-check";
import { compileGlob, tokenizeGlob } from "../../../iam/glob";
import { arnCells, globCells, ignoringCase } from "../../../iam/proof/pattern-cells";
import { signVectors } from "../../../iam/proof/sign-vectors";

const cells = (pattern: string) => globCells(tokenizeGlob(pattern));
const vectors = (patterns: readonly string[], universe = "*") =>
  signVectors(patterns.map(cells), cells(universe), "xyz");

describe("the ways in which texts stand to patterns", () => {
  const cases: readonly {
    readonly name: string;
    readonly patterns: readonly string[];
    readonly universe?: string;
    readonly found: Readonly<Record<string, string>>;
  }[] = [
    { name: "without patterns one", patterns: [], found: { "": "" } },
    { name: "a literal or another text", patterns: ["a"], found: { "0": "", "1": "a" } },
    { name: "everything", patterns: ["*"], found: { "1": "" } },
    {
      name: "two prefixes of which one is longer",
      patterns: ["a*", "ab*"],
      found: { "00": "", "10": "a", "11": "ab" },
    },
    {
      name: "a prefix and an ending",
      patterns: ["a*", "*b"],
      found: { "00": "", "01": "b", "10": "a", "11": "ab" },
    },
    { name: "lengths", patterns: ["?", "??"], found: { "00": "", "10": "x", "01": "xx" } },
    { name: "within a universe", patterns: ["*a"], universe: "b?", found: { "0": "bx", "1": "ba" } },
    { name: "that a universe excludes", patterns: ["a*"], universe: "b*", found: { "0": "b" } },
  ];
  for (const { name, patterns, universe, found } of cases) {
    it(name, () => {
      const { texts, complete } = vectors(patterns, universe);
      assert.deepEqual(
        { complete, found: Object.fromEntries(texts.map(({ signs, text }) => [signs, text])) },
        { complete: true, found },
      );
    });
  }

  it("keep wildcards of ARNs between their colons", () => {
    const pattern = arnCells(tokenizeGlob("arn:*:b:c:d:e*"))!;
    const of = (universe: string) =>
      signVectors([pattern], cells(universe), "x").texts.map(({ signs }) => signs);
    assert.deepEqual(
      [of("arn:x:b:c:d:e:f"), of("arn:x:y:b:c:d:e"), arnCells(tokenizeGlob("arn:*"))],
      [["1"], ["0"], undefined],
    );
  });

  it("know letters in both cases", () => {
    const { texts } = signVectors([ignoringCase(cells("ab"))], cells("AB"), "x");
    assert.deepEqual(texts, [{ signs: "1", text: "AB" }]);
  });

  it("say when there are too many", () => {
    const patterns = Array.from(
      { length: 12 },
      (_, index) => `*${"?".repeat(index)}a${"?".repeat(12 - index)}b*`,
    );
    assert.equal(vectors(patterns).complete, false);
  });

  it("are those that some short text has", () => {
    const pattern = fc.stringMatching(/^[ab*?]{0,4}$/);
    const texts = ["", ..."abc"].flatMap((a) =>
      ["", ..."abc"].flatMap((b) => ["", ..."abc"].map((c) => a + b + c)),
    );
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), (patterns) => {
        const globs = patterns.map((one) => compileGlob(tokenizeGlob(one)));
        const signsOf = (text: string) => globs.map((glob) => (glob(text) ? "1" : "0")).join("");
        const found = vectors(patterns).texts;
        for (const { signs, text } of found) assert.equal(signsOf(text), signs);
        const all = new Set(found.map(({ signs }) => signs));
        assert.deepEqual(
          texts.filter((text) => !all.has(signsOf(text))),
          [],
        );
      }),
      { numRuns: 150 },
    );
  });
});
