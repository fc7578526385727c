import { Command } from "commander";
import { CommandFailure, CommandIo } from "../command-io";
import { parseCommandLine } from "../parse-command-line";

/** What `strongroom rotation` was asked for. */
export type RotationOptions =
  | { readonly action: "check"; readonly secret: string; readonly region?: string; readonly json: boolean }
  | { readonly action: "status"; readonly region?: string; readonly json: boolean };

/**
 * @returns undefined when only help was asked for, which is then written
 * @throws CommandFailure when the command line makes no sense
 */
export function parseRotationOptions(args: readonly string[], io: CommandIo): RotationOptions | undefined {
  let chosen: RotationOptions | undefined;
  const command = new Command("strongroom rotation").description("Looks after the rotation of secrets.");
  const inherited = (sub: Command) =>
    sub.option("--region <region>", "default: AWS_REGION").option("--json", "data instead of a table", false);
  inherited(
    command
      .command("check <secret>")
      .description("Asks the secret's rotation function to try everything it needs, without a change."),
  ).action((secret: string, options) => void (chosen = { ...options, action: "check", secret }));
  inherited(
    command
      .command("status")
      .description("Lists the secrets that rotate: last, next, and which are stuck and why."),
  ).action((options) => void (chosen = { ...options, action: "status" }));
  if (!parseCommandLine(command, args, io)) return undefined;
  if (chosen?.action === "check" && chosen.secret.trim() === "")
    throw new CommandFailure("rotation: the secret's name is empty: give its name or ARN");
  return chosen;
}
