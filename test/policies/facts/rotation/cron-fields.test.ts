import { strict as assert } from "assert";
import { parseCronFields } from "../../../../policies/facts/rotation/cron-fields";

const range = (low: number, high: number, step = 1): readonly number[] =>
  Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, index) => low + index * step);

/** The fields, with sets as lists. */
function fields(text: string): unknown {
  const found = parseCronFields(text);
  if (typeof found === "string") return found;
  const { minutes, hours, days, months, years } = found;
  return { minutes, hours, days: { ...days, days: [...days.days] }, months: [...months], years: [...years] };
}
const noon = { minutes: [0], hours: [12], months: range(1, 12), years: range(1970, 2199) };
const everyDay = { kind: "month", days: range(1, 31), last: false, nearestWeekday: [], lastWeekday: false };

describe("the fields of a cron expression", () => {
  const cases: readonly (readonly [string, object])[] = [
    ["0 12 * * ? *", { ...noon, days: everyDay }],
    [" 0  12 *\t* ? * ", { ...noon, days: everyDay }],
    ["59,1,30 0-23/6 * * ? *", { ...noon, minutes: [1, 30, 59], hours: [0, 6, 12, 18], days: everyDay }],
    ["0/20 12 * * ? *", { ...noon, minutes: [0, 20, 40], days: everyDay }],
    ["/30 */12 * * ? *", { ...noon, minutes: [0, 30], hours: [0, 12], days: everyDay }],
    ["10-20/5 12 * * ? *", { ...noon, minutes: [10, 15, 20], days: everyDay }],
    ["0 12 * jan,MAR-may,12 ? *", { ...noon, months: [1, 3, 4, 5, 12], days: everyDay }],
    ["0 12 * * ? 2030-2032,1970,2199", { ...noon, years: [2030, 2031, 2032, 1970, 2199], days: everyDay }],
    ["0 12 1,31 * ? *", { ...noon, days: { ...everyDay, days: [1, 31] } }],
    ["0 12 L * ? *", { ...noon, days: { ...everyDay, days: [], last: true } }],
    ["0 12 lw * ? *", { ...noon, days: { ...everyDay, days: [], lastWeekday: true } }],
    ["0 12 WL * ? *", { ...noon, days: { ...everyDay, days: [], lastWeekday: true } }],
    ["0 12 15W,3w,5 * ? *", { ...noon, days: { ...everyDay, days: [5], nearestWeekday: [15, 3] } }],
    ["0 12 ? * * *", { ...noon, days: { kind: "week", days: range(1, 7), last: [], nth: [] } }],
    ["0 12 ? * MON-FRI *", { ...noon, days: { kind: "week", days: range(2, 6), last: [], nth: [] } }],
    ["0 12 ? * L *", { ...noon, days: { kind: "week", days: [7], last: [], nth: [] } }],
    ["0 12 ? * 6L,sunl *", { ...noon, days: { kind: "week", days: [], last: [6, 1], nth: [] } }],
    [
      "0 12 ? * 3#2,TUE#5,1 *",
      {
        ...noon,
        days: {
          kind: "week",
          days: [1],
          last: [],
          nth: [
            { day: 3, occurrence: 2 },
            { day: 3, occurrence: 5 },
          ],
        },
      },
    ],
  ];
  for (const [text, expected] of cases) it(text.trim(), () => assert.deepEqual(fields(text), expected));

  const one = "exactly one of day of month and day of week has to be `?`";
  const mistakes: readonly (readonly [string, string])[] = [
    ["", "a cron expression has six fields, this one has 1"],
    ["0 12 * * ?", "a cron expression has six fields, this one has 5"],
    ["0 12 * * ? * *", "a cron expression has six fields, this one has 7"],
    ["0 12 * * * *", one],
    ["0 12 ? * ? *", one],
    ["60 12 * * ? *", "minutes: `60` is not between 0 and 59"],
    ["0 24 * * ? *", "hours: `24` is not between 0 and 23"],
    ["0 12 0 * ? *", "day of month: `0` is not between 1 and 31"],
    ["0 12 32 * ? *", "day of month: `32` is not between 1 and 31"],
    ["0 12 32W * ? *", "day of month: `32` is not between 1 and 31"],
    ["0 12 XL * ? *", "day of month: `XL` is not between 1 and 31"],
    ["0 12 1WX * ? *", "day of month: `1WX` is not between 1 and 31"],
    ["0 12 * 13 ? *", "month: `13` is not between 1 and 12"],
    ["0 12 * MON ? *", "month: `MON` is not between 1 and 12"],
    ["0 12 ? * 8 *", "day of week: `8` is not between 1 and 7"],
    ["0 12 ? * 8L *", "day of week: `8` is not between 1 and 7"],
    ["0 12 ? * JAN *", "day of week: `JAN` is not between 1 and 7"],
    ["0 12 ? * 0#1 *", "day of week: `0` is not between 1 and 7"],
    ["0 12 ? * 2#6 *", "`2#6`: after # comes 1 to 5"],
    ["0 12 ? * 2#0 *", "`2#0`: after # comes 1 to 5"],
    ["0 12 ? * 2#12 *", "`2#12`: after # comes 1 to 5"],
    ["0 12 ? * 2# *", "`2#`: after # comes 1 to 5"],
    ["0 12 * * ? 1969", "year: `1969` is not between 1970 and 2199"],
    ["0 12 * * ? 2200", "year: `2200` is not between 1970 and 2199"],
    ["0/0 12 * * ? *", "minutes: `0/0` has no valid step"],
    ["0/x 12 * * ? *", "minutes: `0/X` has no valid step"],
    ["0/1.5 12 * * ? *", "minutes: `0/1.5` has no valid step"],
    ["0/1/2 12 * * ? *", "minutes: `0/1/2` has more than one step"],
    ["5-1 12 * * ? *", "minutes: `5-1` runs backwards"],
    ["1-2-3 12 * * ? *", "minutes: `1-2-3` is no range"],
    ["1.5 12 * * ? *", "minutes: `1.5` is not between 0 and 59"],
    ["1, 12 * * ? *", "minutes: `` is not between 0 and 59"],
    ["-5 12 * * ? *", "minutes: `` is not between 0 and 59"],
    ["1X 12 * * ? *", "minutes: `1X` is not between 0 and 59"],
    ["X1 12 * * ? *", "minutes: `X1` is not between 0 and 59"],
  ];
  for (const [text, problem] of mistakes)
    it(`${text || "(empty)"}: ${problem}`, () => assert.equal(fields(text), problem));

  it("may name one value twice, and run from one to itself", () => {
    assert.deepEqual(fields("5,5-5 12 * * ? *"), { ...noon, minutes: [5], days: everyDay });
  });
});
