import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { endLeftovers, noteProcess } from "../leftovers";

export interface RunFolder {
  /** Empty at the start of the run. */
  readonly path: string;
  /** Notes a process of this run, so that the next one can end it should this one be killed. */
  readonly note: (pid: number) => void;
  release(): void;
}

/**
 * Claims `<state>/run` for this process and empties it: each run shows a deployment from nothing. A claim whose
 * process is gone (killed) is taken over, and the processes that it left are ended.
 *
 * @throws Error when another run is alive, or the folder cannot be written
 */
export function claimFolder(state: string): RunFolder {
  const path = join(state, "run");
  const lock = join(state, "run.pid");
  const ledger = join(state, "run.processes");
  const owner = livingOwner(lock);
  if (owner !== undefined)
    throw new Error(`already running as process ${owner}: stop it with Ctrl-C there first`);
  try {
    endLeftovers(ledger);
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
    writeFileSync(lock, String(process.pid));
  } catch (error) {
    throw new Error(
      `cannot write the state folder ${state}: ${(error as Error).message}; free space or permissions there`,
    );
  }
  const release = () => [lock, ledger].forEach((file) => rmSync(file, { force: true }));
  return { path, note: (pid) => noteProcess(ledger, pid), release };
}

function livingOwner(lock: string): number | undefined {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    process.kill(pid, 0);
    return pid === process.pid ? undefined : pid;
  } catch {
    return undefined;
  }
}
