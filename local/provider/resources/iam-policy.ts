import type { IAM } from "@aws-sdk/client-iam";
import { hasCode } from "../aws";
import { ResourceType } from "../resource-type";
import { changedTags, tagEntries } from "./constraints";
import { iamTags } from "./iam-role";

/** A managed policy keeps this many versions. */
const MAX_VERSIONS = 5;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const iamPolicy: ResourceType = {
  token: "aws:iam/policy:Policy",
  tagged: true,
  global: true,
  inputs: {
    delayAfterPolicyCreationInMs: { kind: "number" },
    description: { kind: "string", replaces: true },
    name: { kind: "string", replaces: true, computed: true },
    namePrefix: { kind: "string", replaces: true },
    path: { kind: "string", replaces: true, default: "/" },
    policy: { kind: "policy", required: true },
  },
  outputs: ["arn", "attachmentCount", "policyId"],
  autoName: { property: "name", maxLength: 128 },

  async create(inputs, { clients }) {
    const iam = await clients.iam();
    const { Policy } = await iam.createPolicy({
      PolicyName: inputs["name"] ?? `${inputs["namePrefix"]}${Date.now()}`,
      PolicyDocument: inputs["policy"],
      Description: inputs["description"],
      Path: inputs["path"],
      Tags: iamTags(inputs["tagsAll"]),
    });
    return Policy!.Arn!;
  },

  async read(id, _state, { clients }) {
    const iam = await clients.iam();
    try {
      const { Policy: policy } = await iam.getPolicy({ PolicyArn: id });
      const version = await iam.getPolicyVersion({ PolicyArn: id, VersionId: policy!.DefaultVersionId });
      return {
        arn: policy!.Arn,
        attachmentCount: policy!.AttachmentCount ?? 0,
        description: policy!.Description || undefined,
        name: policy!.PolicyName,
        path: policy!.Path,
        policy: decodeURIComponent(version.PolicyVersion!.Document!),
        policyId: policy!.PolicyId,
        tagsAll: Object.fromEntries(tagEntries(policy!.Tags?.map(({ Key, Value }) => [Key, Value]))),
      };
    } catch (error) {
      if (hasCode(error, "NoSuchEntity", "NoSuchEntityException")) {
        return undefined;
      }
      throw error;
    }
  },

  async update(id, change, { clients }) {
    const iam = await clients.iam();
    if (change.changed("policy")) {
      await deleteVersions(iam, id, MAX_VERSIONS - 1);
      await iam.createPolicyVersion({
        PolicyArn: id,
        PolicyDocument: change.news["policy"],
        SetAsDefault: true,
      });
    }
    const tags = changedTags(change.olds["tagsAll"], change.news["tagsAll"]);
    if (tags.removed.length > 0) {
      await iam.untagPolicy({ PolicyArn: id, TagKeys: tags.removed });
    }
    if (Object.keys(tags.set).length > 0) {
      await iam.tagPolicy({ PolicyArn: id, Tags: iamTags(tags.set) });
    }
  },

  async delete(id, _state, { clients }) {
    const iam = await clients.iam();
    try {
      await deleteVersions(iam, id, 1);
      await iam.deletePolicy({ PolicyArn: id });
    } catch (error) {
      if (!hasCode(error, "NoSuchEntity", "NoSuchEntityException")) {
        throw error;
      }
    }
  },
};

/** Deletes the oldest versions that are not the default one until `keep` are left. */
async function deleteVersions(iam: IAM, arn: string, keep: number): Promise<void> {
  const versions = (await iam.listPolicyVersions({ PolicyArn: arn })).Versions ?? [];
  const oldestFirst = versions
    .filter((version) => !version.IsDefaultVersion)
    .sort((a, b) => Number(a.VersionId!.slice(1)) - Number(b.VersionId!.slice(1)));
  for (const version of oldestFirst.slice(0, Math.max(0, versions.length - keep))) {
    await iam.deletePolicyVersion({ PolicyArn: arn, VersionId: version.VersionId });
  }
}
