import { execFileSync } from "child_process";
import { existsSync, readFileSync, rmSync } from "fs";
import { join } from "path";
import { setTimeout as wait } from "timers/promises";

/**
 * Ends the server that an earlier, killed run left on this data folder, and removes the file it left when it is gone
 * itself. Another process that has its number by now is let alone.
 *
 * @throws Error when it does not end within ten seconds
 */
export async function endStaleServer(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (isServerOf(pid, data)) {
    process.kill(pid, "SIGINT");
    for (let tenths = 0; isServerOf(pid, data); tenths++) {
      if (tenths === 100) throw new Error(`PostgreSQL of an earlier run (process ${pid}) does not end.`);
      await wait(100);
    }
  }
  rmSync(file, { force: true });
}

function isServerOf(pid: number, data: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    const command = existsSync("/proc/self/cmdline")
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      : execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" });
    return command.includes(data);
  } catch {
    return false;
  }
}
