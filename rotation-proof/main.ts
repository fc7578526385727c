import { writeFileSync } from "fs";
import { join } from "path";
import { format, resolveConfig } from "prettier";
import { parsedRun, ProofRun, WrongUsage } from "./command-line";
import { SubjectReport } from "./prove";
import { printedTable, renderPage, summaryLine } from "./report";
import { proveSubjects } from "./run-subjects";
import { subjects } from "./subjects";

const page = join(__dirname, "../docs/rotation-proof.md");

/**
 * Usage: `npm run prove:rotation [-- [--every N] [--cells A,B] [--processes N] [--resume] [engine[/strategy]...]]`.
 * Prints a table of cells and, for all subjects, writes docs/rotation-proof.md; how far it is goes to standard error.
 *
 * - `--every N` interrupts each N-th call only, and rotates 100/N times in the login loop
 * - `--cells` tries those only that have one of the names, or a word of it, such as `F12,login`
 * - `--processes N` proves so many subjects at the same time; as many as the machine has cores unless it is given
 * - `--resume` takes over what the last run finished, when its options and the sources were the same
 *
 * Exit code 1 when something did not hold, 2 for a command line that cannot be understood.
 */
async function main(args: readonly string[]): Promise<number> {
  const run = parsedRun(args, subjects);
  const reports = await proveSubjects(run, (line) => console.error(line));
  console.log(printedTable(reports));
  const violations = reports.flatMap((report) => report.cells.flatMap((cell) => cell.violations));
  for (const { invariant, where, what } of violations)
    console.log(`VIOLATED ${invariant}: ${where}: ${what}`);
  console.log(summaryLine(reports));
  if (run.subjects === subjects) await writePage(reports, run);
  return violations.length === 0 ? 0 : 1;
}

async function writePage(reports: readonly SubjectReport[], run: ProofRun): Promise<void> {
  const options = { ...(await resolveConfig(page)), parser: "markdown" };
  writeFileSync(page, await format(renderPage(reports, run), options));
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof WrongUsage ? error.message : error);
    process.exit(error instanceof WrongUsage ? 2 : 1);
  },
);
