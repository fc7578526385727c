import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";

/** Notes a process, so that the next run can end it should this one be killed. */
export function noteProcess(ledger: string, pid: number): void {
  appendFileSync(ledger, `${pid} ${startOf(pid) ?? "unknown"}\n`);
}

/** Ends the groups of the noted processes that still run, and forgets them. Numbers that others have by now are let alone. */
export function endLeftovers(ledger: string): void {
  if (!existsSync(ledger)) return;
  for (const line of readFileSync(ledger, "utf8").trim().split("\n")) {
    const [number, ...start] = line.split(" ");
    const pid = Number(number);
    if (!Number.isInteger(pid) || pid <= 1 || startOf(pid) !== start.join(" ")) continue;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
  rmSync(ledger, { force: true });
}

/** When a process started, in whatever form the system has it; undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    if (!existsSync("/proc/self/stat"))
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    const afterName = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!;
    return afterName.split(" ")[19]; // starttime, the 22nd field, in clock ticks since the machine started
  } catch {
    return undefined;
  }
}
