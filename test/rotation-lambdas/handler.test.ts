import { strict as assert } from "assert";
import { rotationHandler } from "../../rotation-lambdas/handler";
import { RotationError } from "../../rotation-lambdas/rotation-error";
import { Strategy } from "../../rotation-lambdas/strategy";
import { arnOf, FakeSecrets } from "../support/fake-secrets";

const context = { getRemainingTimeInMillis: () => 5000 };
const password = `pass"word\\1`;

/** A rotation function whose setSecret fails as given. */
function failing(failure: unknown, secretArn?: string) {
  const secrets = new FakeSecrets();
  const arn = secrets.add("orders/database", { password });
  const token = secrets.startRotation(arn);
  const lines: string[] = [];
  const strategy = {
    name: "single-user",
    parse: (text: string) => ({ ok: true, value: JSON.parse(text) }),
    render: JSON.stringify,
    secretTexts: (payload: any) => [payload.password],
    next: (current: unknown) => current,
    mismatches: () => [],
    apply: async () => {
      throw failure;
    },
  } as unknown as Strategy<unknown>;
  const settings = { strategy: "single-user", ...(secretArn ? { secretArn } : {}) } as const;
  const writeLine = (line: string) => void lines.push(line);
  const handler = rotationHandler({ settings, strategy, versions: () => secrets.client(), writeLine });
  const event = (Step: string) => ({ Step, SecretId: arn, ClientRequestToken: token });
  return { handler, event, lines, arn, token };
}

describe("the rotation handler", () => {
  it("logs one line a step, which holds the metrics", async () => {
    const { handler, event, lines, arn, token } = failing(undefined);
    await handler(event("createSecret"), context);
    const { _aws, Duration, ...line } = JSON.parse(lines[0]!);
    assert.equal(lines.length, 1);
    assert.equal(typeof Duration, "number");
    assert.equal(_aws.CloudWatchMetrics[0].Namespace, "Strongroom/Rotation");
    assert.deepEqual(_aws.CloudWatchMetrics[0].Dimensions, [
      ["Step"],
      ["SecretArn", "Step"],
      ["Step", "Outcome"],
    ]);
    assert.deepEqual(_aws.CloudWatchMetrics[0].Metrics, [
      { Name: "Duration", Unit: "Milliseconds" },
      { Name: "Failures", Unit: "Count" },
      { Name: "RefusedLogins", Unit: "Count" },
    ]);
    assert.deepEqual(line, {
      ...{ level: "info", Step: "createSecret", SecretArn: arn, versionId: token, strategy: "single-user" },
      ...{ Failures: 0, RefusedLogins: 0, Outcome: "created", outcome: "created" },
      message: "stored a new value as AWSPENDING",
    });
  });

  const failures: Record<string, { error: unknown; message: string }> = {
    "an error with a password in it": {
      error: new RotationError("unsupported", `cannot use ${password}`),
      message: "setSecret failed (unsupported): cannot use [redacted]",
    },
    "an error that is none of ours": {
      error: new TypeError(`cannot read ${password}`),
      message: "setSecret failed (internal): unexpected TypeError: this is a defect of the rotation function",
    },
    "something thrown that is no error": {
      error: password,
      message: "setSecret failed (internal): unexpected string: this is a defect of the rotation function",
    },
  };
  for (const [what, { error, message }] of Object.entries(failures)) {
    it(`reports ${what} without it`, async () => {
      const { handler, event, lines } = failing(error);
      await handler(event("createSecret"), context);
      const thrown = await handler(event("setSecret"), context).then(
        () => assert.fail("it succeeded"),
        (reason: Error) => reason,
      );
      assert.deepEqual({ ...thrown, message: thrown.message }, { name: "RotationFailed", message });
      assert.equal(thrown.stack, `RotationFailed: ${message}`);
      assert.equal([thrown.stack, ...lines].join().includes("word"), false);
      assert.equal(JSON.parse(lines[1]!).level, "error");
    });
  }

  it("refuses the ARN of another secret before it calls anything", async () => {
    const { handler, event, lines } = failing(undefined, arnOf("billing/*"));
    await assert.rejects(async () => handler(event("createSecret"), context), {
      message: "createSecret failed (policy-refused): this function may not rotate this secret",
    });
    assert.equal(JSON.parse(lines[0]!).code, "policy-refused");
  });

  const events: Record<string, unknown> = {
    nothing: undefined,
    "an unknown step": { Step: "create_secret", SecretId: "a", ClientRequestToken: "b" },
    "no token": { Step: "createSecret", SecretId: "a" },
    "a number for the secret": { Step: "createSecret", SecretId: 1, ClientRequestToken: "b" },
  };
  for (const [what, event] of Object.entries(events)) {
    it(`refuses an event with ${what}`, async () => {
      await assert.rejects(
        failing(undefined).handler(event, context),
        /not an event of Secrets Manager's rotation/,
      );
    });
  }
});
