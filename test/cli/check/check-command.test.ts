import { strict as assert } from "assert";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { checkCommand } from "../../../cli/check";
import { CheckResult } from "../../../cli/check/finding";
import { recordedIo } from "../../support/command-io";
import {
  judgedEvent,
  LogEvent,
  logText,
  summaryEvent,
  undecidedEvent,
  urnOf,
  violationEvent,
} from "./event-log-text";

const key = urnOf("aws:kms/key:Key", "main");
const open = urnOf("aws:secretsmanager/secretPolicy:SecretPolicy", "open");
const rotation = violationEvent("key-rotation", key, 'Key "main" is not rotated. Rotate it. [0123456789ab]', {
  severity: "medium",
});
const anybody = violationEvent("secret-policy-not-public", open, "Anybody gets in. [public-0123456789ab]", {
  severity: "critical",
});
const stack = [
  judgedEvent(urnOf("pulumi:pulumi:Stack", "orders-dev")),
  judgedEvent(key, ["secret-recovery-window"]),
];

describe("strongroom check of an event log", () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-check-test-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const putLog = (...events: readonly LogEvent[]) =>
    put("events", logText([...stack, ...events, summaryEvent]));

  async function check(...args: readonly string[]) {
    const io = recordedIo(folder);
    const code = await checkCommand(["--event-log", "events", "--policy-pack", ".", ...args], io);
    return { code, output: io.written(), errors: io.errors.join("\n") };
  }

  async function resultOf(...args: readonly string[]) {
    const { code, output, errors } = await check("--format", "json", ...args);
    assert.equal(errors, "");
    return { code, ...(JSON.parse(output) as CheckResult) };
  }

  it("finds nothing in a clean one", async () => {
    putLog();
    assert.deepEqual(await check(), {
      code: 0,
      output: "event log events: no findings, 2 resources\n",
      errors: "",
    });
  });

  it("tells findings by rule, resource, message and fingerprint", async () => {
    putLog(rotation, rotation);
    const { code, findings, packs, passed } = await resultOf();
    assert.equal(code, 1);
    assert.deepEqual(packs, [{ name: "strongroom", version: "0.1.0" }]);
    assert.deepEqual(passed, ["secret-recovery-window"]);
    assert.deepEqual(findings, [
      {
        rule: "key-rotation",
        code: "KMS-01",
        title: "Symmetric keys are rotated automatically, often enough",
        severity: "medium",
        level: "mandatory",
        urn: key,
        message: 'Key "main" is not rotated. Rotate it.',
        fingerprint: "0123456789ab",
        pack: "strongroom",
      },
    ]);
  });

  it("fails from the threshold on", async () => {
    putLog(rotation);
    assert.deepEqual(
      await Promise.all(
        ["low", "medium", "high", "critical"].map(async (one) => (await check("--fail-on", one)).code),
      ),
      [1, 1, 0, 0],
    );
  });

  it("says what is undecided once, and counts it neither as passed nor as failed", async () => {
    const line = "SM-12, SM-09: the policy is not known; decided by the update";
    putLog(undecidedEvent(line), undecidedEvent(line));
    const { code, findings, undecided, passed } = await resultOf();
    assert.deepEqual([code, findings, passed], [0, [], []]);
    assert.deepEqual(undecided, [
      { codes: ["SM-12", "SM-09"], text: "the policy is not known; decided by the update" },
    ]);
  });

  it("takes a policy that could not run as undecided", async () => {
    const text = "can't run policy 'x' from policy pack 'y@v1' during preview: unknown value";
    putLog({
      policyEvent: {
        resourceUrn: key,
        message: text,
        policyName: "x",
        policyPackName: "y",
        enforcementLevel: "advisory",
      },
    });
    const { code, findings, undecided } = await resultOf();
    assert.deepEqual([code, findings, undecided], [0, [], [{ codes: ["x"], text }]]);
  });

  it("lets a finding of another pack in, with a fingerprint of its own", async () => {
    putLog(
      violationEvent("no-tags", key, "It has no tags.", { policyPackName: "other", severity: undefined }),
    );
    const { findings } = await resultOf();
    const [{ code, severity, title, fingerprint, message } = assert.fail()] = findings;
    assert.deepEqual(
      [code, severity, title, message],
      ["no-tags", "medium", "What it demands.", "It has no tags."],
    );
    assert.match(fingerprint, /^[0-9a-f]{12}$/);
  });

  it("takes what may be public as public where the log has no fingerprints", async () => {
    putLog(
      violationEvent("secret-policy-not-public", open, "Anybody gets in."),
      violationEvent("key-rotation", key, "Still."),
    );
    const { findings } = await resultOf();
    assert.deepEqual(
      findings.map(({ rule, fingerprint }) => [rule, fingerprint.startsWith("public-")]),
      [
        ["key-rotation", false],
        ["secret-policy-not-public", true],
      ],
    );
  });

  describe("with waivers", () => {
    const waiver = (change: object = {}) => ({
      rule: "key-rotation",
      urn: key,
      fingerprint: "0123456789ab",
      reason: "the vendor changes it by hand",
      owner: "payments",
      ticket: "SEC-12",
      expires: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
      ...change,
    });
    const putWaivers = (...waivers: readonly object[]) => put("waivers.json", JSON.stringify({ waivers }));

    it("hides what is waived, and says by whom and until when", async () => {
      putLog(rotation);
      putWaivers(waiver());
      const { code, findings, exceptions } = await resultOf("--waivers", "waivers.json");
      assert.equal(code, 0);
      assert.deepEqual(findings[0]!.hidden, {
        by: "waiver",
        owner: "payments",
        ticket: "SEC-12",
        reason: "the vendor changes it by hand",
        expires: waiver().expires,
      });
      assert.match(exceptions.join(), /^1 finding waived until .*owner payments, ticket SEC-12/);
    });

    it("reads strongroom-waivers.yaml beside the pack by itself", async () => {
      putLog(rotation);
      put("strongroom-waivers.yaml", JSON.stringify({ waivers: [waiver()] }));
      try {
        assert.equal((await check()).code, 0);
      } finally {
        rmSync(join(folder, "strongroom-waivers.yaml"));
      }
      assert.equal((await check()).code, 1);
    });

    it("takes the file that the policy configuration names", async () => {
      putLog(rotation);
      putWaivers(waiver());
      put("policies.json", JSON.stringify({ waivers: { file: "waivers.json" } }));
      assert.equal((await check("--policy-config", "policies.json")).code, 0);
    });

    it("finds an expired waiver and one that has nothing to waive, and shows the finding again", async () => {
      putLog(rotation);
      putWaivers(waiver({ expires: "2020-01-01" }), waiver({ fingerprint: "ffffffffffff" }));
      const { code, findings } = await resultOf("--waivers", "waivers.json");
      assert.equal(code, 1);
      assert.deepEqual(
        findings.map(({ rule, message }) => [rule, message.replace(/^.*SEC-12\) /, "").split(".")[0]]),
        [
          ["key-rotation", 'Key "main" is not rotated'],
          ["stale-waivers", "expired after 2020-01-01"],
          ["stale-waivers", "has no finding to waive"],
        ],
      );
    });

    it("does not call a waiver of an undecided rule stale", async () => {
      putLog(undecidedEvent("KMS-01: the rotation is not known; decided by it"));
      putWaivers(waiver());
      assert.deepEqual((await resultOf("--waivers", "waivers.json")).findings, []);
    });

    it("never hides a public secret", async () => {
      putLog(anybody);
      const rule = "secret-policy-not-public";
      putWaivers(waiver({ rule, urn: open, fingerprint: "public-0123456789ab" }));
      const refused = await check("--waivers", "waivers.json");
      assert.equal(refused.code, 2);
      assert.match(refused.errors, /waivers\[0\]\.fingerprint: public-0123456789ab is about the public/);
      putWaivers(waiver({ rule, urn: open }));
      const { code, findings } = await resultOf("--waivers", "waivers.json");
      assert.equal(code, 1);
      assert.deepEqual(
        findings.map((one) => [one.rule, one.hidden]),
        [
          [rule, undefined],
          ["stale-waivers", undefined],
        ],
      );
    });

    it("is not made with a file that has mistakes, which are all listed", async () => {
      putLog(rotation);
      putWaivers(waiver({ urn: "*", owner: "" }), 7 as never);
      assert.deepEqual(await check("--waivers", "waivers.json"), {
        code: 2,
        output: "",
        errors:
          `${join(folder, "waivers.json")} has 3 problems:\n` +
          '  waivers[0].urn: expected a URN that says which resource, got "*", which fits every one\n' +
          '  waivers[0].owner: expected text, got ""\n' +
          "  waivers[1]: expected an object, got 7",
      });
    });
  });

  it("keeps a baseline: what was there does not fail, what is new does, what is gone is said", async () => {
    putLog(rotation, anybody);
    await check("--write-baseline", "baseline.json");
    assert.deepEqual(JSON.parse(readFileSync(join(folder, "baseline.json"), "utf8")), {
      findings: [{ rule: "key-rotation", urn: key, fingerprint: "0123456789ab" }],
    });
    putLog(rotation);
    const same = await resultOf("--baseline", "baseline.json");
    assert.deepEqual([same.code, same.findings[0]!.hidden], [0, { by: "baseline" }]);
    putLog(rotation, violationEvent("key-rotation", key, "Something new. [aaaaaaaaaaaa]"));
    assert.equal((await resultOf("--baseline", "baseline.json")).code, 1);
    putLog();
    assert.deepEqual((await resultOf("--baseline", "baseline.json")).exceptions, [
      "1 finding of the baseline resolved; take them out of it:",
      `  key-rotation on ${key}`,
    ]);
  });

  describe("that is not whole", () => {
    const whole = () => logText([...stack, rotation, summaryEvent]);
    const lines = () => whole().split("\n");
    const cases: readonly (readonly [string, () => string, string])[] = [
      ["cut off in a line", () => whole().slice(0, -25), "line 4, the last one, ends in the middle"],
      ["cut off between lines", () => `${lines().slice(0, 3).join("\n")}\n`, "it has no summary at its end"],
      ["without its beginning", () => lines().slice(1).join("\n"), "event 0 is missing before line 1"],
      ["with a gap", () => lines().toSpliced(1, 1).join("\n"), "event 1 is missing before line 2"],
      ["with something else in it", () => lines().with(1, "oops").join("\n"), "line 2 is no event"],
    ];
    for (const [name, text, how] of cases) {
      it(`${name}: one clear message, and nothing judged`, async () => {
        put("events", text());
        assert.deepEqual(await check(), {
          code: 2,
          output: "",
          errors:
            `event log events is cut off or damaged: ${how}. ` +
            "Nothing was judged; run the preview to its end and check again.",
        });
      });
    }

    it("empty, or not there", async () => {
      put("events", "");
      assert.equal((await check()).errors, "event log events is empty: it is no event log");
      const io = recordedIo(folder);
      assert.equal(await checkCommand(["--event-log", "none"], io), 2);
      assert.match(io.errors.join(), /^event log none cannot be read: ENOENT/);
    });

    it("of a program that threw", async () => {
      const error = { severity: "error", message: "<{%reset%}>Error: no such Region<{%reset%}>\n" };
      putLog(
        rotation,
        { diagnosticEvent: error },
        { diagnosticEvent: { severity: "error", message: "preview failed\n" } },
      );
      assert.deepEqual(await check(), {
        code: 2,
        output: "",
        errors: "event log events failed, so not everything was judged:\nError: no such Region",
      });
    });
  });

  it("writes each format to its file", async () => {
    putLog(rotation);
    const { output } = await check("--format", "table,sarif,junit", "--output", "-", "a.sarif", "b.xml");
    assert.match(output, /^event log events: 1 finding/);
    assert.match(readFileSync(join(folder, "a.sarif"), "utf8"), /"version": "2\.1\.0"/);
    assert.match(readFileSync(join(folder, "b.xml"), "utf8"), /^<\?xml/);
    await check("--output", "c.md", "d.json", "e.sarif.json");
    assert.match(readFileSync(join(folder, "c.md"), "utf8"), /^<!-- strongroom/);
    assert.equal(
      (JSON.parse(readFileSync(join(folder, "d.json"), "utf8")) as CheckResult).findings.length,
      1,
    );
    assert.match(readFileSync(join(folder, "e.sarif.json"), "utf8"), /"runs"/);
  });

  const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
    [["--formt", "x"], /^check: unknown option '--formt'/],
    [["--format", "pdf,table"], /unknown pdf; known: table, sarif, junit, markdown, json/],
    [["--fail-on", "awful"], /Allowed choices are low, medium, high, critical/],
    [["--file", "state.json"], /^check: --file and --event-log exclude each other$/],
    [["--stack", "dev"], /^check: --stack and --event-log exclude each other$/],
    [["--format", "json,sarif"], /only one format can go to the terminal/],
    [["--format", "json", "--output", "a", "b"], /2 outputs for 1 formats/],
    [["--output", "a.pdf"], /the ending of a\.pdf says no format/],
    [["--output", "no/such/folder.json"], /folder\.json cannot be written: ENOENT/],
    [["--policy-config", "none.json"], /none\.json cannot be read as JSON: ENOENT/],
    [["more"], /too many arguments/],
  ];
  for (const [args, expected] of mistakes) {
    it(`refuses ${args.join(" ")}`, async () => {
      putLog();
      const { code, errors } = await check(...args);
      assert.equal(code, 2);
      assert.match(errors, expected);
    });
  }

  it("explains itself", async () => {
    const { code, output } = await check("--help");
    assert.equal(code, 0);
    assert.match(output, /Exit code: 0 nothing at or above the threshold/);
  });

  it("takes the log of 10,000 resources in seconds", async function () {
    this.timeout(20_000);
    const noise = "x".repeat(2_000);
    const events = Array.from({ length: 10_000 }, (_, index): readonly LogEvent[] => {
      const urn = urnOf("aws:secretsmanager/secret:Secret", `secret-${index}`);
      const found = `Secret is not rotated. Rotate it. [${index.toString(16).padStart(12, "0")}]`;
      return [
        { resourcePreEvent: { metadata: { urn, new: { inputs: { noise } } } } },
        judgedEvent(urn),
        ...(index % 2 === 0 ? [violationEvent("secret-rotation-configured", urn, found)] : []),
      ];
    }).flat();
    putLog(...events);
    const started = performance.now();
    const { code, output } = await check(
      "--format",
      "table,sarif,junit,markdown,json",
      "--output",
      "-",
      "1",
      "2",
      "3",
      "4",
    );
    const seconds = (performance.now() - started) / 1000;
    assert.equal(code, 1);
    assert.match(output, /^event log events: 5000 findings, 10002 resources\n/);
    assert.ok(seconds < 10, `${seconds} s`);
  });
});
