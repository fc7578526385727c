import { Call, Operation } from "../core/operation";
import { Infer, string, structure } from "../core/shape";
import { organizationsError } from "./errors";
import { managementOf, onOrganization } from "./operations";
import { findPolicy, policySummary } from "./policies";
import { organizationAccounts, organizationalUnits, organizationPolicies } from "./records";

const pairInput = structure({ PolicyId: string(), TargetId: string() });

const attachPolicy: Operation<Infer<typeof pairInput>> = {
  name: "AttachPolicy",
  input: pairInput,
  authorize: (_input, call) => onOrganization("AttachPolicy", call),
  run({ PolicyId, TargetId }, call) {
    const policy = findPolicy(PolicyId, call);
    targetOf(TargetId, call);
    if (policy.targetIds.includes(TargetId)) throw organizationsError("DuplicatePolicyAttachmentException");
    organizationPolicies(call.store).put(PolicyId, { ...policy, targetIds: [...policy.targetIds, TargetId] });
  },
};

const detachPolicy: Operation<Infer<typeof pairInput>> = {
  name: "DetachPolicy",
  input: pairInput,
  authorize: (_input, call) => onOrganization("DetachPolicy", call),
  run({ PolicyId, TargetId }, call) {
    const policy = findPolicy(PolicyId, call);
    targetOf(TargetId, call);
    if (!policy.targetIds.includes(TargetId)) throw organizationsError("PolicyNotAttachedException");
    const left = [...organizationPolicies(call.store).values()].some(
      (other) => other.type === policy.type && other.id !== PolicyId && other.targetIds.includes(TargetId),
    );
    if (!left) throw organizationsError("ConstraintViolationException");
    const targetIds = policy.targetIds.filter((target) => target !== TargetId);
    organizationPolicies(call.store).put(PolicyId, { ...policy, targetIds });
  },
};

const forTargetInput = structure({
  TargetId: string(),
  Filter: string({ enum: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"] }),
});

const listPoliciesForTarget: Operation<Infer<typeof forTargetInput>> = {
  name: "ListPoliciesForTarget",
  input: forTargetInput,
  authorize: (_input, call) => onOrganization("ListPoliciesForTarget", call),
  run({ TargetId, Filter }, call) {
    targetOf(TargetId, call);
    const found = [...organizationPolicies(call.store).values()].filter(
      ({ type, targetIds }) => type === Filter && targetIds.includes(TargetId),
    );
    return { Policies: found.map((policy) => policySummary(policy, call)) };
  },
};

const policyInput = structure({ PolicyId: string() });

const listTargetsForPolicy: Operation<Infer<typeof policyInput>> = {
  name: "ListTargetsForPolicy",
  input: policyInput,
  authorize: (_input, call) => onOrganization("ListTargetsForPolicy", call),
  run: ({ PolicyId }, call) => ({
    Targets: findPolicy(PolicyId, call).targetIds.map((targetId) => ({
      TargetId: targetId,
      ...targetOf(targetId, call),
    })),
  }),
};

/** @throws ApiError TargetNotFoundException */
function targetOf(id: string, call: Call): { readonly Name: string; readonly Type: string } {
  const home = managementOf(call);
  if (id === home.rootId) return { Name: "Root", Type: "ROOT" };
  const unit = organizationalUnits(call.store).get(id);
  if (unit) return { Name: unit.name, Type: "ORGANIZATIONAL_UNIT" };
  const account = organizationAccounts(call.store).get(id);
  if (account) return { Name: account.name, Type: "ACCOUNT" };
  throw organizationsError("TargetNotFoundException");
}

export const attachmentOperations: readonly Operation[] = [
  attachPolicy,
  detachPolicy,
  listPoliciesForTarget,
  listTargetsForPolicy,
];
