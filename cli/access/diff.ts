import { resolve } from "node:path";
import { readState, StateResource } from "../check/exported-state";
import { CommandFailure, CommandIo } from "../command-io";
import { estateOf, organizationFrom } from "./estate";
import { ReaderRow, readerRows, standingText, whenText } from "./reader-rows";
import { deployed, deployedAndPreviewed, requireSource, Sources, withPreviewFile } from "./sources";

/** What `strongroom access diff` was asked for. */
export interface DiffOptions extends Sources {
  readonly policyConfig?: string;
  /** A file of `pulumi preview --json` to lay over the files, instead of previewing the stacks. */
  readonly previewFile?: string;
  /** State files to compare with, instead of a preview. */
  readonly after: readonly string[];
  readonly json: boolean;
}

/** What a change means for the readers of secrets. */
export interface AccessDifference {
  readonly added: readonly ReaderRow[];
  readonly removed: readonly ReaderRow[];
  /** Under other conditions than before, or in other Regions. */
  readonly changed: readonly { readonly before: ReaderRow; readonly after: ReaderRow }[];
}

/** `strongroom access diff`: who could read, and who can after. @returns 1 when somebody new can read, else 0 */
export async function diff(options: DiffOptions, io: CommandIo): Promise<number> {
  requireSource(options);
  const organization = organizationFrom(options.policyConfig, io);
  const { before, after } = await sides(options, io);
  const [rowsBefore, rowsAfter] = await Promise.all(
    [before, after].map(async (states) => {
      const estate = await estateOf(states, organization);
      return readerRows(estate, estate.world.secrets);
    }),
  );
  const difference = differenceOf(rowsBefore!, rowsAfter!);
  if (options.json) io.out(`${JSON.stringify(difference, null, 2)}\n`);
  else io.out(text(difference));
  return difference.added.length === 0 ? 0 : 1;
}

async function sides(
  options: DiffOptions,
  io: CommandIo,
): Promise<{
  readonly before: readonly StateResource[];
  readonly after: readonly StateResource[];
}> {
  const { after, previewFile } = options;
  if (after.length > 0) {
    const states = after.flatMap((file) => readState(resolve(io.cwd, file), file).resources);
    return { before: await deployed(options, io), after: states };
  }
  if (previewFile !== undefined) {
    const before = await deployed(options, io);
    return { before, after: withPreviewFile(before, previewFile, io) };
  }
  if (options.stack.length === 0) {
    throw new CommandFailure("access diff: with --file give --preview-file or --after to compare with");
  }
  return deployedAndPreviewed(options, io);
}

/** Compares the readers of secrets that have the same name. */
export function differenceOf(before: readonly ReaderRow[], after: readonly ReaderRow[]): AccessDifference {
  const old = new Map(before.map((row) => [idOf(row), row]));
  const now = new Map(after.map((row) => [idOf(row), row]));
  return {
    added: after.filter((row) => !old.has(idOf(row))),
    removed: before.filter((row) => !now.has(idOf(row))),
    changed: after.flatMap((row) => {
      const earlier = old.get(idOf(row));
      return earlier === undefined || whenText(earlier) === whenText(row)
        ? []
        : [{ before: earlier, after: row }];
    }),
  };
}

const idOf = ({ secret, key }: ReaderRow): string => `${secret}\n${key}`;

function text({ added, removed, changed }: AccessDifference): string {
  const lines = [
    ...added.map((row) => `+ ${line(row)}${row.call === undefined ? "" : `\n    such as ${row.call}`}`),
    ...removed.map((row) => `- ${line(row)}`),
    ...changed.flatMap((one) => [
      `~ ${one.after.secret}: ${one.after.reader}`,
      `    before: ${whenText(one.before)}`,
      `    after:  ${whenText(one.after)}`,
    ]),
  ];
  return lines.length === 0 ? "no difference in who can read\n" : `${lines.join("\n")}\n`;
}

function line(row: ReaderRow): string {
  const standing = standingText(row);
  return `${row.secret}: ${row.reader} in ${row.regions.join(" and ")}, ${whenText(row)}${standing === "" ? "" : ` (${standing})`}`;
}
