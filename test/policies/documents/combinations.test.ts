import { strict as assert } from "assert";
import { Candidate } from "../../../policies/documents/candidate-values";
import { combinations } from "../../../policies/documents/combinations";

describe("combinations", () => {
  const cases: readonly (readonly [
    string,
    readonly string[],
    readonly (readonly Candidate[])[],
    readonly object[],
  ])[] = [
    ["are what is fixed without keys", [], [], [{ fixed: "1" }]],
    [
      "are one for each candidate",
      ["a"],
      [["x", "y"]],
      [
        { fixed: "1", a: "x" },
        { fixed: "1", a: "y" },
      ],
    ],
    ["leave the key out for no value", ["a"], [[undefined, "x"]], [{ fixed: "1" }, { fixed: "1", a: "x" }]],
    [
      "are every one of several keys",
      ["a", "b"],
      [
        ["x", undefined],
        [["y"], "z"],
      ],
      [
        { fixed: "1", a: "x", b: ["y"] },
        { fixed: "1", a: "x", b: "z" },
        { fixed: "1", b: ["y"] },
        { fixed: "1", b: "z" },
      ],
    ],
    ["are none when a key can have no value", ["a"], [[]], []],
  ];
  for (const [name, keys, choices, expected] of cases) {
    it(name, () => assert.deepEqual([...combinations(keys, choices, { fixed: "1" })], expected));
  }
});
