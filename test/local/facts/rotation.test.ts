import * as sm from "@aws-sdk/client-secrets-manager";
import { strict as assert } from "assert";
import { randomUUID } from "crypto";
import { SECRETS } from "../../support/local-cloud";
import { assertFails, eventually, RotationEvent, SecretsCloud } from "../../support/secrets-cloud";

const DAY_MS = 86_400_000;

describe("facts about rotation", () => {
  let cloud: SecretsCloud;
  let client: sm.SecretsManagerClient;
  const RotationLambdaARN = `arn:aws:lambda:eu-west-1:${SECRETS}:function:rotate`;

  beforeEach(async () => {
    cloud = new SecretsCloud();
    await cloud.start();
    client = cloud.secrets(SECRETS);
  });
  afterEach(() => cloud.close());

  /** A rotation function as it should be; `steps` collects what it is called with. */
  function goodFunction(steps: RotationEvent[], passesToken = true) {
    return async (event: RotationEvent) => {
      steps.push(event);
      const { SecretId, ClientRequestToken } = event;
      if (event.Step === "createSecret") {
        await client.send(
          new sm.PutSecretValueCommand({
            SecretId,
            ClientRequestToken,
            SecretString: `value of ${ClientRequestToken}`,
            VersionStages: ["AWSPENDING"],
            ...(passesToken && { RotationToken: event.RotationToken }),
          }),
        );
      }
      if (event.Step === "finishSecret") {
        const { VersionIdsToStages } = await describeSecret(SecretId);
        const current = Object.entries(VersionIdsToStages ?? {}).find(([, stages]) =>
          stages.includes("AWSCURRENT"),
        );
        await client.send(
          new sm.UpdateSecretVersionStageCommand({
            SecretId,
            VersionStage: "AWSCURRENT",
            MoveToVersionId: ClientRequestToken,
            RemoveFromVersionId: current?.[0],
          }),
        );
      }
    };
  }

  const describeSecret = (SecretId: string) => client.send(new sm.DescribeSecretCommand({ SecretId }));
  const rotate = (SecretId: string, extra: Partial<sm.RotateSecretCommandInput> = {}) =>
    client.send(new sm.RotateSecretCommand({ SecretId, RotationLambdaARN, ...extra }));
  const newSecret = async (SecretString?: string) =>
    (await client.send(new sm.CreateSecretCommand({ Name: "rotated", SecretString }))).VersionId;
  const hasEvent = (name: string) => cloud.serviceEvents().some(({ eventName }) => eventName === name);
  const current = async () =>
    (await client.send(new sm.GetSecretValueCommand({ SecretId: "rotated" }))).VersionId;

  it("the service calls the function for the four steps, in order, and moves on from there", async () => {
    const first = await newSecret("first");
    const steps: RotationEvent[] = [];
    cloud.functions.set(RotationLambdaARN, goodFunction(steps));
    const { VersionId, ARN } = await rotate("rotated", { RotationRules: { AutomaticallyAfterDays: 30 } });
    await eventually(() => hasEvent("RotationSucceeded"));
    assert.deepEqual(
      steps.map(({ Step, SecretId, ClientRequestToken }) => ({ Step, SecretId, ClientRequestToken })),
      ["createSecret", "setSecret", "testSecret", "finishSecret"].map((Step) => ({
        Step,
        SecretId: ARN,
        ClientRequestToken: VersionId,
      })),
    );
    const described = await describeSecret("rotated");
    assert.deepEqual(described.VersionIdsToStages, {
      [first!]: ["AWSPREVIOUS"],
      [VersionId!]: ["AWSPENDING", "AWSCURRENT"],
    });
    assert.equal(described.RotationEnabled, true);
    assert.equal(described.RotationLambdaARN, RotationLambdaARN);
    assert.ok(described.LastRotatedDate);
    assert.deepEqual(
      cloud.serviceEvents().map(({ eventName }) => eventName),
      ["RotationStarted", "RotationSucceeded"],
    );
  });

  it("the rotation begins with an AWSPENDING version that has no value", async () => {
    await newSecret("first");
    let seen: unknown;
    cloud.functions.set(RotationLambdaARN, async ({ SecretId, ClientRequestToken, Step }) => {
      if (Step !== "createSecret" || seen !== undefined) return;
      seen = (await describeSecret(SecretId)).VersionIdsToStages![ClientRequestToken];
      const read = new sm.GetSecretValueCommand({ SecretId, VersionId: ClientRequestToken });
      await assertFails(client.send(read), "ResourceNotFoundException");
    });
    await rotate("rotated");
    await eventually(() => seen !== undefined);
    assert.deepEqual(seen, ["AWSPENDING"]);
  });

  it("a secret without any value can be rotated: the function makes the first one", async () => {
    await newSecret();
    cloud.functions.set(RotationLambdaARN, goodFunction([]));
    const { VersionId } = await rotate("rotated");
    await eventually(() => hasEvent("RotationSucceeded"));
    assert.equal(await current(), VersionId);
  });

  const schedules: { name: string; rules: sm.RotationRulesType; error?: string }[] = [
    { name: "1 day", rules: { AutomaticallyAfterDays: 1 } },
    { name: "1000 days", rules: { AutomaticallyAfterDays: 1000 } },
    { name: "0 days", rules: { AutomaticallyAfterDays: 0 }, error: "ValidationException" },
    { name: "1001 days", rules: { AutomaticallyAfterDays: 1001 }, error: "ValidationException" },
    { name: "rate of 4 hours", rules: { ScheduleExpression: "rate(4 hours)" } },
    {
      name: "rate of 3 hours",
      rules: { ScheduleExpression: "rate(3 hours)" },
      error: "InvalidParameterException",
    },
    { name: "cron", rules: { ScheduleExpression: "cron(0 16 1,15 * ? *)", Duration: "4h" } },
    {
      name: "both",
      rules: { AutomaticallyAfterDays: 1, ScheduleExpression: "rate(1 day)" },
      error: "InvalidParameterException",
    },
    {
      name: "cron with a minute",
      rules: { ScheduleExpression: "cron(5 16 * * ? *)" },
      error: "InvalidParameterException",
    },
    {
      name: "cron with a year",
      rules: { ScheduleExpression: "cron(0 16 * * ? 2030)" },
      error: "InvalidParameterException",
    },
    {
      name: "cron that never fires",
      rules: { ScheduleExpression: "cron(0 8 30 2 ? *)" },
      error: "InvalidParameterException",
    },
    {
      name: "cron every two hours",
      rules: { ScheduleExpression: "cron(0 */2 * * ? *)" },
      error: "InvalidParameterException",
    },
    {
      name: "a window over midnight",
      rules: { ScheduleExpression: "cron(0 22 * * ? *)", Duration: "3h" },
      error: "InvalidParameterException",
    },
    {
      name: "a window into the next",
      rules: { ScheduleExpression: "rate(4 hours)", Duration: "5h" },
      error: "InvalidParameterException",
    },
  ];

  for (const { name, rules, error } of schedules) {
    it(`T1 a schedule of ${name} is ${error ? "refused" : "taken"}`, async () => {
      await newSecret("first");
      cloud.functions.set(RotationLambdaARN, goodFunction([]));
      if (error) {
        await assertFails(rotate("rotated", { RotationRules: rules }), error);
        assert.equal((await describeSecret("rotated")).RotationEnabled, undefined);
      } else {
        await rotate("rotated", { RotationRules: rules });
        const { RotationRules, NextRotationDate } = await describeSecret("rotated");
        assert.deepEqual(RotationRules, rules);
        assert.ok(NextRotationDate!.getTime() > cloud.clock.now());
      }
    });
  }

  it("T1 the next rotation happens when its window opens, and the date shown is the window's end", async () => {
    await newSecret("first");
    const steps: RotationEvent[] = [];
    cloud.functions.set(RotationLambdaARN, goodFunction(steps));
    await rotate("rotated", { RotationRules: { ScheduleExpression: "rate(10 days)", Duration: "2h" } });
    await eventually(() => hasEvent("RotationSucceeded"));
    const before = await describeSecret("rotated");
    assert.deepEqual(before.RotationRules, {
      AutomaticallyAfterDays: 10,
      ScheduleExpression: "rate(10 days)",
      Duration: "2h",
    });
    const opens = Math.floor(cloud.clock.now() / DAY_MS) * DAY_MS + 10 * DAY_MS;
    assert.equal(before.NextRotationDate!.getTime(), opens + 2 * 3_600_000);
    await cloud.advance((opens - cloud.clock.now()) / 1000 - 60);
    assert.equal(steps.length, 4);
    await cloud.advance(120);
    await eventually(() => steps.length === 8);
    await eventually(
      async () => (await describeSecret("rotated")).NextRotationDate! > before.NextRotationDate!,
    );
  });

  it("T2 RotateImmediately is true unless it is said to be false", async () => {
    const first = await newSecret("first");
    const steps: RotationEvent[] = [];
    cloud.functions.set(RotationLambdaARN, goodFunction(steps));
    await rotate("rotated", { RotationRules: { AutomaticallyAfterDays: 30 }, RotateImmediately: false });
    await eventually(() => hasEvent("TestRotationSucceeded"));
    assert.deepEqual(
      steps.map(({ Step }) => Step),
      ["testSecret"],
    );
    assert.equal(await current(), first);
    assert.deepEqual((await describeSecret("rotated")).VersionIdsToStages, { [first!]: ["AWSCURRENT"] });
    await rotate("rotated", { RotationRules: { AutomaticallyAfterDays: 31 } });
    await eventually(() => hasEvent("RotationSucceeded"));
    assert.notEqual(await current(), first);
  });

  it("T2 a failed test is told by TestRotationFailed, and leaves no version behind", async () => {
    const first = await newSecret("first");
    cloud.functions.set(RotationLambdaARN, () => Promise.reject(new Error("no log-in")));
    await rotate("rotated", { RotateImmediately: false });
    await eventually(() => hasEvent("TestRotationFailed"));
    assert.deepEqual((await describeSecret("rotated")).VersionIdsToStages, { [first!]: ["AWSCURRENT"] });
  });

  it("T3 a function that Secrets Manager may not invoke is refused, and nothing is kept", async () => {
    await newSecret("first");
    await assertFails(
      rotate("rotated", { RotationRules: { AutomaticallyAfterDays: 30 } }),
      "AccessDeniedException",
      "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
    );
    const described = await describeSecret("rotated");
    assert.deepEqual([described.RotationEnabled, described.RotationLambdaARN], [undefined, undefined]);
  });

  it("rotation without a function is refused", async () => {
    await newSecret("first");
    await assertFails(
      client.send(new sm.RotateSecretCommand({ SecretId: "rotated" })),
      "InvalidRequestException",
      "No Lambda rotation function ARN is associated with this secret.",
    );
  });

  it("T5 a value that another role puts without the RotationToken is not the function's", async () => {
    await newSecret("first");
    cloud.functions.set(RotationLambdaARN, goodFunction([], false));
    const { VersionId, ARN } = await rotate("rotated");
    for (let retry = 0; retry < 4; retry++) await settle(10);
    const failed = cloud.serviceEvents().find(({ eventName }) => eventName === "RotationFailed");
    assert.equal(
      failed!.errorMessage,
      `Pending secret version ${VersionId} for Secret ${ARN} was not created by Lambda ${RotationLambdaARN}. Remove the AWSPENDING staging label and restart rotation.`,
    );
  });

  it("T5 the function's own session needs no RotationToken", async () => {
    await newSecret("first");
    const policy = { Effect: "Allow", Action: "*", Resource: "*" };
    const session = await cloud.session(
      SECRETS,
      "function-role",
      { Version: "2012-10-17", Statement: [policy] },
      "rotate",
    );
    const own = cloud.secrets(session);
    const finish = goodFunction([]);
    cloud.functions.set(RotationLambdaARN, async (event) => {
      if (event.Step !== "createSecret") return finish(event);
      const { SecretId, ClientRequestToken } = event;
      const put = { SecretId, ClientRequestToken, SecretString: "x", VersionStages: ["AWSPENDING"] };
      await own.send(new sm.PutSecretValueCommand(put));
    });
    await rotate("rotated");
    await eventually(() => hasEvent("RotationSucceeded"));
  });

  it("T5 a RotationToken that is of no rotation is refused", async () => {
    await newSecret("first");
    await assertFails(
      client.send(
        new sm.PutSecretValueCommand({ SecretId: "rotated", SecretString: "x", RotationToken: randomUUID() }),
      ),
      "InvalidParameterException",
    );
  });

  it("T6 a failing rotation is tried four times and then reported; its AWSPENDING blocks later ones", async () => {
    const first = await newSecret("first");
    let calls = 0;
    cloud.functions.set(RotationLambdaARN, () => {
      calls++;
      return Promise.reject(new Error("database unreachable"));
    });
    const { VersionId } = await rotate("rotated");
    for (let retry = 0; retry < 4; retry++) await settle(10);
    await eventually(() => hasEvent("RotationFailed"));
    assert.equal(calls, 4);
    assert.deepEqual(cloud.serviceEvents(), [
      { eventName: "RotationStarted" },
      { eventName: "RotationFailed", errorMessage: "createSecret: database unreachable" },
    ]);
    assert.deepEqual((await describeSecret("rotated")).VersionIdsToStages, {
      [first!]: ["AWSCURRENT"],
      [VersionId!]: ["AWSPENDING"],
    });
    await assertFails(
      rotate("rotated"),
      "InvalidRequestException",
      "A previous rotation isn't complete. That rotation will be reattempted.",
    );
    assert.equal(await current(), first);
  });

  it("T6 the previous rotation is reattempted with its own version, once the function works", async () => {
    await newSecret("first");
    cloud.functions.set(RotationLambdaARN, () => Promise.reject(new Error("down")));
    const { VersionId } = await rotate("rotated");
    for (let retry = 0; retry < 4; retry++) await settle(10);
    await eventually(() => hasEvent("RotationFailed"));
    cloud.functions.set(RotationLambdaARN, goodFunction([]));
    await assertFails(rotate("rotated"), "InvalidRequestException");
    await eventually(() => hasEvent("RotationSucceeded"));
    assert.equal(await current(), VersionId);
  });

  it("T6 a rotation whose AWSPENDING label is taken away is abandoned", async () => {
    await newSecret("first");
    cloud.functions.set(RotationLambdaARN, async ({ SecretId, ClientRequestToken, Step }) => {
      if (Step !== "createSecret") return;
      await client.send(
        new sm.UpdateSecretVersionStageCommand({
          SecretId,
          VersionStage: "AWSPENDING",
          RemoveFromVersionId: ClientRequestToken,
        }),
      );
    });
    await rotate("rotated");
    await eventually(() => hasEvent("RotationAbandoned"));
  });

  it("T7 a value put by hand counts as a rotation", async () => {
    await newSecret("first");
    cloud.functions.set(RotationLambdaARN, goodFunction([]));
    await rotate("rotated", { RotationRules: { AutomaticallyAfterDays: 10 } });
    await eventually(() => hasEvent("RotationSucceeded"));
    const before = (await describeSecret("rotated")).NextRotationDate!;
    await cloud.advance((4 * DAY_MS) / 1000);
    await client.send(new sm.PutSecretValueCommand({ SecretId: "rotated", SecretString: "by hand" }));
    const after = (await describeSecret("rotated")).NextRotationDate!;
    assert.equal(after.getTime() - before.getTime(), 4 * DAY_MS);
  });

  it("CancelRotateSecret ends the schedule and keeps the function", async () => {
    await newSecret("first");
    const steps: RotationEvent[] = [];
    cloud.functions.set(RotationLambdaARN, goodFunction(steps));
    await rotate("rotated", { RotationRules: { AutomaticallyAfterDays: 1 } });
    await eventually(() => hasEvent("RotationSucceeded"));
    await client.send(new sm.CancelRotateSecretCommand({ SecretId: "rotated" }));
    const described = await describeSecret("rotated");
    assert.deepEqual(
      [described.RotationEnabled, described.RotationLambdaARN, described.NextRotationDate],
      [false, RotationLambdaARN, undefined],
    );
    await settle((3 * DAY_MS) / 1000);
    assert.equal(steps.length, 4);
  });

  /** Moves the clock and gives what it sets off the time to end. */
  async function settle(seconds: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 50));
    await cloud.advance(seconds);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});
