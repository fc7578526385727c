import { AccessRequest } from "./access-request";
import { AllowReason, PolicyWorld } from "./decision";
import { Evaluation } from "./evaluation";
import { findGrant } from "./kms-grants";
import { NAMED, Naming } from "./principal-match";
import { findClosestAllow, refTo } from "./statement-search";

/** What the resource's side says: how closely it lets the caller in, and by what. */
export interface ResourceSide {
  readonly naming: Naming;
  /** Without statements when `naming` is `NAMED.notAtAll`. */
  readonly reason: AllowReason;
}

const SILENT: ResourceSide = { naming: NAMED.notAtAll, reason: { kind: "statements", statements: [] } };

/**
 * The closest statement of the resource's policy; for a KMS key also a grant, when it does more for the caller than
 * the key policy.
 */
export function resourceSideOf(
  request: AccessRequest,
  evaluation: Evaluation,
  world: PolicyWorld,
): ResourceSide {
  const found = world.resource && findClosestAllow(world.resource, evaluation);
  const byPolicy: ResourceSide = found
    ? { naming: found.naming, reason: { kind: "statements", statements: [refTo(found)] } }
    : SILENT;
  if (world.grants === undefined || !hasKeyPolicy(request)) return byPolicy;
  const granted = findGrant(world.grants, request);
  return granted !== undefined && doesMore(granted.naming, byPolicy.naming, request)
    ? { naming: granted.naming, reason: { kind: "grant", grantId: granted.grant.grantId } }
    : byPolicy;
}

/** Across accounts a grant that names the caller is enough, and no key policy is. */
function doesMore(byGrant: Naming, byPolicy: Naming, { principal, resource }: AccessRequest): boolean {
  const crossAccount = "accountId" in principal && principal.accountId !== resource.accountId;
  return crossAccount && byGrant >= NAMED.byRole ? true : byGrant > byPolicy;
}

/** Whether the request is about a KMS key, the one resource of KMS that has a policy. */
export function hasKeyPolicy({ action, resource }: AccessRequest): boolean {
  return /^kms:/i.test(action) && resource.arn.includes(":key/");
}

/**
 * Roles and KMS keys let no one in, not even of their own account, whom their policy does not allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export function mustBeAllowedByResource(request: AccessRequest): boolean {
  return hasKeyPolicy(request) || isRoleTrust(request);
}

function isRoleTrust({ action, resource }: AccessRequest): boolean {
  return (
    /^sts:(AssumeRole|TagSession|SetSourceIdentity|SetContext)/i.test(action) &&
    resource.arn.includes(":role/")
  );
}
