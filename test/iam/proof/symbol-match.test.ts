import { strict as assert } from "assert";
import fc from "fast-check";
import { compileGlob, tokenizeGlob } from "../../../iam/glob";
import { symbolFor } from "../../../iam/proof";
import { certainlyMatches, mayComeToMatch } from "../../../iam/proof/symbol-match";

const SHAPES: Readonly<Record<string, string>> = { six: "??????", any: "*", some: "?*" };
let made = 0;

/** The texts with a new symbol for each of "<six>", "<any>" and "<some>", so that no earlier answer is known. */
function withSymbols(...texts: readonly string[]): readonly string[] {
  made++;
  return texts.map((text) =>
    text.replace(/<(\w+)>/g, (_, name: string) =>
      symbolFor({ of: `${name} ${made} of the test`, shape: SHAPES[name]! }),
    ),
  );
}

const secret = (rest: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${rest}`;

describe("a text with symbols and a pattern", () => {
  const cases: readonly {
    readonly name: string;
    readonly pattern: string;
    readonly value: string;
    readonly answer: "always" | "perhaps" | "never";
  }[] = [
    { name: "as many wildcards as characters", pattern: "new-??????", value: "new-<six>", answer: "always" },
    { name: "a star", pattern: "new-*", value: "new-<any>", answer: "always" },
    { name: "any text under six wildcards", pattern: "new-??????", value: "new-<any>", answer: "perhaps" },
    { name: "a literal of the length", pattern: "new-AbCdEf", value: "new-<six>", answer: "perhaps" },
    { name: "a literal of another length", pattern: "new-AbCdEfG", value: "new-<six>", answer: "never" },
    { name: "another beginning", pattern: "old-*", value: "new-<six>", answer: "never" },
    { name: "a word that anything may be", pattern: "new", value: "<any>", answer: "perhaps" },
    { name: "itself", pattern: "new-<any>", value: "new-<any>", answer: "always" },
    { name: "itself before any text", pattern: "<any>-??????", value: "<any>-<some>", answer: "perhaps" },
    {
      name: "itself before six characters",
      pattern: "<any>-??????",
      value: "<any>-<six>",
      answer: "always",
    },
    {
      name: "the ARN of a secret",
      pattern: secret("new-??????"),
      value: secret("new-<six>"),
      answer: "always",
    },
    { name: "a longer name", pattern: secret("new-b-??????"), value: secret("new-<six>"), answer: "never" },
    {
      name: "one character less",
      pattern: secret("new-?????"),
      value: secret("new-<six>"),
      answer: "never",
    },
    { name: "a star that the value has", pattern: "AbCdEf-b", value: "<six>-*", answer: "never" },
    {
      name: "a wildcard for a star that the value has",
      pattern: "???????",
      value: "*<six>",
      answer: "always",
    },
    {
      name: "a star that would have to take a colon of an ARN",
      pattern: "arn:aws:s3:*:222222222222:x",
      value: "arn:aws:s3:eu-west-1:111111111111:222222222222:<any>",
      answer: "never",
    },
    {
      name: "a star after the account",
      pattern: "arn:aws:s3:*:111111111111:*:x",
      value: "arn:aws:s3:eu-west-1:111111111111:222222222222:<any>",
      answer: "perhaps",
    },
    { name: "a symbol in the pattern only", pattern: "x-<six>", value: "x-AbCdEf", answer: "perhaps" },
    { name: "a symbol in the pattern before less", pattern: "x-<six>", value: "x-AbCdE", answer: "never" },
    { name: "different symbols", pattern: "x-<six>", value: "x-<any>", answer: "never" },
    { name: "different symbols under a star", pattern: "*<six>*", value: "x-<any>", answer: "never" },
    { name: "no symbol", pattern: "x-?", value: "x-1", answer: "always" },
    { name: "no symbol and another text", pattern: "x-?", value: "y-1", answer: "never" },
    { name: "at least one character", pattern: "?*", value: "<some>", answer: "always" },
    { name: "perhaps none", pattern: "?*", value: "<any>", answer: "perhaps" },
  ];
  for (const { name, pattern, value, answer } of cases) {
    it(`${name}: ${answer}`, () => {
      const [text = "", known = ""] = withSymbols(pattern, value);
      const asWritten = compileGlob(tokenizeGlob(text))(known);
      const isCertain = asWritten && certainlyMatches(text, known);
      const isPossible = asWritten || mayComeToMatch(text, known);
      assert.equal(isCertain ? "always" : isPossible ? "perhaps" : "never", answer);
    });
  }

  it("are answered as every value of the symbol has it", () => {
    made++;
    const shapes = fc.constantFrom("?", "??", "?*", "*", "a?", "*b");
    const patterns = fc.stringMatching(/^[ab*?]{0,5}$/);
    const literals = fc.stringMatching(/^[ab]{0,2}$/);
    fc.assert(
      fc.property(shapes, patterns, literals, literals, (shape, pattern, before, after) => {
        const value = before + symbolFor({ of: `${shape} of ${before} and ${after} ${made}`, shape }) + after;
        const matches = compileGlob(tokenizeGlob(pattern));
        const isOfShape = compileGlob(tokenizeGlob(shape));
        const outcomes = new Set(TEXTS.filter(isOfShape).map((text) => matches(before + text + after)));
        if (certainlyMatches(pattern, value)) assert.deepEqual([...outcomes], [true]);
        if (!matches(value) && !mayComeToMatch(pattern, value)) assert.deepEqual([...outcomes], [false]);
        if (!outcomes.has(false)) assert.equal(certainlyMatches(pattern, value), true);
      }),
      { numRuns: 500 },
    );
  });
});

/** All texts of up to six of the letters that patterns have, and one of another letter. */
const TEXTS = Array.from({ length: 7 }, (_, length) => length).flatMap((length) =>
  Array.from({ length: 3 ** length }, (_, number) =>
    number
      .toString(3)
      .padStart(length, "0")
      .slice(0, length)
      .replaceAll("0", "a")
      .replaceAll("1", "b")
      .replaceAll("2", "x"),
  ),
);
