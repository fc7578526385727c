import { itCompares } from "./condition-cases";

describe("Bool", () => {
  itCompares("Bool", [
    ["true", "true", true],
    ["true", "TRUE", true],
    ["True", "true", true],
    ["true", "false", false],
    ["false", "false", true],
    ["false", undefined, false],
    ["true", "yes", false],
    ["yes", "yes", false],
    ["untrue", "untrue", false],
    ["truest", "truest", false],
    [["true", "false"], "false", true],
  ]);
  itCompares("BoolIfExists", [
    ["false", undefined, true],
    ["false", "true", false],
  ]);
});
