import { strict as assert } from "assert";
import * as fc from "fast-check";
import { parseSchedule, worstGapHours } from "../../components/model";
import { nextWindow, readSchedule } from "../../local/cloud/secrets-manager/schedule";
import { cadence } from "../../policies/facts/rotation/schedule";

const dayMs = 24 * 3_600_000;

const numbers = (min: number, max: number) =>
  fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 3 }).map((values) => values.join(","));

const days = fc.oneof(
  fc
    .oneof(numbers(1, 31), fc.constantFrom("L", "LW", "1W", "15W", "31W", "1/10", "10-20"))
    .map((day) => [day, "?"]),
  fc
    .oneof(numbers(1, 7), fc.constantFrom("MON-FRI", "2#1", "6#5", "SUN#3", "6L", "2L"))
    .map((day) => ["?", day]),
);

/** Expressions as Secrets Manager takes them: minute 0, every year. */
const expressions = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 23 }).map(String), fc.constantFrom("0/8", "2,14")),
    days,
    fc.oneof(fc.constant("*"), numbers(1, 12), fc.constantFrom("1/3", "JAN-JUN")),
  )
  .map(([hour, [dayOfMonth, dayOfWeek], month]) => `cron(0 ${hour} ${dayOfMonth} ${month} ${dayOfWeek} *)`);

describe("the parts agree on schedules", () => {
  it("the pack's worst gap is the components'", () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        const reading = parseSchedule(expression);
        // The components may be stricter: `LW` is no form that Secrets Manager documents.
        fc.pre(reading.kind === "schedule");
        if (reading.kind !== "schedule") return;
        const hours = worstGapHours(reading.schedule);
        const expected =
          hours === Infinity ? { kind: "never" } : { kind: "fires", worstGapMinutes: hours * 60 };
        assert.deepEqual(cadence(expression), expected, expression);
      }),
      { numRuns: 100 },
    );
  });

  it("the local cloud never waits longer than the pack's worst gap, and reaches it within a cycle of years", () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        const schedule = readSchedule({ ScheduleExpression: expression }, Date.UTC(2026, 0, 1));
        const pack = cadence(expression);
        if (schedule === undefined || "problem" in schedule) {
          assert.equal(pack.kind, "never", `${expression}: ${JSON.stringify(schedule)}`);
          return;
        }
        assert.equal(pack.kind, "fires", expression);
        if (pack.kind !== "fires") return;
        let worst = 0;
        // Twenty-eight years hold every pairing of weekdays and leap years of this century.
        const end = Date.UTC(2026 + 29, 0, 1);
        let last = nextWindow(schedule, Date.UTC(2026, 0, 1))?.startsAt ?? end;
        while (last < end) {
          const next = nextWindow(schedule, last)?.startsAt ?? end;
          worst = Math.max(worst, next - last);
          last = next;
        }
        assert.ok(worst <= pack.worstGapMinutes * 60_000, expression);
        const rare = pack.worstGapMinutes * 60_000 > 366 * dayMs;
        assert.ok(rare || worst === pack.worstGapMinutes * 60_000, expression);
      }),
      { numRuns: 25 },
    );
  });

  for (const rate of ["rate(4 hours)", "rate(1 day)", "rate(30 days)", "rate(999 days)"]) {
    it(rate, () => {
      const reading = parseSchedule(rate);
      assert.equal(reading.kind, "schedule");
      if (reading.kind !== "schedule") return;
      const minutes = worstGapHours(reading.schedule) * 60;
      assert.deepEqual(cadence(rate), { kind: "fires", worstGapMinutes: minutes });
    });
  }

  for (const refused of [
    "rate(0 days)",
    "rate(1 week)",
    "cron(0 4 1 * * *)",
    "cron(0 24 1 * ? *)",
    "monthly",
  ]) {
    it(`${refused} is no schedule for any of them`, () => {
      assert.equal(parseSchedule(refused).kind, "fault");
      assert.equal(cadence(refused).kind, "invalid");
      const cloud = readSchedule({ ScheduleExpression: refused }, 0);
      assert.ok(cloud !== undefined && "problem" in cloud);
    });
  }
});
