import { CommandIo } from "../command-io";
import { start } from "./start";

/** `strongroom start [--keep]`. @returns as {@link start}; 2 for an unknown argument */
export async function startCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const unknown = args.filter((argument) => argument !== "--keep");
  if (unknown.length > 0) {
    io.err(`start: unknown argument ${unknown.join(" ")}; known: --keep`);
    return 2;
  }
  return start({ root: io.root, keep: args.includes("--keep") });
}
