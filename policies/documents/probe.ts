import {
  compilePolicy,
  decide,
  PolicyDocument,
  PolicyWorld,
  RequestContext,
  RequestPrincipal,
} from "../../iam";
import { Candidate, candidateValues } from "./candidate-values";
import { combinations } from "./combinations";
import { DocumentFacts, factsOf } from "./document-facts";
import { principalArns, principalWith, Requester } from "./requester";

/** What a document says to a class of callers. */
export type Answer =
  /** At least this caller gets through, with a request of its own making. */
  | { readonly kind: "admitted"; readonly principalArn?: string }
  | { readonly kind: "refused" }
  /** More combinations of conditions than are tried. */
  | { readonly kind: "too-complex" };

/** What is asked for: actions with one of these resources, whose owner is this account. */
export interface Target {
  readonly actions: readonly string[];
  readonly resourceArns: readonly string[];
  readonly accountId: string;
  /** The request is made by a service on the caller's behalf, so it comes through no network of the caller. */
  readonly viaService?: boolean;
  /** Whether the caller has no other permission, so that the document itself has to let it in. @default false */
  readonly byDocumentAlone?: boolean;
  /** Condition keys that the request is known to carry, in lower case. */
  readonly context?: RequestContext;
}

/** Requests tried for one document and one class of callers. */
const budget = 20_000;

const allowEverything: PolicyWorld["identity"] = [
  {
    source: "identity policy that allows everything",
    policy: compilePolicy({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "*", Resource: "*" },
    }),
  },
];

/**
 * Whether a resource's policy lets some caller of the class do one of the actions: AWS's own decision, over every
 * combination of condition values that the callers can bring about. Their own account is taken to allow everything, unless
 * the target says otherwise.
 */
export function ask(document: PolicyDocument, requester: Requester, target: Target): Answer {
  const facts = factsOf(document);
  if (!concerns(facts, requester)) return { kind: "refused" };
  const world: PolicyWorld = {
    identity: target.byDocumentAlone === true ? [] : allowEverything,
    resource: { source: "policy", policy: compilePolicy(document) },
  };
  let left = budget;
  for (const principal of principalsOf(facts, requester)) {
    for (const context of contexts(facts, requester, principal, target)) {
      for (const action of target.actions) {
        for (const arn of target.resourceArns) {
          if (left-- === 0) return { kind: "too-complex" };
          const resource = { arn, accountId: target.accountId };
          if (decide({ principal, action, resource, context }, world).allowed) return admitted(principal);
        }
      }
    }
  }
  return { kind: "refused" };
}

/** What several answers come to: one that lets somebody in counts most, then one that cannot be told. */
export function worstOf(kinds: readonly Answer["kind"][]): Answer["kind"] {
  const order = ["admitted", "too-complex"] as const;
  return order.find((kind) => kinds.includes(kind)) ?? "refused";
}

/** A document that names its callers has nothing for the others, whatever its conditions. */
function concerns(facts: DocumentFacts, requester: Requester): boolean {
  if (facts.opensToUnnamed) return true;
  return requester.kind === "account" && facts.accounts.includes(requester.accountId);
}

function admitted(principal: RequestPrincipal): Answer {
  if (principal.kind === "role-session") return { kind: "admitted", principalArn: principal.roleArn };
  return principal.kind === "user" ? { kind: "admitted", principalArn: principal.arn } : { kind: "admitted" };
}

function principalsOf(facts: DocumentFacts, requester: Requester): readonly RequestPrincipal[] {
  if (requester.kind === "anonymous") return [{ kind: "anonymous" }];
  const { accountId, principalArn } = requester;
  const arns = principalArn === undefined ? principalArns(facts, accountId) : [principalArn];
  return arns.map((arn) => principalWith(arn, accountId));
}

function* contexts(
  facts: DocumentFacts,
  requester: Requester,
  principal: RequestPrincipal,
  target: Target,
): Generator<RequestContext> {
  const fixed: Record<string, string | readonly string[]> = {
    "aws:resourceaccount": target.accountId,
    ...target.context,
  };
  if (principal.kind === "role-session") fixed["aws:principalarn"] = principal.roleArn;
  if (principal.kind === "root") fixed["aws:principalarn"] = `arn:aws:iam::${principal.accountId}:root`;
  if (principal.kind === "user") fixed["aws:principalarn"] = principal.arn;
  const keys = [...facts.literals.keys()].filter((key) => !(key in fixed) && key !== "aws:principalarn");
  const choices = keys.map((key) => choicesOf(key, facts, requester, target));
  yield* combinations(keys, choices, fixed);
}

function choicesOf(
  key: string,
  facts: DocumentFacts,
  requester: Requester,
  target: Target,
): readonly Candidate[] {
  if (target.viaService === true && key === "aws:viaawsservice") return ["true"];
  if (target.viaService === true && /^aws:source(vpc|vpce|ip|vpcarn)$/.test(key)) return [undefined];
  return candidateValues(key, facts.literals, requester);
}
