import { runbookOf } from "../../rotation-lambdas/rotation-log";
import { SecretCheck } from "./check-secret";
import { RotationStatus } from "./rotation-status";

/** The checks as a table, with the page to read for each that failed. */
export function checkTable({ secretArn, functionArn, strategy, checks }: SecretCheck): string {
  const rows = checks.map(({ name, result, detail, code }) => [
    { passed: "ok", failed: "FAILED", unknown: "-" }[result],
    name,
    code === undefined ? detail : `${detail} (see ${runbookOf(code)})`,
  ]);
  const failed = checks.filter(({ result }) => result === "failed").length;
  const verdict = failed === 0 ? "nothing stands in the way of a rotation" : `${failed} failed`;
  return `secret    ${secretArn}\nfunction  ${functionArn}\nstrategy  ${strategy}\n\n${table(rows)}\n${verdict}\n`;
}

/** One line a secret. */
export function statusTable(statuses: readonly RotationStatus[]): string {
  if (statuses.length === 0) return "no secret of this Region rotates\n";
  const head = ["SECRET", "STATE", "LAST", "NEXT", "WHY"];
  const rows = statuses.map(({ secret, state, last, next, why }) => [
    ...[secret, state, last ?? "-", next ?? "-", why ?? ""],
  ]);
  return table([head, ...rows]);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
