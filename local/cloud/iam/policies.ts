import { Authorization, Call, Operation } from "../core/operation";
import { Infer, optional, structure } from "../core/shape";
import { checkDocument, sizeOf } from "./documents";
import { deleteConflict, entityAlreadyExists, limitExceeded, noSuchEntity } from "./errors";
import { awsPolicyDocument } from "./managed-policies";
import { page } from "./page";
import { policyAnswer, usesOf } from "./policy-answer";
import { onAccount } from "./principal-kind";
import { ManagedPolicyRecord, managedPolicies, PrincipalRecord } from "./records";
import { description, pageMembers, path, policyArn, policyName, policyText, tags } from "./shapes";
import { requestTags, resourceTags, withTags } from "./tags";
import { uniqueId } from "./unique-id";

const createPolicyInput = structure({
  PolicyName: policyName,
  Path: path,
  PolicyDocument: policyText,
  Description: description,
  Tags: optional(tags),
});

const createPolicy: Operation<Infer<typeof createPolicyInput>> = {
  name: "CreatePolicy",
  input: createPolicyInput,
  authorize: (request, call) => [
    {
      action: "iam:CreatePolicy",
      resource: { arn: arnOf(request.Path, request.PolicyName, call), accountId: call.accountId },
      context: requestTags(request.Tags),
    },
  ],
  run(request, call) {
    const arn = arnOf(request.Path, request.PolicyName, call);
    const isTaken = [...managedPolicies(call.store).values()].some(
      ({ accountId, name }) => accountId === call.accountId && name === request.PolicyName,
    );
    if (isTaken)
      throw entityAlreadyExists(
        `A policy called ${request.PolicyName} already exists. Duplicate names are not allowed.`,
      );
    checkManagedDocument(request.PolicyDocument);
    const now = call.clock.now();
    const record: ManagedPolicyRecord = {
      accountId: call.accountId,
      arn,
      name: request.PolicyName,
      path: request.Path ?? "/",
      policyId: uniqueId("ANPA"),
      description: request.Description,
      createdAt: now,
      updatedAt: now,
      tags: withTags({}, request.Tags ?? []),
      defaultVersionId: "v1",
      nextVersion: 2,
      versions: [{ versionId: "v1", document: request.PolicyDocument, createdAt: now }],
    };
    managedPolicies(call.store).put(arn, record);
    return { Policy: policyAnswer(record, call) };
  },
};

const arnInput = structure({ PolicyArn: policyArn });

const getPolicy: Operation<Infer<typeof arnInput>> = {
  name: "GetPolicy",
  input: arnInput,
  authorize: ({ PolicyArn }, call) => onPolicy("GetPolicy", PolicyArn, call),
  run: ({ PolicyArn }, call) => ({ Policy: policyAnswer(findPolicy(PolicyArn, call), call) }),
};

const deletePolicy: Operation<Infer<typeof arnInput>> = {
  name: "DeletePolicy",
  input: arnInput,
  authorize: ({ PolicyArn }, call) => onPolicy("DeletePolicy", PolicyArn, call),
  run({ PolicyArn }, call) {
    const policy = findPolicy(PolicyArn, call);
    if (policy.accountId === "aws") throw noSuchEntity(`Policy ${PolicyArn} does not exist.`);
    const { attachedTo, boundaryOf } = usesOf(PolicyArn, call);
    if (attachedTo.length + boundaryOf.length > 0) {
      throw deleteConflict("Cannot delete a policy attached to entities.");
    }
    if (policy.versions.length > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    managedPolicies(call.store).delete(PolicyArn);
  },
};

/** Lists the account's own policies; AWS's are known by ARN only. */
const listPolicies: Operation = {
  name: "ListPolicies",
  input: structure(pageMembers),
  authorize: (_input, call) => onAccount("ListPolicies", call),
  run(request, call) {
    const own = [...managedPolicies(call.store).values()].filter(
      ({ accountId }) => accountId === call.accountId,
    );
    return page(
      "Policies",
      own.map((policy) => policyAnswer(policy, call)),
      request,
    );
  },
};

const listEntitiesForPolicy: Operation<Infer<typeof arnInput>> = {
  name: "ListEntitiesForPolicy",
  input: arnInput,
  authorize: ({ PolicyArn }, call) => onPolicy("ListEntitiesForPolicy", PolicyArn, call),
  run({ PolicyArn }, call) {
    findPolicy(PolicyArn, call);
    const { attachedTo } = usesOf(PolicyArn, call);
    const isRole = ({ uniqueId: id }: PrincipalRecord) => id.startsWith("AROA");
    return {
      PolicyGroups: [],
      PolicyUsers: attachedTo
        .filter((entity) => !isRole(entity))
        .map(({ name, uniqueId: UserId }) => ({ UserName: name, UserId })),
      PolicyRoles: attachedTo
        .filter(isRole)
        .map(({ name, uniqueId: RoleId }) => ({ RoleName: name, RoleId })),
      IsTruncated: false,
    };
  },
};

/** @throws ApiError MalformedPolicyDocument; LimitExceeded over 6,144 characters */
export function checkManagedDocument(text: string): void {
  checkDocument(text, "identity");
  if (sizeOf(text) > 6144) throw limitExceeded("Cannot exceed quota for PolicySize: 6144");
}

/** The account's own policy or one of AWS's. @throws ApiError NoSuchEntity */
export function findPolicy(arn: string, call: Call): ManagedPolicyRecord {
  const own = managedPolicies(call.store).get(arn);
  if (own && own.accountId === call.accountId) return own;
  const document = awsPolicyDocument(arn);
  if (document === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return {
    accountId: "aws",
    arn,
    name: arn.slice(arn.lastIndexOf("/") + 1),
    path: arn.includes("/service-role/") ? "/service-role/" : "/",
    policyId: "ANPAAWSMANAGEDPOLICY1",
    createdAt: 0,
    updatedAt: 0,
    tags: {},
    defaultVersionId: "v1",
    nextVersion: 2,
    versions: [{ versionId: "v1", document, createdAt: 0 }],
  };
}

export function onPolicy(
  action: string,
  arn: string,
  call: Call,
  context: Authorization["context"] = {},
): readonly Authorization[] {
  const policyTags = resourceTags(managedPolicies(call.store).get(arn)?.tags);
  const resource = { arn, accountId: call.accountId };
  return [{ action: `iam:${action}`, resource, context: { ...policyTags, ...context } }];
}

function arnOf(policyPath = "/", name: string, call: Call): string {
  return `arn:${call.partition}:iam::${call.accountId}:policy${policyPath}${name}`;
}

export const policyOperations: readonly Operation[] = [
  createPolicy,
  getPolicy,
  deletePolicy,
  listPolicies,
  listEntitiesForPolicy,
];
