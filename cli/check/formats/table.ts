import { Severity } from "@pulumi/policy";
import { CheckFinding, CheckResult, resourceName, shownFindings } from "../finding";
import type { FormatContext } from "./index";
import { counts, summary } from "./summary";

const colours: Readonly<Record<Severity, string>> = {
  critical: "\u001b[1;31m",
  high: "\u001b[31m",
  medium: "\u001b[33m",
  low: "\u001b[36m",
};
const plainAgain = "\u001b[0m";
const width = 100;

/** For a terminal: the findings, the worst first, then what could not be told and what is hidden. */
export function renderTable(result: CheckResult, { colour }: Pick<FormatContext, "colour">): string {
  const findings = shownFindings(result);
  const columns = [
    Math.max(...findings.map(({ code }) => code.length), 0),
    Math.max(...findings.map(({ urn }) => resourceName(urn).length), 0),
  ] as const;
  const lines = [
    `${result.subject}: ${summary(result)}`,
    ...findings.flatMap((one) => ["", ...findingLines(one, columns, colour)]),
    ...section("Cannot be told yet; neither passed nor failed:", undecidedLines(result)),
    ...section("Hidden:", result.exceptions),
    ...(findings.length === 0 ? [] : ["", counts(findings)]),
  ];
  return `${lines.join("\n")}\n`;
}

function findingLines(
  finding: CheckFinding,
  [code, resource]: readonly [number, number],
  colour: boolean,
): readonly string[] {
  const { severity, level, urn, message, fingerprint, place } = finding;
  const name = severity.padEnd(8);
  const shown = colour ? `${colours[severity]}${name}${plainAgain}` : name;
  const where = place === undefined ? "" : `  ${place.file}:${place.line}`;
  const soft = level === "advisory" ? "  advisory" : "";
  const head = `${shown}  ${finding.code.padEnd(code)}  ${resourceName(urn).padEnd(resource)}  ${fingerprint}${soft}${where}`;
  return [head, ...wrapped(message).map((line) => `          ${line}`)];
}

function undecidedLines({ undecided }: CheckResult): readonly string[] {
  return undecided.map(({ codes, text }) => (codes.length === 0 ? text : `${codes.join(", ")}: ${text}`));
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

/** Breaks at spaces; a longer word keeps a line of its own. */
function wrapped(text: string): readonly string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines = [""];
    for (const word of paragraph.split(" ")) {
      const last = lines.at(-1)!;
      if (last === "") lines[lines.length - 1] = word;
      else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
    }
    return lines;
  });
}
