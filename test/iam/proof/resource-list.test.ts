import { strict as assert } from "assert";
import { symbolFor } from "../../../iam/proof";
import { ResourceList } from "../../../iam/proof/resource-list";

describe("a list of resources", () => {
  const later = `arn:b:${symbolFor({ of: "end of resource list", shape: "*" })}`;
  const list = new ResourceList(["arn:c", "arn:a:x", "arn:a:y", later, "arn:a:x"]);

  it("has what was given", () => {
    assert.deepEqual(
      ["arn:a:x", "arn:c", "arn:a", "arn:a:z", "arn:d"].map((arn) => list.has(arn)),
      [true, true, false, false, false],
    );
  });

  const cases: readonly (readonly [pattern: string, found: readonly string[]])[] = [
    ["*", ["arn:a:x", "arn:a:y", later, "arn:c"]],
    ["arn:a:*", ["arn:a:x", "arn:a:y"]],
    ["arn:a:x?", ["arn:a:x"]],
    ["arn:b:whole", [later]],
    ["arn:d", []],
  ];
  for (const [pattern, found] of cases) {
    it(`finds what may be like ${pattern}`, () =>
      assert.deepEqual([...list.startingLike([pattern])].sort(), [...found].sort()));
  }
});
