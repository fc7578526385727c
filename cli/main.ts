#!/usr/bin/env node
import { join } from "node:path";
import { ensureEngine } from "../local/engine";
import { start } from "./start";

const USAGE = `usage: strongroom <command>

commands:
  start [--keep]   bring the environment \`local\` up on this machine and show what it does
                   --keep leaves it running and prints endpoint, credentials and examples
  engine           find or build the Pulumi engine, and print where it is
  help             print this text`;

/** The project's root: bundles live in dist/, sources in cli/. */
const ROOT = join(__dirname, "..");

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case "start": {
      const unknown = rest.filter((argument) => argument !== "--keep");
      if (unknown.length > 0) return fail(`start: unknown argument ${unknown.join(" ")}; known: --keep`);
      return start({ root: ROOT, keep: rest.includes("--keep") });
    }
    case "engine": {
      const { pulumi, version } = await ensureEngine({ log: (line) => console.error(line) });
      console.log(`Pulumi ${version}: ${pulumi}`);
      return 0;
    }
    case "help":
    case "--help":
      console.log(USAGE);
      return 0;
    default:
      return fail(command === undefined ? USAGE : `unknown command ${command}\n${USAGE}`);
  }
}

function fail(message: string): number {
  console.error(message);
  return 2;
}

// The engines field says which Node is supported; the SDK's reminder would stand in the middle of the report.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
