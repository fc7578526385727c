import { AttachedPolicy, Decision, DenyReason, PolicyKind, PolicyWorld } from "./decision";
import { Evaluation } from "./evaluation";
import { findDeny, FoundStatement, refTo, sourcesOf } from "./statement-search";
import { exemptFromScps, rcpsApply } from "./guardrails";

/** A refusal for this reason. */
export function denied(because: DenyReason): Decision {
  return { allowed: false, because };
}

/** No statement of these documents allows. */
export function notAllowed(policyKind: PolicyKind, policies: readonly AttachedPolicy[]): DenyReason {
  return { kind: "not-allowed", policyKind, sources: sourcesOf(policies) };
}

/**
 * The first statement that denies, in any document that bears on the request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html
 */
export function explicitDeny(evaluation: Evaluation, world: PolicyWorld): DenyReason | undefined {
  return (
    (rcpsApply(evaluation, world) ? denyOfLevels("rcp", world.rcps, evaluation) : undefined) ??
    (exemptFromScps(evaluation) ? undefined : denyOfLevels("scp", world.scps, evaluation)) ??
    denyOf("endpoint", world.endpoint, evaluation) ??
    denyOf("resource", world.resource, evaluation) ??
    denyOfAll("identity", world.identity, evaluation) ??
    denyOf("boundary", world.boundary, evaluation) ??
    denyOfAll("session", world.session, evaluation)
  );
}

function denyOfLevels(
  policyKind: PolicyKind,
  levels: readonly (readonly AttachedPolicy[])[] | undefined,
  evaluation: Evaluation,
): DenyReason | undefined {
  for (const level of levels ?? []) {
    const found = findDeny(level, evaluation);
    if (found !== undefined) return reasonFor(policyKind, found);
  }
  return undefined;
}

function denyOfAll(
  policyKind: PolicyKind,
  policies: readonly AttachedPolicy[] | undefined,
  evaluation: Evaluation,
): DenyReason | undefined {
  const found = policies && findDeny(policies, evaluation);
  return found && reasonFor(policyKind, found);
}

function denyOf(
  policyKind: PolicyKind,
  attached: AttachedPolicy | undefined,
  evaluation: Evaluation,
): DenyReason | undefined {
  return denyOfAll(policyKind, attached && [attached], evaluation);
}

function reasonFor(policyKind: PolicyKind, found: FoundStatement): DenyReason {
  return { kind: "explicit-deny", policyKind, statement: refTo(found) };
}
