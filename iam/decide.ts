import { AccessRequest } from "./access-request";
import { Decision, PolicyWorld } from "./decision";
import { denied, explicitDeny, notAllowed } from "./denials";
import { prepareEvaluation } from "./evaluation";
import { guardrailsDeny } from "./guardrails";
import { decideCallerSide } from "./caller-side";
import { resourceSideOf } from "./resource-side";
import { NAMED } from "./principal-match";

/**
 * Decides one request as AWS does: an explicit deny in any document wins; then the organisation's policies and the
 * VPC endpoint must allow; then the resource's side and the caller's side, which are enough alone or needed together
 * depending on the accounts and on how closely the resource's policy names the caller. Never throws.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function decide(request: AccessRequest, world: PolicyWorld): Decision {
  const evaluation = prepareEvaluation(request, world.boundary !== undefined);
  const refusal = explicitDeny(evaluation, world) ?? guardrailsDeny(evaluation, world);
  if (refusal !== undefined) return denied(refusal);

  const resourceSide = resourceSideOf(request, evaluation, world);
  switch (request.principal.kind) {
    case "anonymous":
      return resourceSide.naming === NAMED.notAtAll
        ? denied({ kind: "anonymous-not-allowed" })
        : { allowed: true, by: resourceSide.reason };
    case "service":
    case "federated":
      return resourceSide.naming === NAMED.notAtAll
        ? denied(notAllowed("resource", world.resource === undefined ? [] : [world.resource]))
        : { allowed: true, by: resourceSide.reason };
    default:
      return decideCallerSide({ ...request, principal: request.principal }, evaluation, world, resourceSide);
  }
}
