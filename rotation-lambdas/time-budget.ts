import { RotationError } from "./rotation-error";

/** The time left for one step; smaller than Lambda's own, so that a step ends with its own error. */
export class TimeBudget {
  /** @param deadline milliseconds since the epoch */
  constructor(
    private readonly deadline: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** @param remainingMs Lambda's remaining time; a tenth of it, at most a second, is kept for the report */
  static within(remainingMs: number): TimeBudget {
    return new TimeBudget(Date.now() + remainingMs - Math.min(1000, remainingMs / 10));
  }

  /** Milliseconds; never negative. */
  remainingMs(): number {
    return Math.max(0, this.deadline - this.now());
  }

  /**
   * The time that one call may take: at most `mostMs`.
   * @throws RotationError `timeout` when nothing is left
   */
  sliceMs(mostMs: number, doing: string): number {
    const remaining = this.remainingMs();
    if (remaining < 1) throw new RotationError("timeout", `no time left for: ${doing}`);
    return Math.min(mostMs, remaining);
  }

  /** Waits, unless the wait would use up the budget. @returns whether it waited */
  async pause(ms: number): Promise<boolean> {
    if (this.remainingMs() <= ms) return false;
    await new Promise((resolve) => setTimeout(resolve, ms));
    return true;
  }
}
