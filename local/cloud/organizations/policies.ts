import { randomBytes } from "crypto";
import { parsePolicy } from "../../../iam";
import { Call, Operation } from "../core/operation";
import { Infer, optional, string, structure } from "../core/shape";
import { organizationsError } from "./errors";
import { managementOf, onOrganization } from "./operations";
import { OrganizationPolicyRecord, organizationPolicies, OrganizationPolicyType } from "./records";

const type = string({ enum: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"] });
const id = string({ pattern: /p-[0-9a-zA-Z_]{8,128}/ });

/** Characters without white space: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const MAX_CHARACTERS = 5_120;

const createInput = structure({
  Name: string({ min: 1, max: 128 }),
  Type: type,
  Content: string({ min: 1 }),
  Description: string({ max: 512 }),
});

const createPolicy: Operation<Infer<typeof createInput>> = {
  name: "CreatePolicy",
  input: createInput,
  authorize: (_input, call) => onOrganization("CreatePolicy", call),
  run({ Name: name, Type, Content: content, Description: description }, call) {
    managementOf(call);
    checkName(name, Type, undefined, call);
    checkContent(content, Type);
    const policyId = `p-${randomBytes(4).toString("hex")}`;
    const record = {
      id: policyId,
      name,
      description,
      type: Type,
      isAwsManaged: false,
      content,
      targetIds: [],
    };
    organizationPolicies(call.store).put(policyId, record);
    return { Policy: policyAnswer(record, call) };
  },
};

const updateInput = structure({
  PolicyId: id,
  Name: optional(string({ min: 1, max: 128 })),
  Content: optional(string({ min: 1 })),
  Description: optional(string({ max: 512 })),
});

const updatePolicy: Operation<Infer<typeof updateInput>> = {
  name: "UpdatePolicy",
  input: updateInput,
  authorize: (_input, call) => onOrganization("UpdatePolicy", call),
  run({ PolicyId, Name, Content, Description }, call) {
    managementOf(call);
    const policy = findPolicy(PolicyId, call);
    if (policy.isAwsManaged) throw organizationsError("PolicyNotFoundException");
    if (Name !== undefined) checkName(Name, policy.type, PolicyId, call);
    if (Content !== undefined) checkContent(Content, policy.type);
    const record = {
      ...policy,
      name: Name ?? policy.name,
      content: Content ?? policy.content,
      description: Description ?? policy.description,
    };
    organizationPolicies(call.store).put(PolicyId, record);
    return { Policy: policyAnswer(record, call) };
  },
};

const idInput = structure({ PolicyId: id });

const describePolicy: Operation<Infer<typeof idInput>> = {
  name: "DescribePolicy",
  input: idInput,
  authorize: (_input, call) => onOrganization("DescribePolicy", call),
  run({ PolicyId }, call) {
    managementOf(call);
    return { Policy: policyAnswer(findPolicy(PolicyId, call), call) };
  },
};

const deletePolicy: Operation<Infer<typeof idInput>> = {
  name: "DeletePolicy",
  input: idInput,
  authorize: (_input, call) => onOrganization("DeletePolicy", call),
  run({ PolicyId }, call) {
    managementOf(call);
    const policy = findPolicy(PolicyId, call);
    if (policy.targetIds.length > 0) throw organizationsError("PolicyInUseException");
    organizationPolicies(call.store).delete(PolicyId);
  },
};

const listInput = structure({ Filter: type });

const listPolicies: Operation<Infer<typeof listInput>> = {
  name: "ListPolicies",
  input: listInput,
  authorize: (_input, call) => onOrganization("ListPolicies", call),
  run({ Filter }, call) {
    managementOf(call);
    const found = [...organizationPolicies(call.store).values()].filter((policy) => policy.type === Filter);
    return { Policies: found.map((policy) => policySummary(policy, call)) };
  },
};

/** @throws ApiError PolicyNotFoundException */
export function findPolicy(policyId: string, call: Call): OrganizationPolicyRecord {
  const policy = organizationPolicies(call.store).get(policyId);
  if (!policy) throw organizationsError("PolicyNotFoundException");
  return policy;
}

/** What lists show of a policy. */
export function policySummary(
  policy: OrganizationPolicyRecord,
  call: Call,
): Readonly<Record<string, unknown>> {
  const home = managementOf(call);
  const owner = policy.isAwsManaged ? "aws" : home.managementAccountId;
  const path = policy.isAwsManaged ? "" : `${home.id}/`;
  return {
    Id: policy.id,
    Arn: `arn:${call.partition}:organizations::${owner}:policy/${path}${policy.type.toLowerCase()}/${policy.id}`,
    Name: policy.name,
    Description: policy.description,
    Type: policy.type,
    AwsManaged: policy.isAwsManaged,
  };
}

function policyAnswer(policy: OrganizationPolicyRecord, call: Call) {
  return { PolicySummary: policySummary(policy, call), Content: policy.content };
}

function checkName(
  name: string,
  policyType: OrganizationPolicyType,
  own: string | undefined,
  call: Call,
): void {
  const isTaken = [...organizationPolicies(call.store).values()].some(
    (other) => other.name === name && other.type === policyType && other.id !== own,
  );
  if (isTaken) throw organizationsError("DuplicatePolicyException");
}

function checkContent(content: string, policyType: OrganizationPolicyType): void {
  const parsed = parsePolicy(content, policyType === "SERVICE_CONTROL_POLICY" ? "scp" : "rcp");
  if (!parsed.ok) throw organizationsError("MalformedPolicyDocumentException", parsed.problems.join("; "));
  if (content.length > MAX_CHARACTERS) {
    throw organizationsError("ConstraintViolationException", "You have exceeded the allowed policy size.");
  }
}

export const policyOperations: readonly Operation[] = [
  createPolicy,
  updatePolicy,
  describePolicy,
  deletePolicy,
  listPolicies,
];
