import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { CommandIo } from "./command-io";

/**
 * Flags with which Node keeps the local cloud small: 140 MB instead of 240 with 10,000 secrets, at a twentieth of its speed.
 * V8 takes them only at the start of a process.
 */
const SMALL_HEAP = ["--max-semi-space-size=2", "--heap-growing-percent=90"] as const;

/** Arguments for `node` that start the local cloud of a checkout. */
export function cloudCommand(root: string, ...options: readonly string[]): readonly string[] {
  return [...SMALL_HEAP, join(root, "dist/cloud.js"), ...options];
}

/** `strongroom cloud`: the local cloud in a process of its own, until it or this one is ended. */
export async function runCloud(args: readonly string[], io: CommandIo): Promise<number> {
  const cloud = spawn(process.execPath, cloudCommand(io.root, ...args), { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => cloud.kill(signal));
  const [code] = (await once(cloud, "exit")) as [number | null];
  return code ?? 1;
}
