import { namesFirstUser, RotationSettings } from "../components/model/rotation-settings";
import { RotationEvent, StepOutcome } from "./rotation-event";
import { otherSecrets } from "./other-secrets";
import { Redactor } from "./redacting";
import { isRefusedCall, RotationError } from "./rotation-error";
import { stagedValues } from "./staged-values";
import { Change, Issue, Strategy, Surroundings } from "./strategy";
import { TimeBudget } from "./time-budget";
import {
  describeRotation,
  readPending,
  SecretDescription,
  SecretVersions,
  settle,
  textOf,
  versionWithStage,
} from "./versions";

export interface StepTools<Payload> {
  readonly versions: SecretVersions;
  readonly strategy: Strategy<Payload>;
  readonly settings: RotationSettings;
  readonly budget: TimeBudget;
  readonly redactor: Redactor;
}

/** Runs one step. @throws RotationError */
export async function runStep<Payload>(
  tools: StepTools<Payload>,
  event: RotationEvent,
): Promise<StepOutcome> {
  const { versions, budget } = tools;
  const description = await describeRotation(versions, event.SecretId, event.ClientRequestToken, budget);
  const run = new StepRun(tools, event, description);
  const isCurrent = run.stagesOf(event.ClientRequestToken).includes("AWSCURRENT");
  if (isCurrent && !run.isUnfinishedSeed())
    return event.Step === "finishSecret" ? run.repeatFinish() : "already-current";
  return run[event.Step]();
}

/** One step of one rotation: the four steps, once for every engine and strategy. */
class StepRun<Payload> {
  private readonly token: string;
  private readonly secretId: string;

  constructor(
    private readonly tools: StepTools<Payload>,
    private readonly event: RotationEvent,
    private readonly description: SecretDescription,
  ) {
    this.token = event.ClientRequestToken;
    this.secretId = event.SecretId;
  }

  async createSecret(): Promise<StepOutcome> {
    const { versions, strategy } = this.tools;
    if ((await this.storedPending()) !== undefined) return "already-created";
    const current = await this.readCurrent();
    const planned = strategy.issue ? undefined : this.plan(current);
    await versions.checkMayMove(this.secretId, this.token);
    if (planned === undefined) await this.checkMayPut();
    const next = planned ?? (await strategy.issue!(this.before(current)));
    return this.store(next, current === undefined ? "seeded" : "created");
  }

  private plan(current: Payload | undefined): Payload {
    const { strategy, settings } = this.tools;
    return current === undefined ? strategy.seed(settings) : strategy.next(current, settings);
  }

  /** Asked before a service issues anything; a version that has a value is needed to ask. */
  private async checkMayPut(): Promise<void> {
    const versionId = versionWithStage(this.description, "AWSCURRENT");
    if (versionId !== undefined) await this.tools.versions.checkMayPut?.(this.secretId, versionId);
  }

  /** What a service issued is withdrawn when it certainly did not become the version's value. */
  private async store(next: Payload, outcome: StepOutcome): Promise<StepOutcome> {
    const { versions, strategy } = this.tools;
    this.remember(next);
    const text = strategy.render(next);
    const put = { secretId: this.secretId, token: this.token, text, rotationToken: this.event.RotationToken };
    try {
      if ((await versions.putPending(put)) === "stored") return outcome;
    } catch (error) {
      if (isRefusedCall(error)) await strategy.withdraw?.(next, this.surroundings());
      throw error;
    }
    const stored = strategy.render(await this.requirePending());
    if (stored !== text) await strategy.withdraw?.(next, this.surroundings());
    return "already-created";
  }

  async setSecret(): Promise<StepOutcome> {
    return this.tools.strategy.apply(await this.change());
  }

  async testSecret(): Promise<StepOutcome> {
    const { strategy } = this.tools;
    const text = await readPending(this.tools.versions, this.secretId, this.token, this.tools.budget);
    if (text !== "absent") {
      await strategy.test(this.parse(text, "pending"), this.surroundings());
      return "tested";
    }
    const current = await this.readCurrent();
    if (current === undefined) return "nothing-to-test";
    await strategy.test(current, this.surroundings());
    return "tested-current";
  }

  async finishSecret(): Promise<StepOutcome> {
    const { versions, strategy } = this.tools;
    const change = await this.change();
    const from = versionWithStage(this.description, "AWSCURRENT");
    if (from !== this.token && (await versions.moveCurrent(this.secretId, this.token, from)) === "stale") {
      await this.requirePromoted();
    }
    await strategy.afterPromotion?.(change);
    return "promoted";
  }

  /** AWSCURRENT has moved already; what follows the move may not have happened. */
  async repeatFinish(): Promise<StepOutcome> {
    await this.tools.strategy.afterPromotion?.(await this.change("AWSPREVIOUS"));
    return "already-current";
  }

  stagesOf(versionId: string): readonly string[] {
    return this.description.stages.get(versionId) ?? [];
  }

  /** The first version of a secret may carry AWSCURRENT from the moment it is stored, before its user exists. */
  isUnfinishedSeed(): boolean {
    const hasPrevious = versionWithStage(this.description, "AWSPREVIOUS") !== undefined;
    return namesFirstUser(this.tools.settings) && !hasPrevious && this.event.Step !== "createSecret";
  }

  private async change(currentStage = "AWSCURRENT"): Promise<Change<Payload>> {
    const { strategy, settings } = this.tools;
    const pending = await this.requirePending();
    const current = await this.readCurrent(currentStage);
    const mismatches = strategy.mismatches(pending, current, settings);
    const what = `pending and ${current ? "current" : "seed"} differ in ${mismatches.join(", ")}`;
    const advice = "cancel this rotation (CancelRotateSecret) and rotate again";
    if (mismatches.length > 0) throw new RotationError("conflict", `${what}: ${advice}`);
    const staged = () => stagedValues(this.tools.versions, this.secretId, this.token, strategy.parse);
    return { ...this.before(current), pending, staged };
  }

  private before(current: Payload | undefined): Issue<Payload> {
    const reads = { previous: () => this.readCurrent("AWSPREVIOUS"), stored: () => this.storedPending() };
    return { ...this.surroundings(), ...reads, ...(current === undefined ? {} : { current }) };
  }

  private surroundings(): Surroundings {
    const { settings, budget, versions, redactor } = this.tools;
    const readSecret = otherSecrets(versions, redactor);
    return { settings, budget, readSecret, secretArn: this.description.arn, versionId: this.token };
  }

  private async storedPending(): Promise<Payload | undefined> {
    const value = await this.tools.versions.read(this.secretId, { versionId: this.token });
    return value === "absent" ? undefined : this.parse(textOf(value, "pending"), "pending");
  }

  private async requirePending(): Promise<Payload> {
    const text = await readPending(this.tools.versions, this.secretId, this.token, this.tools.budget);
    if (text === "absent") throw new RotationError("conflict", `version ${this.token} has no value`);
    return this.parse(text, "pending");
  }

  private async requirePromoted(): Promise<void> {
    const { versions, budget } = this.tools;
    const isPromoted = (answer: SecretDescription) => versionWithStage(answer, "AWSCURRENT") === this.token;
    const now = await settle(budget, () => versions.describe(this.secretId), isPromoted);
    if (!isPromoted(now)) throw new RotationError("conflict", "AWSCURRENT was moved by somebody else");
  }

  /** By version id, as the description says: a read by stage could be served stale and look like an empty secret. */
  private async readCurrent(stage = "AWSCURRENT"): Promise<Payload | undefined> {
    const versionId = versionWithStage(this.description, stage);
    if (versionId === undefined || versionId === this.token) return undefined;
    const text = await readPending(this.tools.versions, this.secretId, versionId, this.tools.budget);
    if (text === "absent")
      throw new RotationError("conflict", `version ${versionId} (${stage}) has no value`);
    return this.parse(text, stage);
  }

  private parse(text: string, what: string): Payload {
    this.tools.redactor.remember(text);
    const parsed = this.tools.strategy.parse(text);
    if (!parsed.ok) throw new RotationError("invalid-secret", `${what} value: ${parsed.problems.join("; ")}`);
    this.remember(parsed.value);
    return parsed.value;
  }

  private remember(payload: Payload): void {
    for (const text of this.tools.strategy.secretTexts(payload)) this.tools.redactor.remember(text);
  }
}
