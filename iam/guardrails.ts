import { AttachedPolicy, DenyReason, PolicyKind, PolicyWorld } from "./decision";
import { Evaluation } from "./evaluation";
import { RCP_SERVICES } from "./rcp-services";
import { findAllow, sourcesOf } from "./statement-search";

/**
 * What must allow but never grants: resource control policies, service control policies, the VPC endpoint's policy.
 * `undefined` when all of them do.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function guardrailsDeny(evaluation: Evaluation, world: PolicyWorld): DenyReason | undefined {
  return (
    (rcpsApply(evaluation, world) ? silentLevel("rcp", world.rcps, evaluation) : undefined) ??
    (exemptFromScps(evaluation) ? undefined : silentLevel("scp", world.scps, evaluation)) ??
    silentLevel("endpoint", world.endpoint && [[world.endpoint]], evaluation)
  );
}

/**
 * Service control policies limit the users and roles of member accounts: not service-linked roles, not services, not
 * those who hold a provider's token, not the anonymous caller.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function exemptFromScps({ principal }: Evaluation): boolean {
  switch (principal.kind) {
    case "anonymous":
    case "service":
    case "federated":
      return true;
    case "role-session":
      return principal.serviceLinked === true;
    default:
      return false;
  }
}

/**
 * Resource control policies cover some services only, spare service-linked roles, and never stop `kms:RetireGrant`.
 * They reach services and anonymous callers too. (Nor do they cover AWS managed keys; a key's ARN does not tell those
 * apart, so whoever builds the world leaves the policies out.)
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#actions-not-restricted-by-rcps
 */
export function rcpsApply({ principal, action }: Evaluation, world: PolicyWorld): boolean {
  if (world.rcps === undefined) return false;
  const serviceLinked = principal.kind === "role-session" && principal.serviceLinked === true;
  return (
    !serviceLinked && RCP_SERVICES.has(action.slice(0, action.indexOf(":"))) && action !== "kms:retiregrant"
  );
}

function silentLevel(
  policyKind: PolicyKind,
  levels: readonly (readonly AttachedPolicy[])[] | undefined,
  evaluation: Evaluation,
): DenyReason | undefined {
  for (const level of levels ?? []) {
    if (findAllow(level, evaluation) === undefined) {
      return { kind: "not-allowed", policyKind, sources: sourcesOf(level) };
    }
  }
  return undefined;
}
