import { organizationSettings } from "../policies/organization";
import { Framework, Rule } from "../policies/rule";
import { rules } from "../policies/rules";
import { Settings } from "../policies/setting";

/** `docs/rules.md`: every rule with its settings, frameworks and equivalents, from the rules themselves. */
export function renderRules(): string {
  const lines = [
    "# Rules of the policy pack",
    "",
    "Generated from `policies/rules`. Run `npm run docs` after a change.",
    "",
    "```sh",
    "pulumi preview --policy-pack policies --policy-pack-config policies.json",
    "```",
    "",
    "The configuration is a JSON object: the name of a rule, and either a level (`mandatory`, `advisory`, `disabled`) or",
    "an object with `enforcementLevel` and the settings below. `organization` holds what all rules share:",
    "",
    ...settingsTable(organizationSettings),
    "",
    "What cannot be told in a preview, because AWS has yet to choose a value, is listed once at the end under the name",
    "`undecided`, with the reason and what will decide it.",
    "",
    "| Code | Rule | Severity | Judged |",
    "| --- | --- | --- | --- |",
    ...rules.map(
      (rule) => `| ${rule.code} | [${rule.title}](#${rule.id}) | ${rule.severity} | ${judged(rule)} |`,
    ),
    "",
    ...rules.flatMap(section),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

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
    `- Frameworks: ${rule.frameworks.map(nameOf).join("; ")}`,
    ...equivalents(rule),
    "",
  ];
}

function nameOf({ name, version, reference }: Framework): string {
  return `${name} ${version} ${reference}`;
}

function equivalents(rule: Rule): readonly string[] {
  const { checkov, securityHub, awsConfig } = rule.mapsTo;
  const named = [
    ["checkov", checkov],
    ["Security Hub", securityHub],
    ["AWS Config", awsConfig],
  ] as const;
  const found = named.flatMap(([tool, ids]) => (ids === undefined ? [] : [`${tool} ${ids.join(", ")}`]));
  return found.length === 0 ? [] : [`- Elsewhere: ${found.join("; ")}`];
}

function settingsTable(settings: Settings): readonly string[] {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const range = setting.minimum === undefined ? "" : `, ${setting.minimum} to ${setting.maximum}`;
    return `| \`${name}\` | ${setting.type}${range} | \`${JSON.stringify(setting.default)}\` | ${setting.description} |`;
  });
  return ["| Setting | Type | Default | Meaning |", "| --- | --- | --- | --- |", ...rows];
}
