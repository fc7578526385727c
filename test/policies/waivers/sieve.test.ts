import { strict as assert } from "assert";
import { parseBaseline, renderBaseline } from "../../../policies/waivers/baseline";
import { hiddenFindings, staleWaivers } from "../../../policies/waivers/report-lines";
import { Hideable, Sieve } from "../../../policies/waivers/sieve";
import { Waiver } from "../../../policies/waivers/waiver";

const prefix = "urn:pulumi:dev::orders::";
const today = "2026-11-24";
const finding: Hideable = {
  rule: "key-rotation",
  urn: `${prefix}aws:kms/key:Key::main`,
  fingerprint: "0123456789ab",
};
const waiver: Waiver = {
  path: "waivers[0]",
  rule: "key-rotation",
  urn: `${prefix}aws:kms/key:Key::main`,
  fingerprints: ["0123456789ab"],
  reason: "the vendor changes it by hand",
  owner: "payments",
  ticket: "SEC-12",
  expires: "2027-01-31",
};

/** What hides each finding, and what there is to say at the end. */
function sieve(
  waivers: readonly Waiver[],
  findings: readonly Hideable[],
  baseline: readonly Hideable[] = [],
  undecided: readonly string[] = [],
) {
  const one = new Sieve({ waivers, baseline }, today);
  const hidden = findings.map((each) => one.hiddenBy(each)?.kind ?? "shown");
  undecided.forEach((rule) => one.noteUndecided(rule));
  const report = one.takeReport(prefix);
  return { hidden, stale: staleWaivers(report), said: hiddenFindings(report) };
}

const waivedLine =
  "1 finding waived until 2027-01-31: waivers[0] (key-rotation, owner payments, ticket SEC-12), " +
  "the vendor changes it by hand";
const unusedLine =
  "waivers[0] (key-rotation, owner payments, ticket SEC-12) has no finding to waive. " +
  "Remove it: the finding is fixed, or has changed and shows again.";
const expiredLine =
  "waivers[0] (key-rotation, owner payments, ticket SEC-12) expired after 2026-11-23. " +
  "Fix the finding, or have the waiver renewed with a reason.";

describe("waivers", () => {
  it("hide their finding, and say so with owner, ticket, reason and last day", () => {
    assert.deepEqual(sieve([waiver], [finding]), { hidden: ["waiver"], stale: [], said: [waivedLine] });
  });

  const misses: readonly (readonly [string, Partial<Hideable>])[] = [
    ["of another rule", { rule: "key-policy-administered" }],
    ["of another resource", { urn: `${prefix}aws:kms/key:Key::other` }],
    ["that has changed", { fingerprint: "0123456789ac" }],
    ["that is about the public", { fingerprint: "public-0123456789ab" }],
  ];
  for (const [name, change] of misses) {
    it(`do not hide a finding ${name}, and are then unused`, () => {
      const result = sieve([waiver], [{ ...finding, ...change }]);
      assert.deepEqual(result, { hidden: ["shown"], stale: [unusedLine], said: [] });
    });
  }

  it("hold on their last day and not on the next", () => {
    assert.deepEqual(sieve([{ ...waiver, expires: today }], [finding]).hidden, ["waiver"]);
    assert.deepEqual(sieve([{ ...waiver, expires: "2026-11-23" }], [finding]), {
      hidden: ["shown"],
      stale: [expiredLine],
      said: [],
    });
  });

  it("never hide a public secret, not even with its own fingerprint and a URN of the widest kind", () => {
    const open: Hideable = {
      rule: "secret-policy-not-public",
      urn: `${prefix}aws:secretsmanager/secretPolicy:SecretPolicy::open`,
      fingerprint: "public-0123456789ab",
    };
    const forged = { ...waiver, rule: open.rule, urn: "*", fingerprints: [open.fingerprint, "0123456789ab"] };
    assert.deepEqual(sieve([forged], [open], [open]).hidden, ["shown"]);
  });

  it("for another stack are not unused in this one", () => {
    const elsewhere = { ...waiver, urn: "urn:pulumi:prod::orders::aws:kms/key:Key::main" };
    assert.deepEqual(sieve([elsewhere], []), { hidden: [], stale: [], said: [] });
  });

  it("are not called unused while their rule is undecided", () => {
    assert.deepEqual(sieve([waiver], [], [], ["key-rotation"]).stale, []);
    assert.deepEqual(sieve([waiver], [], [], ["other"]).stale, [unusedLine]);
  });

  it("start each run anew", () => {
    const one = new Sieve({ waivers: [waiver], baseline: [] }, today);
    one.hiddenBy(finding);
    assert.deepEqual(staleWaivers(one.takeReport(prefix)), []);
    assert.deepEqual(staleWaivers(one.takeReport(prefix)), [unusedLine]);
  });
});

describe("a baseline", () => {
  const other = { ...finding, urn: `${prefix}aws:kms/key:Key::other`, fingerprint: "aaaaaaaaaaaa" };

  it("hides what was there, shows what is new, and says what is gone", () => {
    const fresh = { ...finding, fingerprint: "bbbbbbbbbbbb" };
    assert.deepEqual(sieve([], [finding, fresh], [finding, other]), {
      hidden: ["baseline", "shown"],
      stale: [],
      said: [
        "1 finding in the baseline, so not new",
        "1 finding of the baseline resolved; take them out of it:",
        `  key-rotation on ${other.urn}`,
      ],
    });
  });

  it("is about the very stack: the same finding in another is new there", () => {
    const prod = { ...finding, urn: finding.urn.replace(":dev::", ":prod::") };
    assert.deepEqual(sieve([], [finding], [prod]), { hidden: ["shown"], stale: [], said: [] });
  });

  it("does not call resolved what is undecided", () => {
    assert.deepEqual(sieve([], [], [finding], ["key-rotation"]).said, []);
  });

  it("leaves a waived finding to its waiver", () => {
    assert.deepEqual(sieve([waiver], [finding], [finding]), {
      hidden: ["waiver"],
      stale: [],
      said: [waivedLine],
    });
  });

  it("is written sorted, once each, without the public ones, and read back", () => {
    const open = { ...finding, fingerprint: "public-0123456789ab" };
    const text = renderBaseline([other, finding, open, finding]);
    assert.deepEqual(parseBaseline(text), { entries: [finding, other], problems: [] });
    assert.equal(renderBaseline([finding, other]), text);
    assert.deepEqual(parseBaseline(renderBaseline([])), { entries: [], problems: [] });
  });

  const bad: readonly (readonly [string, string, readonly string[]])[] = [
    ["nothing", "", ["file: expected an object with the list findings, got nothing"]],
    ["no list", '{"findings": 7}', ['file: expected an object with the list findings, got {"findings":7}']],
    [
      "entries with mistakes",
      JSON.stringify({ findings: [1, { rule: 1, urn: "u", fingerprint: "*" }] }),
      [
        "findings[0]: expected an object, got 1",
        "findings[1].rule: expected text, got 1",
        'findings[1].fingerprint: expected a finding\'s twelve digits, got "*"',
      ],
    ],
    [
      "a finding about the public",
      JSON.stringify({ findings: [{ ...finding, fingerprint: "public-0123456789ab" }] }),
      [
        "findings[0].fingerprint: public-0123456789ab is about the public, which no baseline hides: fix the finding",
      ],
    ],
  ];
  for (const [name, text, expected] of bad) {
    it(`refuses ${name}`, () => {
      const { entries, problems } = parseBaseline(text);
      assert.deepEqual(entries, []);
      assert.deepEqual(
        problems.map(({ path, message }) => `${path}: ${message}`),
        expected,
      );
    });
  }
});
