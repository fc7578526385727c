import { ChildProcess, SpawnOptions, spawn } from "node:child_process";

/** How long a process may take to end by itself before it is killed. */
const GRACE_MS = 5_000;

/** Every process that this command started, so that all of them end with it. */
export class Children {
  private readonly running = new Set<ChildProcess>();

  /** @param started called with the number of each process that was started */
  constructor(private readonly started: (pid: number) => void = () => undefined) {}

  /** Starts a process in a group of its own: ending the group also ends what the process started. */
  start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const child = spawn(command, args, { ...options, detached: true });
    if (child.pid !== undefined) this.started(child.pid);
    this.running.add(child);
    child.once("exit", () => this.running.delete(child));
    child.once("error", () => this.running.delete(child));
    return child;
  }

  /** Ends one process and its group: politely, then after five seconds for good. Resolves when it is gone. */
  async stop(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    signalGroup(child.pid, signal);
    const timer = setTimeout(() => child.pid !== undefined && signalGroup(child.pid, "SIGKILL"), GRACE_MS);
    await gone;
    clearTimeout(timer);
  }

  /** Ends all of them, the last started first. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.running].reverse().map((child) => this.stop(child)));
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone: nothing is left to end.
  }
}
