import { strict as assert } from "assert";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { subjects } from "../../../rotation-proof/subjects";
import { DATABASE_ENGINES, ROTATION_STRATEGIES, strategyFault } from "../../../components/model";

describe("rotation engines", () => {
  it("are the handlers there are", () => {
    const handlers = readdirSync(join(__dirname, "../../../rotation-lambdas/handlers"));
    assert.deepEqual(
      Object.keys(ROTATION_STRATEGIES).sort(),
      handlers.map((file) => basename(file, ".ts")).sort(),
    );
  });

  it("have at least one strategy each", () => {
    const without = Object.entries(ROTATION_STRATEGIES).filter(([, strategies]) => strategies.length === 0);
    assert.deepEqual(without, []);
  });

  it("of databases can be rotated as a single user", () => {
    assert.ok(DATABASE_ENGINES.every((engine) => strategyFault(engine, "single-user") === undefined));
  });

  it("offer what the proof of rotations has proved, and nothing else", () => {
    const proved = new Map<string, Set<string>>();
    for (const { engine, strategy } of subjects) {
      const name = engine.replace(/-\d+$/, ""); // an older major version
      proved.set(name, (proved.get(name) ?? new Set()).add(strategy));
    }
    const sorted = (names: Iterable<string>) => [...names].sort();
    const offered = Object.entries(ROTATION_STRATEGIES).map(([name, known]) => [name, sorted(known)]);
    assert.deepEqual(
      Object.fromEntries([...proved].map(([name, known]) => [name, sorted(known)])),
      Object.fromEntries(offered),
    );
  });

  it("say which strategies they know", () => {
    assert.equal(strategyFault("redis", "dual-password"), undefined);
    assert.equal(
      strategyFault("redis", "alternating-users"),
      "single-user or dual-password or superuser-managed with redis",
    );
  });
});
