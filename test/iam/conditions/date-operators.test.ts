import { strict as assert } from "assert";
import { holds, itCompares } from "./condition-cases";

describe("date operators", () => {
  itCompares("DateEquals", [
    ["2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z", true],
    ["2026-07-01T00:00:00Z", "2026-07-01T02:00:00+02:00", true],
    ["2026-07-01T00:00:00Z", "2026-07-01", true],
    ["2026-07-01T00:00:00Z", "2026-07-01T00:00:00", true],
    ["2026-07-01T00:00:00Z", "1782864000", true],
    ["1782864000", "2026-07-01T00:00:00Z", true],
    ["2026-07-01T00:00:00Z", "July 1, 2026", false],
    ["2026", "2026-01-01T00:00:00Z", true],
    ["2026-07-01T00:00:00Z", undefined, false],
  ]);
  itCompares("DateNotEquals", [
    ["2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z", false],
    ["2026-07-01T00:00:00Z", "2026-07-02T00:00:00Z", true],
    ["2026-07-01T00:00:00Z", undefined, true],
  ]);
  itCompares("DateLessThan", [
    ["2026-07-01T00:00:00Z", "2026-06-30T23:59:59Z", true],
    ["2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z", false],
  ]);
  itCompares("DateLessThanEquals", [
    ["2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z", true],
    ["2026-07-01T00:00:00Z", "2026-07-01T00:00:00.001Z", false],
  ]);
  itCompares("DateGreaterThan", [
    ["2026-07-01T00:00:00Z", "2026-07-01T00:00:01Z", true],
    ["2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z", false],
    ["2026-07-01T00:00:00Z", undefined, false],
  ]);
  itCompares("DateGreaterThanEquals", [
    ["2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z", true],
    ["2026-07-01T00:00:00Z", "2026-06-30T00:00:00Z", false],
  ]);

  it("read a time without an offset as UTC, wherever the machine is", () => {
    const zone = process.env.TZ;
    try {
      process.env.TZ = "America/New_York";
      const block = { DateEquals: { "aws:CurrentTime": "2026-07-01T00:00:00Z" } };
      assert.equal(holds(block, { "aws:currenttime": "2026-07-01T00:00:00" }), true);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});
