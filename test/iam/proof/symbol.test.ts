import { strict as assert } from "assert";
import { readable, symbolFor, symbolsIn } from "../../../iam/proof";
import { mayComeToMatch } from "../../../iam/proof/symbol-match";

const a = symbolFor({ of: "suffix of a", shape: "??????" });
const b = symbolFor({ of: "name of b", shape: "b-*" });

describe("symbols", () => {
  it("are equal to themselves and to nothing else", () => {
    assert.equal(symbolFor({ of: "suffix of a", shape: "??????" }), a);
    assert.notEqual(a, b);
  });

  it("are read as what they stand for", () => {
    assert.equal(readable(`x-${a}/${b}`), "x-<suffix of a>/<name of b>");
    assert.deepEqual(
      symbolsIn(`x-${a}/${b}`).map(({ of }) => of),
      ["suffix of a", "name of b"],
    );
  });

  const cases: readonly (readonly [pattern: string, value: string, may: boolean])[] = [
    ["x-AbCdEf", `x-${a}`, true],
    ["x-AbCdE", `x-${a}`, false],
    ["y-AbCdEf", `x-${a}`, false],
    ["x-A*", `x-${a}`, true],
    ["b-1", b, true],
    ["c-1", b, false],
    [`x-${a}`, "x-AbCdEf", true],
    [`x-${a}`, `x-${b}`, false],
    ["x", "x", false],
  ];
  for (const [pattern, value, may] of cases) {
    it(`${readable(pattern)} ${may ? "may come" : "cannot come"} to match ${readable(value)}`, () => {
      assert.equal(mayComeToMatch(pattern, value), may);
    });
  }
});
