import { Call } from "../core/operation";
import { ManagedPolicyRecord, PrincipalRecord, roles, users } from "./records";
import { tagList } from "./tags";

/** A managed policy as IAM answers it. */
export function policyAnswer(policy: ManagedPolicyRecord, call: Call): Readonly<Record<string, unknown>> {
  const { attachedTo, boundaryOf } = usesOf(policy.arn, call);
  return {
    PolicyName: policy.name,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attachedTo.length,
    PermissionsBoundaryUsageCount: boundaryOf.length,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
    ...(Object.keys(policy.tags).length > 0 && { Tags: tagList(policy.tags) }),
  };
}

/** The account's users and roles that a managed policy is attached to, or bounds. */
export function usesOf(arn: string, call: Call) {
  const owners: PrincipalRecord[] = [...users(call.store).values(), ...roles(call.store).values()];
  const own = owners.filter(({ accountId }) => accountId === call.accountId);
  return {
    attachedTo: own.filter(({ attachedPolicyArns }) => attachedPolicyArns.includes(arn)),
    boundaryOf: own.filter(({ permissionsBoundaryArn }) => permissionsBoundaryArn === arn),
  };
}
