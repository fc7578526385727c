import { strict as assert } from "assert";
import { Redactor } from "../../rotation-lambdas/redacting";
import { RotationError } from "../../rotation-lambdas/rotation-error";
import { RotationStep } from "../../rotation-lambdas/rotation-event";
import { runStep } from "../../rotation-lambdas/steps";
import { Strategy } from "../../rotation-lambdas/strategy";
import { TimeBudget } from "../../rotation-lambdas/time-budget";
import { SecretVersions } from "../../rotation-lambdas/versions";
import { FakeSecrets } from "../support/fake-secrets";

interface Key {
  readonly id: string;
  readonly key: string;
}

/** A service that keeps one key in memory: the steps know no database. */
class Rig {
  readonly secrets = new FakeSecrets();
  readonly tested: string[] = [];
  readonly applied: string[] = [];
  readonly promoted: string[] = [];
  accepted = "key-0";
  hasSeed = false;
  private made = 0;

  readonly strategy: Strategy<Key> = {
    name: "test",
    parse: (text) => {
      const value = JSON.parse(text);
      return value.key ? { ok: true, value } : { ok: false, problems: [`"key" must be a non-empty string`] };
    },
    render: (key) => JSON.stringify(key),
    secretTexts: ({ key }) => [key],
    seed: () => {
      if (!this.hasSeed) throw new RotationError("invalid-secret", "no seed");
      return { id: "a", key: `key-${++this.made}` };
    },
    next: ({ id }) => ({ id, key: `key-${++this.made}` }),
    mismatches: (pending, current) => (current && pending.id !== current.id ? ["id"] : []),
    apply: async ({ pending }) => {
      this.applied.push(pending.key);
      this.accepted = pending.key;
      return "changed";
    },
    test: async ({ key }) => {
      this.tested.push(key);
      if (key !== this.accepted) throw new RotationError("authentication", "refused");
    },
    afterPromotion: async ({ pending }) => void this.promoted.push(pending.key),
  };

  run(arn: string, Step: RotationStep, token: string, versions: SecretVersions = this.secrets.client()) {
    const settings = { strategy: "single-user", ...(this.hasSeed ? { seed: {} as any } : {}) } as const;
    const tools = { versions, strategy: this.strategy, settings };
    const event = { Step, SecretId: arn, ClientRequestToken: token };
    return runStep({ ...tools, budget: TimeBudget.within(10000), redactor: new Redactor() }, event);
  }

  /** The client with its first calls of one operation replaced. */
  failing<K extends keyof SecretVersions>(operation: K, ...answers: (() => unknown)[]): SecretVersions {
    const client = this.secrets.client();
    const real = client[operation] as (...input: unknown[]) => Promise<unknown>;
    const replaced = async (...input: unknown[]) => {
      const answer = answers.shift();
      return answer ? answer() : real(...input);
    };
    return { ...client, [operation]: replaced };
  }
}

describe("the four steps", () => {
  const start = () => {
    const rig = new Rig();
    const arn = rig.secrets.add("partner/api-key", { id: "a", key: "key-0" });
    return { rig, arn, token: rig.secrets.startRotation(arn) };
  };

  it("move AWSCURRENT to a new value and tell the strategy afterwards", async () => {
    const { rig, arn, token } = start();
    const outcomes = [];
    for (const step of ["createSecret", "setSecret", "testSecret", "finishSecret"] as const) {
      outcomes.push(await rig.run(arn, step, token));
    }
    assert.deepEqual(outcomes, ["created", "changed", "tested", "promoted"]);
    assert.deepEqual(rig.secrets.value(arn, "AWSCURRENT"), { id: "a", key: "key-1" });
    assert.deepEqual(rig.secrets.value(arn, "AWSPREVIOUS"), { id: "a", key: "key-0" });
    assert.deepEqual(rig.promoted, ["key-1"]);
  });

  it("run the strategy's clean-up again when finishSecret is repeated after the promotion", async () => {
    const { rig, arn, token } = start();
    await rig.run(arn, "createSecret", token);
    await rig.run(arn, "finishSecret", token);
    assert.equal(await rig.run(arn, "finishSecret", token), "already-current");
    assert.deepEqual(rig.promoted, ["key-1", "key-1"]);
    assert.equal(await rig.run(arn, "setSecret", token), "already-current");
    assert.deepEqual(rig.applied, []);
  });

  it("never generate when the pending read fails for another reason than absence", async () => {
    const { rig, arn, token } = start();
    const throttled = rig.failing("read", () => {
      throw new RotationError("unreachable", "Secrets Manager GetSecretValue: ThrottlingException");
    });
    await assert.rejects(rig.run(arn, "createSecret", token, throttled), { code: "unreachable" });
    assert.deepEqual(rig.secrets.puts, []);
  });

  it("keep the value that a token already holds when a stale read hid it", async () => {
    const { rig, arn, token } = start();
    await rig.run(arn, "createSecret", token);
    const stale = rig.failing("read", () => "absent");
    assert.equal(await rig.run(arn, "createSecret", token, stale), "already-created");
    assert.deepEqual(
      rig.secrets.puts.map(({ text }) => text),
      [`{"id":"a","key":"key-1"}`],
    );
  });

  it("read again when setSecret does not see the pending value yet", async () => {
    const { rig, arn, token } = start();
    await rig.run(arn, "createSecret", token);
    const stale = rig.failing(
      "read",
      () => "absent",
      () => "absent",
    );
    assert.equal(await rig.run(arn, "setSecret", token, stale), "changed");
  });

  it("read again when DescribeSecret does not know the token yet", async () => {
    const { rig, arn, token } = start();
    const stale = rig.failing("describe", () => ({ arn, stages: new Map() }));
    assert.equal(await rig.run(arn, "createSecret", token, stale), "created");
  });

  it("ask for the permission to promote before anything is stored", async () => {
    const { rig, arn, token } = start();
    const denied = rig.failing("checkMayMove", () => {
      throw new RotationError(
        "permission",
        "Secrets Manager UpdateSecretVersionStage: AccessDeniedException",
      );
    });
    await assert.rejects(rig.run(arn, "createSecret", token, denied), { code: "permission" });
    assert.deepEqual(rig.secrets.puts, []);
  });

  it("pass the rotation token on to PutSecretValue", async () => {
    const { rig, arn, token } = start();
    const tools = { versions: rig.secrets.client(), strategy: rig.strategy, redactor: new Redactor() };
    const event = {
      Step: "createSecret",
      SecretId: arn,
      ClientRequestToken: token,
      RotationToken: "r-1",
    } as const;
    await runStep(
      { ...tools, settings: { strategy: "single-user" }, budget: TimeBudget.within(5000) },
      event,
    );
    assert.equal(rig.secrets.puts[0]?.rotationToken, "r-1");
  });

  it("seed an empty secret, also when its first version is AWSCURRENT at once", async () => {
    const rig = new Rig();
    rig.hasSeed = true;
    const arn = rig.secrets.add("partner/api-key");
    const token = rig.secrets.startRotation(arn);
    assert.equal(await rig.run(arn, "createSecret", token), "seeded");
    await rig.secrets.client().moveCurrent(arn, token, undefined);
    assert.equal(await rig.run(arn, "setSecret", token), "changed");
    assert.equal(await rig.run(arn, "testSecret", token), "tested");
    assert.equal(await rig.run(arn, "finishSecret", token), "promoted");
  });

  it("do not take a secret for empty whose current value is not to be read", async () => {
    const { rig, arn, token } = start();
    rig.hasSeed = true;
    const absent = () => "absent";
    const stale = rig.failing("read", absent, absent, absent, absent, absent);
    await assert.rejects(rig.run(arn, "createSecret", token, stale), { code: "conflict" });
    assert.deepEqual(rig.secrets.puts, []);
  });

  describe("answer a call of testSecret alone", () => {
    it("by testing the current value, as there is no pending one", async () => {
      const { rig, arn, token } = start();
      assert.equal(await rig.run(arn, "testSecret", token), "tested-current");
      assert.deepEqual(rig.tested, ["key-0"]);
    });

    it("with the failure of the current value", async () => {
      const { rig, arn, token } = start();
      rig.accepted = "another";
      await assert.rejects(rig.run(arn, "testSecret", token), { code: "authentication" });
    });

    it("with nothing to test, for a secret without a value", async () => {
      const rig = new Rig();
      const arn = rig.secrets.add("partner/api-key");
      assert.equal(await rig.run(arn, "testSecret", rig.secrets.startRotation(arn)), "nothing-to-test");
    });
  });

  const refusals: Record<
    string,
    { step: RotationStep; prepare: (rig: Rig, arn: string) => unknown; message: RegExp }
  > = {
    "rotation that is not enabled": {
      step: "createSecret",
      prepare: (rig) => (rig.secrets.rotationEnabled = false),
      message: /^rotation is not enabled$/,
    },
    "a pending version without a value": {
      step: "setSecret",
      prepare: () => undefined,
      message: /^version .* has no value$/,
    },
    "promoting a version without a value": {
      step: "finishSecret",
      prepare: () => undefined,
      message: /^version .* has no value$/,
    },
    "a pending value that points elsewhere": {
      step: "setSecret",
      prepare: async (rig, arn) => {
        await rig.run(arn, "createSecret", rig.secrets.stages(arn)["AWSPENDING"]!);
        rig.secrets.edit(arn, "AWSPENDING", { id: "b" });
      },
      message: /^pending and current differ in id: cancel this rotation/,
    },
  };
  for (const [what, { step, prepare, message }] of Object.entries(refusals)) {
    it(`refuse ${what}`, async () => {
      const { rig, arn, token } = start();
      await prepare(rig, arn);
      await assert.rejects(rig.run(arn, step, token), { code: "conflict", message });
      assert.deepEqual(rig.applied, []);
      assert.deepEqual(rig.secrets.value(arn, "AWSCURRENT"), { id: "a", key: "key-0" });
    });
  }

  it("refuse a token that the secret does not know, and one whose stage was taken away", async () => {
    const { rig, arn, token } = start();
    await assert.rejects(rig.run(arn, "createSecret", "foreign"), {
      message: "the secret has no version foreign",
    });
    rig.secrets.endRotation(arn, token);
    await assert.rejects(rig.run(arn, "createSecret", token), {
      message: `version ${token} is not staged AWSPENDING`,
    });
  });

  it("agree when another invocation promotes first, and refuse when another version was promoted", async () => {
    const { rig, arn, token } = start();
    await rig.run(arn, "createSecret", token);
    const current = rig.secrets.stages(arn)["AWSCURRENT"]!;
    const overtaken = rig.failing("moveCurrent", async () => {
      await rig.secrets.client().moveCurrent(arn, token, current);
      return "stale";
    });
    assert.equal(await rig.run(arn, "finishSecret", token, overtaken), "promoted");
    const other = start();
    await other.rig.run(other.arn, "createSecret", other.token);
    const lost = other.rig.failing("moveCurrent", () => "stale");
    await assert.rejects(other.rig.run(other.arn, "finishSecret", other.token, lost), {
      message: "AWSCURRENT was moved by somebody else",
    });
  });
});
