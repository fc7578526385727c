import { Severity } from "@pulumi/policy";
import { Command, InvalidArgumentError, Option } from "commander";
import { CommandFailure, CommandIo } from "../command-io";
import { parseCommandLine } from "../parse-command-line";
import { severities } from "./finding";
import { Format, formats } from "./formats";

/** What `strongroom check` was asked for. */
export interface CheckOptions {
  readonly stack?: string;
  /** @default the current folder */
  readonly cwd: string;
  /** A state file, instead of a preview. */
  readonly file?: string;
  /** An event log of a preview that has already run. */
  readonly eventLog?: string;
  /** Judge what is deployed, instead of a preview. */
  readonly deployed: boolean;
  readonly policyPack?: string;
  readonly policyConfig?: string;
  readonly waivers?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  /** @default low: any mandatory finding */
  readonly failOn: Severity;
  /** What is written where; standard output where there is no file. */
  readonly outputs: readonly { readonly format: Format; readonly file?: string }[];
}

const usage = `
Exit code: 0 nothing at or above the threshold, 1 mandatory findings, 2 the check could not be made.

Examples:
  strongroom check --stack organization/orders/dev
  strongroom check --format table,sarif,markdown --output - check.sarif check.md
  strongroom check --file state.json --fail-on high
  strongroom check --event-log events.json --output junit.xml`;

/**
 * @returns undefined when only help was asked for, which is then written
 * @throws CommandFailure with every mistake of the command line
 */
export function parseCheckOptions(args: readonly string[], io: CommandIo): CheckOptions | undefined {
  const command = checkCommandLine();
  if (!parseCommandLine(command, args, io)) return undefined;
  const given = command.opts<Given>();
  refuseTwoSources(given);
  const { format, output, ...rest } = given;
  return { ...rest, outputs: pairs(format, output) };
}

interface Given extends Omit<CheckOptions, "outputs"> {
  readonly format?: readonly Format[];
  readonly output?: readonly string[];
}

function checkCommandLine(): Command {
  return new Command("strongroom check")
    .description("Judges a preview, a stack or a state file by the policy pack, and reports the findings.")
    .option("-s, --stack <name>", "stack to preview; default: the selected one")
    .option("-C, --cwd <folder>", "folder of the project", ".")
    .option("--deployed", "judge what is deployed in the stack, instead of a preview", false)
    .option("--file <state>", "judge a file that pulumi stack export wrote")
    .option("--event-log <file>", "judge the event log of a preview that has already run")
    .option("--policy-pack <folder>", "default: the pack of this project")
    .option("--policy-config <file>", "settings and levels of the rules, as pulumi takes them")
    .option("--waivers <file>", "default: strongroom-waivers.yaml beside the pack, if it is there")
    .option("--baseline <file>", "default: strongroom-baseline.json beside the pack, if it is there")
    .option("--write-baseline <file>", "write the present findings as the baseline")
    .addOption(
      new Option("--fail-on <severity>", "the mildest that fails").choices(severities).default("low"),
    )
    .option("--format <list>", `of ${Object.keys(formats).join(", ")}; default: table`, formatList)
    .option(
      "--output <file...>",
      "a file for each format, - for the terminal; alone, the ending says the format",
    )
    .addHelpText("after", usage);
}

function formatList(text: string): readonly Format[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !(name in formats));
  if (unknown.length > 0) {
    throw new InvalidArgumentError(
      `unknown ${unknown.join(", ")}; known: ${Object.keys(formats).join(", ")}.`,
    );
  }
  return names as Format[];
}

function pairs(names: readonly Format[] | undefined, files: readonly string[] = []): CheckOptions["outputs"] {
  if (names === undefined)
    return [{ format: "table" }, ...files.map((file) => ({ format: formatOf(file), file }))];
  if (files.length > names.length) {
    throw new CommandFailure(
      `check: ${files.length} outputs for ${names.length} formats; give each one its format`,
    );
  }
  const outputs = names.map((format, index) => {
    const file = files[index];
    return file === undefined || file === "-" ? { format } : { format, file };
  });
  if (outputs.filter(({ file }) => file === undefined).length > 1) {
    throw new CommandFailure(
      "check: only one format can go to the terminal; give the others an --output file",
    );
  }
  return outputs;
}

function formatOf(file: string): Format {
  const found = (Object.keys(formats) as Format[]).find((name) =>
    formats[name].endings.some((ending) => file.endsWith(ending)),
  );
  if (found !== undefined) return found;
  throw new CommandFailure(`check: the ending of ${file} says no format; add --format`);
}

function refuseTwoSources({ file, eventLog, deployed, stack }: Given): void {
  const sources = [
    file !== undefined && "--file",
    eventLog !== undefined && "--event-log",
    deployed && "--deployed",
  ];
  const named = sources.filter((one) => one !== false);
  if (named.length > 1) throw new CommandFailure(`check: ${named.join(" and ")} exclude each other`);
  if (stack !== undefined && (file !== undefined || eventLog !== undefined)) {
    throw new CommandFailure(`check: --stack and ${named[0]} exclude each other`);
  }
}
