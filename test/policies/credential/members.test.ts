import { strict as assert } from "assert";
import { membersOf } from "../../../policies/credential/members";

const json = JSON.stringify;

describe("the members of a JSON text", () => {
  const cases: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
    ["are none of a plain text", "hunter2", []],
    ["are none of a text in quotes", '"hunter2"', []],
    ["are none of a text with a brace in it", '"a{b"', []],
    ["are none of what only looks like JSON", "{x", []],
    [
      "are those of an object",
      json({ a: "x", b: "y" }),
      [
        ["a", "x"],
        ["b", "y"],
      ],
    ],
    ["are found behind space", ' \n {"a": "x"}', [["a", "x"]]],
    [
      "have no name in a list",
      ' [ "x", "y" ]',
      [
        ["", "x"],
        ["", "y"],
      ],
    ],
    [
      "take the name of their list",
      json({ words: ["x", ["y"]] }),
      [
        ["words", "x"],
        ["words", "y"],
      ],
    ],
    ["are found inside of objects", json({ a: { b: { c: "x" } } }), [["c", "x"]]],
    ["leave out what is no text", json({ a: 1, b: true, c: null, d: "x", e: [null, 2] }), [["d", "x"]]],
    ["are variables by name and value", json([{ name: "A", value: "x" }]), [["A", "x"]]],
    ["are variables by key and value", json([{ key: "A", value: "x" }]), [["A", "x"]]],
    ["prefer the name to the key", json({ name: "A", key: "B", value: "x" }), [["A", "x"]]],
    ["are no variable without a name", json({ value: "x" }), [["value", "x"]]],
    ["are no variable without a value", json({ name: "A", value: 5 }), [["name", "A"]]],
    ["are no variable when the name is none", json({ name: 7, value: "x" }), [["value", "x"]]],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () =>
      assert.deepEqual(
        membersOf(text),
        expected.map(([member, value]) => ({ name: member, text: value })),
      ),
    );
  }
});
