import { strict as assert } from "assert";
import { deciders, input, label, Resource } from "../../../policies/stack/resource";
import { readString } from "../../../policies/stack/tri-state";
import { resource, resourceOfType, unknownText } from "../support/stack";

describe("a resource in messages", () => {
  it("is named by its kind and name", () => {
    assert.equal(label(resource("secret", "orders")), 'Secret "orders"');
    assert.equal(label(resourceOfType("odd", "x")), 'odd "x"');
  });

  it("has an unknown property decided by what it is computed from", () => {
    const from = { arn: [resource("secret", "a"), resource("key", "b")] };
    const one = resource("alias", "x", { props: { arn: unknownText, name: unknownText }, from });
    assert.equal(deciders(one, "arn"), 'the outputs of Secret "a", Key "b"');
    assert.equal(deciders(one, "name"), "the value of `name`");
    assert.equal(deciders(one, "other"), "the value of `other`");
    const { propertyDependencies: _, ...bare } = one;
    assert.equal(deciders(bare, "arn"), "the value of `arn`");
  });
});

describe("an input", () => {
  const unknown = { state: "unknown" };
  const absent = { state: "absent" };
  const plain = (name: string): Resource => {
    const { propertyDependencies: _, ...rest } = resource("secret", "x", { props: { name } });
    return rest;
  };
  const cases: readonly (readonly [string, Resource, object])[] = [
    [
      "is the output when it is known",
      { ...plain("a"), inputs: { name: "b" } },
      { state: "known", value: "a" },
    ],
    [
      "is what the program gave when the output is not known",
      { ...plain(unknownText), inputs: { name: "b" } },
      { state: "known", value: "b" },
    ],
    ["is absent when the program gave nothing", { ...plain(unknownText), inputs: {} }, absent],
    [
      "is absent when it depends on nothing, not even itself",
      { ...plain(unknownText), propertyDependencies: {} },
      absent,
    ],
    [
      "is not known when it is computed",
      { ...plain(unknownText), propertyDependencies: { name: [] } },
      unknown,
    ],
    ["is not known where the engine did not say what it is computed from", plain(unknownText), unknown],
    ["stays redacted", { ...plain("[secret]"), inputs: { name: "b" } }, { state: "unknown", redacted: true }],
    [
      "stays redacted without dependencies",
      { ...plain("[secret]"), propertyDependencies: {} },
      { state: "unknown", redacted: true },
    ],
    ["is absent when it is not set", { ...plain("a"), props: {} }, absent],
  ];
  for (const [name, one, expected] of cases) {
    it(name, () => assert.deepEqual(input(one, readString, "name"), expected));
  }

  it("is read inside of a property", () => {
    const one = { ...plain("a"), props: { a: unknownText }, inputs: { a: { b: ["x"] } } };
    assert.deepEqual(input({ ...one, props: {} }, readString, "a", "b", 0), absent);
    assert.deepEqual(input({ ...one, props: { a: { b: ["y"] } } }, readString, "a", "b", 0), {
      state: "known",
      value: "y",
    });
    const hidden = resource("secret", "x", { props: { a: unknownText } });
    assert.deepEqual(input({ ...hidden, inputs: { a: { b: ["x"] } } }, readString, "a", "b", 0), {
      state: "known",
      value: "x",
    });
  });
});
