import { organizationSettings } from "../policies/organization";
import { Equivalents, Framework, Rule } from "../policies/rule";
import { rules } from "../policies/rules";
import { Settings } from "../policies/setting";
import { waiverSettings } from "../policies/waivers/settings";

/** How each tool that rules have equivalents in is called, in the order of the page. */
const tools: Readonly<Record<keyof Equivalents, string>> = {
  securityHub: "Security Hub",
  awsConfig: "AWS Config",
  checkov: "checkov",
  prowler: "prowler",
  trivy: "trivy",
  cdkNag: "cdk-nag",
  cfnNag: "cfn-nag",
  kics: "KICS",
};

/** `docs/rules.md`: every rule with its settings, frameworks and equivalents, from the rules themselves. */
export function renderRules(): string {
  const lines = [
    ...introduction,
    ...settingsTable(organizationSettings),
    "",
    "What cannot be told in a preview, because AWS has yet to choose a value, is listed once at the end under the name",
    "`undecided`, with the reason and what will decide it. It is neither a pass nor a finding.",
    "",
    ...waivers,
    ...settingsTable(waiverSettings),
    "",
    `## The ${rules.length} rules`,
    "",
    "| Code | Rule | Severity | Judged |",
    "| --- | --- | --- | --- |",
    ...rules.map(
      (rule) => `| ${rule.code} | [${cell(rule.title)}](#${rule.id}) | ${rule.severity} | ${judged(rule)} |`,
    ),
    "",
    ...rules.flatMap(section),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

const introduction = [
  "# Rules of the policy pack",
  "",
  "Generated from `policies/rules`. Run `npm run docs` after a change. By control of each framework: [compliance.md](compliance.md).",
  "",
  "```sh",
  "pulumi preview --policy-pack policies --policy-pack-config policies.json",
  "strongroom check --policy-config policies.json --output check.sarif",
  "```",
  "",
  "The configuration is a JSON object: the name of a rule, and either a level (`mandatory`, `advisory`, `disabled`) or",
  "an object with `enforcementLevel` and the settings below. `organization` holds what all rules share:",
  "",
];

const waivers = [
  "## Waivers and the baseline",
  "",
  "Each finding ends with its fingerprint in brackets: a hash of rule, resource and fact, not of the stack's name nor of the",
  "position in the program. A waiver names it, so that a finding that changes shows again:",
  "",
  "```yaml",
  "# policies/strongroom-waivers.yaml",
  "waivers:",
  "  - rule: secret-rotation-configured",
  '    urn: "urn:pulumi:*::orders::aws:secretsmanager/secret:Secret::legacy-*"',
  "    fingerprint: b188bbb445c3 # or a list of them",
  "    reason: The vendor changes this key by hand each quarter",
  "    owner: payments",
  "    ticket: SEC-12",
  "    expires: 2027-01-31 # the last day on which it holds, in UTC",
  "```",
  "",
  "- Every member is required. A file with a mistake waives nothing, and all its mistakes are listed with their paths.",
  "- A waiver that has expired, or has nothing to waive in a stack that its URN fits, is a finding of `stale-waivers`.",
  "- A URN that fits every resource is refused.",
  "- Nothing hides a finding about the public: its fingerprint begins with `public-`.",
  "- What is hidden, by whom and until when, is said at the end under the name `hidden-findings`.",
  "",
  "A baseline lets an existing estate start: `strongroom check --write-baseline policies/strongroom-baseline.json` keeps the",
  "present findings, after which only new ones fail. Findings of the baseline that are gone are listed, to be taken out.",
  "",
  "The pack reads both files from its own folder, or from `STRONGROOM_WAIVERS` and `STRONGROOM_BASELINE`, or from the settings",
  "of `waivers` in the configuration, which go first. Who may change the pack's folder may waive: put it under code owners.",
  "",
];

function judged(rule: Rule): string {
  return rule.kind === "resource" ? "before the resource is created" : "over the whole stack";
}

function section(rule: Rule): readonly string[] {
  const settings = Object.keys(rule.settings).length === 0 ? [] : [...settingsTable(rule.settings), ""];
  return [
    `## ${rule.id}`,
    "",
    `**${rule.code}** ${rule.title}.`,
    "",
    `${rule.remediation}.`,
    "",
    ...settings,
    `- Level: ${rule.enforcement ?? "mandatory"}, severity: ${rule.severity}, judged ${judged(rule)}`,
    ...(rule.frameworks.length === 0 ? [] : [`- Frameworks: ${rule.frameworks.map(nameOf).join("; ")}`]),
    ...equivalents(rule),
    "",
  ];
}

function nameOf({ name, version, reference }: Framework): string {
  return `${name} ${version} ${reference}`;
}

function equivalents(rule: Rule): readonly string[] {
  const found = (Object.keys(tools) as (keyof Equivalents)[]).flatMap((tool) => {
    const ids = rule.mapsTo[tool] ?? [];
    return ids.length === 0 ? [] : [`${tools[tool]} ${ids.join(", ")}`];
  });
  return found.length === 0 ? [] : [`- Elsewhere: ${found.join("; ")}`];
}

function settingsTable(settings: Settings): readonly string[] {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const { minimum, maximum, type, description } = setting;
    const range =
      minimum === undefined ? "" : `, ${minimum}${maximum === undefined ? " or more" : ` to ${maximum}`}`;
    const value = cell(JSON.stringify(setting.default));
    return `| \`${name}\` | ${type}${range} | \`${value}\` | ${cell(description ?? "")} |`;
  });
  return ["| Setting | Type | Default | Meaning |", "| --- | --- | --- | --- |", ...rows];
}

/** A bar would end the cell. */
function cell(text: string): string {
  return text.replace(/\|/g, "\\|");
}
