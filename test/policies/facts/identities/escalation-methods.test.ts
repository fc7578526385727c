import { strict as assert } from "assert";
import { escalationMethods } from "../../../../policies/facts/identities/escalation-methods";

describe("ways to get permissions that were not given", () => {
  it("are each one set of actions, with a gain", () => {
    const sets = escalationMethods.map(({ actions }) => actions.join(" "));
    assert.equal(new Set(sets).size, sets.length);
    for (const { actions, gain } of escalationMethods) {
      assert.ok(
        actions.length > 0 && actions.every((action) => /^[a-z0-9-]+:[A-Z][A-Za-z]+$/.test(action)),
        String(actions),
      );
      assert.match(gain, /^(give itself|act (as|with)) /);
    }
  });

  it("that pass a role pass it first, to something that is started with it", () => {
    const passing = escalationMethods.filter(({ actions }) => actions.includes("iam:PassRole"));
    for (const { actions, gain } of passing) {
      assert.equal(actions[0], "iam:PassRole");
      assert.ok(actions.length > 1);
      assert.equal(gain, "act with any role that it passes");
    }
    assert.ok(passing.length > 10);
  });
});
