import { ReaderRow, standingText, whenText } from "./reader-rows";

const heads = ["secret", "reader", "Regions", "when", "declared"] as const;

/** Longest cell of a table; longer ones go on in the next line. */
const WIDEST = 60;

/** A table for the terminal. */
export function asTable(rows: readonly ReaderRow[], open: readonly string[]): string {
  const cells = rows.map((row, index) => [
    rows[index - 1]?.secret === row.secret ? "" : row.secret,
    row.reader,
    row.regions.join(" "),
    whenText(row),
    standingText(row),
  ]);
  const widths = heads.map((head, column) =>
    Math.min(WIDEST, Math.max(head.length, ...cells.map((row) => row[column]!.length))),
  );
  const line = (row: readonly string[]) => lines(row, widths).join("\n");
  const notes = open.map((note) => `cannot tell: ${note}`);
  return `${[line(heads), line(widths.map((width) => "-".repeat(width))), ...cells.map(line), ...notes].join("\n")}\n`;
}

/** One row of a table as lines: long cells are wrapped. */
function lines(row: readonly string[], widths: readonly number[]): readonly string[] {
  const wrapped = row.map((cell, column) => wrap(cell, widths[column]!));
  const height = Math.max(...wrapped.map((cell) => cell.length));
  return Array.from({ length: height }, (_, index) =>
    wrapped
      .map((cell, column) => (cell[index] ?? "").padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}

function wrap(text: string, width: number): readonly string[] {
  const result: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      result.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
    while (line.length > width) {
      result.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  return [...result, line];
}

/** A table for a pull request. */
export function asMarkdown(rows: readonly ReaderRow[], open: readonly string[]): string {
  const cell = (text: string) => text.replace(/\|/g, "\\|").replace(/</g, "&lt;");
  const body = rows.map((row) =>
    [row.secret, row.reader, row.regions.join(", "), whenText(row), standingText(row)].map(cell).join(" | "),
  );
  const notes = open.map((note) => `\nCannot tell: ${cell(note)}`);
  return `${[`| ${heads.join(" | ")} |`, `|${" --- |".repeat(heads.length)}`, ...body.map((row) => `| ${row} |`), ...notes].join("\n")}\n`;
}

/** For scripts. */
export function asJson(rows: readonly ReaderRow[], open: readonly string[]): string {
  return `${JSON.stringify({ readers: rows, cannotTell: open }, null, 2)}\n`;
}

/** Settings of the rule that refuses new readers, for the pack's configuration. */
export function asBaseline(rows: readonly ReaderRow[]): string {
  const baseline: Record<string, string[]> = {};
  for (const { secret, key, call } of rows) {
    if (call !== undefined) baseline[secret] = [...(baseline[secret] ?? []), key].sort();
  }
  return `${JSON.stringify({ "secret-no-new-readers": { baseline } }, null, 2)}\n`;
}
