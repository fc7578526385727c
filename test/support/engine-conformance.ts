import { strict as assert } from "assert";
import { rotationHandler } from "../../rotation-lambdas/handler";
import { CrashRecorder } from "../../rotation-proof/crash-recorder";
import { Plan } from "../../rotation-proof/interruption";
import { Subject, SubjectCase, SubjectServer, Unavailable } from "../../rotation-proof/subject";
import { FakeSecrets } from "./fake-secrets";

const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;

/** One secret of a subject and the function that rotates it, over secrets in memory. */
export class CaseRig {
  readonly lines: string[] = [];
  readonly failures: string[] = [];

  private constructor(
    readonly secrets: FakeSecrets,
    readonly subjectCase: SubjectCase,
  ) {}

  static async make(server: SubjectServer, name: string, isSeeded = false): Promise<CaseRig> {
    const secrets = new FakeSecrets();
    const store = {
      create: async (secret: string, value?: object | string) => secrets.add(secret, value),
      put: async () => assert.fail("not needed here"),
    };
    return new CaseRig(secrets, await server.newCase(name, { secrets: store, isSeeded }));
  }

  /** One invocation. Rejects with what Lambda would report. */
  async step(Step: string, token: string, recorder = new CrashRecorder()): Promise<string> {
    const { settings, secretArn } = this.subjectCase;
    const handler = rotationHandler({
      ...{ settings, strategy: this.subjectCase.strategy(recorder) },
      versions: () => recorder.wrap("secrets", this.secrets.client()),
      writeLine: (line) => this.lines.push(line),
    });
    const event = { Step, SecretId: secretArn, ClientRequestToken: token };
    try {
      await handler(event, { getRemainingTimeInMillis: () => 30000 });
    } catch (error) {
      this.failures.push(`${(error as Error).message}\n${(error as Error).stack}`);
      throw error;
    }
    return JSON.parse(this.lines.at(-1)!).outcome;
  }

  start(): string {
    return this.secrets.startRotation(this.subjectCase.secretArn);
  }

  /** The four steps of a version. @returns their outcomes */
  async finish(token: string, recorder?: CrashRecorder): Promise<readonly string[]> {
    const outcomes = [];
    for (const step of steps) outcomes.push(await this.step(step, token, recorder));
    this.secrets.endRotation(this.subjectCase.secretArn, token);
    return outcomes;
  }

  async rotate(): Promise<readonly string[]> {
    return this.finish(this.start());
  }

  text(stage: string): string | undefined {
    const value = this.secrets.value(this.subjectCase.secretArn, stage);
    return value === undefined ? undefined : JSON.stringify(value);
  }

  async logIn(stage: string): Promise<boolean> {
    const text = this.text(stage);
    return text !== undefined && (await this.subjectCase.logIn(text));
  }

  async orphans(): Promise<readonly string[]> {
    const texts = [this.text("AWSCURRENT"), this.text("AWSPREVIOUS")];
    return this.subjectCase.orphans(texts.filter((text) => text !== undefined));
  }

  get lastReport(): any {
    return JSON.parse(this.lines.at(-1) ?? "{}");
  }
}

/** A stop after one of these is a stop after the call before it; `npm run prove:rotation` tries them all. */
const looksOnly =
  /^(secrets\.(describe|read|checkMayMove)|(redis|ldap|mongodb|ssh)( |$)|List|Get|.*(AUTH|GETUSER|SAVE|ssh\.files|\.(resolve|read|permissions|list|find|bind))$)/;

/** What every engine with every strategy must do, against its server. */
export function conforms(subject: Subject, secretFields: readonly string[] = ["password"]): void {
  describe(`${subject.engine}, ${subject.strategy}`, function () {
    this.timeout(60000);
    let server: SubjectServer | undefined;
    let counter = 0;
    before(async function () {
      try {
        server = await subject.start();
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        console.log(`      skipped: ${error.message}`);
        this.skip();
      }
    });
    after(() => server?.stop());
    const make = (isSeeded = false) => CaseRig.make(server!, `case_${++counter}`, isSeeded);

    it("rotates by the four steps, again and again", async () => {
      const rig = await make();
      assert.equal(await rig.logIn("AWSCURRENT"), true, "before");
      for (let turn = 0; turn < 3; turn++) {
        assert.deepEqual((await rig.rotate()).slice(0, 1), ["created"]);
        assert.equal(await rig.logIn("AWSCURRENT"), true);
        assert.equal(await rig.logIn("AWSPREVIOUS"), subject.previousWorks ?? false, "previous");
        assert.deepEqual(await rig.orphans(), []);
      }
    });

    it("does nothing new when each step runs twice", async () => {
      const rig = await make();
      const token = rig.start();
      for (const step of steps) {
        await rig.step(step, token);
        await rig.step(step, token);
      }
      rig.secrets.endRotation(rig.subjectCase.secretArn, token);
      assert.equal(rig.secrets.puts.length, 1);
      assert.equal(await rig.logIn("AWSCURRENT"), true);
      assert.deepEqual(await rig.orphans(), []);
    });

    it("works when two invocations of a step run at once", async () => {
      const rig = await make();
      const token = rig.start();
      for (const step of steps) {
        const both = await Promise.allSettled([rig.step(step, token), rig.step(step, token)]);
        if (both.every(({ status }) => status === "rejected")) await rig.step(step, token);
      }
      assert.equal(rig.secrets.puts.length, 1);
      assert.equal(await rig.logIn("AWSCURRENT"), true);
      assert.deepEqual(await rig.orphans(), []);
    });

    it("keeps its promise when it stops at any call and is repeated", async () => {
      const dry = await make();
      const recorder = new CrashRecorder();
      await dry.finish(dry.start(), recorder);
      const plans = recorder.calls.flatMap((call, index): Plan[] =>
        looksOnly.test(call) ? [] : [{ at: index + 1, interruption: "stop-after" }],
      );
      for (const plan of plans) {
        const where = `${plan.interruption} ${plan.at} (${recorder.calls[plan.at - 1]})`;
        await assertSurvives(await make(), plan, subject, where);
      }
    });

    it("shows no secret to a log or in an error", async () => {
      const rig = await make();
      await rig.rotate();
      await rig.rotate();
      const values = rig.secrets.puts.flatMap(({ text }) =>
        secretFields.map((field) => JSON.parse(text)[field]),
      );
      assert.ok(
        values.length >= 2 && values.every((value) => typeof value === "string" && value.length > 10),
      );
      const log = (await rig.subjectCase.serverLog?.()) ?? "";
      const written = [log, ...rig.lines, ...rig.failures].join("\n");
      assert.deepEqual(
        values.filter((value) => written.includes(value)),
        [],
      );
    });

    if (subject.canSeed) {
      it("makes the first value of an empty secret", async () => {
        const rig = await make(true);
        assert.deepEqual((await rig.rotate())[0], "seeded");
        assert.equal(await rig.logIn("AWSCURRENT"), true);
        assert.deepEqual((await rig.rotate())[0], "created");
        assert.equal(await rig.logIn("AWSCURRENT"), true);
      });
    }
  });
}

async function assertSurvives(rig: CaseRig, plan: Plan, subject: Subject, where: string): Promise<void> {
  const token = rig.start();
  const recorder = new CrashRecorder({ plan });
  await rig.finish(token, recorder).catch(() => undefined);
  assert.ok(recorder.interrupted, `did not stop: ${where}`);
  const current = await rig.logIn("AWSCURRENT");
  const isKept = current || (subject.promise === "current-or-pending" && (await rig.logIn("AWSPENDING")));
  assert.ok(isKept, `no login works: ${where}`);
  await rig.finish(token);
  assert.equal(rig.secrets.stages(rig.subjectCase.secretArn)["AWSCURRENT"], token, where);
  assert.equal(rig.secrets.puts.length, 1, `one value a version: ${where}`);
  assert.equal(await rig.logIn("AWSCURRENT"), true, `after the retry: ${where}`);
  assert.deepEqual(await rig.orphans(), [], where);
}
