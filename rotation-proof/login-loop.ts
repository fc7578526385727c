import { setTimeout as delay } from "timers/promises";
import { defaultLoginOverlapMs } from "../rotation-lambdas/login-overlap";
import { CrashRecorder } from "./crash-recorder";
import { Proof, Tally } from "./enumerate";
import { Violation } from "./invariants";
import { Subject } from "./subject";
import { Trial } from "./trial";

/** Pause of the application between logins. Milliseconds. */
const pauseMs = 50;

/** What the application saw. */
export interface LoginCount extends Tally {
  readonly logins: number;
  /** Logins refused at first, and accepted with a value read anew. */
  readonly absorbed: number;
  /** The most of them that one new value took. */
  readonly mostForOneValue: number;
  /** Logins refused although everything was tried: what its users would see. */
  readonly refused: number;
}

/**
 * Logs in anew all the time. Where AWSCURRENT must always work it reads it each time; else it keeps the value that worked
 * last and, when that is refused, tries AWSCURRENT and then AWSPENDING.
 */
class Application {
  logins = 0;
  refused = 0;
  /** Value -> how many refused logins it took to come to it. */
  readonly absorbed = new Map<string, number>();
  private kept: string | undefined;
  private isStopped = false;

  constructor(
    private readonly trial: Trial,
    private readonly promise: Subject["promise"],
  ) {}

  async run(): Promise<void> {
    while (!this.isStopped) {
      await this.logIn();
      await delay(pauseMs);
    }
  }

  /** Resolves when one more login has begun, so that no new value goes unseen. */
  async nextLogin(): Promise<void> {
    const before = this.logins;
    while (this.logins === before && !this.isStopped) await delay(5);
  }

  stop(): void {
    this.isStopped = true;
  }

  private async logIn(): Promise<void> {
    this.logins += 1;
    if (this.promise === "current") this.kept = undefined;
    this.kept ??= await this.trial.value("AWSCURRENT");
    if (await this.accepts(this.kept)) return;
    const stages = this.promise === "current" ? ["AWSCURRENT"] : ["AWSCURRENT", "AWSPENDING", "AWSCURRENT"];
    for (const stage of stages) {
      const value = await this.trial.value(stage);
      if (value === undefined || value === this.kept || !(await this.accepts(value))) continue;
      this.absorbed.set(value, (this.absorbed.get(value) ?? 0) + 1);
      this.kept = value;
      return;
    }
    this.refused += 1;
  }

  private async accepts(value: string | undefined): Promise<boolean> {
    return value !== undefined && (await this.trial.subject.logIn(value));
  }
}

/** Rotates a secret so many times under an application that logs in all the time. */
export async function loginLoop(proof: Proof, rotations: number): Promise<LoginCount> {
  const { cloud, server, subject, nextName } = proof;
  const trial = await Trial.prepare(cloud, server, { name: nextName(), overlapMs: defaultLoginOverlapMs });
  const application = new Application(trial, subject.promise);
  const running = application.run();
  const violations: Violation[] = [];
  try {
    for (let turn = 1; turn <= rotations && violations.length === 0; turn++) {
      const outcome = await rotateOnce(trial, cloud);
      if (outcome !== "succeeded") {
        violations.push({
          invariant: "ends",
          where: `rotation ${turn}`,
          what: trial.written.at(-1) ?? outcome,
        });
      }
      await Promise.race([application.nextLogin(), running]);
    }
  } finally {
    application.stop();
  }
  await running;
  const { logins, refused } = application;
  const counts = [...application.absorbed.values()];
  const absorbed = counts.reduce((sum, count) => sum + count, 0);
  const mostForOneValue = Math.max(0, ...counts);
  const bearable = subject.promise === "current" ? 0 : 1;
  const reachable = (what: string): Violation => ({ invariant: "reachable", where: "login loop", what });
  if (refused > 0) violations.push(reachable(`${refused} logins refused`));
  if (mostForOneValue > bearable) violations.push(reachable(`${mostForOneValue} retries for one value`));
  return { points: logins, violations, logins, absorbed, mostForOneValue, refused };
}

/** One rotation a day later, for Secrets Manager keeps at most a hundred versions that are younger; with its retries. */
async function rotateOnce(trial: Trial, { cloud }: Proof["cloud"]) {
  cloud.clock.advance(86_400);
  let { attempt } = await trial.rotate(new CrashRecorder());
  while (attempt === "failed") attempt = await trial.retry(new CrashRecorder());
  return attempt;
}
