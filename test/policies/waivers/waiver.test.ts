import { strict as assert } from "assert";
import { dayOf, isExpired, nameOf, Waiver } from "../../../policies/waivers/waiver";

const waiver: Waiver = {
  path: "waivers[2]",
  rule: "key-rotation",
  urn: "*::main",
  fingerprints: ["0123456789ab"],
  reason: "the vendor changes it by hand",
  owner: "payments",
  ticket: "SEC-12",
  expires: "2027-01-31",
};

describe("a waiver", () => {
  it("holds on its last day, in UTC, and not on the next", () => {
    const days = ["2027-01-30", "2027-01-31", "2027-02-01"];
    assert.deepEqual(
      days.map((day) => isExpired(waiver, day)),
      [false, false, true],
    );
  });
  it("is named by its place, rule, owner and ticket", () => {
    assert.equal(nameOf(waiver), "waivers[2] (key-rotation, owner payments, ticket SEC-12)");
  });
  it("counts days in UTC", () => {
    assert.equal(dayOf(new Date("2026-11-24T23:30:00-02:00")), "2026-11-25");
  });
});
