import { writeFileSync } from "fs";
import { join } from "path";
import { parseArgs } from "util";
import { format, resolveConfig } from "prettier";
import { proveSubject, SubjectReport } from "./prove";
import { printedTable, renderPage, RunExtent, summaryLine } from "./report";
import { Subject } from "./subject";
import { subjects } from "./subjects";

const page = join(__dirname, "../docs/rotation-proof.md");

/**
 * Usage: `npm run prove:rotation [-- [--every N] [--cells A,B] [engine[/strategy]...]]`. Prints a table of cells and, for
 * all subjects, writes docs/rotation-proof.md. With `--every N` it interrupts each N-th call only and rotates 100/N times
 * in the login loop; with `--cells` it tries those only whose name holds one of the texts. Exit code 1 when something did
 * not hold, 2 for an unknown subject.
 */
async function main(args: readonly string[]): Promise<number> {
  const { every, only, wanted } = parsed(args);
  const chosen = subjects.filter(
    (subject) => wanted.length === 0 || wanted.some((name) => isNamed(subject, name)),
  );
  if (chosen.length === 0) {
    console.error(`no such subject; known: ${subjects.map(nameOf).join(", ")}`);
    return 2;
  }
  const reports: SubjectReport[] = [];
  const options = { sampling: { every }, loopRotations: Math.ceil(100 / every), only, onCell: logCell };
  for (const subject of chosen) reports.push(await proveSubject(subject, options));
  console.log(printedTable(reports));
  const violations = reports.flatMap((report) => report.cells.flatMap((cell) => cell.violations));
  for (const { invariant, where, what } of violations)
    console.log(`VIOLATED ${invariant}: ${where}: ${what}`);
  console.log(summaryLine(reports));
  if (wanted.length === 0) await writePage(reports, { every, only });
  return violations.length === 0 ? 0 : 1;
}

const nameOf = ({ engine, strategy }: Subject): string => `${engine}/${strategy}`;

function isNamed(subject: Subject, name: string): boolean {
  return name === subject.engine || name === nameOf(subject);
}

function logCell(
  subject: Subject,
  cell: { name: string; points: number; violations: readonly unknown[] },
): void {
  console.error(
    `${nameOf(subject)}: ${cell.name}: ${cell.points} points, ${cell.violations.length} violations`,
  );
}

function parsed(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { every: { type: "string", default: "1" }, cells: { type: "string" } },
    allowPositionals: true,
  });
  const every = Math.max(1, Math.floor(Number(values.every)) || 1);
  return { every, only: values.cells?.split(","), wanted: positionals };
}

async function writePage(reports: readonly SubjectReport[], run: RunExtent): Promise<void> {
  const options = { ...(await resolveConfig(page)), parser: "markdown" };
  writeFileSync(page, await format(renderPage(reports, run), options));
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
