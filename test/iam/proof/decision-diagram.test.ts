import { strict as assert } from "assert";
import { ALWAYS, Diagram, Diagrams, levelsOf, NEVER, wayTo } from "../../../iam/proof/decision-diagram";

const diagrams = new Diagrams();
const terms = (diagram: Diagram) =>
  diagrams
    .terms(diagram)
    .map((term) => term.map(({ level, chosen }) => `${level}:${[...chosen].join("")}`).join(" "));

describe("decision diagrams", () => {
  it("are one for equal functions, and drop a choice that makes no difference", () => {
    const one = diagrams.branch(1, [ALWAYS, NEVER]);
    assert.equal(diagrams.branch(1, [ALWAYS, NEVER]), one);
    assert.equal(diagrams.branch(0, [one, one]), one);
  });

  it("are written as the widest terms", () => {
    const low = diagrams.branch(1, [ALWAYS, NEVER, NEVER]);
    const high = diagrams.branch(1, [ALWAYS, ALWAYS, NEVER]);
    assert.deepEqual(
      [
        terms(ALWAYS),
        terms(NEVER),
        terms(diagrams.branch(0, [low, high, NEVER])),
        terms(diagrams.branch(0, [ALWAYS, low])),
      ],
      [[""], [], ["0:01 1:0", "0:1 1:01"], ["0:0", "1:0"]],
    );
  });

  it("imply each other", () => {
    const a = diagrams.branch(0, [ALWAYS, NEVER]);
    const b = diagrams.branch(1, [ALWAYS, NEVER]);
    const both = diagrams.branch(0, [b, NEVER]);
    assert.deepEqual(
      [
        diagrams.implies(both, a),
        diagrams.implies(both, b),
        diagrams.implies(a, both),
        diagrams.implies(a, b),
      ],
      [true, true, false, false],
    );
  });

  it("lose the later choices", () => {
    const unknown = diagrams.branch(5, [ALWAYS, NEVER]);
    const diagram = diagrams.branch(0, [unknown, ALWAYS, NEVER]);
    assert.equal(diagrams.project(diagram, 5, "some"), diagrams.branch(0, [ALWAYS, ALWAYS, NEVER]));
    assert.equal(diagrams.project(diagram, 5, "each"), diagrams.branch(0, [NEVER, ALWAYS, NEVER]));
  });

  it("have a way to be true and levels that matter", () => {
    const diagram = diagrams.branch(0, [NEVER, diagrams.branch(3, [NEVER, ALWAYS])]);
    assert.deepEqual(
      [[...wayTo(diagram)!], wayTo(NEVER), [...levelsOf(diagram)]],
      [
        [
          [0, 1],
          [3, 1],
        ],
        undefined,
        [0, 3],
      ],
    );
  });
});
