import { strict as assert } from "assert";
import { fails } from "../../../cli/check/finding";
import { renderJson } from "../../../cli/check/formats/json";
import { renderJunit } from "../../../cli/check/formats/junit";
import { markdownMark, renderMarkdown } from "../../../cli/check/formats/markdown";
import { renderTable } from "../../../cli/check/formats/table";
import { rules } from "../../../policies/rules";
import { elements } from "./xml-elements";
import { clean, open, others, rotation, sample } from "./sample";

describe("the terminal table", () => {
  it("has the worst first, then what is undecided and hidden", () => {
    assert.equal(
      renderTable(sample({ findings: [open, rotation, others[0]!] }), { colour: false }),
      `preview of organization/orders/dev: 2 findings, 1 waived, 1 undecided, 14 resources

critical  SM-09   SecretPolicy open  public-0123456789ab
          The policy of SecretPolicy "open" lets in anybody.

medium    KMS-01  Key main           0123456789ab  infra/index.ts:18
          Key "main" is not rotated. Set enableKeyRotation to true.

Cannot be told yet; neither passed nor failed:
  SM-09, SM-10: the policy of SecretPolicy "slow" is not known; decided by it

Hidden:
  1 finding waived until 2027-01-31: waivers[0] (key-rotation, owner payments, ticket SEC-12), by hand

1 critical, 1 medium
`,
    );
  });

  it("is one line when there is nothing to say", () => {
    assert.equal(
      renderTable(clean, { colour: true }),
      "preview of organization/orders/dev: no findings, 14 resources\n",
    );
  });

  it("has colours when asked, and none else", () => {
    assert.ok(renderTable(sample(), { colour: true }).includes("\u001b[1;31mcritical\u001b[0m"));
    assert.ok(!renderTable(sample(), { colour: false }).includes("\u001b"));
  });
});

describe("JUnit XML", () => {
  it("counts findings as failures, and neither hidden nor undecided as passed", () => {
    const parsed = elements(renderJunit(sample(), { rules }));
    const of = (name: string) => parsed.filter((element) => element.name === name);
    const { tests, failures, skipped, errors } = of("testsuite")[0]!.attributes;
    assert.deepEqual([tests, failures, skipped, errors], ["8", "4", "3", "0"]);
    assert.deepEqual([of("testcase").length, of("failure").length, of("skipped").length], [8, 4, 3]);
    assert.deepEqual(
      of("skipped").map(({ attributes }) => attributes["message"]),
      [
        "in the baseline",
        "waived until 2027-01-31 by payments, SEC-12: by hand",
        'the policy of SecretPolicy "slow" is not known; decided by it',
      ],
    );
  });

  it("is well-formed whatever names and messages hold", () => {
    const failure = elements(renderJunit(sample({ findings: [others[3]!] }), { rules })).find(
      ({ name }) => name === "failure",
    )!;
    assert.equal(failure.attributes["message"], 'A "quote" & <tag>\ufffd | a bar');
    assert.match(failure.text, /Bucket::<img src=x>\|@everyone$/);
  });
});

describe("Markdown for a pull request", () => {
  it("begins with the mark by which the next run finds it, and has a row for each finding", () => {
    const lines = renderMarkdown(sample()).split("\n");
    assert.deepEqual(lines.slice(0, 4), [
      markdownMark,
      "### Strongroom: 4 findings, 1 waived, 1 in the baseline, 1 undecided, 14 resources",
      "",
      "preview of organization/orders/dev · 1 critical, 1 high, 1 medium, 1 low",
    ]);
    const rows = lines.filter((line) => /^\| (critical|high|medium|low)/.test(line));
    assert.deepEqual(
      rows.map((row) => row.split(" | ")[0]),
      ["| critical", "| high", "| medium", "| low, advisory"],
    );
  });

  it("lets no name become markup, HTML, a mention or another cell", () => {
    const row = renderMarkdown(sample({ findings: [others[3]!] }))
      .split("\n")
      .find((line) => line.startsWith("| high"))!;
    assert.ok(!/<img|[^\\]`|@everyone/.test(row), row);
    assert.equal(row.split(/(?<!\\)\|/).length, 6, row);
    assert.match(row, /<br>and a second line/);
  });

  it("stays within what GitHub takes, and says what is left out", () => {
    const findings = Array.from({ length: 2_000 }, (_, index) => ({
      ...rotation,
      fingerprint: String(index),
    }));
    const text = renderMarkdown(sample({ findings }));
    assert.ok(text.length < 65_536, String(text.length));
    const rows = text.split("\n").filter((line) => line.startsWith("| medium")).length;
    assert.ok(text.includes(`… and ${2_000 - rows} more.`));
  });
});

describe("JSON", () => {
  it("is the whole result", () => {
    assert.deepEqual(JSON.parse(renderJson(clean)), clean);
  });
});

describe("the exit code", () => {
  const cases = [
    ["a finding at the threshold", rotation, "medium", true],
    ["a finding below it", rotation, "high", false],
    ["a finding above it", open, "high", true],
    ["a waived finding", others[0]!, "low", false],
    ["a finding of the baseline", others[1]!, "low", false],
    ["an advisory finding", others[2]!, "low", false],
  ] as const;
  for (const [name, finding, threshold, expected] of cases) {
    it(`${expected ? "1" : "0"} for ${name}`, () =>
      assert.equal(fails(sample({ findings: [finding] }), threshold), expected));
  }

  it("0 for what is undecided only", () => assert.equal(fails(sample({ findings: [] }), "low"), false));
});
