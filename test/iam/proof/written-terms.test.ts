import { strict as assert } from "assert";
import { Condition } from "../../../iam/proof/answer";
import { Dimension } from "../../../iam/proof/dimension";
import { shortestFirst, textOf, writtenTerms } from "../../../iam/proof/written-terms";

const condition = (text: string): Condition => ({
  key: text,
  anyOf: [],
  noneOf: [],
  absent: "must be",
  text,
});

/** Says `name1` for the first alternative, and with two alternatives each of them. */
const dimension = (name: string): Dimension => ({
  group: name,
  alternatives: [],
  describe: (chosen) => [...chosen].map((index) => [condition(`${name}${index}`)]),
});

describe("terms in words", () => {
  const dimensions = [dimension("a"), dimension("b")];
  const written = (...terms: readonly (readonly (readonly [level: number, ...chosen: number[]])[])[]) =>
    writtenTerms(
      terms.map((term) => term.map(([level, ...chosen]) => ({ level, chosen: new Set(chosen) }))),
      dimensions,
    ).map(textOf);

  it("say what each level must be", () => {
    assert.deepEqual(
      [
        written(),
        written([]),
        written([[0, 1]]),
        written([
          [0, 1],
          [1, 2],
        ]),
      ],
      [[], [""], ["a1"], ["a1 and b2"]],
    );
  });

  it("are multiplied out where a level is one of several", () => {
    assert.deepEqual(
      written([
        [0, 1, 2],
        [1, 3, 4],
      ]),
      ["a1 and b3", "a1 and b4", "a2 and b3", "a2 and b4"],
    );
  });

  it("come once each", () => {
    assert.deepEqual(written([[0, 1]], [[0, 1, 2]], [[1, 1]]), ["a1", "a2", "b1"]);
  });
});

describe("conjunctions in order", () => {
  it("are the shortest first, then by their words", () => {
    const list = ["b", "c and a", "a", "a and z", ""].map((text) =>
      text === "" ? [] : text.split(" and ").map(condition),
    );
    assert.deepEqual(shortestFirst(list).map(textOf), ["", "a", "b", "a and z", "c and a"]);
    assert.deepEqual(list.map(textOf), ["b", "c and a", "a", "a and z", ""]);
  });
});
