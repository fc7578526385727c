import { strict as assert } from "assert";
import { printedTable, renderPage, summaryLine } from "../../rotation-proof/report";
import { SubjectReport } from "../../rotation-proof/prove";

const violation = {
  invariant: "reachable",
  where: "stop-after call 3 (connect)",
  what: "AWSCURRENT is refused",
} as const;

const reports: readonly SubjectReport[] = [
  {
    ...{ engine: "postgres", strategy: "single-user", testedAgainst: "PostgreSQL 18.4", isSkipped: false },
    cells: [
      { name: "F10/F11 first", title: "interrupted", points: 130, violations: [] },
      { name: "F5", title: "throttled", points: 52, violations: [violation] },
    ],
  },
  {
    ...{ engine: "oracle", strategy: "dual-password", testedAgainst: "not run: no server", isSkipped: true },
    cells: [],
  },
];

describe("the report of the rotation proof", () => {
  it("prints a line a cell and one for what was not run", () => {
    assert.deepEqual(printedTable(reports).split("\n"), [
      "subject               cell           points  violations  what",
      "postgres single-user  F10/F11 first  130     0           interrupted",
      "postgres single-user  F5             52      1           throttled",
      "oracle dual-password  -              -       -           not run: no server",
    ]);
    assert.equal(summaryLine(reports), "182 points on 1 subjects (1 not run): 1 violations");
  });

  it("writes a page with the table of engine, strategy and what it was tested against", () => {
    const lines = renderPage(reports, { every: 1 }).split("\n");
    for (const line of [
      "| engine | strategy | tested against | points | violations |",
      "| postgres | single-user | PostgreSQL 18.4 | 182 | 1 |",
      "| oracle | dual-password | not run: no server | 0 | 0 |",
      "| subject | F10/F11 first | F5 |",
      "| postgres single-user | 130 / 0 | 52 / 1 |",
      "| F5 | throttled |",
    ]) {
      assert.ok(lines.includes(line), `${line} in\n${lines.join("\n")}`);
    }
    assert.equal(
      lines.some((line) => line.includes("--every")),
      false,
    );
    const part = renderPage(reports, { every: 7, only: ["F5"] });
    assert.ok(part.includes("it interrupted every 7th call and tried the cells F5 only."), part);
  });
});
