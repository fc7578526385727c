import { writeFileSync } from "fs";
import { join } from "path";
import { format, resolveConfig } from "prettier";
import { proveSubject, SubjectReport } from "./prove";
import { printedTable, renderPage, summaryLine } from "./report";
import { Subject } from "./subject";
import { subjects } from "./subjects";

const page = join(__dirname, "../docs/rotation-proof.md");

/**
 * Usage: `npm run prove:rotation [-- engine[/strategy]...]`. Prints a table of cells and, for all subjects, writes
 * docs/rotation-proof.md. Exit code 1 when something did not hold, 2 for an unknown subject.
 */
async function main(wanted: readonly string[]): Promise<number> {
  const chosen = subjects.filter(
    (subject) => wanted.length === 0 || wanted.some((name) => isNamed(subject, name)),
  );
  if (chosen.length === 0) {
    console.error(`no such subject; known: ${subjects.map(nameOf).join(", ")}`);
    return 2;
  }
  const reports: SubjectReport[] = [];
  for (const subject of chosen) reports.push(await proveSubject(subject, { onCell: logCell }));
  console.log(printedTable(reports));
  const violations = reports.flatMap((report) => report.cells.flatMap((cell) => cell.violations));
  for (const { invariant, where, what } of violations)
    console.log(`VIOLATED ${invariant}: ${where}: ${what}`);
  console.log(summaryLine(reports));
  if (wanted.length === 0) await writePage(reports);
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

async function writePage(reports: readonly SubjectReport[]): Promise<void> {
  const options = { ...(await resolveConfig(page)), parser: "markdown" };
  writeFileSync(page, await format(renderPage(reports), options));
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
