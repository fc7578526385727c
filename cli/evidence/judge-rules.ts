import { buildGraph, Graph } from "../../policies/stack/graph";
import { Organization, organizationSettings } from "../../policies/organization";
import { Finding, isAbout, Rule } from "../../policies/rule";
import { withDefaults } from "../../policies/setting";
import { fingerprintOf } from "../../policies/waivers/fingerprint";
import { isAboutThePublic } from "../../policies/waivers/public-findings";
import { Sieve } from "../../policies/waivers/sieve";
import { watchedGraph } from "./looked-at";
import { PolicyConfig } from "../policy-config";
import { JudgedResource } from "./state-resources";
import { isSubject } from "./subjects";

/** What can be said of a rule, and of a control that rests on rules. */
export type Verdict = "met" | "not met" | "cannot tell" | "no resource" | "switched off";

/** A violation in an auditor's report. */
export interface Violation {
  readonly urn: string;
  readonly message: string;
  readonly fingerprint: string;
  /** Until when it is waived, by whom; a waived violation is a violation. */
  readonly waived?: { readonly owner: string; readonly ticket: string; readonly expires: string };
}

/** What one rule says about one state. */
export interface RuleVerdict {
  readonly rule: Rule;
  readonly verdict: Verdict;
  /** URNs of the resources that the verdict is about. */
  readonly resources: readonly string[];
  readonly violations: readonly Violation[];
  readonly undecided: readonly {
    readonly urn: string;
    readonly reason: string;
    readonly decidedBy: string;
  }[];
}

/** Judges every rule over a state. Rules whose level is `disabled` are not judged. */
export async function judgeRules(
  rules: readonly Rule[],
  resources: readonly JudgedResource[],
  config: PolicyConfig,
  sieve: Sieve,
): Promise<readonly RuleVerdict[]> {
  const verdicts: RuleVerdict[] = [];
  const graph = buildGraph(resources.map(({ deployed }) => deployed));
  for (const rule of rules) {
    if (config.levelOf(rule.id) === "disabled") {
      verdicts.push({ rule, verdict: "switched off", resources: [], violations: [], undecided: [] });
    } else {
      verdicts.push(verdictOf(rule, await findingsOf(rule, resources, graph, config), sieve));
    }
  }
  return verdicts;
}

interface Found {
  readonly findings: readonly Finding[];
  readonly subjects: readonly string[];
}

async function findingsOf(
  rule: Rule,
  resources: readonly JudgedResource[],
  whole: Graph,
  config: PolicyConfig,
): Promise<Found> {
  const settings = withDefaults(rule.settings, config.settingsOf(rule.id));
  if (rule.kind === "resource") {
    const about = resources.map(({ given }) => given).filter(({ type }) => isAbout(rule, type));
    for (const resource of about) await rule.prepare?.(resource);
    return {
      findings: about.flatMap((resource) => rule.check(resource, settings)),
      subjects: about.map(({ urn }) => urn),
    };
  }
  const organization = withDefaults(organizationSettings, config.settingsOf("organization")) as Organization;
  const { graph, taken } = watchedGraph(
    whole,
    resources.map(({ deployed }) => deployed),
  );
  await rule.prepare?.(graph);
  const each = resources.flatMap(({ given }) => rule.checkEach?.(given, settings) ?? []);
  const findings = [...each, ...rule.check(graph, settings, organization)];
  const types = new Map(resources.map(({ given }) => [given.urn, given.type]));
  return { findings, subjects: taken().filter((urn) => isSubject(rule, types.get(urn) ?? "")) };
}

function verdictOf(rule: Rule, { findings, subjects }: Found, sieve: Sieve): RuleVerdict {
  const violations = findings.flatMap((one) => violationOf(rule, one, sieve));
  const undecided = findings.flatMap((one) =>
    one.kind === "undecided" ? [{ urn: one.resource.urn, reason: one.reason, decidedBy: one.decidedBy }] : [],
  );
  if (undecided.length > 0) sieve.noteUndecided(rule.id);
  const about = [
    ...new Set([...subjects, ...violations.map(({ urn }) => urn), ...undecided.map(({ urn }) => urn)]),
  ];
  const verdict =
    violations.length > 0
      ? "not met"
      : undecided.length > 0
        ? "cannot tell"
        : about.length === 0
          ? "no resource"
          : "met";
  return { rule, verdict, resources: about, violations, undecided };
}

function violationOf(rule: Rule, finding: Finding, sieve: Sieve): readonly Violation[] {
  if (finding.kind !== "violation") return [];
  const { urn } = finding.resource;
  const fact = finding.fact ?? finding.message;
  const isPublic = isAboutThePublic(rule, finding);
  const fingerprint = fingerprintOf({ rule: rule.id, urn, fact, isPublic });
  const by = sieve.hiddenBy({ rule: rule.id, urn, fingerprint });
  const message = finding.message.charAt(0).toUpperCase() + finding.message.slice(1);
  if (by?.kind !== "waiver") return [{ urn, message, fingerprint }];
  const { owner, ticket, expires } = by.waiver;
  return [{ urn, message, fingerprint, waived: { owner, ticket, expires } }];
}
