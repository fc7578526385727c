import { strict as assert } from "assert";
import { Problem } from "../../components/model";
import { Decoder, flag, list, named, object, oneOf, Place, text, variant, whole } from "../../stacks/decoder";

function decoded<T>(decoder: Decoder<T>, value: unknown) {
  const problems: Problem[] = [];
  const result = decoder(value, new Place("it", problems));
  return { result, problems: problems.map(({ path, got }) => `${path} ${got}`) };
}

const thing = object({ a: whole(1, 3) }, { b: flag });

describe("decoders", () => {
  const cases: readonly (readonly [
    name: string,
    decoder: Decoder<unknown>,
    value: unknown,
    result: unknown,
    problems: string[],
  ])[] = [
    ["a sound object", thing, { a: 1, b: true }, { a: 1, b: true }, []],
    ["a missing key", thing, {}, { a: undefined }, ["it.a nothing"]],
    ["a key too many", thing, { a: 1, c: 1 }, { a: 1 }, ["it.c 1"]],
    ["a key too many in an open object", object({}, {}, { open: true }), { c: 1 }, {}, []],
    ["null for an optional key", thing, { a: 1, b: null }, { a: 1, b: undefined }, ["it.b nothing"]],
    ["a list for an object", thing, [], undefined, ["it []"]],
    ["null for an object", thing, null, undefined, ["it nothing"]],
    ["a fraction", whole(1, 3), 1.5, undefined, ["it 1.5"]],
    ["a number as text", whole(1, 3), "1", undefined, ['it "1"']],
    ["a number out of range", whole(1, 3), 4, undefined, ["it 4"]],
    ["an empty text", text("a text"), "", undefined, ['it ""']],
    ["text for a flag", flag, "true", undefined, ['it "true"']],
    ["another choice", oneOf(["x", "y"]), "z", undefined, ['it "z"']],
    ["two wrong entries", list(flag), [1, true, 2], [undefined, true, undefined], ["it[0] 1", "it[2] 2"]],
    ["too few entries", list(flag, 1), [], undefined, ["it []"]],
    ["a wrong entry by name", named(flag), { x: 1 }, { x: undefined }, ["it.x 1"]],
    ["a kind", variant({ k: thing }), { kind: "k", a: 1 }, { kind: "k", a: 1 }, []],
    ["an unknown kind", variant({ k: thing }), { kind: "toString" }, undefined, ['it.kind "toString"']],
    [
      "an inherited kind",
      variant({ k: thing }),
      { kind: "constructor" },
      undefined,
      ['it.kind "constructor"'],
    ],
  ];
  for (const [name, decoder, value, result, problems] of cases)
    it(`read ${name}`, () => assert.deepEqual(decoded(decoder, value), { result, problems }));
});
