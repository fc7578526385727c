import { strict as assert } from "assert";
import { undecided, violation } from "../../policies/findings";
import { graphRule, isAbout, resourceRule } from "../../policies/rule";
import { withDefaults } from "../../policies/setting";
import { resource } from "./support/stack";

describe("settings", () => {
  const settings = {
    days: { type: "integer", default: 90 },
    names: { type: "array", default: ["a"] },
  } as const;
  const cases: readonly (readonly [string, object, object])[] = [
    ["have their defaults", {}, { days: 90, names: ["a"] }],
    ["are as configured", { days: 30 }, { days: 30, names: ["a"] }],
    ["keep what is configured beside", { x: 1 }, { days: 90, names: ["a"], x: 1 }],
  ];
  for (const [name, configured, expected] of cases) {
    it(name, () => assert.deepEqual(withDefaults(settings, configured), expected));
  }
  it("may be none", () => assert.deepEqual(withDefaults({}, {}), {}));
});

describe("findings", () => {
  const one = resource("secret", "orders");
  it("say the fact and the fix", () => {
    assert.deepEqual(violation(one, "it is open", "Close it"), {
      kind: "violation",
      resource: one,
      message: "it is open. Close it.",
      fact: "it is open",
    });
    const { isPublic } = violation(one, "it is open", "Close it", { isPublic: true }) as {
      readonly isPublic?: boolean;
    };
    assert.equal(isPublic, true);
  });
  it("say why there is no verdict, and what brings one", () => {
    assert.deepEqual(undecided(one, "it is new", "the update"), {
      kind: "undecided",
      resource: one,
      reason: "it is new",
      decidedBy: "the update",
    });
  });
});

describe("rules", () => {
  const data = {
    id: "x",
    code: "X-01",
    title: "x",
    severity: "low",
    frameworks: [],
    mapsTo: {},
    remediation: "x",
    settings: {},
  } as const;
  it("are of one resource or of the graph", () => {
    const check = () => [];
    assert.deepEqual(resourceRule({ ...data, appliesTo: "a", check }), {
      ...data,
      appliesTo: "a",
      check,
      kind: "resource",
    });
    assert.deepEqual(graphRule({ ...data, check }), { ...data, check, kind: "graph" });
  });
  it("of one resource are about one type, or several", () => {
    const about = (appliesTo: string | readonly string[], type: string) =>
      isAbout(resourceRule({ ...data, appliesTo, check: () => [] }), type);
    assert.deepEqual(
      [
        about("a", "a"),
        about("a", "b"),
        about("ab", "a"),
        about(["a", "b"], "b"),
        about(["a"], "b"),
        about([], "a"),
      ],
      [true, false, false, true, false, false],
    );
  });
});
