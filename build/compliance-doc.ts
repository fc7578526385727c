import { referencesOf } from "../cli/evidence/controls";
import { frameworks as reported } from "../cli/evidence/evidence-options";
import { Rule } from "../policies/rule";
import { rules } from "../policies/rules";
import { controlTitles } from "./control-titles";

/** `docs/compliance.md`: control by control, the rules that bear on it and where the evidence is. */
export function renderCompliance(): string {
  const frameworks = frameworksOf(rules);
  const lines = [
    "# Controls and the rules that bear on them",
    "",
    "Generated from `policies/rules`. Run `npm run docs` after a change. The rules are explained in [rules.md](rules.md).",
    "",
    "A rule bears on a control as far as secrets, keys and access to them go; no rule meets a control alone. A control that is",
    "not listed has no rule.",
    "",
    "Evidence, for every control:",
    "",
    "- **Refused changes**: `pulumi preview --policy-pack policies` in CI fails on a violation; its log and the SARIF, JUnit or",
    "  Markdown report of `strongroom check` are kept with the run.",
    "- **Deployed state**: the command under each framework judges what is deployed, and lists for each control the rules, the",
    "  resources, the verdict (met, not met, cannot tell, no resource), the time and the waivers in force.",
    "",
    ...frameworks.flatMap(({ name, version }) => section(name, version)),
    "## Rules without a framework",
    "",
    rules
      .filter((rule) => rule.frameworks.length === 0)
      .map(linkTo)
      .join(", ") || "None.",
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function section(name: string, version: string): readonly string[] {
  const here = rules.filter((rule) =>
    rule.frameworks.some((one) => one.name === name && one.version === version),
  );
  const rows = referencesOf(name, here, version).map((reference) => {
    const bearing = here.filter((rule) => referencesOf(name, [rule], version).includes(reference));
    const title = controlTitles[name]?.[reference] ?? "";
    return `| ${reference} | ${title} | ${bearing.map(linkTo).join(", ")} | ${evidenceOf(bearing)} |`;
  });
  return [
    `## ${name} ${version}`,
    "",
    `\`${commandFor(name)}\``,
    "",
    "| Control | About | Rules | Judged |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ];
}

function frameworksOf(all: readonly Rule[]) {
  const named = all.flatMap(({ frameworks }) => frameworks);
  const distinct = [...new Map(named.map((one) => [`${one.name} ${one.version}`, one])).values()];
  const position = ({ name }: { readonly name: string }) => {
    const found = Object.values<string>(reported).indexOf(name);
    return found === -1 ? Infinity : found;
  };
  return distinct.sort(
    (a, b) =>
      position(a) - position(b) || `${a.name} ${a.version}`.localeCompare(`${b.name} ${b.version}`, "en"),
  );
}

function commandFor(framework: string): string {
  const known = Object.entries(reported).find(([, name]) => name === framework);
  return known === undefined
    ? "strongroom check --deployed --stack <stack>"
    : `strongroom evidence --framework ${known[0]} --stack <stack>`;
}

function linkTo({ code, id }: Rule): string {
  return `[${code}](rules.md#${id})`;
}

function evidenceOf(bearing: readonly Rule[]): string {
  const kinds = new Set(
    bearing.map((rule) =>
      rule.code.startsWith("REACH-")
        ? "by proof over all principals"
        : rule.kind === "resource"
          ? "before creation"
          : "over the stack",
    ),
  );
  return [...kinds].sort().join(", ");
}
