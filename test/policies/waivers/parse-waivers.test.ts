import { strict as assert } from "assert";
import { parseWaivers, WaiverLimits } from "../../../policies/waivers/parse-waivers";

const limits: WaiverLimits = {
  rules: ["key-rotation", "secret-rotation-configured"],
  today: "2026-11-24",
  maximumDays: 180,
};

const sound = {
  rule: "key-rotation",
  urn: "urn:pulumi:dev::orders::aws:kms/key:Key::legacy-*",
  fingerprint: "0123456789ab",
  reason: "the vendor changes it by hand",
  owner: "payments",
  ticket: "SEC-12",
  expires: "2027-01-31",
};

/** Problems of a file with this one waiver, as `path: message`. */
function problemsOf(change: Readonly<Record<string, unknown>>): readonly string[] {
  const entry = Object.fromEntries(
    Object.entries({ ...sound, ...change }).filter(([, value]) => value !== undefined),
  );
  return problems(JSON.stringify({ waivers: [entry] }));
}

function problems(text: string): readonly string[] {
  const parsed = parseWaivers(text, limits);
  if (parsed.problems.length > 0)
    assert.deepEqual(parsed.waivers, [], "a file with a problem waives nothing");
  return parsed.problems.map(({ path, message }) => `${path}: ${message}`);
}

const digits = "expected the twelve digits that the report shows behind the finding, or a list of them";

describe("a file of waivers", () => {
  it("is YAML or JSON", () => {
    const { fingerprint, ...rest } = sound;
    const expected = { ...rest, path: "waivers[0]", fingerprints: [fingerprint] };
    const yaml = `waivers:\n${Object.entries(sound)
      .map(([key, value], index) => `  ${index === 0 ? "-" : " "} ${key}: "${value}"\n`)
      .join("")}`;
    assert.deepEqual(parseWaivers(yaml, limits), { waivers: [expected], problems: [] });
    assert.deepEqual(parseWaivers(JSON.stringify({ waivers: [sound] }), limits), {
      waivers: [expected],
      problems: [],
    });
  });

  it("takes a day without quotes, and a list of fingerprints", () => {
    const text =
      "waivers:\n- {rule: key-rotation, urn: 'a::b::c::d', fingerprint: ['0123456789ab', 'ba9876543210'], " +
      "reason: ten letters, owner: me, ticket: T-1, expires: 2027-01-31}\n";
    assert.deepEqual(
      parseWaivers(text, limits).waivers.map(({ fingerprints, expires }) => [fingerprints, expires]),
      [[["0123456789ab", "ba9876543210"], "2027-01-31"]],
    );
  });

  it("may be empty of waivers, and may hold expired ones", () => {
    assert.deepEqual(problems("waivers: []\n"), []);
    assert.deepEqual(problemsOf({ expires: "2020-02-29" }), []);
  });

  const bad: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    ["no rule", { rule: undefined }, ["waivers[0].rule: expected text, got nothing"]],
    [
      "a rule that is not there",
      { rule: "key-rotatoin" },
      ['waivers[0].rule: expected the name of a rule as docs/rules.md lists it, got "key-rotatoin"'],
    ],
    [
      "every rule",
      { rule: "*" },
      ['waivers[0].rule: expected the name of a rule as docs/rules.md lists it, got "*"'],
    ],
    ...[
      "*",
      "**",
      "urn:*",
      "urn:pulumi:*",
      "urn:pulumi:dev::*",
      "*::*::*::*",
      "urn:pulumi:dev::orders::aws:kms/key:Key::*?",
    ].map(
      (urn) =>
        [
          `the wildcard ${urn}`,
          { urn },
          [`waivers[0].urn: expected a URN that says which resource, got "${urn}", which fits every one`],
        ] as const,
    ),
    ["no fingerprint", { fingerprint: undefined }, [`waivers[0].fingerprint: ${digits}, got nothing`]],
    ["any fingerprint", { fingerprint: "*" }, [`waivers[0].fingerprint: ${digits}, got "*"`]],
    ["no fingerprint in a list", { fingerprint: [] }, [`waivers[0].fingerprint: ${digits}, got []`]],
    [
      "a finding about the public",
      { fingerprint: ["0123456789ab", "public-0123456789ab"] },
      [
        "waivers[0].fingerprint: public-0123456789ab is about the public, which no waiver hides: fix the finding",
      ],
    ],
    [
      "a short reason",
      { reason: "because" },
      ['waivers[0].reason: expected text of at least 10 characters, got "because"'],
    ],
    ["a blank owner", { owner: "  " }, ['waivers[0].owner: expected text, got "  "']],
    ["no ticket", { ticket: null }, ["waivers[0].ticket: expected text, got null"]],
    [
      "no end",
      { expires: undefined },
      ["waivers[0].expires: expected a day such as 2027-01-31, got nothing"],
    ],
    [
      "a day that is not in the calendar",
      { expires: "2027-02-30" },
      ['waivers[0].expires: expected a day such as 2027-01-31, got "2027-02-30"'],
    ],
    [
      "an end too far away",
      { expires: "2027-05-24" },
      ["waivers[0].expires: expected at most 180 days from 2026-11-24, got 2027-05-24, which is 181"],
    ],
    [
      "a member that is not known",
      { expire: "2027-01-31" },
      ["waivers[0].expire: unknown member; known: rule, urn, fingerprint, reason, owner, ticket, expires"],
    ],
  ];
  for (const [name, change, expected] of bad) {
    it(`refuses ${name}`, () => assert.deepEqual(problemsOf(change), expected));
  }

  it("takes the last day that is allowed", () => assert.deepEqual(problemsOf({ expires: "2027-05-23" }), []));

  it("says everything that is wrong at once, each with its path", () => {
    const text = JSON.stringify({
      version: 1,
      waivers: [{ ...sound, owner: 7 }, "no object", { ...sound, urn: "*", expires: "soon" }],
    });
    assert.deepEqual(problems(text), [
      "version: unknown member; known: waivers",
      "waivers[0].owner: expected text, got 7",
      'waivers[1]: expected an object, got "no object"',
      'waivers[2].urn: expected a URN that says which resource, got "*", which fits every one',
      'waivers[2].expires: expected a day such as 2027-01-31, got "soon"',
    ]);
  });

  it("refuses what says the same twice", () => {
    assert.deepEqual(problems(JSON.stringify({ waivers: [sound, sound] })), [
      "waivers[1]: says the same as waivers[0] for 0123456789ab",
    ]);
  });

  const unreadable: readonly (readonly [string, string, RegExp])[] = [
    ["an empty file", "", /^file: expected an object with the list waivers, got (nothing|null)$/],
    ["a list", "- rule: x\n", /^file: expected an object with the list waivers, got \[/],
    ["no list", "waivers: none\n", /^waivers: expected a list, got "none"$/],
    ["a syntax mistake, with its line", "waivers:\n  - rule: [\n", /^line \d+: /],
    ["a key that stands twice", "waivers: []\nwaivers: []\n", /^line 2: Map keys must be unique$/],
    ["several documents", "waivers: []\n---\nwaivers: []\n", /^file: expected one document, got several$/],
    ["JSON that is cut off", '{"waivers": [{"rule": "key', /^line 1: /],
    [
      "aliases that grow without end",
      `a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nwaivers: [*c, *c, *c]\n`,
      /^file: .*alias/i,
    ],
    ["a text too long", "#".repeat(4_000_001), /^file: expected at most 4000000 characters, got 4000001$/],
  ];
  for (const [name, text, expected] of unreadable) {
    it(`refuses ${name}`, () => {
      const [first = "", ...others] = problems(text);
      assert.match(first, expected);
      assert.ok(others.length === 0 || name.includes("mistake") || name.includes("cut"), others.join("\n"));
    });
  }
});
