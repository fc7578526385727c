import { strict as assert } from "assert";
import { leavesOf, pathText } from "../../../policies/stack/leaves";
import { resource, unknownArray, unknownText } from "../support/stack";

const text = (value: string) => ({ state: "known", value });
const unknown = { state: "unknown" };

describe("the leaves of a property", () => {
  const cases: readonly (readonly [string, unknown, readonly (readonly [string, unknown])[]])[] = [
    ["are none when it is not set", null, []],
    ["are the text itself", "x", [["p", text("x")]]],
    [
      "are the texts in objects and lists",
      { a: "x", b: ["y", { c: "z" }] },
      [
        ["p.a", text("x")],
        ["p.b[0]", text("y")],
        ["p.b[1].c", text("z")],
      ],
    ],
    ["are not what is no text", { a: 1, b: true, c: null, d: [] }, []],
    ["are what is not known as a whole", unknownArray, [["p", unknown]]],
    [
      "are parts that are not known",
      { a: unknownText, b: ["x", unknownText] },
      [
        ["p.a", unknown],
        ["p.b[0]", text("x")],
        ["p.b[1]", unknown],
      ],
    ],
    ["are what is redacted", { a: "[secret]" }, [["p.a", { state: "unknown", redacted: true }]]],
    ["are not a number", 7, []],
  ];
  for (const [name, p, expected] of cases) {
    it(name, () => {
      const leaves = leavesOf(resource("function", "f", { props: { p }, from: { p: [] } }), "p");
      assert.deepEqual(
        leaves.map(({ path, value }) => [pathText(path), value]),
        expected,
      );
    });
  }

  it("are found below a path", () => {
    const holder = resource("function", "f", { props: { p: { a: [{ b: "x" }], c: "y" } } });
    assert.deepEqual(leavesOf(holder, "p", "a"), [{ path: ["p", "a", 0, "b"], value: text("x") }]);
  });
});

describe("the text of a path", () => {
  const cases: readonly (readonly [readonly (string | number)[], string])[] = [
    [[], ""],
    [["tags"], "tags"],
    [["environment", "variables", "A"], "environment.variables.A"],
    [["tags", 0, "value"], "tags[0].value"],
    [[1, 2], "[1][2]"],
    [["a", "0"], "a.0"],
    [[0, "a"], "[0].a"],
  ];
  for (const [path, expected] of cases) {
    it(expected === "" ? "(empty)" : expected, () => assert.equal(pathText(path), expected));
  }
});
