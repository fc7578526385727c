import { ChildProcess } from "child_process";

/** The processes a plugin started, so that none outlives it. */
export class ChildProcesses {
  private readonly running = new Set<ChildProcess>();

  /** Ends the child with this process, and forgets it once it has ended by itself. */
  add<C extends ChildProcess>(child: C): C {
    this.running.add(child);
    child.once("exit", () => this.running.delete(child));
    child.once("error", () => this.running.delete(child));
    return child;
  }

  /** Asks every child to end; those still there after two seconds are killed. */
  end(): void {
    for (const child of this.running) endChild(child);
  }

  /** Kills every child at once, for the moment the process itself ends. */
  kill(): void {
    for (const child of this.running) child.kill("SIGKILL");
  }
}

/** Asks one child to end, and kills it when it has not after two seconds. */
export function endChild(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 2000);
  timer.unref();
  child.once("exit", () => clearTimeout(timer));
}
