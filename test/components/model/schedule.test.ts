import { strict as assert } from "assert";
import { parseSchedule, scheduleFault } from "../../../components/model";

describe("schedules", () => {
  const sound = [
    "rate(4 hours)",
    "rate(1 day)",
    "rate(999 days)",
    "cron(0 8 1 * ? *)",
    "cron(0 0/4 * * ? *)",
    "cron(0 8-20/6 ? JAN,jul MON-FRI *)",
    "cron(0 23 L * ? *)",
    "cron(0 23 15W * ? *)",
    "cron(0 3 ? * 6L *)",
    "cron(0 3 ? * FRI#2 *)",
    "cron(0 3 29 2 ? *)",
    "cron(0 3 */7 * ? *)",
  ];
  for (const text of sound)
    it(`takes ${text}`, () => {
      const reading = parseSchedule(text);
      assert.ok(reading.kind === "schedule", JSON.stringify(reading));
      assert.equal(scheduleFault(reading.schedule), undefined);
    });

  const minute = "0 as the minute of a cron schedule";
  const hours = "hours 0 to 23 with , - * / as the second cron field";
  const days =
    "one of day of month (1 to 31, L, W) and day of week (1 to 7, SUN to SAT, L, #), ? as the other";
  const rate = "a rate of 4 hours to 999 days, such as rate(30 days)";
  const unsound: readonly (readonly [text: string, expected: string])[] = [
    ["", "rate(...) or cron(...)"],
    ["every 30 days", "rate(...) or cron(...)"],
    ["rate(3 hours)", rate],
    ["rate(1000 days)", rate],
    ["rate(30)", rate],
    ["rate(-4 hours)", rate],
    ["rate(240 minutes)", rate],
    ["cron(0 8 1 * ?)", "six cron fields: minute, hour, day of month, month, day of week, year"],
    ["cron(30 8 1 * ? *)", minute],
    ["cron(* 8 1 * ? *)", minute],
    ["cron(0 8 1 * ? 2027)", "* as the year of a cron schedule"],
    ["cron(0 24 1 * ? *)", hours],
    ["cron(0 20-4 1 * ? *)", hours],
    ["cron(0 0/0 1 * ? *)", hours],
    ["cron(0 ? 1 * ? *)", hours],
    ["cron(0 8 1 13 ? *)", "months 1 to 12 or JAN to DEC with , - * / as the fourth cron field"],
    ["cron(0 8 1 * MON *)", days],
    ["cron(0 8 ? * ? *)", days],
    ["cron(0 8 * * * *)", days],
    ["cron(0 8 0 * ? *)", days],
    ["cron(0 8 32 * ? *)", days],
    ["cron(0 8 LW * ? *)", days],
    ["cron(0 8 ? * 8 *)", days],
    ["cron(0 8 ? * 2#6 *)", days],
  ];
  for (const [text, expected] of unsound)
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseSchedule(text), { kind: "fault", expected });
    });

  const unkeepable: readonly (readonly [text: string, fault: string])[] = [
    ["cron(0 3 31 2 ? *)", "a schedule that fires"],
    ["cron(0 3 30 FEB ? *)", "a schedule that fires"],
    ["cron(0 3 31W 4,6,9,11 ? *)", "a schedule that fires"],
    ["cron(0 * * * ? *)", "at least 4 hours between two runs (these are 1 apart at times)"],
    ["cron(0 0/5 * * ? *)", undefined as never],
    ["cron(0 1,23 * * ? *)", "at least 4 hours between two runs (these are 2 apart at times)"],
    ["cron(0 1,23 L * ? *)", undefined as never],
  ];
  for (const [text, expected] of unkeepable)
    it(`says of ${text}: ${expected ?? "nothing"}`, () => {
      const reading = parseSchedule(text);
      assert.ok(reading.kind === "schedule");
      assert.equal(scheduleFault(reading.schedule), expected);
    });
});
