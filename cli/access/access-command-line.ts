import { Command } from "commander";
import { CommandIo } from "../command-io";
import { diff, DiffOptions } from "./diff";
import { explain, ExplainOptions } from "./explain";
import { list, ListOptions } from "./list";
import { map, MapOptions } from "./map";

/** Takes what was asked for, to be done once the whole command line is understood. */
type Choose = (work: () => Promise<number>) => void;

const examples = `
Several stacks, and state files, are taken together: the environment's with those of its applications.

Exit code: explain 0 allowed, 1 refused; diff 1 when somebody new can read; 2 when it could not be told.

Examples:
  strongroom access list --stack organization/strongroom/prod --stack ../orders=organization/orders/prod
  strongroom access list --file state.json --markdown
  strongroom access explain orders/database orders-service --file state.json --endpoint vpce-0a1b
  strongroom access diff --stack organization/strongroom/prod
  strongroom access map --file state.json --output access.html`;

/** The command line of `strongroom access` with its subcommands. */
export function accessCommandLine(io: CommandIo, choose: Choose): Command {
  const command = new Command("strongroom access")
    .description("Who can read which secret, by the documents of stacks or of their states.")
    .addHelpText("after", examples);
  for (const one of [listCommand, explainCommand, diffCommand, mapCommand]) {
    command.addCommand(withSources(one(io, choose)));
  }
  return command;
}

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

function withSources(command: Command): Command {
  return command
    .option(
      "-s, --stack <[folder=]name>",
      "a stack, and its project's folder when not --cwd; repeatable",
      collect,
      [],
    )
    .option("--file <state>", "a file that pulumi stack export wrote; repeatable", collect, [])
    .option("-C, --cwd <folder>", "folder of the project", ".")
    .option("--config-file <file>", "configuration of the stacks, for previews")
    .option("--policy-config <file>", "settings of the pack: what it is told of the organisation");
}

function listCommand(io: CommandIo, choose: Choose): Command {
  return new Command("list")
    .description("Lists everyone who can read each secret.")
    .argument("[secrets...]", "names; default: all")
    .option("--preview", "what an update would leave, instead of what is deployed", false)
    .option("--json", "for scripts", false)
    .option("--markdown", "for a pull request", false)
    .option("--baseline", "settings of the rule secret-no-new-readers", false)
    .action((names: string[], options: ListOptions) => choose(() => list(names, options, io)));
}

function explainCommand(io: CommandIo, choose: Choose): Command {
  return new Command("explain")
    .description("Replays one call, document by document.")
    .argument("<secret>", "name or ARN")
    .argument("<principal>", "ARN, name of a role or a user, host name of a service, or anonymous")
    .option(
      "--context <key=value>",
      "a condition key of the request, over what follows from the caller; repeatable",
      collect,
      [],
    )
    .option("--region <region>", "default: the primary Region")
    .option("--endpoint <id>", "VPC endpoint that the call comes through")
    .option("--operation <name>", "of Secrets Manager", "GetSecretValue")
    .option("--json", "for scripts", false)
    .action((secret: string, principal: string, options: ExplainOptions) =>
      choose(() => explain(secret, principal, options, io)),
    );
}

function diffCommand(io: CommandIo, choose: Choose): Command {
  return new Command("diff")
    .description("Compares who can read now with who can after an update.")
    .option("--preview-file <file>", "what pulumi preview --json wrote, instead of a preview")
    .option("--after <state>", "a state file to compare with, instead of a preview; repeatable", collect, [])
    .option("--json", "for scripts", false)
    .action((options: DiffOptions) => choose(() => diff(options, io)));
}

function mapCommand(io: CommandIo, choose: Choose): Command {
  return new Command("map")
    .description("Writes one HTML page with readers, secrets and the reasons.")
    .option("--preview", "what an update would leave, instead of what is deployed", false)
    .option("-o, --output <file>", "the page", "access.html")
    .action((options: MapOptions) => choose(() => map(options, io)));
}
