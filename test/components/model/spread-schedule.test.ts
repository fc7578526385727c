import { strict as assert } from "assert";
import { parseSchedule, scheduleFault, spreadSchedule, worstGapHours } from "../../../components/model";

describe("spreading schedules", () => {
  it("gives a secret the same interval every time", () => {
    assert.deepEqual(spreadSchedule("orders/reporting", 30), spreadSchedule("orders/reporting", 30));
    assert.deepEqual(spreadSchedule("orders/reporting", 30), {
      kind: "rate",
      expression: "rate(710 hours)",
      hours: 710,
    });
  });

  for (const days of [1, 2, 7, 30, 90, 365, 999, 1000])
    it(`keeps within ${days} days and a tenth of them, in a form that AWS takes`, () => {
      for (let index = 0; index < 300; index++) {
        const schedule = spreadSchedule(`secret/${index}`, days);
        const gap = worstGapHours(schedule);
        assert.ok(gap <= days * 24 && gap >= Math.min(days, 999) * 24 * 0.9, schedule.expression);
        assert.deepEqual(parseSchedule(schedule.expression), { kind: "schedule", schedule });
        assert.equal(scheduleFault(schedule), undefined);
      }
    });

  it("spreads a thousand secrets of 30 days over three days, no hour with more than 30 of them", () => {
    const perHour = new Map<number, number>();
    for (let index = 0; index < 1000; index++) {
      const { hours } = spreadSchedule(`team-${index % 17}/secret-${index}`, 30);
      perHour.set(hours, (perHour.get(hours) ?? 0) + 1);
    }
    assert.equal(perHour.size, 73);
    assert.ok(Math.max(...perHour.values()) <= 30, String(Math.max(...perHour.values())));
  });
});
