import { CheckFinding, CheckResult, severities, shownFindings } from "../finding";

/** `1 critical, 2 high`. */
export function counts(findings: readonly CheckFinding[]): string {
  const parts = [...severities].reverse().flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return parts.join(", ");
}

/** One line: how many findings count, how many are hidden, what is undecided. */
export function summary(result: CheckResult): string {
  const shown = shownFindings(result).length;
  const waived = result.findings.filter(({ hidden }) => hidden?.by === "waiver").length;
  const known = result.findings.filter(({ hidden }) => hidden?.by === "baseline").length;
  const parts = [
    shown === 0 ? "no findings" : shown === 1 ? "1 finding" : `${shown} findings`,
    ...(waived === 0 ? [] : [`${waived} waived`]),
    ...(known === 0 ? [] : [`${known} in the baseline`]),
    ...(result.undecided.length === 0 ? [] : [`${result.undecided.length} undecided`]),
    ...(result.resources === undefined ? [] : [`${result.resources} resources`]),
  ];
  return parts.join(", ");
}
