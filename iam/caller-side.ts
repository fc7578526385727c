import { AccessRequest, RequestPrincipal } from "./access-request";
import {
  AllowReason,
  AttachedPolicy,
  Decision,
  DenyReason,
  PolicyKind,
  PolicyWorld,
  StatementRef,
} from "./decision";
import { denied, notAllowed } from "./denials";
import { Evaluation } from "./evaluation";
import { NAMED } from "./principal-match";
import { hasKeyPolicy, mustBeAllowedByResource, ResourceSide } from "./resource-side";
import { findAllow, FoundStatement, refTo } from "./statement-search";

/** A request of someone who has an account. */
export interface AccountRequest extends AccessRequest {
  readonly principal: Exclude<RequestPrincipal, { readonly kind: "anonymous" | "service" | "federated" }>;
}

/**
 * Weighs the resource's side against the policies of the caller.
 *
 * Within one account a resource policy that names the user or the role session (or everyone) is enough, one that
 * names the role is limited by the permissions boundary and the session policies, and one that names the account
 * leaves the decision to the caller's own policies. Across accounts both sides must allow; only a grant of a KMS key
 * that names the caller is enough there too.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function decideCallerSide(
  request: AccountRequest,
  evaluation: Evaluation,
  world: PolicyWorld,
  resourceSide: ResourceSide,
): Decision {
  const sameAccount = request.principal.accountId === request.resource.accountId;
  const missing = missingOnResourceSide(request, world, resourceSide, sameAccount);
  if (missing !== undefined) return denied(missing);

  const mayBeEnough = sameAccount || resourceSide.reason.kind === "grant";
  if (mayBeEnough && resourceSide.naming >= NAMED.byRole) return limited(resourceSide, evaluation, world);
  return withIdentity(request, evaluation, world, resourceSide);
}

function missingOnResourceSide(
  request: AccountRequest,
  world: PolicyWorld,
  { naming }: ResourceSide,
  sameAccount: boolean,
): DenyReason | undefined {
  if (naming !== NAMED.notAtAll) return undefined;
  if (sameAccount && !mustBeAllowedByResource(request)) return undefined;
  if (hasKeyPolicy(request)) {
    return { kind: "key-policy-does-not-delegate", accountId: request.principal.accountId };
  }
  return world.resource === undefined
    ? { kind: "no-resource-policy" }
    : notAllowed("resource", [world.resource]);
}

/** The resource's side is enough: only what names the role is limited further. */
function limited(resourceSide: ResourceSide, evaluation: Evaluation, world: PolicyWorld): Decision {
  const refusal = resourceSide.naming === NAMED.byRole ? limitsOf(evaluation, world) : undefined;
  return refusal === undefined ? { allowed: true, by: resourceSide.reason } : denied(refusal);
}

/** The root user has neither identity policies nor boundary: its account trusts it with everything. */
function withIdentity(
  request: AccountRequest,
  evaluation: Evaluation,
  world: PolicyWorld,
  resourceSide: ResourceSide,
): Decision {
  if (request.principal.kind === "root") {
    return {
      allowed: true,
      by: resourceSide.naming === NAMED.notAtAll ? { kind: "root" } : resourceSide.reason,
    };
  }
  const identity = findAllow(world.identity, evaluation);
  if (identity === undefined) return denied(notAllowed("identity", world.identity));
  const refusal = limitsOf(evaluation, world);
  return refusal === undefined
    ? { allowed: true, by: bothSides(resourceSide.reason, identity) }
    : denied(refusal);
}

function bothSides(resource: AllowReason, identity: FoundStatement): AllowReason {
  if (resource.kind !== "statements") return resource;
  const statements: readonly StatementRef[] = [...resource.statements, refTo(identity)];
  return { kind: "statements", statements };
}

/** The boundary and the session policies: what must allow and never grants. */
function limitsOf(evaluation: Evaluation, world: PolicyWorld): DenyReason | undefined {
  return (
    silent("boundary", world.boundary && [world.boundary], evaluation) ??
    silent("session", world.session, evaluation)
  );
}

function silent(
  policyKind: PolicyKind,
  policies: readonly AttachedPolicy[] | undefined,
  evaluation: Evaluation,
): DenyReason | undefined {
  return policies === undefined || findAllow(policies, evaluation) !== undefined
    ? undefined
    : notAllowed(policyKind, policies);
}
