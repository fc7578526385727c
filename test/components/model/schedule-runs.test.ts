import { strict as assert } from "assert";
import * as fc from "fast-check";
import { nextRuns, parseSchedule, runGapsHours, Schedule, worstGapHours } from "../../../components/model";

function scheduleOf(text: string): Schedule {
  const reading = parseSchedule(text);
  assert.ok(reading.kind === "schedule", text);
  return reading.schedule;
}

function first(count: number, text: string, from: string): readonly string[] {
  const runs: string[] = [];
  for (const run of nextRuns(scheduleOf(text), Date.parse(from))) {
    runs.push(new Date(run).toISOString().slice(0, 13));
    if (runs.length === count) break;
  }
  return runs;
}

describe("runs of a schedule", () => {
  const runs: readonly (readonly [text: string, from: string, expected: readonly string[]])[] = [
    ["rate(12 hours)", "2026-01-01T05:00:00Z", ["2026-01-01T17", "2026-01-02T05"]],
    ["cron(0 3 1 * ? *)", "2026-01-01T03:00:00Z", ["2026-02-01T03", "2026-03-01T03"]],
    ["cron(0 3 1 * ? *)", "2026-01-01T02:59:59Z", ["2026-01-01T03", "2026-02-01T03"]],
    ["cron(0 3 29 2 ? *)", "2096-03-01T00:00:00Z", ["2104-02-29T03", "2108-02-29T03"]], // 2100 is no leap year
    ["cron(0 3 L * ? *)", "2026-02-01T00:00:00Z", ["2026-02-28T03", "2026-03-31T03"]],
    ["cron(0 3 1W * ? *)", "2026-08-01T00:00:00Z", ["2026-08-03T03", "2026-09-01T03"]], // 1 August 2026: Saturday
    ["cron(0 3 15W * ? *)", "2026-03-01T00:00:00Z", ["2026-03-16T03", "2026-04-15T03"]], // 15 March: Sunday
    ["cron(0 3 28W 2 ? *)", "2026-01-01T00:00:00Z", ["2026-02-27T03", "2027-02-26T03"]], // Saturday; last, Sunday
    ["cron(0 3 ? * MON#1 *)", "2026-01-01T00:00:00Z", ["2026-01-05T03", "2026-02-02T03"]],
    ["cron(0 3 ? * 6L *)", "2026-01-01T00:00:00Z", ["2026-01-30T03", "2026-02-27T03"]],
    ["cron(0 3 ? * L *)", "2026-01-01T00:00:00Z", ["2026-01-03T03", "2026-01-10T03"]], // L: Saturday
    ["cron(0 3 ? * SUN#5 *)", "2026-01-01T00:00:00Z", ["2026-03-29T03", "2026-05-31T03"]],
    ["cron(0 3 31 2 ? *)", "2026-01-01T00:00:00Z", []],
  ];
  for (const [text, from, expected] of runs)
    it(`${text} after ${from}`, () => {
      assert.deepEqual(first(2, text, from), expected);
    });

  const gaps: readonly (readonly [text: string, shortest: number, longest: number])[] = [
    ["rate(30 days)", 720, 720],
    ["cron(0 3 1 * ? *)", 28 * 24, 31 * 24],
    ["cron(0 3 31 * ? *)", 31 * 24, 61 * 24],
    ["cron(0 3 ? * SUN *)", 168, 168],
    ["cron(0 3 ? * MON-FRI *)", 24, 72],
    ["cron(0 0/8 * * ? *)", 8, 8],
    ["cron(0 8,20 1,15 * ? *)", 12, (31 - 14) * 24 - 12],
    ["cron(0 3 29 2 ? *)", (4 * 365 + 1) * 24, (8 * 365 + 1) * 24],
    ["cron(0 3 ? JAN MON#1 *)", 364 * 24, 371 * 24],
  ];
  for (const [text, shortest, longest] of gaps)
    it(`${text}: ${shortest} to ${longest} hours apart`, () => {
      assert.deepEqual(runGapsHours(scheduleOf(text)), { shortest, longest });
    });

  it("counts the window, in which a run may start late, and never as infinite", () => {
    assert.equal(worstGapHours(scheduleOf("cron(0 3 1 * ? *)"), 4), 31 * 24 + 4);
    assert.equal(worstGapHours({ kind: "days", days: 30 }), 720);
    assert.equal(worstGapHours(scheduleOf("cron(0 3 31 2 ? *)")), Infinity);
  });

  it("finds no two runs that are further apart than it says", () => {
    fc.assert(
      fc.property(
        cronText,
        fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
        (text, from) => {
          const schedule = scheduleOf(text);
          const said = runGapsHours(schedule);
          if (said === undefined) return assert.deepEqual(first(1, text, from.toISOString()), []);
          let previous: number | undefined;
          let count = 0;
          for (const run of nextRuns(schedule, from.getTime())) {
            const gap = previous === undefined ? said.longest : (run - previous) / 3_600_000;
            assert.ok(gap >= said.shortest && gap <= said.longest, `${text}: ${gap}`);
            previous = run;
            if (++count === 40) break;
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

const day = fc.integer({ min: 1, max: 31 });
const weekday = fc.integer({ min: 1, max: 7 });
const days = fc.oneof(
  day.map((n) => `${n} * ?`),
  fc.tuple(day, fc.integer({ min: 1, max: 12 })).map(([n, month]) => `${n} ${month} ?`),
  day.map((n) => `${n}W * ?`),
  fc.constant("L * ?"),
  weekday.map((n) => `? * ${n}`),
  weekday.map((n) => `? * ${n}L`),
  fc.tuple(weekday, fc.integer({ min: 1, max: 5 })).map(([n, k]) => `? * ${n}#${k}`),
);
const cronText = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 3 }), days)
  .map(([hours, selection]) => `cron(0 ${hours.join(",")} ${selection} *)`);
