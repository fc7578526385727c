import { knownFaults } from "./fault-list";
import { Cell, SubjectReport } from "./prove";

/** Table of one run, for the terminal. */
export function printedTable(reports: readonly SubjectReport[]): string {
  const rows = reports.flatMap((report) =>
    report.isSkipped
      ? [[`${report.engine} ${report.strategy}`, "-", "-", "-", report.testedAgainst]]
      : report.cells.map((cell) => [
          `${report.engine} ${report.strategy}`,
          cell.name,
          String(cell.points),
          String(cell.violations.length),
          detailOf(cell),
        ]),
  );
  const head = ["subject", "cell", "points", "violations", "what"];
  return aligned([head, ...rows]);
}

/** One line an engine and strategy: points tried and violations, over all cells. */
export function summaryLine(reports: readonly SubjectReport[]): string {
  const cells = reports.flatMap((report) => report.cells);
  const points = sum(cells.map((cell) => cell.points));
  const violations = sum(cells.map((cell) => cell.violations.length));
  const skipped = reports.filter(({ isSkipped }) => isSkipped).length;
  const run = reports.length - skipped;
  return `${points} points on ${run} subjects (${skipped} not run): ${violations} violations`;
}

function detailOf(cell: Cell): string {
  const loop = cell as Cell & { logins?: number; absorbed?: number; refused?: number };
  return loop.logins === undefined
    ? cell.title
    : `${cell.title}: ${loop.logins} logins, ${loop.refused} refused, ${loop.absorbed} absorbed by a second read`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** How much of the proof was run. */
export interface RunExtent {
  /** Which calls were interrupted: each of them for 1. */
  readonly every: number;
  /** The cells that were tried. @default all */
  readonly only?: readonly string[];
}

/** The page docs/rotation-proof.md. */
export function renderPage(reports: readonly SubjectReport[], { every, only }: RunExtent): string {
  return [
    "# What the rotation functions are proved against",
    "",
    "Written by `npm run prove:rotation`. Each subject is an engine with a strategy, run as the function runs it: the same",
    "handler, strategy, driver and Secrets Manager client, against the server named here and the local cloud's Secrets",
    "Manager, which invokes the four steps and repeats what failed.",
    ...extentLines(every, only),
    "",
    "## Engine, strategy, tested against",
    "",
    ...markdownTable(
      ["engine", "strategy", "tested against", "points", "violations"],
      reports.map((report) => [
        report.engine,
        report.strategy,
        report.testedAgainst,
        String(sum(report.cells.map((cell) => cell.points))),
        String(sum(report.cells.map((cell) => cell.violations.length))),
      ]),
    ),
    "",
    ...invariantLines,
    "",
    "## Cells",
    "",
    ...cellTable(reports),
    "",
    ...legend(reports),
    "",
    "## Known failures of rotation functions, and where each is shown not to be ours",
    "",
    ...faultTable(),
    "",
  ].join("\n");
}

function extentLines(every: number, only: readonly string[] | undefined): string[] {
  if (every === 1 && only === undefined) return [];
  const parts = [
    ...(every === 1 ? [] : [`interrupted every ${every}th call`]),
    ...(only === undefined ? [] : [`tried the cells ${only.join(", ")} only`]),
  ];
  return ["", `This run was a part of it: it ${parts.join(" and ")}.`];
}

const invariantLines: readonly string[] = [
  "## What must hold",
  "",
  "- **agreement**: AWSCURRENT is the version that was to be made, and the server accepts it.",
  "- **reachable**: an application that reads AWSCURRENT logs in at every moment; for single-user and superuser-managed",
  "  strategies it reads AWSPENDING when AWSCURRENT is refused.",
  "- **equal rights**: two users have the same rights by the server's own catalogues.",
  "- **no orphan**: the server has no user, key or password that no version of the secret accounts for.",
  "- **nothing leaked**: no secret text in a log line, an error, or the server's log with statement logging on.",
  "- **ends**: the rotation succeeds when it is repeated, or is refused with the right code.",
  "",
  "A crash point is one external call (a request to Secrets Manager, a connection, a statement). Each is interrupted in four",
  "ways: the process stops before the call or after it took effect, or only the connection breaks, before or after. A call that",
  "needs no open connection also takes effect late, while the rotation is repeated. A key that is made so late that the",
  "last step could not see it must be gone at the end of the next rotation (F35).",
];

function cellTable(reports: readonly SubjectReport[]): string[] {
  const run = reports.filter(({ isSkipped }) => !isSkipped);
  const names = [...new Set(run.flatMap(({ cells }) => cells.map(({ name }) => name)))];
  const rows = run.map((report) => [
    `${report.engine} ${report.strategy}`,
    ...names.map((name) => {
      const cell = report.cells.find((candidate) => candidate.name === name);
      return cell ? `${cell.points} / ${cell.violations.length}` : "";
    }),
  ]);
  return ["Points tried / violations.", "", ...markdownTable(["subject", ...names], rows)];
}

function legend(reports: readonly SubjectReport[]): string[] {
  const cells = reports.flatMap((report) => report.cells);
  const titles = new Map(cells.map((cell) => [cell.name, cell.title]));
  return markdownTable(["cell", "what is done"], [...titles.entries()]);
}

function faultTable(): string[] {
  const rows = knownFaults.map(({ id, what, cells = [], tests = [] }) => {
    const places = [...cells.map((cell) => `cell ${cell}`), ...tests.map((test) => `\`test/${test}\``)];
    return [id, what, places.join(", ") || "not shown: it needs AWS"];
  });
  return markdownTable(["", "failure", "shown by"], rows);
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
