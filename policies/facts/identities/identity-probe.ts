import {
  AttachedPolicy,
  compilePolicy,
  decide,
  PolicyDocument,
  PolicyWorld,
  RequestContext,
  RequestPrincipal,
} from "../../../iam";
import { mayAllow } from "../../documents/allowed-actions";
import { combinations } from "../../documents/combinations";
import { factsOf, Literals } from "../../documents/document-facts";
import { DocumentUse } from "../../documents/document-uses";
import { identityCandidates } from "./identity-candidates";
import { parseArn } from "../../stack/location";
import { once } from "../../stack/once";
import { Place, placeOf, placesIn } from "../../stack/place";
import { principalWith } from "../../documents/requester";
import { Resource, types } from "../../stack/resource";
import { readString } from "../../stack/tri-state";
import { unrelatedArns } from "../../documents/unrelated";

/** One action, and what with. */
export interface Wish {
  readonly action: string;
  /** Undefined: a thing of the action's service that no policy is about, in every place the document can mean. */
  readonly arns?: readonly string[];
  /** Condition keys that the request carries, in lower case; an empty list for a key that it does not carry. */
  readonly context?: RequestContext;
}

export type IdentityAnswer =
  | { readonly kind: "granted"; readonly wish: Wish; readonly arn: string }
  /** Only this permissions boundary, whose document is not in the stack, may stop it. */
  | { readonly kind: "bounded"; readonly by: string }
  | { readonly kind: "refused" }
  | { readonly kind: "too-complex" };

/** Requests tried for one wish. */
const budget = 5_000;

/** The first of the wishes that the document grants its identity, in the sense of {@link grants}. */
export function firstGranted(use: DocumentUse, wishes: readonly Wish[]): IdentityAnswer {
  let complex = false;
  for (const wish of wishes) {
    const answer = grants(use, wish);
    if (answer.kind === "granted" || answer.kind === "bounded") return answer;
    complex ||= answer.kind === "too-complex";
  }
  return { kind: complex ? "too-complex" : "refused" };
}

/**
 * Whether the document lets its identity have the wish: AWS's own decision, with what the identity's other documents
 * deny and with its boundary, over every combination of condition values that the caller can bring about. The policy
 * of the resource is taken to leave the decision to IAM.
 */
export function grants(use: DocumentUse, wish: Wish): IdentityAnswer {
  if (!mayAllow(use.document, wish.action)) return { kind: "refused" };
  const { accountId, world, principal, literals, fixed, places } = prepared(use);
  const requester = { kind: "account", accountId, ownsNetworks: true } as const;
  let left = budget;
  for (const arn of wish.arns ?? places.flatMap((place) => unrelatedArns(wish.action, place))) {
    const owner = parseArn(arn)?.account || accountId;
    const about = { ...fixed, "aws:resourceaccount": owner, ...wish.context };
    const keys = [...literals.keys()].filter((key) => !(key in about));
    const choices = keys.map((key) =>
      identityCandidates(key, literals, arn, requester, wish.arns === undefined),
    );
    for (const context of combinations(keys, choices, about)) {
      if (left-- === 0) return { kind: "too-complex" };
      const resource = { arn, accountId };
      if (!decide({ principal, action: wish.action, resource, context }, world).allowed) continue;
      return use.boundary.kind === "unclear"
        ? { kind: "bounded", by: use.boundary.name }
        : { kind: "granted", wish, arn };
    }
  }
  return { kind: "refused" };
}

/** What is the same for every wish. */
interface Prepared {
  readonly accountId: string;
  readonly world: PolicyWorld;
  readonly principal: RequestPrincipal;
  readonly literals: Literals;
  readonly fixed: RequestContext;
  readonly places: readonly Place[];
}

const prepared = once((use: DocumentUse): Prepared => {
  const { accountId } = placeOf(use.holder);
  const principalArn = arnOf(use, accountId);
  return {
    accountId,
    world: worldOf(use, accountId),
    principal: principalWith(principalArn, accountId),
    literals: literalsOf(use),
    fixed: { "aws:principalarn": principalArn, "aws:principalaccount": accountId },
    places: placesIn(use.document, use.holder),
  };
});

function worldOf(use: DocumentUse, accountId: string): PolicyWorld {
  const { boundary } = use;
  const identity = [use.document, ...use.denials].map(attached);
  const resource = attached(leavesItToIam(accountId));
  return boundary.kind === "known"
    ? { identity, resource, boundary: attached(boundary.document) }
    : { identity, resource };
}

function attached(document: PolicyDocument): AttachedPolicy {
  return { source: "policy", policy: compilePolicy(document) };
}

function leavesItToIam(accountId: string): PolicyDocument {
  const statement = { Effect: "Allow", Principal: { AWS: accountId }, Action: "*", Resource: "*" } as const;
  return { Version: "2012-10-17", Statement: statement };
}

function literalsOf(use: DocumentUse): Literals {
  const bounding = use.boundary.kind === "known" ? [use.boundary.document] : [];
  const [first, ...others] = [use.document, ...use.denials, ...bounding].map(
    (document) => factsOf(document).literals,
  );
  if (first === undefined || others.every((literals) => literals.size === 0)) return first ?? new Map();
  const result = new Map(first);
  for (const [key, values] of others.flatMap((literals) => [...literals])) {
    result.set(key, [...new Set([...(result.get(key) ?? []), ...values])]);
  }
  return result;
}

/** The identity's ARN; a role of no name where there is none. */
function arnOf({ identity, holder }: DocumentUse, accountId: string): string {
  const { partition } = placeOf(holder);
  const kind = identity?.resource.type === types.user ? "user" : "role";
  const own = identity === undefined ? undefined : nameIn(identity.resource);
  return own?.startsWith("arn:") ? own : `arn:${partition}:iam::${accountId}:${kind}/${own ?? "any-role"}`;
}

function nameIn(resource: Resource): string {
  const arn = readString(resource.props, "arn");
  if (arn.state === "known" && resource.type !== types.group) return arn.value;
  const name = readString(resource.props, "name");
  return name.state === "known" ? name.value : resource.name;
}
