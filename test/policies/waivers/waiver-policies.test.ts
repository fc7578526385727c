import { strict as assert } from "assert";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { violation } from "../../../policies/findings";
import { keyRotation } from "../../../policies/rules/keys/key-rotation";
import { types } from "../../../policies/stack/resource";
import { ExceptionsInForce } from "../../../policies/waivers/exceptions-in-force";
import { exceptionReportPolicies, waiversPolicy } from "../../../policies/waivers/waiver-policies";
import { resource } from "../support/stack";

const key = resource("key", "main");
const finding = violation(key, 'key "main" is not rotated', "Rotate it");

/** Runs a policy's check, and gives what it reported. */
function said(validate: unknown, settings: object = {}): readonly string[] {
  const texts: string[] = [];
  const args = { getConfig: () => settings, urn: key.urn };
  (validate as (args: unknown, report: (text: string) => void) => void)(args, (text) => texts.push(text));
  return texts;
}

describe("the policies about waivers", () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-waiver-policies-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "waivers.json");
  const now = () => new Date("2026-11-24T12:00:00Z");
  const waiver = {
    rule: "key-rotation",
    urn: key.urn,
    fingerprint: "",
    reason: "the vendor changes it",
    owner: "payments",
    ticket: "SEC-12",
    expires: "2027-01-31",
  };
  const put = (value: unknown) => writeFileSync(file, JSON.stringify(value));
  const inForce = () => new ExceptionsInForce([keyRotation.id], {}, now);

  it("take the settings from the stack's own resource, and say what is wrong with the files", () => {
    put({ waivers: 1 });
    const exceptions = inForce();
    const policy = waiversPolicy(exceptions);
    assert.equal((policy.validateResource as unknown as { __pulumiType: string }).__pulumiType, types.stack);
    const problem = `${file} has 1 problem:\n  waivers: expected a list, got 1`;
    assert.deepEqual(said(policy.validateResource, { file }), [problem]);
    const [stale] = exceptionReportPolicies(exceptions, () => false);
    assert.deepEqual(said(stale!.validateStack), []);
  });

  it("are named and described", () => {
    const exceptions = inForce();
    const all = [waiversPolicy(exceptions), ...exceptionReportPolicies(exceptions, () => false)];
    assert.deepEqual(
      all.map(({ name, displayName, enforcementLevel, severity, description }) => [
        name,
        displayName,
        enforcementLevel,
        severity,
        description,
      ]),
      [
        [
          "waivers",
          "Settings: the waivers and the baseline",
          "mandatory",
          "medium",
          "A file of waivers or a baseline that has a problem hides nothing.",
        ],
        [
          "stale-waivers",
          "Waivers that have expired or have nothing to waive",
          "mandatory",
          "medium",
          "A waiver ends with its finding, or on its last day.",
        ],
        [
          "hidden-findings",
          "What waivers and the baseline hide",
          "advisory",
          "low",
          "Findings that somebody answers for, or that were there before.",
        ],
      ],
    );
  });

  it("say at the end what was hidden and what is stale, once", () => {
    const fingerprint = /\[(.*)\]$/.exec(inForce().shown(keyRotation, finding)!)![1]!;
    put({
      waivers: [
        { ...waiver, fingerprint },
        { ...waiver, fingerprint: "0123456789ab" },
      ],
    });
    const exceptions = inForce();
    assert.deepEqual(said(waiversPolicy(exceptions).validateResource, { file }), []);
    const [stale, hidden] = exceptionReportPolicies(exceptions, () => true);
    assert.equal(exceptions.shown(keyRotation, finding), undefined);
    const unused =
      "waivers[1] (key-rotation, owner payments, ticket SEC-12) has no finding to waive. " +
      "Remove it: the finding is fixed, or has changed and shows again.";
    const waived =
      "1 finding waived until 2027-01-31: waivers[0] (key-rotation, owner payments, ticket SEC-12), the vendor changes it";
    assert.deepEqual([said(stale!.validateStack), said(hidden!.validateStack)], [[unused], [waived]]);
    assert.deepEqual(said(hidden!.validateStack), []);
  });

  it("say what is hidden even where the other is left out", () => {
    const fingerprint = /\[(.*)\]$/.exec(inForce().shown(keyRotation, finding)!)![1]!;
    put({ waivers: [{ ...waiver, fingerprint }] });
    const exceptions = inForce();
    exceptions.configure({ file });
    exceptions.shown(keyRotation, finding);
    const [, hidden] = exceptionReportPolicies(exceptions, () => true);
    assert.equal(said(hidden!.validateStack).length, 1);
  });

  it("are left out once every rule has spoken and there is nothing to hide", () => {
    let judged = false;
    const policies = exceptionReportPolicies(inForce(), () => judged);
    assert.deepEqual(
      policies.map(({ validateStack }) => typeof validateStack),
      ["function", "function"],
    );
    judged = true;
    assert.deepEqual(
      policies.map(({ validateStack }) => typeof validateStack),
      ["undefined", "undefined"],
    );
    put({ waivers: 1 });
    const broken = inForce();
    broken.configure({ file });
    assert.deepEqual(
      exceptionReportPolicies(broken, () => true).map(({ validateStack }) => typeof validateStack),
      ["function", "function"],
    );
  });
});
