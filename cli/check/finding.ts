import { Severity } from "@pulumi/policy";

/** Severities from the mildest to the worst. */
export const severities = ["low", "medium", "high", "critical"] as const satisfies readonly Severity[];

/** Where a resource is declared, from the root of the repository. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column?: number;
}

/** Why a finding does not count. */
export type Hidden =
  | {
      readonly by: "waiver";
      readonly owner: string;
      readonly ticket: string;
      readonly reason: string;
      readonly expires: string;
    }
  | { readonly by: "baseline" };

/** One violation of one rule by one resource. */
export interface CheckFinding {
  /** Name of the rule, as in the policy configuration. */
  readonly rule: string;
  /** Such as `SM-01`; the rule's name where another pack found it. */
  readonly code: string;
  /** What the rule demands. */
  readonly title: string;
  readonly severity: Severity;
  /** Pulumi refuses a change for a mandatory finding; an advisory one never fails the check. */
  readonly level: "mandatory" | "advisory";
  readonly urn: string;
  readonly message: string;
  readonly fingerprint: string;
  readonly pack: string;
  readonly place?: Place;
  readonly hidden?: Hidden;
}

/** What could not be told: not a pass and not a violation. */
export interface UndecidedNote {
  /** Codes of the rules that are open for this reason. */
  readonly codes: readonly string[];
  /** Why, and what will decide it. */
  readonly text: string;
}

/** Everything a check has to say, from which each format is written. */
export interface CheckResult {
  /** What was looked at, such as `preview of organization/orders/dev`. */
  readonly subject: string;
  /** When, in UTC, as ISO 8601. */
  readonly at: string;
  /** Name and version of each pack that ran. */
  readonly packs: readonly { readonly name: string; readonly version: string }[];
  /** The project's own file, from the root of the repository: it stands for a place that is not known. */
  readonly projectFile: string;
  /** How many resources were judged, where it is known. */
  readonly resources?: number;
  /** The worst first, then by rule and resource. */
  readonly findings: readonly CheckFinding[];
  readonly undecided: readonly UndecidedNote[];
  /** Rules that ran, found nothing and left nothing open. */
  readonly passed: readonly string[];
  /** What waivers and the baseline hide, by whom and until when. */
  readonly exceptions: readonly string[];
}

/** `Secret orders`: type and name of a resource from its URN. */
export function resourceName(urn: string): string {
  const [, , type = "", ...name] = urn.split("::");
  return `${type.slice(type.lastIndexOf(":") + 1)} ${name.join("::")}`.trim();
}

/** Findings that count. */
export function shownFindings({ findings }: CheckResult): readonly CheckFinding[] {
  return findings.filter(({ hidden }) => hidden === undefined);
}

/** Whether the check fails: a mandatory finding that nothing hides, of this severity or worse. */
export function fails(result: CheckResult, threshold: Severity): boolean {
  const least = severities.indexOf(threshold);
  return shownFindings(result).some(
    ({ level, severity }) => level === "mandatory" && severities.indexOf(severity) >= least,
  );
}

/** Orders findings: the worst first, then by rule and resource. */
export function worstFirst(a: CheckFinding, b: CheckFinding): number {
  const bySeverity = severities.indexOf(b.severity) - severities.indexOf(a.severity);
  const [one, other] = [a, b].map(({ code, urn, message }) => `${code} ${urn} ${message}`) as [
    string,
    string,
  ];
  return bySeverity || one.localeCompare(other, "en", { numeric: true });
}
