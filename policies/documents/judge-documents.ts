import { DocumentUse, documentUses, whereOf } from "./document-uses";
import { undecided, violation } from "../findings";
import { Graph } from "../stack/graph";
import { identitiesOf } from "../facts/identities/identities";
import { grants, IdentityAnswer, Wish } from "../facts/identities/identity-probe";
import { label } from "../stack/resource";
import { Finding } from "../rule";

/** What a rule says about one identity policy: a fact that breaks it, or why that cannot be told. */
export type Verdict =
  { readonly fact: string } | { readonly reason: string; readonly decidedBy: string } | undefined;

/**
 * Judges every identity policy of a stack, with each identity that it is attached to. Says once what is the same for
 * several of them, and of a document or an attachment that is not known yet that it cannot be told. Documents that AWS would refuse are
 * left to IAM-01.
 */
export function judgeDocuments(
  graph: Graph,
  remediation: string,
  check: (use: DocumentUse) => readonly Verdict[],
): readonly Finding[] {
  const { documents, unclear } = identitiesOf(graph);
  const pending = documents.flatMap((held) =>
    held.state === "unknown" ? [undecided(held.holder, `${whereOf(held)} is not known`, held.decidedBy)] : [],
  );
  const attached = unclear.map(({ holder, decidedBy }) =>
    undecided(holder, `what ${label(holder)} attaches is not known`, decidedBy),
  );
  const judged = documentUses(graph).flatMap((use) =>
    check(use).flatMap((verdict) => {
      if (verdict === undefined) return [];
      return "fact" in verdict
        ? [violation(use.holder, verdict.fact, remediation)]
        : [undecided(use.holder, verdict.reason, verdict.decidedBy)];
    }),
  );
  return [...pending, ...attached, ...new Map(judged.map((finding) => [textOf(finding), finding])).values()];
}

/** The verdict on an answer of the probe. */
export function verdictOn(
  use: DocumentUse,
  answer: IdentityAnswer,
  fact: (granted: Extract<IdentityAnswer, { kind: "granted" }>) => string,
): Verdict {
  switch (answer.kind) {
    case "granted":
      return { fact: fact(answer) };
    case "refused":
      return undefined;
    case "bounded":
      return {
        reason: `${answer.by} may narrow ${use.where} and is not in this stack`,
        decidedBy: "the stack that holds the boundary",
      };
    case "too-complex":
      return {
        reason: `${use.where} has too many conditions to try them all`,
        decidedBy: "a policy with fewer condition values",
      };
  }
}

/** One verdict on several wishes: the fact about all that are granted, else the first that cannot be told. */
export function verdictOnAll(
  use: DocumentUse,
  wishes: readonly Wish[],
  fact: (actions: string) => string,
): Verdict {
  const answers = wishes.map((wish) => grants(use, wish));
  const granted = answers.flatMap((answer) => (answer.kind === "granted" ? [answer.wish.action] : []));
  if (granted.length > 0) return { fact: fact(granted.join(", ")) };
  return answers.map((answer) => verdictOn(use, answer, () => "")).find((verdict) => verdict);
}

function textOf(finding: Finding): string {
  const text = finding.kind === "violation" ? finding.message : finding.reason;
  return `${finding.resource.urn} ${text}`;
}
