import { strict as assert } from "assert";
import { containerAssignments } from "../../../policies/credential/containers";

describe("what container definitions set", () => {
  const cases: readonly (readonly [string, unknown, readonly (readonly [string, string])[]])[] = [
    ["nothing without containers", [], []],
    ["variables", [{ environment: [{ name: "A", value: "a b" }] }], [["A", "a b"]]],
    ["what a command sets", [{ command: ["run", "--token abc"] }], [["token", "abc"]]],
    ["what an entry point sets", [{ entryPoint: ["B=b"] }], [["B", "b"]]],
    ["members of other names as they are", [{ commands: ["C=c"] }], [["commands", "C=c"]]],
    ["members that end like a command", [{ precommand: ["C=c"] }], [["precommand", "C=c"]]],
  ];
  for (const [name, definitions, expected] of cases) {
    it(name, () =>
      assert.deepEqual(
        containerAssignments(JSON.stringify(definitions)),
        expected.map(([member, text]) => ({ name: member, text })),
      ),
    );
  }
});
