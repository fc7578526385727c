import { CheckFinding, CheckResult, resourceName, shownFindings } from "../finding";
import { counts, summary } from "./summary";

/** By this line a comment of an earlier run is found and replaced. */
export const markdownMark = "<!-- strongroom check -->";

/** GitHub refuses a comment of more than 65,536 characters. */
const longest = 60_000;

/** For a comment on a pull request: a table of the findings, the rest folded away. */
export function renderMarkdown(result: CheckResult): string {
  const findings = shownFindings(result);
  const head = [
    markdownMark,
    `### Strongroom: ${summary(result)}`,
    "",
    `${inline(result.subject)}${findings.length === 0 ? "" : ` · ${counts(findings)}`}`,
    "",
  ];
  const tail = [
    ...folded("Cannot be told yet: neither passed nor failed", result.undecided.map(noteOf)),
    ...folded("Hidden by waivers and the baseline", result.exceptions.map(inline)),
    ...packs(result),
  ];
  const room = longest - [...head, ...tail].join("\n").length;
  return `${[...head, ...table(findings, room), ...tail].join("\n").trimEnd()}\n`;
}

function table(findings: readonly CheckFinding[], room: number): readonly string[] {
  if (findings.length === 0) return [];
  const lines = ["| Severity | Rule | Resource | Finding |", "| --- | --- | --- | --- |"];
  let used = lines.join("\n").length;
  for (const [index, finding] of findings.entries()) {
    const line = row(finding);
    used += line.length + 1;
    if (used > room) return [...lines, "", `… and ${findings.length - index} more.`, ""];
    lines.push(line);
  }
  return [...lines, ""];
}

function row({ severity, level, code, rule, urn, message, fingerprint, place }: CheckFinding): string {
  const soft = level === "advisory" ? ", advisory" : "";
  const where = place === undefined ? "" : `<br>${inline(`${place.file}:${place.line}`)}`;
  const name = code === rule ? inline(rule) : `${inline(code)}<br>${inline(rule)}`;
  return `| ${severity}${soft} | ${name} | ${inline(resourceName(urn))}${where} | ${inline(message)} <sub>${fingerprint}</sub> |`;
}

function noteOf({ codes, text }: CheckResult["undecided"][number]): string {
  return codes.length === 0 ? inline(text) : `${inline(codes.join(", "))}: ${inline(text)}`;
}

function folded(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, 50).map((line) => `- ${line}`);
  const more = lines.length > 50 ? [`- … and ${lines.length - 50} more`] : [];
  return [
    "<details>",
    `<summary>${title} (${lines.length})</summary>`,
    "",
    ...shown,
    ...more,
    "",
    "</details>",
    "",
  ];
}

function packs({ packs: ran, at }: CheckResult): readonly string[] {
  const names = ran.map(({ name, version }) => `${name} ${version}`.trim()).join(", ");
  return [`<sub>${inline(names)} · ${at}</sub>`];
}

/** Names of resources are free text: nothing in them may become a link, a mention, HTML or a table cell of its own. */
function inline(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/([\\`*_{}[\]()#!|~])/g, "\\$1")
    .replace(/@/g, "@\u200b")
    .replace(/\s*\n\s*/g, "<br>");
}
