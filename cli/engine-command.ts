import { ensureEngine } from "../local/engine";
import { CommandIo } from "./command-io";

/** `strongroom engine`: finds or builds the Pulumi engine and prints where it is. @throws EngineError */
export async function engineCommand(args: readonly string[], io: CommandIo): Promise<number> {
  if (args.length > 0) {
    io.err(`engine: unknown argument ${args.join(" ")}; it takes none`);
    return 2;
  }
  const { pulumi, version } = await ensureEngine({ log: io.err });
  io.out(`Pulumi ${version}: ${pulumi}\n`);
  return 0;
}
