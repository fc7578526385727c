import { strict as assert } from "assert";
import { nextWindow, readSchedule } from "../../../../local/cloud/secrets-manager/schedule";
import { RotationRules } from "../../../../local/cloud/secrets-manager/secret";

/** Start and end of the first windows after an instant. */
function windows(rules: RotationRules, after: string, count: number): string[] {
  let at = Date.parse(after);
  const schedule = readSchedule(rules, at);
  assert.ok(schedule && !("problem" in schedule), JSON.stringify(schedule));
  return Array.from({ length: count }, () => {
    const { startsAt, endsAt } = nextWindow(schedule, at)!;
    at = startsAt;
    const text = (time: number) => new Date(time).toISOString().slice(0, 16);
    return `${text(startsAt)} ${text(endsAt).slice(11)}`;
  });
}

describe("rotation schedules", () => {
  const cases = [
    {
      name: "days",
      rules: { AutomaticallyAfterDays: 2 },
      expected: ["2026-03-03T00:00 23:59", "2026-03-05T00:00 23:59"],
    },
    {
      name: "rate in days with a window",
      rules: { ScheduleExpression: "rate(1 day)", Duration: "3h" },
      expected: ["2026-03-02T00:00 03:00", "2026-03-03T00:00 03:00"],
    },
    {
      name: "rate in hours",
      rules: { ScheduleExpression: "rate(6 hours)" },
      expected: ["2026-03-01T16:00 17:00", "2026-03-01T22:00 23:00"],
    },
    {
      name: "cron on days of the month",
      rules: { ScheduleExpression: "cron(0 16 1,15 * ? *)", Duration: "2h" },
      expected: ["2026-03-01T16:00 18:00", "2026-03-15T16:00 18:00"],
    },
    {
      name: "cron on weekdays",
      rules: { ScheduleExpression: "cron(0 8 ? * MON-FRI *)" },
      expected: ["2026-03-02T08:00 23:59", "2026-03-03T08:00 23:59"],
    },
    {
      name: "cron on the last day",
      rules: { ScheduleExpression: "cron(0 0 L * ? *)" },
      expected: ["2026-03-31T00:00 23:59", "2026-04-30T00:00 23:59"],
    },
    {
      name: "cron on the third Monday",
      rules: { ScheduleExpression: "cron(0 4 ? * MON#3 *)" },
      expected: ["2026-03-16T04:00 23:59", "2026-04-20T04:00 23:59"],
    },
    {
      name: "cron on the last Friday",
      rules: { ScheduleExpression: "cron(0 4 ? * 6L *)" },
      expected: ["2026-03-27T04:00 23:59", "2026-04-24T04:00 23:59"],
    },
    {
      name: "cron on the weekday near a day",
      rules: { ScheduleExpression: "cron(0 4 1W * ? *)" },
      expected: ["2026-03-02T04:00 23:59", "2026-04-01T04:00 23:59"],
    },
    {
      name: "cron every eighth hour",
      rules: { ScheduleExpression: "cron(0 */8 * * ? *)" },
      expected: ["2026-03-01T16:00 23:59", "2026-03-02T00:00 23:59"],
    },
    {
      name: "cron in some months",
      rules: { ScheduleExpression: "cron(0 0 1 JAN,JUL ? *)" },
      expected: ["2026-07-01T00:00 23:59", "2027-01-01T00:00 23:59"],
    },
    {
      name: "cron on 29 February",
      rules: { ScheduleExpression: "cron(0 0 29 2 ? *)" },
      expected: ["2028-02-29T00:00 23:59", "2032-02-29T00:00 23:59"],
    },
  ];

  for (const { name, rules, expected } of cases) {
    it(name, () => assert.deepEqual(windows(rules, "2026-03-01T10:30:00Z", expected.length), expected));
  }

  const refused = [
    "rate(0 days)",
    "rate(1001 days)",
    "rate(5 minutes)",
    "rate(1)",
    "cron(0 8 * * *)",
    "cron(0 8 * * * *)",
    "cron(0 8 ? * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0 8 0 * ? *)",
    "cron(0 8 ? * 8 *)",
    "cron(0 8 31 4 ? *)",
    "cron(0 8 ? * FOO *)",
    "daily",
  ];

  for (const expression of refused) {
    it(`${expression} is refused`, () => {
      const schedule = readSchedule({ ScheduleExpression: expression }, Date.parse("2026-03-01T10:30:00Z"));
      assert.ok(schedule && "problem" in schedule);
    });
  }

  it("rules without a schedule have none, and a window needs one", () => {
    assert.equal(readSchedule({}, 0), undefined);
    assert.deepEqual(readSchedule({ Duration: "3h" }, 0), { problem: "Duration needs a schedule." });
  });
});
