import { strict as assert } from "assert";
import {
  awaitOverlap,
  KeyService,
  ListedKey,
  removeLateKeys,
  removeLostKeys,
} from "../../rotation-lambdas/issued-keys";
import { Change, Issue } from "../../rotation-lambdas/strategy";
import { TimeBudget } from "../../rotation-lambdas/time-budget";

/** A service whose keys are their ids. */
function serviceWith(used: readonly string[] = [], listed: readonly ListedKey[] = []) {
  const removed: string[] = [];
  const service: KeyService<string> = {
    list: async () => listed,
    idOf: (id) => id,
    create: async () => "new",
    remove: async (id) => void removed.push(id),
    wasUsed: async (id) => used.includes(id),
  };
  return { service, removed };
}

function issueWith(remainingMs: number, stored: () => string | undefined = () => undefined): Issue<string> {
  const previous = async () => "previous";
  const budget = new TimeBudget(Date.now() + remainingMs);
  return { current: "current", previous, stored: async () => stored(), budget } as unknown as Issue<string>;
}

const old = (id: string): ListedKey => ({ id, createdAt: Date.now() - 120_000 });
const young = (id: string): ListedKey => ({ id, createdAt: Date.now() });

describe("keys that no version names", () => {
  it("are none when all are known", async () => {
    const { service, removed } = serviceWith();
    await removeLostKeys(service, [young("current"), young("previous")], issueWith(1000), 200);
    assert.deepEqual(removed, []);
  });

  it("are removed at once when they are old", async () => {
    const { service, removed } = serviceWith();
    const started = Date.now();
    assert.equal(
      await removeLostKeys(service, [old("lost"), old("current")], issueWith(1000), 60_000),
      undefined,
    );
    assert.deepEqual([removed, Date.now() - started < 500], [["lost"], true]);
  });

  it("are given time when they are young, however wrong the clock", async () => {
    for (const aheadMs of [0, 3_600_000]) {
      const { service, removed } = serviceWith();
      const started = Date.now();
      const createdAt = started + aheadMs;
      await removeLostKeys(service, [{ id: "lost", createdAt }], issueWith(5000), 200);
      assert.deepEqual([removed, Date.now() - started >= 195], [["lost"], true]);
    }
  });

  it("stay when their value is stored meanwhile", async () => {
    const { service, removed } = serviceWith();
    let looks = 0;
    const from = issueWith(5000, () => (++looks > 1 ? "lost" : undefined));
    assert.equal(await removeLostKeys(service, [young("lost")], from, 300), "lost");
    assert.deepEqual(removed, []);
  });

  it("stay when there is no time to wait", async () => {
    const { service, removed } = serviceWith();
    await assert.rejects(removeLostKeys(service, [young("lost")], issueWith(100), 60_000), {
      code: "locked",
    });
    assert.deepEqual(removed, []);
  });

  it("stay, all of them, when one is in use", async () => {
    const { service, removed } = serviceWith(["used"]);
    const work = removeLostKeys(service, [old("lost"), old("used")], issueWith(1000), 200);
    await assert.rejects(work, { code: "conflict", message: /^key used is in use/ });
    assert.deepEqual(removed, []);
  });
});

describe("keys that appear after the look for lost ones", () => {
  const change = (staged: readonly string[] | "unsettled", remainingMs = 5000) => {
    const budget = new TimeBudget(Date.now() + remainingMs);
    const known = { pending: "pending", current: "current", versionId: "this" };
    return { ...known, staged: async () => staged, budget } as unknown as Change<string>;
  };
  const staged = ["pending", "current", "kept"];
  const made = (id: string, madeFor: string): ListedKey => ({ ...young(id), madeFor });

  const cases: Record<string, readonly [readonly ListedKey[], readonly string[] | "unsettled", string[]]> = {
    "are none when all are known": [[young("pending"), young("current")], "unsettled", []],
    "are removed when no version with a stage names them": [[old("late"), old("kept")], staged, ["late"]],
    "stay while another rotation may be making one": [[old("late")], "unsettled", []],
    "stay when they are in use": [[old("used")], staged, []],
    "are removed at once when they were made for this version": [
      [made("late", "this")],
      "unsettled",
      ["late"],
    ],
    "stay when they were made for another version": [[made("other", "another")], staged, []],
    "are not the version's own": [[made("pending", "this")], staged, []],
  };
  for (const [what, [listed, values, expected]] of Object.entries(cases)) {
    it(what, async () => {
      const { service, removed } = serviceWith(["used"], listed);
      await removeLateKeys(service, change(values), 60_000);
      assert.deepEqual(removed, expected);
    });
  }

  it("are given time when they are young", async () => {
    const { service, removed } = serviceWith([], [young("late")]);
    const started = Date.now();
    await removeLateKeys(service, change(staged), 200);
    assert.deepEqual([removed, Date.now() - started >= 195], [["late"], true]);
  });

  it("stay when there is no time to wait, and the step says so", async () => {
    const { service, removed } = serviceWith([], [young("late")]);
    await assert.rejects(removeLateKeys(service, change(staged, 100), 60_000), { code: "locked" });
    assert.deepEqual(removed, []);
  });
});

describe("the key before the one in use", () => {
  const budget = (ms: number) => new TimeBudget(Date.now() + ms);

  it("may go when the one in use is old, or of unknown age", async () => {
    await awaitOverlap(Date.now() - 1000, 500, budget(1));
    await awaitOverlap(undefined, 500, budget(1));
  });

  it("is kept until then", async () => {
    const started = Date.now();
    await awaitOverlap(started, 200, budget(5000));
    assert.ok(Date.now() - started >= 195);
    await assert.rejects(awaitOverlap(Date.now(), 60_000, budget(100)), { code: "locked" });
  });
});
