import { strict as assert } from "assert";
import fc from "fast-check";
import { Diagram, Diagrams, wayTo } from "../../../iam/proof/decision-diagram";
import { Dimension } from "../../../iam/proof/dimension";
import { OpenTest } from "../../../iam/proof/open-test";
import { Problem } from "../../../iam/proof/problem";
import { search, TooManyBranches } from "../../../iam/proof/search";
import { HOLDS, Slate, UNDECIDED } from "../../../iam/proof/slate";
import { literals, openKey, openTest } from "./atoms";

/** A key with the values `a` and `b`, each its own alternative. */
const dimension = (name: string): Dimension => ({
  group: `key:${name}`,
  alternatives: ["a", "b"].map((value) => ({ members: [{ values: new Map([[name, value]]) }] })),
  describe: () => [],
});

/** Statements that allow when all their tests hold; one that is true is enough. */
function problemOf(tests: readonly OpenTest[], statements: readonly (readonly number[])[]): Problem {
  const slate = new Slate();
  tests.forEach((test) => slate.place(test));
  return {
    slate,
    open: statements,
    signature: "",
    restricting: new Set(),
    isAllowed: () =>
      statements.some((places) => {
        const all = slate.all(places);
        return all === HOLDS || (all === UNDECIDED && slate.inFavour);
      }),
  };
}

function decided(diagram: Diagram, choice: readonly number[]): boolean {
  let at = diagram;
  while ("children" in at) at = at.children[choice[at.level]!]!;
  return at.id === 1;
}

describe("the search", () => {
  const names = ["x", "y", "z"];
  const dimensions = names.map(dimension);
  const is = (id: number, name: string, value: string) => openTest(id, [openKey(name, literals(value))]);
  const same = (id: number, one: string, other: string) =>
    openTest(id, [openKey(one, []), openKey(other, [])], {
      holds: (valueOf) => valueOf(one) === valueOf(other),
    });
  const unknown = openTest(9, [], {
    holds: () => false,
    cannotTell: { kind: "value", subject: "u", reason: "r" },
  });
  const pool = [
    is(0, "x", "a"),
    is(1, "y", "b"),
    is(2, "z", "a"),
    same(3, "x", "y"),
    same(4, "z", "y"),
    unknown,
  ];

  it("decides as every choice does", () => {
    const statement = fc.uniqueArray(fc.nat(pool.length - 1), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 4 }), (statements) => {
        const one = problemOf(pool, statements);
        const { diagram } = search(one, dimensions, [unknown], new Diagrams());
        assert.equal(
          one.slate.truths.every((truth) => truth === UNDECIDED),
          true,
        );
        for (let choice = 0; choice < 16; choice++) {
          const bits = [0, 1, 2, 3].map((place) => (choice >> place) & 1);
          const value = (name: string) => "ab"[bits[names.indexOf(name)]!]!;
          const truths = pool.map((test) => (test === unknown ? bits[3] === 0 : test.holds(value)));
          const expected = statements.some((places) => places.every((place) => truths[place]));
          assert.equal(decided(diagram, bits), expected, JSON.stringify({ statements, bits }));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("looks at no choice twice when the rest is the same", () => {
    const both = problemOf(
      [pool[0]!, pool[1]!, pool[2]!],
      [
        [0, 2],
        [1, 2],
      ],
    );
    const [x, ...rest] = dimensions;
    const third = { members: [{ values: new Map([["x", "c"]]) }] };
    const wider = [{ ...x!, alternatives: [...x!.alternatives, third] }, ...rest];
    const { diagram, branches } = search(both, wider, [], new Diagrams());
    assert.deepEqual(
      [branches, [...wayTo(diagram)!]],
      [
        6,
        [
          [0, 0],
          [2, 0],
        ],
      ],
    );
  });

  it("asks tests in the requests that they are about", () => {
    const forwarded = openTest(0, [openKey("x", literals("b"))], { frame: { route: "forwarded" } });
    const [x] = dimensions;
    const apart: Dimension = {
      ...x!,
      alternatives: [
        {
          members: [
            {
              values: new Map([
                ["x", "a"],
                [">x", "b"],
              ]),
            },
          ],
        },
        {
          members: [
            {
              values: new Map([
                ["x", "b"],
                [">x", "a"],
              ]),
            },
          ],
        },
      ],
    };
    const { diagram } = search(problemOf([forwarded], [[0]]), [apart], [], new Diagrams());
    assert.deepEqual([...wayTo(diagram)!], [[0, 0]]);
  });

  it("chooses the way in first when endpoints make a difference", () => {
    const endpoint = { id: "vpce-1", vpcId: "v", accountId: "1", region: "r", service: "s" };
    const route: Dimension = {
      group: "route",
      alternatives: [{ members: [{ values: new Map(), endpoint }] }, { members: [{ values: new Map() }] }],
      describe: () => [],
    };
    const slate = new Slate();
    const asked: (string | undefined)[] = [];
    const one: Problem = {
      slate,
      open: [],
      signature: "",
      restricting: new Set(["vpce-1"]),
      isAllowed: (id) => {
        asked.push(id);
        return id === undefined;
      },
    };
    const { diagram, branches } = search(one, [route], [], new Diagrams());
    assert.deepEqual([branches, [...wayTo(diagram)!]], [1, [[0, 1]]]);
    assert.deepEqual(asked, [undefined, "vpce-1", undefined, undefined]);
  });

  it("gives up when there are too many branches", () => {
    assert.equal(new TooManyBranches(7).message, "more than 50000 combinations of conditions");
    assert.equal(new TooManyBranches(7).branches, 7);
  });
});
