import { strict as assert } from "assert";
import { isObject } from "../../iam/json-object";

describe("a JSON value", () => {
  const cases: readonly (readonly [name: string, value: unknown, isObject: boolean])[] = [
    ["an object", { a: 1 }, true],
    ["an empty object", {}, true],
    ["a list", [{}], false],
    ["null", null, false],
    ["nothing", undefined, false],
    ["text", "{}", false],
    ["a number", 1, false],
    ["a function", () => ({}), false],
  ];
  for (const [name, value, expected] of cases) {
    it(`${expected ? "is" : "is not"} an object: ${name}`, () => assert.equal(isObject(value), expected));
  }
});
