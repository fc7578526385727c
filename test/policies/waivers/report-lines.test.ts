import { strict as assert } from "assert";
import { hiddenFindings, staleWaivers } from "../../../policies/waivers/report-lines";
import { SieveReport } from "../../../policies/waivers/sieve";
import { Waiver } from "../../../policies/waivers/waiver";

const waiver = (index: number): Waiver => ({
  path: `waivers[${index}]`,
  rule: "key-rotation",
  urn: "u",
  fingerprints: [],
  reason: "by hand",
  owner: "payments",
  ticket: "SEC-12",
  expires: "2027-01-31",
});
const nothing: SieveReport = { used: [], baselined: 0, expired: [], unused: [], resolved: [] };
const who = "(key-rotation, owner payments, ticket SEC-12)";
const entry = (urn: string) => ({ rule: "key-rotation", urn, fingerprint: "0123456789ab" });

describe("the lines about waivers and the baseline", () => {
  it("are none when there is nothing to say", () => {
    assert.deepEqual([staleWaivers(nothing), hiddenFindings(nothing)], [[], []]);
  });
  it("say which waivers are stale", () => {
    assert.deepEqual(staleWaivers({ ...nothing, expired: [waiver(0)], unused: [waiver(1)] }), [
      `waivers[0] ${who} expired after 2027-01-31. Fix the finding, or have the waiver renewed with a reason.`,
      `waivers[1] ${who} has no finding to waive. Remove it: the finding is fixed, or has changed and shows again.`,
    ]);
  });
  it("say what is hidden, and by whom", () => {
    const used = [
      { waiver: waiver(0), findings: 1 },
      { waiver: waiver(1), findings: 2 },
    ];
    assert.deepEqual(hiddenFindings({ ...nothing, used, baselined: 3, resolved: [entry("a"), entry("b")] }), [
      `1 finding waived until 2027-01-31: waivers[0] ${who}, by hand`,
      `2 findings waived until 2027-01-31: waivers[1] ${who}, by hand`,
      "3 findings in the baseline, so not new",
      "2 findings of the baseline resolved; take them out of it:",
      "  key-rotation on a",
      "  key-rotation on b",
    ]);
    assert.deepEqual(hiddenFindings({ ...nothing, baselined: 1 }), ["1 finding in the baseline, so not new"]);
  });
});
