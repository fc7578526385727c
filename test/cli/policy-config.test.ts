import { strict as assert } from "assert";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { CommandFailure } from "../../cli/command-io";
import { readPolicyConfig } from "../../cli/policy-config";
import { rules } from "../../policies/rules";
import { recordedIo } from "../support/command-io";

describe("a policy configuration", () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "strongroom-config-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const configOf = (content: unknown) => {
    writeFileSync(join(folder, "policies.json"), JSON.stringify(content));
    return readPolicyConfig("policies.json", recordedIo(folder));
  };

  it("gives settings and levels", () => {
    const config = configOf({
      all: "advisory",
      "endpoint-for-readers": { enforcementLevel: "disabled", minimumSubnets: 3 },
      "of-another-pack": { anything: 1 },
    });
    assert.deepEqual(
      ["endpoint-for-readers", "key-rotation"].map((id) => [config.levelOf(id), config.settingsOf(id)]),
      [
        ["disabled", { minimumSubnets: 3 }],
        ["advisory", {}],
      ],
    );
  });

  it("takes the defaults of every rule", () => {
    const defaults = rules.map(({ id, settings }) => [
      id,
      Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, (setting as any).default])),
    ]);
    assert.doesNotThrow(() => configOf(Object.fromEntries(defaults)));
  });

  const mistakes: readonly (readonly [string, unknown, string])[] = [
    ["endpoint-for-readers", { minimumSubnets: "3" }, ".minimumSubnets: expected an integer, not a string"],
    ["endpoint-for-readers", { minimumSubnets: 2.5 }, ".minimumSubnets: expected an integer, not a number"],
    ["endpoint-for-readers", { minimumSubnets: 0 }, ".minimumSubnets: must be at least 1"],
    ["endpoint-for-readers", { minimumSubnets: 7 }, ".minimumSubnets: must be at most 6"],
    ["endpoint-for-readers", { services: "kms" }, ".services: expected an array, not a string"],
    ["endpoint-for-readers", { services: ["s3"] }, ".services[0]: expected one of secretsmanager, kms, ssm"],
    ["rotation-function-in-vpc", { always: null }, ".always: expected a boolean, not null"],
    ["key-rotation", 3, ": expected an object, not a number"],
    ["key-rotation", [], ": expected an object, not an array"],
    ["key-rotation", "off", ": expected one of advisory, mandatory, remediate, disabled"],
    [
      "key-rotation",
      { enforcementLevel: "off" },
      ".enforcementLevel: expected one of advisory, mandatory, remediate, disabled",
    ],
    ["all", false, ": expected an object, not a boolean"],
    ["waivers", { maximumDays: "90" }, ".maximumDays: expected an integer, not a string"],
    ["organization", { accounts: ["1"] }, ".accounts[0]: does not match ^[0-9]{12}$"],
    [
      "organization",
      { places: { "111111111111": 1 } },
      ".places.111111111111: expected a string, not a number",
    ],
  ];
  for (const [policy, entry, problem] of mistakes) {
    it(`is refused for ${policy}${problem}`, () => {
      const message = `${join(folder, "policies.json")} cannot be used:\n  ${policy}${problem}`;
      assert.throws(() => configOf({ [policy]: entry }), new CommandFailure(message));
    });
  }

  it("is refused once, with everything that is wrong", () => {
    assert.throws(() => configOf({ "key-rotation": 1, waivers: { file: 2, baseline: 3 } }), {
      name: "CommandFailure",
      message: /\n {2}key-rotation: [^\n]+\n {2}waivers\.file: [^\n]+\n {2}waivers\.baseline: [^\n]+$/,
    });
  });
});
