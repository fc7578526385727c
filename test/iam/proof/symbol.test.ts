import { strict as assert } from "assert";
import { readable, symbolFor, symbolsIn } from "../../../iam/proof";
import { hasSymbol, shapeOf } from "../../../iam/proof/symbol";
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

  it("are all different, however many there are", () => {
    const prefix = `many ${Math.random()} `;
    const all = Array.from({ length: 6500 }, (_, number) =>
      symbolFor({ of: `${prefix}${number}`, shape: "*" }),
    );
    assert.equal(new Set(all).size, all.length);
    assert.deepEqual([...new Set(all.map((text) => text.length))], [6]);
    assert.equal(readable(all.at(-1)!), `<${prefix}6499>`);
  });

  it("are told from other characters of the private use area", () => {
    const logo = "\uf8ff".repeat(6);
    assert.deepEqual([readable(`x-${logo}`), symbolsIn(logo)], [`x-${logo}`, []]);
    assert.deepEqual(
      shapeOf(`x-${logo}`)
        .map(({ isShape }) => isShape)
        .includes(true),
      false,
    );
  });

  it("are found in a text", () => {
    assert.deepEqual(["", "x-AbCdEf", a, `x-${b}-y`].map(hasSymbol), [false, false, true, true]);
  });

  it("are replaced by their shapes, but for those of another text", () => {
    const plain = (text: string) => ({ text, isShape: false });
    const shape = (text: string) => ({ text, isShape: true });
    assert.deepEqual(shapeOf(`x-${a}/${b}`), [
      plain("x-"),
      shape("??????"),
      plain("/"),
      shape("b-*"),
      plain(""),
    ]);
    assert.deepEqual(shapeOf(`x-${a}/${b}`, `y-${b}`), [
      plain("x-"),
      shape("??????"),
      plain("/"),
      plain(b),
      plain(""),
    ]);
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
