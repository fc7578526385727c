import { AttachedPolicy, PolicyWorld } from "../../../iam";
import { managedPolicyDocument } from "../iam/managed-policies";
import { PrincipalRecord } from "../iam/records";
import { policiesByLevel } from "../organizations/hierarchy";
import { Caller } from "./caller";
import { attachedText } from "./compiled-policies";
import { Authorization, RequestEndpoint } from "./operation";
import { Store } from "./store";

/** The part of a policy world that is the same for everything one caller does in one request. */
export type CallerWorld = Pick<PolicyWorld, "identity" | "boundary" | "session" | "scps" | "endpoint">;

/** Every document that limits or helps the caller, whatever the resource. */
export function callerWorld(caller: Caller, store: Store, endpoint?: RequestEndpoint): CallerWorld {
  const owner = caller.user ?? caller.role;
  const boundaryArn = owner?.permissionsBoundaryArn;
  const scps =
    caller.accountId === "" ? undefined : policiesByLevel(store, caller.accountId, "SERVICE_CONTROL_POLICY");
  return {
    identity: owner ? identityPolicies(owner, caller.user ? "user" : "role", store) : [],
    ...(boundaryArn !== undefined && { boundary: managedPolicy(boundaryArn, "permissions boundary", store) }),
    ...(caller.session?.sessionPolicies && {
      session: caller.session.sessionPolicies.map(({ source, document }) => attachedText(source, document)),
    }),
    ...(scps && { scps }),
    ...(endpoint?.policy && { endpoint: endpoint.policy }),
  };
}

/**
 * The whole world of one decision.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#actions-not-restricted-by-rcps
 */
export function policyWorld(world: CallerWorld, authorization: Authorization, store: Store): PolicyWorld {
  const rcps =
    authorization.isAwsManaged === true
      ? undefined
      : policiesByLevel(store, authorization.resource.accountId, "RESOURCE_CONTROL_POLICY");
  return {
    ...world,
    ...(authorization.resourcePolicy && { resource: authorization.resourcePolicy }),
    ...(authorization.grants && { grants: authorization.grants }),
    ...(rcps && { rcps }),
  };
}

function identityPolicies(owner: PrincipalRecord, kind: "user" | "role", store: Store): AttachedPolicy[] {
  const inline = Object.entries(owner.inlinePolicies).map(([name, document]) =>
    attachedText(`inline policy ${name} of ${kind} ${owner.name}`, document),
  );
  const attached = owner.attachedPolicyArns.map((arn) =>
    managedPolicy(
      arn,
      `policy ${arn.slice(arn.lastIndexOf("/") + 1)} attached to ${kind} ${owner.name}`,
      store,
    ),
  );
  return [...inline, ...attached];
}

/** A boundary whose policy is gone admits nothing. */
function managedPolicy(arn: string, source: string, store: Store): AttachedPolicy {
  const text = managedPolicyDocument(arn, store);
  return attachedText(source, text ?? `{"Version":"2012-10-17","Statement":[]}`);
}
