import { strict as assert } from "assert";
import { Driver, Session } from "../../../rotation-lambdas/driver";
import { RotationError } from "../../../rotation-lambdas/rotation-error";
import { dualPassword } from "../../../rotation-lambdas/strategies/dual-password";
import { TimeBudget } from "../../../rotation-lambdas/time-budget";

const credential = (password: string) => ({
  ...{ engine: "mysql", host: "db.example.com", username: "app", password },
  extra: {},
});

describe("the end of a rotation with two passwords", () => {
  let accepted: Set<string>;
  beforeEach(() => (accepted = new Set(["old", "new"])));

  const driver: Driver = {
    engines: ["mysql"],
    maxUsernameBytes: 32,
    async connect({ password }) {
      if (!accepted.has(password)) throw new RotationError("authentication", "refused");
      const session: Pick<Session, "dual" | "close"> = {
        dual: {
          add: async () => undefined,
          keepOnly: async (_user, kept) => void (accepted = new Set([kept])),
        },
        close: async () => undefined,
      };
      return session as Session;
    },
  };

  /** Finishes a rotation. @returns milliseconds that it took */
  async function finish(overlapMs: number, budgetMs = 20_000): Promise<number> {
    const started = performance.now();
    await dualPassword(driver, { overlapMs }).afterPromotion!({
      ...{ pending: credential("new"), current: credential("old"), previous: async () => undefined },
      ...{ budget: new TimeBudget(Date.now() + budgetMs), settings: { strategy: "dual-password" } },
    } as never);
    return performance.now() - started;
  }

  it("accepts the old one for a while, then no longer", async () => {
    const finished = finish(60);
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual([...accepted], ["old", "new"]);
    assert.ok((await finished) >= 59);
    assert.deepEqual([...accepted], ["new"]);
  });

  it("waits no second time when it is repeated", async () => {
    accepted = new Set(["new"]);
    assert.ok((await finish(10_000)) < 5000);
  });

  it("removes the old one at once when the step has no time to wait", async () => {
    assert.ok((await finish(10_000, 5000)) < 5000);
    assert.deepEqual([...accepted], ["new"]);
  });
});
