import { strict as assert } from "assert";
import { strategyHandler } from "../../rotation-lambdas/strategy-handler";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";

describe("the handler of keys and services", () => {
  const kind = {
    section: "ssh",
    strategies: ["dual-password"],
    strategy: () => singleUser({} as any),
  } as const;
  const ssh = { hostKeys: [`SHA256:${"a".repeat(43)}`] };
  const cases: Record<string, readonly [string | undefined, string]> = {
    "no settings": [undefined, "STRONGROOM_ROTATION: STRONGROOM_ROTATION is not set"],
    "settings of another kind": [
      '{"strategy":"single-user"}',
      "STRONGROOM_ROTATION: ssh: expected an object; strategy: expected dual-password here",
    ],
    "settings that are wrong": [
      '{"strategy":"dual-password","ssh":{}}',
      "STRONGROOM_ROTATION: ssh.hostKeys: expected fingerprints as `ssh-keygen -lf` prints them, SHA256:…",
    ],
  };
  for (const [what, [text, message]] of Object.entries(cases)) {
    it(`does not start with ${what}`, () => {
      assert.throws(() => strategyHandler(kind, { STRONGROOM_ROTATION: text }), { message });
    });
  }

  it("starts with settings of its kind", () => {
    const STRONGROOM_ROTATION = JSON.stringify({ strategy: "dual-password", ssh });
    assert.equal(typeof strategyHandler(kind, { STRONGROOM_ROTATION }), "function");
  });
});
