#!/usr/bin/env node
import { join } from "node:path";
import { accessCommand } from "./access";
import { checkCommand } from "./check";
import { runCloud } from "./cloud-command";
import { CommandIo, processIo } from "./command-io";
import { engineCommand } from "./engine-command";
import { evidenceCommand } from "./evidence";
import { rotationCommand } from "./rotation";
import { startCommand } from "./start";

const USAGE = `usage: strongroom <command> [--help]

The platform on this machine:
  start [--keep]   bring the environment \`local\` up and show what it does
                   --keep leaves it running and prints endpoint, credentials and examples
  cloud            the local cloud alone, for any project's own tests
  engine           find or build the Pulumi engine, and print where it is

A stack, local or on AWS:
  check            judge a preview, a stack or a state by the policy pack: table, SARIF, JUnit, Markdown, JSON
  access           who can read which secret: list, explain, diff, map
  evidence         an auditor's report on a deployed stack
  rotation         status of all rotations; check what one of them needs
`;

/** Takes what stands after its name; answers with the exit code. */
type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  start: startCommand,
  cloud: runCloud,
  engine: engineCommand,
  check: checkCommand,
  access: accessCommand,
  evidence: evidenceCommand,
  rotation: rotationCommand,
};

async function main([name, ...args]: readonly string[]): Promise<number> {
  // Bundles live in dist/, sources in cli/.
  const io = processIo(join(__dirname, ".."));
  if (name === "help" || name === "--help") {
    io.out(USAGE);
    return 0;
  }
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name]! : undefined;
  if (command !== undefined) return command(args, io);
  io.err(name === undefined ? USAGE : `unknown command ${name}\n${USAGE}`);
  return 2;
}

// The engines field says which Node is supported; the SDK's reminder would stand in the middle of the report.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
