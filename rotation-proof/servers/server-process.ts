import { ChildProcess, spawn, spawnSync } from "child_process";
import { mkdtempSync, rmSync } from "fs";
import { connect, createServer } from "net";
import { tmpdir } from "os";
import * as path from "path";
import { Unavailable } from "../subject";

export interface ServerProcessOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly port: number;
  /** @default "SIGTERM" */
  readonly stopSignal?: NodeJS.Signals;
  /** Milliseconds until the port must answer. @default 10000 */
  readonly startMs?: number;
}

/** A server program that this process started, and what it wrote. */
export interface ServerProcess {
  readonly port: number;
  /** Standard output and error so far. */
  output(): string;
  /** What it wrote since this was last called. */
  newOutput(): string;
  stop(): Promise<void>;
}

/** Starts a server and waits until its port answers. It ends with this process at the latest. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { program, args, port, stopSignal = "SIGTERM", startMs = 10000 } = options;
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const chunks: string[] = [];
  let taken = 0;
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => void chunks.push(String(chunk)));
  const output = () => chunks.join("");
  const newOutput = () => {
    const from = taken;
    taken = chunks.length;
    return chunks.slice(from).join("");
  };
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.once("error", () => undefined);
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async () => {
    process.removeListener("exit", kill);
    child.kill(stopSignal);
    const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
    await ended;
    clearTimeout(timer);
  };
  try {
    await untilAnswers(child, port, startMs);
  } catch (error) {
    child.kill("SIGKILL");
    throw new Error(`${program}: ${(error as Error).message}\n${output()}`);
  }
  return { port, output, newOutput, stop };
}

async function untilAnswers(child: ChildProcess, port: number, startMs: number): Promise<void> {
  const deadline = Date.now() + startMs;
  while (!(await answers(port))) {
    if (child.exitCode !== null || child.pid === undefined) throw new Error("ended at once");
    if (Date.now() > deadline) throw new Error(`port ${port} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => done(true));
    socket.once("error", () => done(false));
  });
}

/** A port of 127.0.0.1 that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** A folder of its own below the system's temporary one, and how to remove it. */
export function temporaryFolder(name: string): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), `strongroom-${name}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.once("exit", remove);
  return {
    folder,
    remove: () => {
      process.removeListener("exit", remove);
      remove();
    },
  };
}

/**
 * The path of an installed program; Debian keeps servers outside an ordinary user's PATH.
 *
 * @throws Unavailable
 */
export function installedProgram(name: string, debianPackage: string): string {
  const places = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/usr/local/sbin"];
  const found = places
    .map((place) => path.join(place, name))
    .find((file) => spawnSync("test", ["-x", file]).status === 0);
  if (!found) throw new Unavailable(`${name} is not installed (Debian: apt-get install ${debianPackage})`);
  return found;
}
