import { strict as assert } from "assert";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { readFileSync } from "fs";
import { join } from "path";
import { CheckFinding, CheckResult } from "../../../cli/check/finding";
import { renderSarif } from "../../../cli/check/formats/sarif";
import { rules } from "../../../policies/rules";
import { clean, open, others, rotation, sample } from "./sample";

const validate = compiled();

/** The schema is of draft 4: its `id` is `$id` for the validator, and nothing else in it has changed since. */
function compiled() {
  const file = join(__dirname, "sarif-schema/sarif-2.1.0-rtm.5.json");
  const { id, $schema: _, ...schema } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  return ajv.compile({ ...schema, $id: id as string });
}

/** The one run of a log that the schema accepts. */
function runOf(result: CheckResult) {
  const log: unknown = JSON.parse(renderSarif(result, { rules }));
  assert.ok(validate(log), JSON.stringify(validate.errors, null, 1));
  const { runs } = log as { readonly runs: readonly [SarifRun] };
  assert.equal(runs.length, 1);
  return runs[0];
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly kind: string;
  readonly suppressions?: readonly { readonly justification: string }[];
  readonly baselineState?: string;
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: object;
    };
  }[];
}

interface SarifRun {
  readonly tool: {
    readonly driver: {
      readonly rules: readonly {
        readonly id: string;
        readonly properties: { readonly tags: readonly string[] };
      }[];
    };
  };
  readonly results: readonly SarifResult[];
  readonly invocations: readonly [
    { readonly toolExecutionNotifications: readonly { readonly message: object }[] },
  ];
}

const only = (finding: CheckFinding) => runOf(sample({ findings: [finding] })).results[0]!;

describe("SARIF 2.1.0", () => {
  it("is valid with one of everything, and with nothing", () => {
    assert.equal(runOf(sample()).results.length, 6);
    assert.deepEqual(runOf(clean).results, []);
  });

  it("the schema is in force: a result without a message is refused", () => {
    const log = JSON.parse(renderSarif(sample(), { rules })) as {
      runs: [{ results: Record<string, unknown>[] }];
    };
    delete log.runs[0].results[0]!["message"];
    assert.equal(validate(log), false);
  });

  it("names every rule of the pack, and those of other packs that found something", () => {
    const ids = runOf(sample()).tool.driver.rules.map(({ id }) => id);
    assert.deepEqual(ids, [...rules.map(({ id }) => id), "foreign-rule"]);
  });

  it("points each result to its rule", () => {
    const run = runOf(sample());
    for (const { ruleId, ruleIndex } of run.results) {
      assert.equal(run.tool.driver.rules[ruleIndex]?.id, ruleId);
    }
  });

  it("keeps to GitHub's ten tags a rule", () => {
    const most = Math.max(...runOf(clean).tool.driver.rules.map(({ properties }) => properties.tags.length));
    assert.ok(most <= 10, String(most));
  });

  it("gives place, level and fingerprint", () => {
    const { level, kind, locations, partialFingerprints } = only(rotation);
    const region = { startLine: 18, startColumn: 14 };
    assert.deepEqual(
      { level, kind, physicalLocation: locations[0]!.physicalLocation, partialFingerprints },
      {
        level: "warning",
        kind: "fail",
        physicalLocation: { artifactLocation: { uri: "infra/index.ts" }, region },
        partialFingerprints: { "strongroom/v1": rotation.fingerprint, "resource/v1": rotation.urn },
      },
    );
  });

  it("puts a resource of unknown place at the project's own file", () => {
    const { physicalLocation } = only(open).locations[0]!;
    assert.deepEqual(physicalLocation, {
      artifactLocation: { uri: "infra/Pulumi.yaml" },
      region: { startLine: 1 },
    });
  });

  it("keeps hidden findings with what hides them", () => {
    const [waived, known, soft] = others.map(only);
    assert.deepEqual(
      waived!.suppressions?.[0]?.justification,
      "by hand (payments, SEC-12, until 2027-01-31)",
    );
    assert.deepEqual([known!.baselineState, known!.suppressions?.length], ["unchanged", 1]);
    assert.deepEqual([soft!.level, soft!.suppressions], ["note", undefined]);
  });

  it("tells what is undecided as a notification: no alert and no pass", () => {
    const run = runOf(sample({ findings: [] }));
    assert.deepEqual(run.results, []);
    assert.deepEqual(run.invocations[0].toolExecutionNotifications, [
      {
        level: "note",
        message: { text: 'SM-09, SM-10: the policy of SecretPolicy "slow" is not known; decided by it' },
      },
    ]);
  });
});
