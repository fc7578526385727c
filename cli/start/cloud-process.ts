import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Children } from "../children";
import { cloudCommand } from "../cloud-command";

/** Longest wait for the local cloud to listen; it takes a fraction of a second. */
const START_TIMEOUT_MS = 15_000;

/**
 * Starts the local cloud as a process of its own and resolves with its URL when it listens.
 *
 * @throws Error with what the process printed when it ends or does not listen in time
 */
export function startCloud(
  root: string,
  folder: string,
  accounts: object,
  children: Children,
): Promise<string> {
  const file = join(folder, "accounts.json");
  writeFileSync(file, JSON.stringify(accounts), { mode: 0o600 });
  const options = [
    "--port",
    "0",
    "--accounts",
    file,
    "--state",
    join(folder, "cloud"),
    "--control",
    "--with-parent",
  ];
  const child = children.start(process.execPath, cloudCommand(root, ...options), {
    stdio: ["pipe", "pipe", "pipe"], // standard input stays open: its end tells the cloud that this process is gone
  });
  return new Promise((resolve, reject) => {
    const printed: string[] = [];
    const timer = setTimeout(
      () => reject(new Error("the local cloud did not listen in time")),
      START_TIMEOUT_MS,
    );
    const settle = (act: () => void) => (clearTimeout(timer), act());
    createInterface({ input: child.stderr! }).on("line", (line) => printed.push(line));
    createInterface({ input: child.stdout! }).on("line", (line) => {
      const url = /listening on (http:\S+)/.exec(line)?.[1];
      if (url !== undefined) settle(() => resolve(url));
    });
    child.once("exit", (code) =>
      settle(() => reject(new Error(`the local cloud ended with ${code}: ${printed.join(" ")}`))),
    );
  });
}
