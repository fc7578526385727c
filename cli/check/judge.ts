import { Severity } from "@pulumi/policy";
import { Rule } from "../../policies/rule";
import { fingerprintOf, stackPrefix } from "../../policies/waivers/fingerprint";
import { isAboutThePublic } from "../../policies/waivers/public-findings";
import { hiddenFindings, staleWaivers } from "../../policies/waivers/report-lines";
import { Sieve } from "../../policies/waivers/sieve";
import { LoggedRun, plain, PolicyEvent } from "./event-log";
import { CheckFinding, CheckResult, Hidden, Place, severities, UndecidedNote, worstFirst } from "./finding";

/** What the log of a run is judged with. */
export interface Judgement {
  readonly subject: string;
  readonly at: string;
  readonly rules: readonly Rule[];
  readonly sieve: Sieve;
  /** Any URN of the stack, for waivers without a finding. */
  readonly urn?: string;
  readonly resources?: number;
  readonly projectFile: string;
  /** Where each resource is declared, by URN. */
  readonly places: ReadonlyMap<string, Place>;
}

/** Policies of the pack that find nothing themselves. */
const undecidedPolicy = "undecided";
const hiddenPolicy = "hidden-findings";

/** Turns what the engine logged into findings, each one once, and takes out what waivers and the baseline hide. */
export function judge(run: LoggedRun, judgement: Judgement): CheckResult {
  const { sieve, rules } = judgement;
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const undecided = notesOf(run.events, byId);
  const open = new Set(undecided.flatMap(({ codes }) => codes));
  for (const { id, code } of rules) if (open.has(code)) sieve.noteUndecided(id);
  const found = once(run.events.filter(isFinding).map((event) => findingOf(event, byId, judgement)));
  const judged = found.map((finding) => withHidden(finding, sieve));
  const urn =
    judgement.urn ?? [...run.urns, ...found.map((one) => one.urn)].find((one) => stackPrefix(one) !== "");
  const report = sieve.takeReport(stackPrefix(urn ?? ""));
  const alreadySieved = run.events.filter(({ policyName }) => policyName === hiddenPolicy);
  const stale = urn === undefined || alreadySieved.length > 0 ? [] : staleWaivers(report);
  const failed = new Set(found.map(({ rule }) => rule));
  const passed = rules.filter(({ id, code }) => run.passed.has(id) && !failed.has(id) && !open.has(code));
  return {
    subject: judgement.subject,
    at: judgement.at,
    projectFile: judgement.projectFile,
    packs: [...run.packs].map(([name, version]) => ({ name, version })),
    ...(judgement.resources === undefined ? {} : { resources: judgement.resources }),
    findings: [...judged, ...stale.map((message) => staleFinding(message, urn ?? ""))].sort(worstFirst),
    undecided,
    passed: passed.map(({ id }) => id),
    exceptions: [
      ...alreadySieved.flatMap(({ message }) => linesOf(message).slice(1)),
      ...hiddenFindings(report),
    ],
  };
}

function isFinding(event: PolicyEvent): boolean {
  return ![undecidedPolicy, hiddenPolicy].includes(event.policyName) && !couldNotRun(event);
}

/** What the SDK logs when a policy of another pack touches an unknown value: it has then judged nothing. */
function couldNotRun({ message, enforcementLevel }: PolicyEvent): boolean {
  return enforcementLevel === "advisory" && /^can't run policy /.test(plain(message));
}

function notesOf(events: readonly PolicyEvent[], byId: ReadonlyMap<string, Rule>): readonly UndecidedNote[] {
  const lines = events.flatMap((event): readonly UndecidedNote[] => {
    if (couldNotRun(event)) {
      const code = byId.get(event.policyName)?.code ?? event.policyName;
      return [{ codes: [code], text: linesOf(event.message).join(" ") }];
    }
    if (event.policyName !== undecidedPolicy) return [];
    return linesOf(event.message)
      .slice(1)
      .map((line) => {
        const [, codes, text] = /^([A-Z0-9, -]+): (.*)$/.exec(line) ?? [line, "", line];
        return { codes: codes === "" ? [] : codes!.split(", "), text: text! };
      });
  });
  // The engine judges in no fixed order; two checks of one program say the same.
  const sorted = new Map(lines.map((note) => [JSON.stringify(note), note]));
  return [...sorted].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })).map(([, note]) => note);
}

function findingOf(event: PolicyEvent, byId: ReadonlyMap<string, Rule>, { places }: Judgement): CheckFinding {
  const rule = byId.get(event.policyName);
  const [description = "", ...rest] = linesOf(event.message);
  const text = rest.length === 0 ? description : rest.join("\n");
  const marked = / \[((?:public-)?[0-9a-f]{12})\]$/.exec(text);
  const urn = event.resourceUrn ?? "";
  const message = marked === null ? text : text.slice(0, marked.index);
  // A log without fingerprints, as of an older pack, says not either what is public.
  const isPublic = rule !== undefined && isAboutThePublic(rule, {});
  const identity = { rule: event.policyName, urn, fact: message, isPublic };
  const place = places.get(urn);
  return {
    rule: event.policyName,
    code: rule?.code ?? event.policyName,
    title: rule?.title ?? description,
    severity: severityOf(event, rule),
    level: event.enforcementLevel === "advisory" ? "advisory" : "mandatory",
    urn,
    message,
    fingerprint: marked?.[1] ?? fingerprintOf(identity),
    pack: event.policyPackName,
    ...(place === undefined ? {} : { place }),
  };
}

function severityOf({ severity }: PolicyEvent, rule: Rule | undefined): Severity {
  return severities.find((one) => one === severity) ?? rule?.severity ?? "medium";
}

/** A resource that is previewed and updated is judged twice; it is one finding. */
function once(findings: readonly CheckFinding[]): readonly CheckFinding[] {
  const keyed = findings.map(
    (one) => [`${one.pack} ${one.rule} ${one.urn} ${one.fingerprint}`, one] as const,
  );
  return [...new Map(keyed).values()];
}

function withHidden(finding: CheckFinding, sieve: Sieve): CheckFinding {
  const by = sieve.hiddenBy(finding);
  return by === undefined ? finding : { ...finding, hidden: hiddenOf(by) };
}

function hiddenOf(by: NonNullable<ReturnType<Sieve["hiddenBy"]>>): Hidden {
  if (by.kind === "baseline") return { by: "baseline" };
  const { owner, ticket, reason, expires } = by.waiver;
  return { by: "waiver", owner, ticket, reason, expires };
}

function staleFinding(message: string, urn: string): CheckFinding {
  const rule = "stale-waivers";
  const title = "A waiver ends with its finding, or on its last day";
  const fingerprint = fingerprintOf({ rule, urn, fact: message, isPublic: false });
  const level = "mandatory";
  return {
    rule,
    code: rule,
    title,
    severity: "medium",
    level,
    urn,
    message,
    fingerprint,
    pack: "strongroom",
  };
}

function linesOf(message: string): readonly string[] {
  return plain(message).split("\n");
}
