import { CommandFailure, CommandIo } from "../command-io";
import { parseCommandLine } from "../parse-command-line";
import { accessCommandLine } from "./access-command-line";

/**
 * `strongroom access`: who can read which secret, by the proof over the stacks' documents.
 *
 * @param args after `access`
 * @returns the exit code
 */
export async function accessCommand(args: readonly string[], io: CommandIo): Promise<number> {
  let work = async (): Promise<number> => 0;
  const command = accessCommandLine(io, (chosen) => void (work = chosen));
  try {
    parseCommandLine(command, args, io);
    return await work();
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    io.err(error.message);
    return 2;
  }
}
