import { strict as assert } from "assert";
import { daysInMonth, firingDays } from "../../../../policies/facts/rotation/cron-days";
import { DayOfMonth, DayOfWeek } from "../../../../policies/facts/rotation/cron-fields";

describe("the days in a month", () => {
  it("are as many as in the calendar", () => {
    const months = Array.from({ length: 12 }, (_, index) => index + 1);
    assert.deepEqual(
      months.map((month) => daysInMonth(2023, month)),
      [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31],
    );
  });
  for (const [year, days] of [
    [2024, 29],
    [2023, 28],
    [1900, 28],
    [2000, 29],
    [2100, 28],
    [2400, 29],
  ] as const) {
    it(`are ${days} in February ${year}`, () => assert.equal(daysInMonth(year, 2), days));
  }
});

describe("the days on which a schedule fires", () => {
  const byMonth = (more: Partial<DayOfMonth>): DayOfMonth => ({
    kind: "month",
    days: new Set(),
    last: false,
    nearestWeekday: [],
    lastWeekday: false,
    ...more,
  });
  const byWeek = (more: Partial<DayOfWeek>): DayOfWeek => ({
    kind: "week",
    days: new Set(),
    last: [],
    nth: [],
    ...more,
  });
  /** Sunday is 1. */
  const [sunday, monday, friday, saturday] = [1, 2, 6, 7];

  const cases: readonly (readonly [string, DayOfMonth | DayOfWeek, number, number, readonly number[]])[] = [
    ["are those of the month, ascending", byMonth({ days: new Set([15, 1]) }), 30, sunday, [1, 15]],
    ["leave out what the month lacks", byMonth({ days: new Set([28, 29, 30, 31]) }), 29, sunday, [28, 29]],
    ["are its last", byMonth({ last: true }), 28, sunday, [28]],
    ["are its last, once", byMonth({ last: true, days: new Set([28]) }), 28, sunday, [28]],
    ["are a weekday as it is", byMonth({ nearestWeekday: [2] }), 30, sunday, [2]],
    ["move from Saturday to Friday", byMonth({ nearestWeekday: [7] }), 30, sunday, [6]],
    ["move from Sunday to Monday", byMonth({ nearestWeekday: [8] }), 30, sunday, [9]],
    ["move from Saturday the first to Monday", byMonth({ nearestWeekday: [1] }), 30, saturday, [3]],
    ["move from Saturday the second to Friday", byMonth({ nearestWeekday: [2] }), 30, friday, [1]],
    ["move from Sunday the last to Friday", byMonth({ nearestWeekday: [30] }), 30, saturday, [28]],
    ["move from Sunday before the last to Monday", byMonth({ nearestWeekday: [30] }), 31, saturday, [31]],
    [
      "have no weekday nearest to a day that the month lacks",
      byMonth({ nearestWeekday: [31] }),
      30,
      sunday,
      [],
    ],
    ["have one nearest to its last day", byMonth({ nearestWeekday: [30] }), 30, monday, [30]],
    ["are its last weekday", byMonth({ lastWeekday: true }), 30, saturday, [28]],
    ["are its last weekday when the last is one", byMonth({ lastWeekday: true }), 30, sunday, [30]],
    [
      "are those of the week",
      byWeek({ days: new Set([sunday, saturday]) }),
      30,
      sunday,
      [1, 7, 8, 14, 15, 21, 22, 28, 29],
    ],
    ["are the last of the week", byWeek({ last: [monday] }), 30, sunday, [30]],
    ["are the last of the week in a short month", byWeek({ last: [sunday, saturday] }), 28, sunday, [22, 28]],
    [
      "are the first, third and fifth of the week",
      byWeek({ nth: [1, 3, 5].map((occurrence) => ({ day: monday, occurrence })) }),
      30,
      monday,
      [1, 15, 29],
    ],
    ["are no fifth where there is none", byWeek({ nth: [{ day: friday, occurrence: 5 }] }), 30, monday, []],
    ["are the first seventh day", byWeek({ nth: [{ day: saturday, occurrence: 1 }] }), 30, sunday, [7]],
    [
      "are several rules together",
      byWeek({ days: new Set([friday]), last: [monday], nth: [{ day: sunday, occurrence: 2 }] }),
      28,
      sunday,
      [6, 8, 13, 20, 23, 27],
    ],
    ["are none", byWeek({}), 31, sunday, []],
  ];
  for (const [name, days, length, firstWeekday, expected] of cases) {
    it(name, () => assert.deepEqual(firingDays(days, length, firstWeekday), expected));
  }
});
