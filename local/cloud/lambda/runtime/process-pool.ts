import { FunctionProcess } from "./function-process";
import { Launch } from "./launch";

/** How long a process without work is kept, in milliseconds. */
const IDLE_MILLISECONDS = 60_000;

/** Processes of one cloud at once, whatever the functions: AWS's own limit of an account is 1000. */
export const MAX_PROCESSES = 50;

interface Kept {
  readonly process: FunctionProcess;
  readonly key: string;
  /** Milliseconds since the epoch, by the cloud's clock: its credentials last until then. */
  readonly usableUntil: number;
  timer?: NodeJS.Timeout;
}

/** All processes of one cloud: those at work and those kept warm. */
export class ProcessPool {
  private readonly idle = new Set<Kept>();
  private readonly busy = new Set<Kept>();
  private hasEnded = false;

  /** How many invocations run under keys that begin so. */
  running(keyPrefix: string): number {
    return [...this.busy].filter(({ key }) => key.startsWith(keyPrefix)).length;
  }

  get isFull(): boolean {
    return this.busy.size >= MAX_PROCESSES;
  }

  /** A warm process of that key, or a new one. The caller gives it back by {@link release}. */
  async acquire(
    key: string,
    now: number,
    launch: () => Promise<Launch & { usableUntil: number }>,
  ): Promise<Kept> {
    for (const kept of this.idle) {
      if (kept.key !== key || !kept.process.isUsable) continue;
      this.idle.delete(kept);
      clearTimeout(kept.timer);
      if (kept.usableUntil <= now) {
        kept.process.kill();
        continue;
      }
      this.busy.add(kept);
      return kept;
    }
    const placeholder = { key, usableUntil: 0, process: undefined as unknown as FunctionProcess };
    this.busy.add(placeholder);
    try {
      const { usableUntil, ...rest } = await launch();
      const kept: Kept = { key, usableUntil, process: new FunctionProcess(rest) };
      await kept.process.start();
      if (this.hasEnded) {
        kept.process.kill();
        throw new Error("The local cloud is stopping.");
      }
      this.busy.add(kept);
      return kept;
    } finally {
      this.busy.delete(placeholder);
    }
  }

  release(kept: Kept, isOver: boolean): void {
    this.busy.delete(kept);
    if (isOver || !kept.process.isUsable) {
      kept.process.kill();
      return;
    }
    this.idle.add(kept);
    kept.timer = setTimeout(() => {
      this.idle.delete(kept);
      kept.process.kill();
    }, IDLE_MILLISECONDS);
    kept.timer.unref();
  }

  /** Ends every process. */
  end(): void {
    this.hasEnded = true;
    for (const { process, timer } of [...this.idle, ...this.busy]) {
      clearTimeout(timer);
      process?.kill();
    }
    this.idle.clear();
    this.busy.clear();
  }
}
