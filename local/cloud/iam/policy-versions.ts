import { Operation } from "../core/operation";
import { boolean, Infer, optional, string, structure } from "../core/shape";
import { encodedDocument } from "./documents";
import { deleteConflict, limitExceeded, noSuchEntity } from "./errors";
import { page } from "./page";
import { checkManagedDocument, findPolicy, onPolicy } from "./policies";
import { ManagedPolicyRecord, managedPolicies, PolicyVersionRecord } from "./records";
import { pageMembers, policyArn, policyText, tagKeys, tags } from "./shapes";
import { requestTags, tagList, withoutTags, withTags } from "./tags";

const MAX_VERSIONS = 5;
const versionId = string({ pattern: /v[1-9][0-9]*(\.[A-Za-z0-9-]*)?/ });

const createInput = structure({
  PolicyArn: policyArn,
  PolicyDocument: policyText,
  SetAsDefault: optional(boolean()),
});

const createPolicyVersion: Operation<Infer<typeof createInput>> = {
  name: "CreatePolicyVersion",
  input: createInput,
  authorize: ({ PolicyArn }, call) => onPolicy("CreatePolicyVersion", PolicyArn, call),
  run({ PolicyArn, PolicyDocument: document, SetAsDefault: setAsDefault }, call) {
    const policy = findPolicy(PolicyArn, call);
    checkManagedDocument(document);
    if (policy.versions.length >= MAX_VERSIONS) {
      throw limitExceeded(
        "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
      );
    }
    const now = call.clock.now();
    const version: PolicyVersionRecord = { versionId: `v${policy.nextVersion}`, document, createdAt: now };
    const changed: ManagedPolicyRecord = {
      ...policy,
      updatedAt: now,
      nextVersion: policy.nextVersion + 1,
      versions: [version, ...policy.versions],
      defaultVersionId: setAsDefault ? version.versionId : policy.defaultVersionId,
    };
    managedPolicies(call.store).put(PolicyArn, changed);
    const { Document: _, ...answer } = versionAnswer(version, changed);
    return { PolicyVersion: answer };
  },
};

const versionInput = structure({ PolicyArn: policyArn, VersionId: versionId });

const getPolicyVersion: Operation<Infer<typeof versionInput>> = {
  name: "GetPolicyVersion",
  input: versionInput,
  authorize: ({ PolicyArn }, call) => onPolicy("GetPolicyVersion", PolicyArn, call),
  run({ PolicyArn, VersionId }, call) {
    const policy = findPolicy(PolicyArn, call);
    return { PolicyVersion: versionAnswer(findVersion(policy, VersionId), policy) };
  },
};

const listInput = structure({ PolicyArn: policyArn, ...pageMembers });

const listPolicyVersions: Operation<Infer<typeof listInput>> = {
  name: "ListPolicyVersions",
  input: listInput,
  authorize: ({ PolicyArn }, call) => onPolicy("ListPolicyVersions", PolicyArn, call),
  run(request, call) {
    const policy = findPolicy(request.PolicyArn, call);
    const versions = policy.versions.map((version) => {
      const { Document: _, ...answer } = versionAnswer(version, policy);
      return answer;
    });
    return page("Versions", versions, request);
  },
};

const setDefaultPolicyVersion: Operation<Infer<typeof versionInput>> = {
  name: "SetDefaultPolicyVersion",
  input: versionInput,
  authorize: ({ PolicyArn }, call) => onPolicy("SetDefaultPolicyVersion", PolicyArn, call),
  run({ PolicyArn, VersionId }, call) {
    const policy = findPolicy(PolicyArn, call);
    const { versionId: defaultVersionId } = findVersion(policy, VersionId);
    managedPolicies(call.store).put(PolicyArn, { ...policy, defaultVersionId, updatedAt: call.clock.now() });
  },
};

const deletePolicyVersion: Operation<Infer<typeof versionInput>> = {
  name: "DeletePolicyVersion",
  input: versionInput,
  authorize: ({ PolicyArn }, call) => onPolicy("DeletePolicyVersion", PolicyArn, call),
  run({ PolicyArn, VersionId }, call) {
    const policy = findPolicy(PolicyArn, call);
    const version = findVersion(policy, VersionId);
    if (version.versionId === policy.defaultVersionId) {
      throw deleteConflict("Cannot delete the default version of a policy.");
    }
    const versions = policy.versions.filter((other) => other !== version);
    managedPolicies(call.store).put(PolicyArn, { ...policy, versions });
  },
};

const tagInput = structure({ PolicyArn: policyArn, Tags: tags });

const tagPolicy: Operation<Infer<typeof tagInput>> = {
  name: "TagPolicy",
  input: tagInput,
  authorize: ({ PolicyArn, Tags }, call) => onPolicy("TagPolicy", PolicyArn, call, requestTags(Tags)),
  run({ PolicyArn, Tags }, call) {
    const policy = findPolicy(PolicyArn, call);
    managedPolicies(call.store).put(PolicyArn, { ...policy, tags: withTags(policy.tags, Tags) });
  },
};

const untagInput = structure({ PolicyArn: policyArn, TagKeys: tagKeys });

const untagPolicy: Operation<Infer<typeof untagInput>> = {
  name: "UntagPolicy",
  input: untagInput,
  authorize: ({ PolicyArn, TagKeys }, call) =>
    onPolicy("UntagPolicy", PolicyArn, call, { "aws:tagkeys": TagKeys }),
  run({ PolicyArn, TagKeys }, call) {
    const policy = findPolicy(PolicyArn, call);
    managedPolicies(call.store).put(PolicyArn, { ...policy, tags: withoutTags(policy.tags, TagKeys) });
  },
};

const listPolicyTags: Operation<Infer<typeof listInput>> = {
  name: "ListPolicyTags",
  input: listInput,
  authorize: ({ PolicyArn }, call) => onPolicy("ListPolicyTags", PolicyArn, call),
  run: (request, call) => page("Tags", tagList(findPolicy(request.PolicyArn, call).tags), request),
};

function findVersion(policy: ManagedPolicyRecord, id: string): PolicyVersionRecord {
  const version = policy.versions.find((candidate) => candidate.versionId === id);
  if (!version) throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
  return version;
}

function versionAnswer(version: PolicyVersionRecord, policy: ManagedPolicyRecord) {
  return {
    Document: encodedDocument(version.document),
    VersionId: version.versionId,
    IsDefaultVersion: version.versionId === policy.defaultVersionId,
    CreateDate: new Date(version.createdAt),
  };
}

export const policyVersionOperations: readonly Operation[] = [
  createPolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
  deletePolicyVersion,
  tagPolicy,
  untagPolicy,
  listPolicyTags,
];
