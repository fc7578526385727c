import { strict as assert } from "assert";
import { Secret } from "@pulumi/policy";
import { secretsPreservingProxy } from "@pulumi/policy/secret";
import { unknownCheckingProxy } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { isUnder, secretPathsOf } from "../../../policies/taint/secret-paths";
import { unknownText } from "../support/stack";

/** Properties as the SDK gives them to `remediateResource`. */
const asShown = (props: object) => unknownCheckingProxy(secretsPreservingProxy(props));

describe("the secrets among the inputs", () => {
  const cases: readonly (readonly [string, object, readonly (readonly (string | number)[])[]])[] = [
    ["none", { a: 1, b: "x", c: null, d: [true, { e: "f" }] }, []],
    ["a property", { a: new Secret("x"), b: "y" }, [["a"]]],
    ["a whole object", { a: new Secret({ b: "x", c: new Secret("y") }) }, [["a"]]],
    [
      "members of objects and lists",
      { a: { b: new Secret("x") }, c: ["y", new Secret("z")] },
      [
        ["a", "b"],
        ["c", 1],
      ],
    ],
    ["one that is not known", { a: new Secret(unknownText), b: unknownText }, [["a"]]],
    ["assets have no properties", { code: new pulumi.asset.StringAsset("x") }, []],
  ];
  for (const [name, props, paths] of cases)
    it(name, () => assert.deepEqual(secretPathsOf(asShown(props)), paths));

  it("are found without proxies as well", () =>
    assert.deepEqual(secretPathsOf({ a: new Secret("x") }), [["a"]]));
  it("are found in objects without a prototype", () => {
    const bare = Object.assign(Object.create(null) as object, { a: new Secret("x") });
    assert.deepEqual(secretPathsOf(bare), [["a"]]);
  });
  it("are not looked for in objects of a class", () => {
    class Archive {
      readonly a = new Secret("x");
    }
    assert.deepEqual(secretPathsOf({ code: new Archive() }), []);
  });
  it("are none of what is no object", () =>
    assert.deepEqual([undefined, null, "x"].map(secretPathsOf), [[], [], []]));

  it("cover what is under them", () => {
    const paths = [
      ["a", "b"],
      ["c", 1],
    ];
    const under = [
      ["a", "b"],
      ["a", "b", "c"],
      ["c", 1],
      ["c", 1, "d"],
    ];
    const outside = [["a"], ["a", "c"], ["b"], ["c", 0], ["c"], []];
    assert.deepEqual(
      under.map((path) => isUnder(paths, path)),
      under.map(() => true),
    );
    assert.deepEqual(
      outside.map((path) => isUnder(paths, path)),
      outside.map(() => false),
    );
    assert.equal(isUnder([], ["a"]), false);
  });
});
