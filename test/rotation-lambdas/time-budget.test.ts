import { strict as assert } from "assert";
import { TimeBudget } from "../../rotation-lambdas/time-budget";

describe("the time budget", () => {
  it("is smaller than Lambda's remaining time by a tenth, at most a second", () => {
    const near = (actual: number, expected: number) =>
      assert.ok(Math.abs(actual - expected) < 50, `${actual}`);
    near(TimeBudget.within(30000).remainingMs(), 29000);
    near(TimeBudget.within(2000).remainingMs(), 1800);
  });

  it("gives a call what is left of it, and nothing when it is over", () => {
    let now = 0;
    const budget = new TimeBudget(1000, () => now);
    assert.equal(budget.sliceMs(300, "login"), 300);
    now = 900;
    assert.equal(budget.sliceMs(300, "login"), 100);
    now = 1000;
    assert.throws(() => budget.sliceMs(300, "login"), {
      code: "timeout",
      message: "no time left for: login",
    });
    now = 2000;
    assert.equal(budget.remainingMs(), 0);
  });

  it("does not wait longer than it lasts", async () => {
    const budget = new TimeBudget(Date.now() + 100);
    assert.deepEqual([await budget.pause(5), await budget.pause(500)], [true, false]);
  });
});
