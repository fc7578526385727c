import { ChildProcess, spawn } from "node:child_process";

export interface Background {
  readonly child: ChildProcess;
  /** Milliseconds from the start of the process to the line that was waited for. */
  readonly readyMs: number;
  /** The line that was waited for. */
  readonly line: string;
  stop(): Promise<void>;
}

/** Starts a process and resolves when a line of its output matches. @throws Error when it ends before that */
export function background(
  command: string,
  args: readonly string[],
  ready: RegExp,
  env = process.env,
): Promise<Background> {
  const started = performance.now();
  const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "pipe"] });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
  };
  return new Promise((resolve, reject) => {
    let seen = "";
    const look = (chunk: Buffer) => {
      seen += chunk.toString("utf8");
      const line = seen.split("\n").find((candidate) => ready.test(candidate));
      if (line !== undefined) resolve({ child, readyMs: performance.now() - started, line, stop });
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${command} ended with ${code}: ${seen}`)));
  });
}
