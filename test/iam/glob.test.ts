import { strict as assert } from "assert";
import * as fc from "fast-check";
import { compileGlob, matchesGlob, textOf, tokenizeGlob, tokenizeLiteral } from "../../iam/glob";
import { naiveGlob } from "./naive-glob";

const cases: readonly { pattern: string; text: string; matches: boolean }[] = [
  { pattern: "", text: "", matches: true },
  { pattern: "", text: "a", matches: false },
  { pattern: "*", text: "", matches: true },
  { pattern: "?", text: "", matches: false },
  { pattern: "?", text: "a", matches: true },
  { pattern: "?", text: "ab", matches: false },
  { pattern: "Get*", text: "GetSecretValue", matches: true },
  { pattern: "Get*", text: "get", matches: false },
  { pattern: "*Value", text: "GetSecretValue", matches: true },
  { pattern: "*a*b*", text: "xxaxxbxx", matches: true },
  { pattern: "*a*b*", text: "xxbxxaxx", matches: false },
  { pattern: "secret:orders/db-??????", text: "secret:orders/db-AbCdEf", matches: true },
  { pattern: "secret:orders/db-??????", text: "secret:orders/db-AbCdEfG", matches: false },
  { pattern: "a**b", text: "ab", matches: true },
];

const letters = fc.string({ unit: fc.constantFrom("a", "b", ":"), maxLength: 12 });
const patterns = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 8 });

describe("glob", () => {
  for (const { pattern, text, matches } of cases) {
    it(`"${pattern}" ${matches ? "matches" : "does not match"} "${text}"`, () => {
      assert.deepEqual(
        [compileGlob(tokenizeGlob(pattern))(text), matchesGlob(tokenizeGlob(pattern), text)],
        [matches, matches],
      );
    });
  }

  it("equals the naive matcher, compiled or not", () => {
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        const expected = naiveGlob(pattern, text);
        assert.equal(matchesGlob(tokenizeGlob(pattern), text), expected);
        assert.equal(compileGlob(tokenizeGlob(pattern))(text), expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it("takes no exponential time over many stars", () => {
    assert.equal(matchesGlob(tokenizeGlob("*a".repeat(50) + "b"), "a".repeat(5_000)), false);
  });

  it("reads a literal's wildcards as themselves", () => {
    assert.deepEqual(
      ["a*c", "abc"].map((text) => matchesGlob(tokenizeLiteral("a*c"), text)),
      [true, false],
    );
  });

  it("writes tokens back as they were read", () => {
    assert.equal(textOf(tokenizeGlob("a*b?c")), "a*b?c");
  });
});
