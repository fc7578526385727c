import { strict as assert } from "assert";
import * as fc from "fast-check";
import { duplicateKeys } from "../../iam/json-text";

const cases: readonly (readonly [text: string, duplicates: readonly string[]])[] = [
  ['{"a":1}', []],
  ['{"a":1,"a":2}', ["a"]],
  [' { "a" : { "b" : [ 1 , { "c" : null , "c" : true } ] } } ', ["a.b[1].c"]],
  ['{"a":{"x":1},"b":{"x":1}}', []],
  ['{"a\\u0062":1,"ab":2}', ["ab"]],
  ['{"a":"{\\"x\\":1,\\"x\\":2}"}', []],
  ["[]", []],
  ["{}", []],
  ["7", []],
];

describe("duplicate keys", () => {
  for (const [text, duplicates] of cases) {
    it(`${text}: ${duplicates.join(", ") || "none"}`, () => {
      assert.deepEqual(duplicateKeys(text), duplicates);
    });
  }

  it("are never found in what JSON.stringify wrote", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(3), (text, indent) => {
        const written = JSON.stringify(JSON.parse(text), null, indent);
        assert.deepEqual(duplicateKeys(written), []);
      }),
    );
  });
});
