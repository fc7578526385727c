import { strict as assert } from "assert";
import { findingLines } from "../../../cli/start/finding-lines";

const finding = (policyName: string, text: string) => ({
  policyName,
  message: `Title\n${text}`,
  enforcementLevel: "mandatory",
});
const role = "orders can be read by role a of 222222222222 [0123456789ab]";
const account = "orders can be read by any other principal of 222222222222 [1123456789ab]";
const world = "orders can be read by any principal of any other AWS account [public-2123456789ab]";
const anybody = "orders can be read by anybody, without credentials [public-3123456789ab]";

describe("the findings of a refused change", () => {
  it("are shown with the broadest reader first, and the rest is counted", () => {
    const all = [role, account, world, anybody].map((text) => finding("readers", text));
    assert.deepEqual(findingLines(all), [`readers: ${anybody}`, `readers: ${world}`, "readers: and 2 more"]);
    assert.deepEqual(findingLines(all.slice(0, 2)), [`readers: ${account}`, `readers: ${role}`]);
  });

  it("keep the order of rules, and of findings that open as much", () => {
    const all = [finding("b", "second"), finding("a", "one"), finding("b", "first"), finding("b", "second")];
    assert.deepEqual(findingLines(all), ["b: second", "b: first", "a: one"]);
  });
});
