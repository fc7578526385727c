import { Command, Option } from "commander";
import { CommandIo } from "../command-io";
import { parseCommandLine } from "../parse-command-line";

/** Frameworks an auditor asks for, as rules name them. */
export const frameworks = {
  "pci-dss": "PCI DSS",
  hipaa: "HIPAA",
  nist: "NIST SP 800-53",
} as const;

/** What `strongroom evidence` was asked for. */
export interface EvidenceOptions {
  readonly framework: keyof typeof frameworks;
  readonly stack?: string;
  /** @default the current folder */
  readonly cwd: string;
  /** A state file, instead of a stack. */
  readonly file?: string;
  readonly policyPack?: string;
  readonly policyConfig?: string;
  readonly waivers?: string;
  readonly baseline?: string;
  /** @default false: Markdown */
  readonly json: boolean;
  /** @default standard output */
  readonly output?: string;
}

/**
 * @returns undefined when only help was asked for, which is then written
 * @throws CommandFailure when the command line makes no sense
 */
export function parseEvidenceOptions(args: readonly string[], io: CommandIo): EvidenceOptions | undefined {
  const command = new Command("strongroom evidence")
    .description("Writes an auditor's report: each control of a framework, its rules, resources and verdict.")
    .addOption(
      new Option("--framework <name>", "the framework")
        .choices(Object.keys(frameworks))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("-s, --stack <name>", "deployed stack; default: the selected one").conflicts("file"),
    )
    .option("-C, --cwd <folder>", "folder of the project", ".")
    .option("--file <state>", "a file that pulumi stack export wrote, instead of a stack")
    .option("--policy-config <file>", "settings and levels of the rules, as pulumi takes them")
    .option("--waivers <file>", "default: strongroom-waivers.yaml beside the pack, if it is there")
    .option("--json", "data instead of Markdown", false)
    .option("--output <file>", "default: the terminal");
  return parseCommandLine(command, args, io) ? command.opts<EvidenceOptions>() : undefined;
}
