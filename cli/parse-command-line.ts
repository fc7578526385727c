import { Command, CommanderError } from "commander";
import { CommandFailure, CommandIo } from "./command-io";
import { oneLine } from "./one-line";

/**
 * Has a command take its arguments, and its subcommands with it.
 *
 * @param command named as it is called, such as `strongroom check`: the last word stands before every message
 * @returns false when only help was asked for, which is then written
 * @throws CommandFailure when the command line makes no sense
 */
export function parseCommandLine(command: Command, args: readonly string[], io: CommandIo): boolean {
  for (const one of [command, ...command.commands]) {
    one.exitOverride().configureOutput({ writeOut: io.out, writeErr: () => undefined });
  }
  try {
    command.parse([...args], { from: "user" });
    return true;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return false;
    // Without a subcommand commander would print the help and say nothing.
    const text = error.code === "commander.help" ? `give ${choices(command)}` : error.message;
    throw new CommandFailure(`${command.name().split(" ").at(-1)}: ${oneLine(text.replace(/^error: /, ""))}`);
  }
}

/** `check <secret> or status` */
function choices({ commands }: Command): string {
  const usages = commands.map((one) =>
    [
      one.name(),
      ...one.registeredArguments.filter(({ required }) => required).map((argument) => `<${argument.name()}>`),
    ].join(" "),
  );
  return [usages.slice(0, -1).join(", "), ...usages.slice(-1)].filter((part) => part !== "").join(" or ");
}
