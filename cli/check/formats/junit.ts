import { CheckFinding, CheckResult, resourceName, shownFindings } from "../finding";
import type { FormatContext } from "./index";

/**
 * JUnit XML as Jenkins, GitLab and Azure DevOps read it: a test case for each finding, a skipped one for each reason why
 * something cannot be told and for each hidden finding, and a passed one for each rule with neither.
 */
export function renderJunit(result: CheckResult, { rules }: Pick<FormatContext, "rules">): string {
  const failures = shownFindings(result);
  const hidden = result.findings.filter((one) => one.hidden !== undefined);
  const cases = [
    ...failures.map(failureCase),
    ...hidden.map(hiddenCase),
    ...result.undecided.map(({ codes, text }) =>
      skippedCase("undecided", codes.join(", ") || "undecided", text),
    ),
    ...result.passed.map((id) => {
      const rule = rules.find((one) => one.id === id);
      return `    <testcase classname="${xml(id)}" name="${xml(rule?.title ?? id)}"/>`;
    }),
  ];
  const skipped = hidden.length + result.undecided.length;
  const totals = `tests="${cases.length}" failures="${failures.length}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="strongroom check" ${totals}>`,
    `  <testsuite name="${xml(result.subject)}" ${totals} timestamp="${xml(result.at.replace(/\.\d+Z$/, ""))}">`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function failureCase(finding: CheckFinding): string {
  const { rule, severity, level, urn, message, fingerprint, title } = finding;
  return [
    `    <testcase classname="${xml(rule)}" name="${xml(`${finding.code} ${resourceName(urn)} ${fingerprint}`)}">`,
    `      <failure type="${xml(`${severity} ${level}`)}" message="${xml(message.split("\n")[0]!)}">`,
    `${xml([`${title}.`, message, urn].join("\n"))}</failure>`,
    "    </testcase>",
  ].join("\n");
}

function hiddenCase(finding: CheckFinding): string {
  const { hidden, rule, code, urn, fingerprint } = finding;
  const why =
    hidden?.by === "waiver"
      ? `waived until ${hidden.expires} by ${hidden.owner}, ${hidden.ticket}: ${hidden.reason}`
      : "in the baseline";
  return skippedCase(rule, `${code} ${resourceName(urn)} ${fingerprint}`, why);
}

function skippedCase(classname: string, name: string, message: string): string {
  return [
    `    <testcase classname="${xml(classname)}" name="${xml(name)}">`,
    `      <skipped message="${xml(message)}"/>`,
    "    </testcase>",
  ].join("\n");
}

/** Text for XML 1.0, in which most control characters cannot stand at all. */
function xml(text: string): string {
  return text
    .replace(/[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}
