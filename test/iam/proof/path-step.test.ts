import { strict as assert } from "assert";
import { CannotTell, PathStep } from "../../../iam/proof";
import { onceEach, stepOf } from "../../../iam/proof/path-step";

const open: CannotTell = { kind: "document", subject: "p", reason: "not made" };
const step = (accountId: string, by: string, cannotTell: readonly CannotTell[] = []): PathStep => ({
  who: { kind: "others-of-account", accountId },
  by,
  on: "arn:a",
  under: [[]],
  cannotTell,
});

describe("steps of a path", () => {
  it("come once for each caller, the first that is certain", () => {
    const steps = [
      step("1", "a"),
      step("1", "b"),
      step("2", "a", [open]),
      step("2", "b"),
      step("2", "c"),
      step("3", "a", [open]),
      step("3", "b", [open]),
    ];
    assert.deepEqual(onceEach(steps), [steps[0], steps[3], steps[5]]);
    assert.deepEqual(onceEach([]), []);
  });

  it("are somebody's access, with what else is open", () => {
    const scenario = { operation: "B", steps: [] };
    const access = { ...step("1", ""), witness: scenario, cannotTell: [open] };
    const more = { ...open, subject: "q" };
    assert.deepEqual(
      { ...stepOf(access, "a:B", "arn:b", [more]) },
      { ...access, by: "a:B", on: "arn:b", cannotTell: [open, more] },
    );
    assert.deepEqual(stepOf(access, "a:B", "arn:b").cannotTell, [open]);
  });

  it("make their call when it is looked at", () => {
    let made = 0;
    const access = {
      ...step("1", ""),
      get witness() {
        made++;
        return { operation: "B", steps: [] };
      },
    };
    const found = stepOf(access, "a:B", "arn:b");
    assert.equal(made, 0);
    assert.deepEqual([found.witness, made], [{ operation: "B", steps: [] }, 1]);
  });
});
