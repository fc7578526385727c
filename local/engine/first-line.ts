import type { PluginProcess } from "./run-plugin";

/**
 * The first line a process prints, which for a plugin is its port; `onRest` takes whatever it prints afterwards.
 *
 * @throws Error when the process ends before it printed one
 */
export function firstLine(process: PluginProcess, onRest: (text: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = "";
    let found = false;
    process.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (found) return onRest(text);
      seen += text;
      const end = seen.indexOf("\n");
      if (end < 0) return;
      found = true;
      resolve(seen.slice(0, end).trim());
      if (seen.length > end + 1) onRest(seen.slice(end + 1));
    });
    process.once("error", reject);
    process.once("close", (code) =>
      reject(new Error(`the process ended with code ${code} before it was ready`)),
    );
  });
}
