import { strict as assert } from "assert";
import { tokenizeGlob } from "../../../iam/glob";
import { Automaton, DEAD, START } from "../../../iam/proof/automaton";
import { arnCells, Cells, globCells, ignoringCase } from "../../../iam/proof/pattern-cells";

const cells = (pattern: string) => globCells(tokenizeGlob(pattern));

/** For each beginning of the text whether it is matched; `-` from where nothing is any more. */
function walk(pattern: Cells, text: string): string {
  const automaton = Automaton.of(pattern);
  let state = START;
  const signs = [automaton.accepts(state) ? "1" : "0"];
  for (const character of text) {
    state = automaton.step(state, character);
    signs.push(state === DEAD ? "-" : automaton.accepts(state) ? "1" : "0");
  }
  return signs.join("");
}

describe("a pattern as an automaton", () => {
  const cases: readonly (readonly [pattern: string, text: string, signs: string])[] = [
    ["", "a", "1-"],
    ["a", "aa", "01-"],
    ["a", "ba", "0--"],
    ["*", "ab", "111"],
    ["a*", "ab", "011"],
    ["*a", "aba", "0101"],
    ["a?c", "abcd", "0001-"],
    ["*ab", "aabb", "00010"],
    ["a**", "a", "01"],
    ["?*?", "ab", "001"],
  ];
  for (const [pattern, text, signs] of cases) {
    it(`${pattern} walks through ${text}`, () => assert.equal(walk(cells(pattern), text), signs));
  }

  it("takes no colon in a part of an ARN, and either case where case does not matter", () => {
    assert.equal(walk(arnCells(tokenizeGlob("*:b:c:d:e:*"))!, "a:b:c:d:e:f:"), "0000000000111");
    assert.equal(walk(arnCells(tokenizeGlob("*:b:c:d:e:*"))!, "a:x"), "000-");
    assert.equal(walk(ignoringCase(cells("aB")), "Ab"), "001");
  });

  it("tells characters apart that its next places take", () => {
    const charactersOf = (pattern: Cells, text = "") => {
      const automaton = Automaton.of(pattern);
      return automaton.charactersOf([...text].reduce((state, one) => automaton.step(state, one), START));
    };
    assert.deepEqual(
      [
        charactersOf(cells("ab")),
        charactersOf(cells("ab"), "a"),
        charactersOf(cells("ab"), "ab"),
        charactersOf(cells("ab"), "b"),
        charactersOf(cells("*a*b")),
        charactersOf(cells("*a*b"), "a"),
        charactersOf(arnCells(tokenizeGlob("*:b:c:d:e:f"))!),
        charactersOf(ignoringCase(cells("a"))),
      ],
      [["a"], ["b"], [], [], ["a"], ["a", "b"], [":"], ["a", "A"]],
    );
  });

  it("stays where nothing is matched, and is made once", () => {
    const one = cells("a");
    assert.equal(Automaton.of(one), Automaton.of(one));
    assert.deepEqual(
      [
        Automaton.of(one).step(DEAD, "a"),
        Automaton.of(one).accepts(DEAD),
        Automaton.of(one).charactersOf(DEAD),
      ],
      [DEAD, false, []],
    );
  });
});
