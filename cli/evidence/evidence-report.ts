import { resourceName } from "../check/finding";
import { ControlVerdict } from "./controls";
import { RuleVerdict, Verdict } from "./judge-rules";

/** Everything an auditor's report says. */
export interface Evidence {
  /** Name and version of the framework. */
  readonly framework: string;
  /** What was judged, such as `deployed state of organization/orders/prod`. */
  readonly subject: string;
  /** When the state was last written, in UTC as ISO 8601. */
  readonly stateTime: string;
  /** When it was judged, in UTC as ISO 8601. */
  readonly at: string;
  /** Version of the policy pack. */
  readonly packVersion: string;
  readonly resources: number;
  readonly controls: readonly ControlVerdict[];
  /** Waivers in force, by whom and until when, and those that are stale. */
  readonly waivers: readonly string[];
}

const meanings: Readonly<Record<Verdict, string>> = {
  met: "every resource that the rules are about complies",
  "not met": "at least one resource breaks a rule; a waiver does not change that",
  "cannot tell": "a value that decides it is not in the state, or is a secret",
  "no resource": "the stack has nothing that the rules are about",
  "switched off": "a rule was disabled in the policy configuration",
};

/** Markdown for an auditor. */
export function renderEvidence(evidence: Evidence): string {
  const { controls, waivers } = evidence;
  const lines = [
    `# ${evidence.framework}: evidence from ${code(evidence.subject)}`,
    "",
    `- Judged: ${evidence.at}`,
    `- State written: ${evidence.stateTime || "not said in the state"}`,
    `- Policy pack: strongroom ${evidence.packVersion}`,
    `- Resources in the state: ${evidence.resources}`,
    `- Controls: ${tally(controls)}`,
    "",
    "The rules bear on these controls as far as secrets, keys and access to them go; no rule meets a control alone.",
    "",
    "| Control | Verdict | Rules |",
    "| --- | --- | --- |",
    ...controls.map(
      ({ reference, verdict, rules }) =>
        `| ${reference} | ${verdict} | ${rules.map(({ rule }) => rule.code).join(", ")} |`,
    ),
    "",
    ...(Object.keys(meanings) as Verdict[]).map((verdict) => `- **${verdict}**: ${meanings[verdict]}.`),
    "",
    ...controls.flatMap(controlSection),
    "## Waivers",
    "",
    ...(waivers.length === 0 ? ["None in force."] : waivers.map((one) => `- ${text(one)}`)),
  ];
  return `${lines.join("\n")}\n`;
}

/** The same as data: rules by code, resources by URN. */
export function evidenceData({ controls, ...evidence }: Evidence): object {
  return {
    ...evidence,
    controls: controls.map(({ reference, verdict, rules }) => ({
      reference,
      verdict,
      rules: rules.map(({ rule, ...judged }) => ({
        rule: rule.id,
        code: rule.code,
        title: rule.title,
        severity: rule.severity,
        ...judged,
      })),
    })),
  };
}

function controlSection({ reference, verdict, rules }: ControlVerdict): readonly string[] {
  return [`## ${reference}: ${verdict}`, "", ...rules.flatMap(ruleLines), ""];
}

function ruleLines({ rule, verdict, resources, violations, undecided }: RuleVerdict): readonly string[] {
  return [
    `- **${rule.code} ${rule.id}**: ${verdict}. ${rule.title}.`,
    ...(resources.length === 0 ? [] : [`  - Resources (${resources.length}): ${listed(resources)}`]),
    ...violations.map(({ urn, message, fingerprint, waived }) => {
      const until =
        waived === undefined ? "" : ` Waived until ${waived.expires} by ${waived.owner} (${waived.ticket}).`;
      return `  - ${code(resourceName(urn))}: ${text(message)} (${fingerprint})${text(until)}`;
    }),
    ...undecided.map(({ urn, reason, decidedBy }) => {
      return `  - ${code(resourceName(urn))}: ${text(reason)}; decided by ${text(decidedBy)}`;
    }),
  ];
}

/** Every one by name: an auditor samples from the list. */
function listed(urns: readonly string[]): string {
  return urns.map((urn) => code(resourceName(urn))).join(", ");
}

function tally(controls: readonly ControlVerdict[]): string {
  const parts = (Object.keys(meanings) as Verdict[]).flatMap((verdict) => {
    const count = controls.filter((one) => one.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  return parts.join(", ") || "none";
}

function code(name: string): string {
  return `\`${name.replace(/`/g, "'").replace(/\s+/g, " ")}\``;
}

/** Names in it are free text: nothing becomes HTML or markup. */
function text(value: string): string {
  return value
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/([\\`*_[\]|])/g, "\\$1")
    .replace(/\s*\n\s*/g, " ");
}
