import { strict as assert } from "assert";
import { parseBaseline, renderBaseline } from "../../../policies/waivers/baseline";

const entry = { rule: "key-rotation", urn: "urn:a", fingerprint: "0123456789ab" };
const problems = (value: unknown) =>
  parseBaseline(JSON.stringify(value)).problems.map(({ path, message }) => `${path}: ${message}`);

describe("the file of a baseline", () => {
  it("is written so that two runs differ only in what changed", () => {
    const other = { ...entry, urn: "urn:b" };
    const extra = { ...entry, note: "left out" };
    assert.equal(
      renderBaseline([other, extra, { ...entry, fingerprint: "public-0123456789ab" }]),
      '{\n  "findings": [\n' +
        '    {"rule":"key-rotation","urn":"urn:a","fingerprint":"0123456789ab"},\n' +
        '    {"rule":"key-rotation","urn":"urn:b","fingerprint":"0123456789ab"}\n' +
        "  ]\n}\n",
    );
    assert.equal(renderBaseline([]), '{\n  "findings": []\n}\n');
  });

  it("is read", () =>
    assert.deepEqual(parseBaseline(JSON.stringify({ findings: [entry] })), {
      entries: [entry],
      problems: [],
    }));

  const digits = "expected a finding's twelve digits";
  const bad: readonly (readonly [string, unknown, readonly string[]])[] = [
    ["null", null, ["file: expected an object with the list findings, got null"]],
    ["an entry of null", { findings: [null] }, ["findings[0]: expected an object, got null"]],
    ["an entry of text", { findings: [entry, "x"] }, ['findings[1]: expected an object, got "x"']],
    [
      "an empty entry",
      { findings: [{}] },
      [
        "findings[0].rule: expected text, got nothing",
        "findings[0].urn: expected text, got nothing",
        `findings[0].fingerprint: ${digits}, got nothing`,
      ],
    ],
    [
      "a fingerprint that is too long",
      { findings: [{ ...entry, fingerprint: "0123456789abc" }] },
      [`findings[0].fingerprint: ${digits}, got "0123456789abc"`],
    ],
  ];
  for (const [name, value, expected] of bad) {
    it(`is refused with ${name}`, () => {
      assert.deepEqual(problems(value), expected);
      assert.deepEqual(parseBaseline(JSON.stringify(value)).entries, []);
    });
  }
  it("is refused when it cannot be read", () => {
    const { entries, problems: found } = parseBaseline("a: 1\na: 2");
    assert.deepEqual([entries, found], [[], [{ path: "line 2", message: "Map keys must be unique" }]]);
  });
});
