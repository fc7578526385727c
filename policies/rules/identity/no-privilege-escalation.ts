import { readable } from "../../../iam/proof";
import { administers } from "../../documents/administrator";
import { DocumentUse, documentUses } from "../../documents/document-uses";
import { EscalationMethod, escalationMethods } from "../../facts/identities/escalation-methods";
import { undecided, violation } from "../../findings";
import { Graph } from "../../stack/graph";
import { grants, IdentityAnswer } from "../../facts/identities/identity-probe";
import { judgeDocuments, verdictOn } from "../../documents/judge-documents";
import { label, Resource } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { cannotTellTexts, Escalation, escalationsIn, whoText } from "../../world";

const remediation =
  "Name what the actions are for, and hold them with iam:PermissionsBoundary, iam:PolicyARN or iam:PassedToService";

/** IAM-06. Over all documents of an identity together. An administrator's policy is IAM-01's alone. */
export const noPrivilegeEscalation = graphRule({
  id: "no-privilege-escalation",
  code: "IAM-06",
  title: "No identity can give itself permissions that it does not have, nor come to a secret over others",
  severity: "critical",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.2" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_110", "CKV_AWS_286"],
    kics: ["c0c1e744", "eb64f1e9", "fa62ac4f"],
    prowler: ["iam_policy_allows_privilege_escalation", "iam_inline_policy_allows_privilege_escalation"],
  },
  remediation,
  settings: {},
  check: (graph, _config, organization) => {
    const judged = holders(graph).map((one) => ({ ...one, found: judge(one.holder, one.name, one.uses) }));
    const told = new Set(
      judged.flatMap(({ holder, uses, found }) =>
        found.length > 0 || isAdministrator(uses) ? [holder.urn] : [],
      ),
    );
    return [
      ...judgeDocuments(graph, remediation, () => []),
      ...judged.flatMap(({ found }) => found),
      ...leadingToSecrets(escalationsIn(graph, organization), told),
    ];
  },
});

interface Holder {
  readonly holder: Resource;
  readonly name: string;
  readonly uses: readonly DocumentUse[];
}

/** Every identity with all of its documents, and every policy that nothing of the stack has attached. */
function holders(graph: Graph): readonly Holder[] {
  const byUrn = new Map<string, Holder>();
  for (const use of documentUses(graph)) {
    const holder = use.identity?.resource ?? use.holder;
    const earlier = byUrn.get(holder.urn)?.uses ?? [];
    byUrn.set(holder.urn, { holder, name: label(holder), uses: [...earlier, use] });
  }
  return [...byUrn.values()];
}

function judge(holder: Resource, name: string, uses: readonly DocumentUse[]): readonly Finding[] {
  if (isAdministrator(uses)) return [];
  const answers = new Map<string, IdentityAnswer>();
  const answerTo = (action: string): IdentityAnswer => {
    const answer = answers.get(action) ?? firstOf(uses, action);
    answers.set(action, answer);
    return answer;
  };
  const open = escalationMethods.map((method) => ({
    method,
    kinds: method.actions.map((one) => answerTo(one)),
  }));
  const granted = open.filter(({ kinds }) => kinds.every(({ kind }) => kind === "granted"));
  if (granted.length > 0) {
    const fact = `${name} can escalate: ${granted.map(({ method }) => describe(method)).join("; ")}`;
    return [violation(holder, fact, remediation)];
  }
  const unclear = open.find(({ kinds }) => kinds.every(({ kind }) => kind !== "refused"));
  const verdicts = (unclear?.kinds ?? []).flatMap((answer) =>
    uses.map((use) => verdictOn(use, answer, () => "")),
  );
  const doubt = verdicts.find((verdict) => verdict !== undefined && "reason" in verdict);
  return doubt === undefined || "fact" in doubt ? [] : [undecided(holder, doubt.reason, doubt.decidedBy)];
}

function isAdministrator(uses: readonly DocumentUse[]): boolean {
  return uses.some((use) => administers(use).kind !== "refused");
}

/** One finding for each identity, on the first secret; those that say more than that already are left out. */
function leadingToSecrets(escalations: readonly Escalation[], told: ReadonlySet<string>): readonly Finding[] {
  const byHolder = new Map<string, Escalation[]>();
  for (const one of escalations) {
    const { urn } = one.principal;
    if (!told.has(urn)) byHolder.set(urn, [...(byHolder.get(urn) ?? []), one]);
  }
  return [...byHolder.values()].map((list) =>
    toSecret(list[0]!, new Set(list.map(({ secret }) => secret)).size),
  );
}

function toSecret({ principal, secret, access: { path, reader } }: Escalation, count: number): Finding {
  const others = count === 1 ? "" : ` and ${count - 1} other secret${count === 2 ? "" : "s"}`;
  const steps = path
    .map(({ who, by, on }) => `${whoText(who)} does ${by} on ${readable(on)}`)
    .join(", then ");
  const secrets = `${label(secret.node.resource)}${others}`;
  const open = [...new Set(path.flatMap(cannotTellTexts))];
  if (open.length > 0) {
    const reason = `whether ${label(principal)} can escalate to a reader of ${secrets} (${steps}) cannot be told`;
    return undecided(principal, reason, open.join("; "));
  }
  const fact = `${label(principal)} can escalate to ${whoText(reader)}, which reads ${secrets}: ${steps}`;
  return violation(principal, fact, remediation);
}

/** The first document that grants it; each with what the others deny. */
function firstOf(uses: readonly DocumentUse[], action: string): IdentityAnswer {
  let doubt: IdentityAnswer = { kind: "refused" };
  for (const use of uses) {
    const answer = grants(use, { action });
    if (answer.kind === "granted") return answer;
    if (answer.kind !== "refused") doubt = answer;
  }
  return doubt;
}

function describe({ actions, gain }: EscalationMethod): string {
  return `${actions.join(" with ")} lets it ${gain}`;
}
