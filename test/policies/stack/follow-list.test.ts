import { strict as assert } from "assert";
import { followList } from "../../../policies/stack/follow-list";
import { Lookup } from "../../../policies/stack/join";
import { resource, Sketch, unknownArray, unknownText } from "../support/stack";

describe("a list of references", () => {
  const a = resource("subnet", "a", { props: { id: "subnet-a" } });
  const b = resource("subnet", "b", { props: { id: unknownText } });
  const lookup = new Lookup([a, b], ["id"]);

  const cases: readonly (readonly [string, Sketch, readonly string[]])[] = [
    ["leads nowhere when it is not set", {}, []],
    ["leads to what it names", { props: { subnetIds: ["subnet-a"] } }, ["a"]],
    ["leads to each but once", { props: { subnetIds: ["subnet-a", "subnet-a"] } }, ["a"]],
    ["leaves out what is not in the stack", { props: { subnetIds: ["subnet-x", "subnet-a"] } }, ["a"]],
    [
      "leads from an unknown member to what it is computed from",
      { props: { subnetIds: ["subnet-a", unknownText] }, from: { subnetIds: [b] } },
      ["a", "b"],
    ],
    [
      "leads from an unknown list to what it is computed from",
      { props: { subnetIds: unknownArray }, from: { subnetIds: [a, b] } },
      ["a", "b"],
    ],
  ];
  for (const [name, sketch, expected] of cases) {
    it(name, () => {
      const from = resource("function", "f", sketch);
      assert.deepEqual(
        followList(lookup, from, "subnetIds").map((one) => one.name),
        expected,
      );
    });
  }

  it("is found inside of a property", () => {
    const from = resource("function", "f", { props: { vpcConfig: { subnetIds: ["subnet-a"] } } });
    assert.deepEqual(followList(lookup, from, "vpcConfig", "subnetIds"), [a]);
  });
});
