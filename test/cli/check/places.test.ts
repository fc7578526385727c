import { strict as assert } from "assert";
import { mkdirSync, mkdtempSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { placesIn } from "../../../cli/check/places";

describe("the place of a resource", () => {
  const root = mkdtempSync(join(tmpdir(), "strongroom-places-"));
  const project = join(root, "infra/orders");
  mkdirSync(join(root, ".git"));
  mkdirSync(project, { recursive: true });
  after(() => rmSync(root, { recursive: true, force: true }));

  const placeOf = (sourcePosition: string | undefined) => {
    const resources = [
      { urn: "urn", type: "type", ...(sourcePosition === undefined ? {} : { sourcePosition }) },
    ];
    return placesIn(project, { resources, time: "" }).places.get("urn");
  };

  const cases: readonly (readonly [string, string | undefined, object | undefined])[] = [
    [
      "from the root of the repository",
      "project:///index.ts#18,14",
      { file: "infra/orders/index.ts", line: 18, column: 14 },
    ],
    ["without a column", "project:///a/b.ts#7", { file: "infra/orders/a/b.ts", line: 7 }],
    [
      "elsewhere in the repository",
      "project:///../shared/key.ts#1,2",
      { file: "infra/shared/key.ts", line: 1, column: 2 },
    ],
    [
      "with a name that a URL encodes",
      "project:///my%20keys.ts#3,1",
      { file: "infra/orders/my keys.ts", line: 3, column: 1 },
    ],
    ["none outside of the repository", "project:///../../../lib.ts#1,1", undefined],
    ["none in a package", "project:///node_modules/lib/index.js#1,1", undefined],
    ["none where the state says none", undefined, undefined],
    ["none where it says something else", "file:///etc/passwd#1", undefined],
  ];
  for (const [name, position, expected] of cases)
    it(name, () => assert.deepEqual(placeOf(position), expected));

  it("the project's own file stands for one that is not known", () => {
    assert.equal(placesIn(project, undefined).projectFile, "infra/orders/Pulumi.yaml");
  });
});
