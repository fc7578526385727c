import { Rule } from "../../../policies/rule";
import { CheckFinding, CheckResult, resourceName } from "../finding";
import type { FormatContext } from "./index";

/** GitHub shows no more than this many tags of a rule. */
const mostTags = 10;

/** GitHub's scale of 0 to 10: critical above 9, high from 7, medium from 4. */
const securitySeverity = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" } as const;
const levels = { critical: "error", high: "error", medium: "warning", low: "note" } as const;

/**
 * SARIF 2.1.0 (OASIS), as GitHub's code scanning takes it: the fingerprint tells alerts apart, hidden findings carry
 * their suppression, and what cannot be told is a notification, for an alert would be wrong and a pass as well.
 */
export function renderSarif(result: CheckResult, { rules }: Pick<FormatContext, "rules">): string {
  const named = rulesOf(result, rules);
  const index = new Map(named.map(({ id }, position) => [id, position]));
  const [pack] = result.packs;
  const driver = {
    name: "Strongroom",
    ...(pack === undefined ? {} : { version: pack.version || "0" }),
    rules: named,
  };
  const run = {
    tool: { driver },
    automationDetails: { id: `strongroom/${result.subject.replace(/[^\w.-]+/g, "-")}/` },
    invocations: [
      {
        executionSuccessful: true,
        endTimeUtc: result.at,
        toolExecutionNotifications: result.undecided.map(({ codes, text }) => ({
          level: "note",
          message: { text: codes.length === 0 ? text : `${codes.join(", ")}: ${text}` },
        })),
      },
    ],
    results: result.findings.map((finding) =>
      resultOf(finding, index.get(finding.rule)!, result.projectFile),
    ),
  };
  const schema = "https://json.schemastore.org/sarif-2.1.0.json";
  return `${JSON.stringify({ $schema: schema, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

/** Every rule of the pack, so that a scan without findings still says what was looked for, and those of other packs. */
function rulesOf(result: CheckResult, rules: readonly Rule[]) {
  const known = new Set(rules.map(({ id }) => id));
  const others = new Map(
    result.findings.filter(({ rule }) => !known.has(rule)).map((one) => [one.rule, one]),
  );
  return [...rules.map(descriptorOf), ...[...others.values()].map(foreignDescriptor)];
}

function descriptorOf({ id, code, title, severity, remediation, frameworks }: Rule) {
  const tags = [
    "security",
    code,
    ...frameworks.map(({ name, version, reference }) => `${name} ${version}: ${reference}`),
  ];
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: `${code}: ${title}.` },
    help: { text: `${remediation}.`, markdown: `**${code}** ${title}.\n\n${remediation}.` },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: tags.slice(0, mostTags), "security-severity": securitySeverity[severity] },
  };
}

function foreignDescriptor({ rule, title, severity }: CheckFinding) {
  return {
    id: rule,
    name: rule,
    shortDescription: { text: title || rule },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ["security"], "security-severity": securitySeverity[severity] },
  };
}

function resultOf(finding: CheckFinding, ruleIndex: number, projectFile: string) {
  const { rule, severity, level, urn, message, fingerprint, hidden } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    kind: "fail",
    level: level === "advisory" ? "note" : levels[severity],
    message: { text: message },
    locations: [locationOf(finding, projectFile)],
    // The name ends with its version, as SARIF 2.1.0, 3.27.17 wants it.
    partialFingerprints: { "strongroom/v1": fingerprint, "resource/v1": urn },
    ...(hidden?.by === "baseline" ? { baselineState: "unchanged" } : {}),
    ...(hidden === undefined ? {} : { suppressions: [suppressionOf(hidden)] }),
  };
}

/** Code scanning shows no alert without a file, so a resource of unknown place stands at the project's own. */
function locationOf({ urn, place }: CheckFinding, projectFile: string) {
  const { file, line, column } = place ?? { file: projectFile, line: 1, column: undefined };
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/") },
      region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
    },
    logicalLocations: [{ name: resourceName(urn), fullyQualifiedName: urn, kind: "resource" }],
  };
}

function suppressionOf(hidden: NonNullable<CheckFinding["hidden"]>) {
  const justification =
    hidden.by === "baseline"
      ? "in the baseline"
      : `${hidden.reason} (${hidden.owner}, ${hidden.ticket}, until ${hidden.expires})`;
  return { kind: "external", status: "accepted", justification };
}
