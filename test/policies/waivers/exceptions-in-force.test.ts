import { strict as assert } from "assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { violation } from "../../../policies/findings";
import { keyPolicyNoWildcard } from "../../../policies/rules/keys/key-policy-no-wildcard";
import { keyRotation } from "../../../policies/rules/keys/key-rotation";
import { ExceptionsInForce } from "../../../policies/waivers/exceptions-in-force";
import { waiverSettings } from "../../../policies/waivers/settings";
import { loadExceptions } from "../../../policies/waivers/exception-files";
import { withDefaults } from "../../../policies/setting";
import { resource } from "../support/stack";

const key = resource("key", "main");
const finding = violation(key, 'key "main" is not rotated', "Rotate it");
const waiver = {
  rule: "key-rotation",
  urn: key.urn,
  fingerprint: "",
  reason: "the vendor changes it by hand",
  owner: "payments",
  ticket: "SEC-12",
  expires: "2027-01-31",
};

describe("the exceptions of the pack's process", () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-waivers-"));
  const now = () => new Date("2026-11-24T23:59:59Z");
  const file = join(folder, "waivers.json");
  after(() => rmSync(folder, { recursive: true, force: true }));

  const inForce = (env: NodeJS.ProcessEnv) =>
    new ExceptionsInForce([keyRotation.id, keyPolicyNoWildcard.id], env, now);
  const shown = inForce({}).shown(keyRotation, finding)!;
  const fingerprint = /\[([0-9a-f]{12})\]$/.exec(shown)![1]!;

  const put = (...waivers: readonly object[]) => writeFileSync(file, JSON.stringify({ waivers }));

  it("show a finding with its fingerprint where there is no file", () => {
    assert.equal(shown, `Key "main" is not rotated. Rotate it. [${fingerprint}]`);
  });

  it("hide it by the file that the environment names, and say so once", () => {
    put({ ...waiver, fingerprint });
    const exceptions = inForce({ STRONGROOM_WAIVERS: "waivers.json", PWD: folder });
    exceptions.noteStack(key.urn);
    assert.equal(exceptions.shown(keyRotation, finding), undefined);
    assert.deepEqual(exceptions.takeReport(), {
      stale: [],
      hidden: [
        "1 finding waived until 2027-01-31: waivers[0] (key-rotation, owner payments, ticket SEC-12), " +
          "the vendor changes it by hand",
      ],
    });
  });

  it("show it again when the fact changes, whatever the fix says", () => {
    put({ ...waiver, fingerprint });
    const exceptions = inForce({ STRONGROOM_WAIVERS: file });
    const worded = violation(key, 'key "main" is not rotated', "Set enableKeyRotation");
    const changed = violation(key, 'key "main" is rotated every 900 days', "Rotate it");
    assert.equal(exceptions.shown(keyRotation, worded), undefined);
    assert.match(exceptions.shown(keyRotation, changed) ?? "", /^Key "main" is rotated every 900 days\./);
  });

  it("show a finding about the public, and call the waiver that wanted to hide it stale", () => {
    const open = violation(key, "the policy lets in anybody", "Close it");
    const [, mark = ""] =
      /\[public-([0-9a-f]{12})\]$/.exec(inForce({}).shown(keyPolicyNoWildcard, open)!) ?? [];
    put({ ...waiver, rule: keyPolicyNoWildcard.id, fingerprint: mark });
    const exceptions = inForce({ STRONGROOM_WAIVERS: file });
    exceptions.noteStack(key.urn);
    assert.match(exceptions.shown(keyPolicyNoWildcard, open) ?? "", /lets in anybody.*\[public-/);
    assert.match(exceptions.takeReport().stale.join(), /has no finding to waive/);
  });

  it("hide nothing by a file with a mistake, and say every mistake once", () => {
    put({ ...waiver, fingerprint }, { ...waiver, fingerprint: "*", owner: "" });
    const exceptions = inForce({ STRONGROOM_WAIVERS: file });
    assert.equal(exceptions.shown(keyRotation, finding), shown);
    assert.deepEqual(exceptions.takeProblems(), [
      `${file} has 2 problems:\n` +
        '  waivers[1].fingerprint: expected the twelve digits that the report shows behind the finding, or a list of them, got "*"\n' +
        '  waivers[1].owner: expected text, got ""',
    ]);
    assert.deepEqual(exceptions.takeProblems(), []);
  });

  it("read the files anew with other settings", () => {
    put({ ...waiver, fingerprint });
    const exceptions = inForce({});
    assert.equal(exceptions.shown(keyRotation, finding), shown);
    exceptions.configure({ file });
    assert.equal(exceptions.shown(keyRotation, finding), undefined);
    exceptions.configure({ file, maximumDays: 10 });
    assert.equal(exceptions.shown(keyRotation, finding), shown);
    assert.match(exceptions.takeProblems().join(), /expected at most 10 days from 2026-11-24/);
  });
});

describe("the files of waivers and baseline", () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-waiver-files-"));
  const pack = join(folder, "pack");
  mkdirSync(pack);
  writeFileSync(join(folder, "empty.yaml"), "waivers: []\n");
  writeFileSync(join(folder, "broken.yaml"), "waivers: 1\n");
  writeFileSync(join(folder, "broken.json"), "{}");
  after(() => rmSync(folder, { recursive: true, force: true }));

  const problems = (settings: object, env: NodeJS.ProcessEnv = {}) =>
    loadExceptions({
      settings: withDefaults(waiverSettings, settings),
      folder: pack,
      env,
      rules: [],
      today: "2026-11-24",
    }).problems;

  const missing = (path: string) => [`${path} cannot be read: it is not there`];
  const cases: readonly (readonly [string, object, NodeJS.ProcessEnv, readonly string[]])[] = [
    ["the default ones need not exist", {}, {}, []],
    ["one that the settings name must", { file: "none.yaml" }, {}, missing(join(pack, "none.yaml"))],
    ["as must a baseline", { baseline: "none.json" }, {}, missing(join(pack, "none.json"))],
    [
      "and one that the environment names",
      {},
      { STRONGROOM_WAIVERS: "none.yaml", PWD: folder },
      missing(join(folder, "none.yaml")),
    ],
    ["paths in the settings start at the pack", { file: "../empty.yaml" }, {}, []],
    [
      "the settings go before the environment",
      { file: "../empty.yaml" },
      { STRONGROOM_WAIVERS: join(folder, "broken.yaml") },
      [],
    ],
    ["nothing is read without a name", { file: "", baseline: "" }, { STRONGROOM_WAIVERS: "x" }, []],
    ["`none` shows everything, whatever the settings say", { file: "x" }, { STRONGROOM_WAIVERS: "none" }, []],
    [
      "problems of both files are said",
      { file: "../broken.yaml", baseline: "../broken.json" },
      {},
      [
        `${join(folder, "broken.yaml")} has 1 problem:\n  waivers: expected a list, got 1`,
        `${join(folder, "broken.json")} has 1 problem:\n  file: expected an object with the list findings, got {}`,
      ],
    ],
  ];
  for (const [name, settings, env, expected] of cases) {
    it(name, () => assert.deepEqual(problems(settings, env), expected));
  }
});
