import { strict as assert } from "assert";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { evidenceCommand } from "../../../cli/evidence";
import { recordedIo } from "../../support/command-io";

const value = "correct horse battery staple";
const urn = (type: string, name: string) => `urn:pulumi:prod::orders::${type}::${name}`;
const keyUrn = (name: string) => urn("aws:kms/key:Key", name);
const sealed = (rest: object) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ...rest,
});

function resource(type: string, name: string, outputs: Readonly<Record<string, unknown>>, more: object = {}) {
  return { urn: urn(type, name), type, custom: true, id: name, inputs: outputs, outputs, ...more };
}
const key = (name: string, enableKeyRotation: unknown) =>
  resource("aws:kms/key:Key", name, {
    enableKeyRotation,
    description: sealed({ plaintext: JSON.stringify(value) }),
  });
const stack = { urn: urn("pulumi:pulumi:Stack", "orders-prod"), type: "pulumi:pulumi:Stack", custom: false };

interface RuleEvidence {
  readonly code: string;
  readonly verdict: string;
  readonly resources: readonly string[];
  readonly violations: readonly {
    readonly urn: string;
    readonly fingerprint: string;
    readonly waived?: object;
  }[];
  readonly undecided: readonly { readonly urn: string; readonly reason: string }[];
}

interface EvidenceData {
  readonly framework: string;
  readonly stateTime: string;
  readonly packVersion: string;
  readonly resources: number;
  readonly waivers: readonly string[];
  readonly controls: readonly {
    readonly reference: string;
    readonly verdict: string;
    readonly rules: readonly RuleEvidence[];
  }[];
}

describe("strongroom evidence", () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-evidence-test-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const put = (name: string, content: unknown) =>
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  const putState = (...resources: readonly object[]) =>
    put("state.json", {
      version: 3,
      deployment: { manifest: { time: "2026-11-24T07:56:49Z" }, resources: [stack, ...resources] },
    });

  async function run(...args: readonly string[]) {
    const io = recordedIo(folder);
    const code = await evidenceCommand(args, io);
    return { code, output: io.written(), errors: io.errors.join("\n") };
  }

  async function evidence(...args: readonly string[]): Promise<EvidenceData> {
    const { code, output, errors } = await run(
      "--framework",
      "nist",
      "--file",
      "state.json",
      "--json",
      ...args,
    );
    assert.equal(code, 0, errors);
    assert.ok(!output.includes(value), "a secret");
    return JSON.parse(output) as EvidenceData;
  }

  /** What the report says of the rotation of keys, SC-12(2) and KMS-01. */
  async function keyRotation(...args: readonly string[]) {
    const { controls } = await evidence(...args);
    const control = controls.find(({ reference }) => reference === "SC-12(2)")!;
    return { control: control.verdict, ...control.rules.find(({ code }) => code === "KMS-01")! };
  }

  it("met: with the resources that comply", async () => {
    putState(key("a", true), key("b", true));
    const { control, verdict, resources } = await keyRotation();
    assert.deepEqual([control, verdict, resources], ["met", "met", [keyUrn("a"), keyUrn("b")]]);
  });

  it("not met: with the violation, though another key complies", async () => {
    putState(key("a", true), key("b", false));
    const { control, verdict, resources, violations } = await keyRotation();
    assert.deepEqual([control, verdict, resources.length], ["not met", "not met", 2]);
    assert.deepEqual(
      violations.map((one) => [one.urn, one.waived]),
      [[keyUrn("b"), undefined]],
    );
  });

  it("cannot tell: a secret decides it", async () => {
    putState(key("a", sealed({ ciphertext: "v1:AAAA:BBBB" })));
    const { control, verdict, undecided } = await keyRotation();
    assert.deepEqual(
      [control, verdict, undecided.map((one) => one.urn)],
      ["cannot tell", "cannot tell", [keyUrn("a")]],
    );
  });

  it("no resource: nothing that the rules are about", async () => {
    putState();
    const { control, verdict, resources } = await keyRotation();
    assert.deepEqual([control, verdict, resources], ["no resource", "no resource", []]);
  });

  it("switched off: a rule that is disabled does not count as met", async () => {
    putState(key("a", false));
    put("policies.json", { "key-rotation": "disabled" });
    const { verdict, violations } = await keyRotation("--policy-config", "policies.json");
    assert.deepEqual([verdict, violations], ["switched off", []]);
  });

  it("takes settings from the policy configuration", async () => {
    const ninety = resource("aws:kms/key:Key", "a", { enableKeyRotation: true, rotationPeriodInDays: 900 });
    putState(ninety);
    assert.equal((await keyRotation()).verdict, "not met");
    put("policies.json", { "key-rotation": { maximumDays: 1000 } });
    assert.equal((await keyRotation("--policy-config", "policies.json")).verdict, "met");
  });

  it("a waiver does not make it met: the violation stands, with who answers for it", async () => {
    putState(key("a", false));
    const [{ fingerprint } = assert.fail()] = (await keyRotation()).violations;
    const expires = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const waiver = { rule: "key-rotation", urn: keyUrn("a"), fingerprint, expires };
    const people = { reason: "the vendor changes it by hand", owner: "payments", ticket: "SEC-12" };
    put("waivers.json", { waivers: [{ ...waiver, ...people }] });
    const { verdict, violations } = await keyRotation("--waivers", "waivers.json");
    assert.deepEqual(
      [verdict, violations[0]!.waived],
      ["not met", { owner: "payments", ticket: "SEC-12", expires }],
    );
    const { waivers } = await evidence("--waivers", "waivers.json");
    assert.deepEqual(waivers, [
      `1 finding waived until ${expires}: waivers[0] (key-rotation, owner payments, ticket SEC-12), ` +
        "the vendor changes it by hand",
    ]);
  });

  it("says when, of what, and by which pack", async () => {
    putState(key("a", true));
    const { framework, stateTime, packVersion, resources } = await evidence();
    const { version } = JSON.parse(readFileSync(join(__dirname, "../../../policies/package.json"), "utf8"));
    assert.deepEqual(
      { framework, stateTime, packVersion, resources },
      {
        framework: "NIST SP 800-53 5",
        stateTime: "2026-11-24T07:56:49Z",
        packVersion: version,
        resources: 2,
      },
    );
  });

  it("writes Markdown with a row and a section for each control, and no markup of a name's own", async () => {
    const evil = key("<b>`x`|", false);
    putState(evil);
    for (const framework of ["pci-dss", "hipaa", "nist"]) {
      const { code } = await run("--framework", framework, "--file", "state.json", "--output", "report.md");
      const report = readFileSync(join(folder, "report.md"), "utf8");
      assert.equal(code, 0);
      const rows = [
        ...report.matchAll(/^\| (\S+) \| (met|not met|cannot tell|no resource|switched off) \|/gm),
      ];
      const sections = [
        ...report.matchAll(/^## (\S+): (met|not met|cannot tell|no resource|switched off)$/gm),
      ];
      assert.ok(rows.length > 0);
      assert.deepEqual(
        sections.map(([, reference, verdict]) => [reference, verdict]),
        rows.map(([, reference, verdict]) => [reference, verdict]),
      );
      assert.ok(!/^[^`]*<b>/m.test(report.replace(/`[^`]*`/g, "")), report);
    }
  });

  const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /^evidence: required option '--framework <name>' not specified$/],
    [["--framework", "soc2"], /Allowed choices are pci-dss, hipaa, nist/],
    [["--framework", "nist", "--file", "a", "--stack", "b"], /cannot be used with option/],
    [
      ["--framework", "nist", "--file", "state.json", "--output", "no/such.md"],
      /no\/such\.md cannot be written: ENOENT/,
    ],
    [["--framework", "nist", "--file", "none.json"], /^state file none\.json cannot be read: ENOENT/],
    [
      ["--framework", "nist", "--file", "cut.json"],
      /^state file cut\.json is no JSON, or is cut off: 42 characters/,
    ],
    [
      ["--framework", "nist", "--file", "other.json"],
      /^state file other\.json is no exported state: it has no depl/,
    ],
    [["--framework", "nist", "--file", "odd.json"], /deployment\.resources\[0\] has no urn and type$/],
    [
      ["--framework", "nist", "--file", "state.json", "--policy-config", "list.json"],
      /expected an object by the name/,
    ],
  ];
  for (const [args, expected] of mistakes) {
    it(`refuses ${args.join(" ") || "no arguments"}`, async () => {
      putState();
      put("cut.json", `{"deployment":{"resources":[{"urn":"${value}`.slice(0, 42));
      put("other.json", { resources: [] });
      put("odd.json", { deployment: { resources: [{}] } });
      put("list.json", []);
      const { code, output, errors } = await run(...args);
      assert.deepEqual([code, output], [2, ""]);
      assert.match(errors, expected);
      assert.ok(!errors.includes("correct horse"), errors);
    });
  }

  it("explains itself", async () => {
    const { code, output } = await run("--help");
    assert.equal(code, 0);
    assert.match(output, /^Usage: strongroom evidence/);
  });
});
