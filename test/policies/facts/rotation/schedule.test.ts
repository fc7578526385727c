import { strict as assert } from "assert";
import * as fc from "fast-check";
import { Cadence, cadence } from "../../../../policies/facts/rotation/schedule";

const day = 24 * 60;

const cases: readonly (readonly [string, string, Cadence])[] = [
  ["a rate in days", "rate(90 days)", { kind: "fires", worstGapMinutes: 90 * day }],
  ["a rate of one day", "rate(1 day)", { kind: "fires", worstGapMinutes: day }],
  ["a rate in hours", "rate(4 hours)", { kind: "fires", worstGapMinutes: 240 }],
  ["a rate with blanks around it", "rate( 4 hours )", { kind: "fires", worstGapMinutes: 240 }],
  ...["rate(about 4 hours)", "rate(4 hours or so)"].map(
    (expression) =>
      [
        "a rate in other words",
        expression,
        { kind: "invalid", reason: "rate() takes a number of hours or days" },
      ] as const,
  ),
  [
    "a rate of nothing",
    "rate(0 days)",
    { kind: "invalid", reason: "rate() takes a number of hours or days" },
  ],
  ["every day", "cron(0 4 * * ? *)", { kind: "fires", worstGapMinutes: day }],
  ["every eight hours", "cron(0 /8 * * ? *)", { kind: "fires", worstGapMinutes: 480 }],
  ["twice a day, unevenly", "cron(0 3,9 * * ? *)", { kind: "fires", worstGapMinutes: 18 * 60 }],
  ["every half hour of one hour", "cron(0,30 4 * * ? *)", { kind: "fires", worstGapMinutes: 23.5 * 60 }],
  ["early and late each day", "cron(0 1,23 * * ? *)", { kind: "fires", worstGapMinutes: 22 * 60 }],
  [
    "once a year up to the last year there is",
    "cron(0 4 1 1 ? 2030-2199)",
    { kind: "fires", worstGapMinutes: 366 * day },
  ],
  [
    "in two years far apart, of which one is the last there is",
    "cron(0 4 1 1 ? 2029,2199)",
    { kind: "fires", worstGapMinutes: (Date.UTC(2199, 0, 1) - Date.UTC(2029, 0, 1)) / 60_000 },
  ],
  ["two years", "cron(0 0 1 1 ? 2030,2032)", { kind: "ends", lastYear: 2032 }],
  ["weekdays: Friday to Monday", "cron(0 4 ? * MON-FRI *)", { kind: "fires", worstGapMinutes: 3 * day }],
  ["the 1st of each month: 31 days", "cron(0 4 1 * ? *)", { kind: "fires", worstGapMinutes: 31 * day }],
  ["the 31st: May to July", "cron(0 4 31 * ? *)", { kind: "fires", worstGapMinutes: 61 * day }],
  [
    "the 30th: January to March of a common year",
    "cron(0 4 30 * ? *)",
    { kind: "fires", worstGapMinutes: 60 * day },
  ],
  ["the last day of each month", "cron(0 4 L * ? *)", { kind: "fires", worstGapMinutes: 31 * day }],
  ["the last weekday of each month", "cron(0 4 LW * ? *)", { kind: "fires", worstGapMinutes: 33 * day }],
  ["the weekday nearest to the 15th", "cron(0 4 15W * ? *)", { kind: "fires", worstGapMinutes: 32 * day }],
  ["the first Sunday: 35 days", "cron(0 4 ? * SUN#1 *)", { kind: "fires", worstGapMinutes: 35 * day }],
  ["the fifth Monday: 119 days", "cron(0 4 ? * 2#5 *)", { kind: "fires", worstGapMinutes: 119 * day }],
  ["the last Friday", "cron(0 4 ? * 6L *)", { kind: "fires", worstGapMinutes: 35 * day }],
  ["each quarter", "cron(0 4 1 1/3 ? *)", { kind: "fires", worstGapMinutes: 92 * day }],
  [
    "29 February: eight years around 2100",
    "cron(0 0 29 2 ? *)",
    { kind: "fires", worstGapMinutes: 2921 * day },
  ],
  ["30 February", "cron(0 0 30 2 ? *)", { kind: "never" }],
  ["one year only", "cron(0 0 1 1 ? 2030)", { kind: "ends", lastYear: 2030 }],
  ["29 February of a common year", "cron(0 0 29 2 ? 2023)", { kind: "never" }],
  [
    "both day fields",
    "cron(0 4 1 * SUN *)",
    { kind: "invalid", reason: "exactly one of day of month and day of week has to be `?`" },
  ],
  [
    "no year",
    "cron(0 4 1 * ?)",
    { kind: "invalid", reason: "a cron expression has six fields, this one has 5" },
  ],
  ["hour 24", "cron(0 24 1 * ? *)", { kind: "invalid", reason: "hours: `24` is not between 0 and 23" }],
  [
    "a range that runs backwards",
    "cron(0 22-2 1 * ? *)",
    { kind: "invalid", reason: "hours: `22-2` runs backwards" },
  ],
  ["a sixth Monday", "cron(0 4 ? * 2#6 *)", { kind: "invalid", reason: "`2#6`: after # comes 1 to 5" }],
  ["a step of nothing", "cron(0 0/0 1 * ? *)", { kind: "invalid", reason: "hours: `0/0` has no valid step" }],
  ["another form", "every 10 days", { kind: "invalid", reason: "it is neither rate(...) nor cron(...)" }],
];

describe("the cadence of a schedule", () => {
  for (const [name, expression, expected] of cases) {
    it(`${name}: ${expression}`, () => assert.deepEqual(cadence(expression), expected));
  }

  it("agrees with walking the calendar hour by hour", () => {
    fc.assert(
      fc.property(schedules, ({ expression, firesOn, hours }) => {
        assert.deepEqual(cadence(expression), byWalking(firesOn, hours), expression);
      }),
      { numRuns: 60 },
    );
  });
});

interface Walked {
  readonly expression: string;
  readonly firesOn: (date: Date) => boolean;
  readonly hours: readonly number[];
}

const weekday = (date: Date): number => date.getUTCDay() + 1;
const dayOf = (date: Date): number => date.getUTCDate();
const lengthOf = (date: Date): number =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
const shifted = (date: Date, days: number): Date => new Date(date.getTime() + days * day * 60_000);

/** Whether the date is the working day closest to the n-th of its month: found by looking around, not by a rule. */
function isNearestWorkingDay(date: Date, n: number): boolean {
  if (n > lengthOf(date)) return false;
  const nth = shifted(date, n - dayOf(date));
  const near = [0, -1, 1, -2, 2].map((days) => shifted(nth, days));
  const first = near.find(
    (one) => one.getUTCMonth() === date.getUTCMonth() && ![0, 6].includes(one.getUTCDay()),
  );
  return first?.getTime() === date.getTime();
}

const dayRules = fc.oneof(
  fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 4 }).map((days) => ({
    fields: [days.join(","), "?"] as const,
    firesOn: (date: Date) => days.includes(dayOf(date)),
  })),
  fc.constant({ fields: ["L", "?"] as const, firesOn: (date: Date) => dayOf(date) === lengthOf(date) }),
  fc.integer({ min: 1, max: 31 }).map((n) => ({
    fields: [`${n}W`, "?"] as const,
    firesOn: (date: Date) => isNearestWorkingDay(date, n),
  })),
  fc.constant({
    fields: ["LW", "?"] as const,
    firesOn: (date: Date) => isNearestWorkingDay(date, lengthOf(date)),
  }),
  fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }).map((days) => ({
    fields: ["?", days.join(",")] as const,
    firesOn: (date: Date) => days.includes(weekday(date)),
  })),
  fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 })).map(([which, nth]) => ({
    fields: ["?", `${which}#${nth}`] as const,
    firesOn: (date: Date) =>
      weekday(date) === which &&
      shifted(date, -7 * (nth - 1)).getUTCMonth() === date.getUTCMonth() &&
      dayOf(date) - 7 * (nth - 1) <= 7,
  })),
  fc.integer({ min: 1, max: 7 }).map((which) => ({
    fields: ["?", `${which}L`] as const,
    firesOn: (date: Date) => weekday(date) === which && shifted(date, 7).getUTCMonth() !== date.getUTCMonth(),
  })),
);

const schedules: fc.Arbitrary<Walked> = fc
  .record({
    days: dayRules,
    months: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }),
    hours: fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 3 }),
  })
  .map(({ days, months, hours }) => ({
    expression: `cron(0 ${hours.join(",")} ${days.fields[0]} ${months.join(",")} ${days.fields[1]} *)`,
    firesOn: (date) => months.includes(date.getUTCMonth() + 1) && days.firesOn(date),
    hours,
  }));

/** Every hour of a full cycle of the calendar and a little more, so that the gap around its end is met as well. */
function byWalking(firesOn: (date: Date) => boolean, hours: readonly number[]): Cadence {
  const end = Date.UTC(2400 + 41, 0, 1);
  let last: number | undefined;
  let worst = 0;
  for (let date = new Date(Date.UTC(2000, 0, 1)); date.getTime() < end; date = shifted(date, 1)) {
    if (!firesOn(date)) continue;
    for (let hour = 0; hour < 24; hour++) {
      if (!hours.includes(hour)) continue;
      const now = date.getTime() / 60_000 + hour * 60;
      if (last !== undefined) worst = Math.max(worst, now - last);
      last = now;
    }
  }
  return last === undefined ? { kind: "never" } : { kind: "fires", worstGapMinutes: worst };
}
