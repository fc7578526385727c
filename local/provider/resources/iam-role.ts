import type { IAM } from "@aws-sdk/client-iam";
import { hasCode, retryWhile } from "../aws";
import { Change, ResourceType } from "../resource-type";
import { Properties, samePolicy, sameSet } from "../values";
import { changedTags, notMatching, outOfRange, tagEntries } from "./constraints";
import { deleteRolePolicies, readInlinePolicies, readManagedPolicyArns } from "./iam-role-policies";

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const iamRole: ResourceType = {
  token: "aws:iam/role:Role",
  tagged: true,
  global: true,
  inputs: {
    assumeRolePolicy: { kind: "policy", required: true },
    description: { kind: "string" },
    forceDetachPolicies: { kind: "boolean", default: false },
    inlinePolicies: { kind: "set", computed: true, same: sameInlinePolicies },
    managedPolicyArns: { kind: "set", computed: true },
    maxSessionDuration: { kind: "number", default: 3600 },
    name: { kind: "string", replaces: true, computed: true },
    namePrefix: { kind: "string", replaces: true },
    path: { kind: "string", replaces: true, default: "/" },
    permissionsBoundary: { kind: "string" },
  },
  outputs: ["arn", "createDate", "uniqueId"],
  autoName: { property: "name", maxLength: 64 },
  check: (inputs) => [
    ...notMatching(inputs, "name", /^[\w+=,.@-]{1,64}$/, "only letters, digits and +=,.@_-, at most 64"),
    ...outOfRange(inputs, "maxSessionDuration", 3600, 43200),
  ],

  async create(inputs, { clients, exists }) {
    const iam = await clients.iam();
    const { Role } = await retryWhile(
      (error) => hasCode(error, "MalformedPolicyDocument", "MalformedPolicyDocumentException"),
      () =>
        iam.createRole({
          RoleName: inputs["name"] ?? `${inputs["namePrefix"]}${Date.now()}`,
          AssumeRolePolicyDocument: inputs["assumeRolePolicy"],
          Description: inputs["description"],
          MaxSessionDuration: inputs["maxSessionDuration"],
          Path: inputs["path"],
          PermissionsBoundary: inputs["permissionsBoundary"],
          Tags: iamTags(inputs["tagsAll"]),
        }),
    );
    const name = Role!.RoleName!;
    exists(name);
    await setPolicies(iam, name, [], [], inputs);
    return name;
  },

  async read(id, _state, { clients }) {
    return readRole(await clients.iam(), id);
  },

  async update(id, change, { clients }) {
    const iam = await clients.iam();
    await updateRole(iam, id, change);
    if (change.changed("inlinePolicies", "managedPolicyArns")) {
      const inline = await readInlinePolicies(iam, id);
      await setPolicies(iam, id, inline, await readManagedPolicyArns(iam, id), change.news);
    }
  },

  async delete(id, state, { clients }) {
    const iam = await clients.iam();
    try {
      const names = ((state["inlinePolicies"] ?? []) as Properties[]).map((policy) => policy["name"]);
      await deleteRolePolicies(iam, id, {
        inline: names,
        managed: state["managedPolicyArns"] ?? [],
        all: state["forceDetachPolicies"] === true,
      });
      await iam.deleteRole({ RoleName: id });
    } catch (error) {
      if (!hasCode(error, "NoSuchEntity", "NoSuchEntityException")) {
        throw error;
      }
    }
  },
};

/** Tags in the form of IAM. */
export function iamTags(tags: unknown): { Key: string; Value: string }[] {
  return Object.entries((tags ?? {}) as Record<string, string>).map(([Key, Value]) => ({ Key, Value }));
}

async function readRole(iam: IAM, id: string): Promise<Properties | undefined> {
  try {
    const { Role: role } = await iam.getRole({ RoleName: id });
    const [inlinePolicies, managedPolicyArns] = await Promise.all([
      readInlinePolicies(iam, id),
      readManagedPolicyArns(iam, id),
    ]);
    return {
      arn: role!.Arn,
      assumeRolePolicy: decodeURIComponent(role!.AssumeRolePolicyDocument!),
      createDate: role!.CreateDate?.toISOString(),
      description: role!.Description || undefined,
      inlinePolicies,
      managedPolicyArns,
      maxSessionDuration: role!.MaxSessionDuration,
      name: role!.RoleName,
      path: role!.Path,
      permissionsBoundary: role!.PermissionsBoundary?.PermissionsBoundaryArn,
      tagsAll: Object.fromEntries(tagEntries(role!.Tags?.map(({ Key, Value }) => [Key, Value]))),
      uniqueId: role!.RoleId,
    };
  } catch (error) {
    if (hasCode(error, "NoSuchEntity", "NoSuchEntityException")) {
      return undefined;
    }
    throw error;
  }
}

async function updateRole(iam: IAM, id: string, { changed, olds, news }: Change): Promise<void> {
  if (changed("assumeRolePolicy")) {
    await retryWhile(
      (error) => hasCode(error, "MalformedPolicyDocument", "MalformedPolicyDocumentException"),
      () => iam.updateAssumeRolePolicy({ RoleName: id, PolicyDocument: news["assumeRolePolicy"] }),
    );
  }
  if (changed("description", "maxSessionDuration")) {
    await iam.updateRole({
      RoleName: id,
      Description: news["description"] ?? "",
      MaxSessionDuration: news["maxSessionDuration"],
    });
  }
  if (changed("permissionsBoundary")) {
    await (news["permissionsBoundary"] === undefined
      ? iam.deleteRolePermissionsBoundary({ RoleName: id })
      : iam.putRolePermissionsBoundary({ RoleName: id, PermissionsBoundary: news["permissionsBoundary"] }));
  }
  const tags = changedTags(olds["tagsAll"], news["tagsAll"]);
  if (tags.removed.length > 0) {
    await iam.untagRole({ RoleName: id, TagKeys: tags.removed });
  }
  if (Object.keys(tags.set).length > 0) {
    await iam.tagRole({ RoleName: id, Tags: iamTags(tags.set) });
  }
}

/** Makes inline and managed policies what the inputs say; inputs that are absent leave theirs as they are. */
async function setPolicies(
  iam: IAM,
  role: string,
  inline: readonly Properties[],
  managed: readonly string[],
  inputs: Properties,
): Promise<void> {
  const wantedInline = inputs["inlinePolicies"] as readonly Properties[] | undefined;
  for (const { name } of wantedInline === undefined ? [] : inline) {
    if (!wantedInline!.some((wanted) => wanted["name"] === name)) {
      await iam.deleteRolePolicy({ RoleName: role, PolicyName: name });
    }
  }
  for (const { name, policy } of wantedInline ?? []) {
    if (!inline.some((existing) => existing["name"] === name && samePolicy(existing["policy"], policy))) {
      await iam.putRolePolicy({ RoleName: role, PolicyName: name, PolicyDocument: policy });
    }
  }
  const wantedArns = inputs["managedPolicyArns"] as readonly string[] | undefined;
  for (const arn of wantedArns === undefined
    ? []
    : managed.filter((existing) => !wantedArns.includes(existing))) {
    await iam.detachRolePolicy({ RoleName: role, PolicyArn: arn });
  }
  for (const arn of (wantedArns ?? []).filter((wanted) => !managed.includes(wanted))) {
    await iam.attachRolePolicy({ RoleName: role, PolicyArn: arn });
  }
}

function sameInlinePolicies(a: readonly Properties[], b: readonly Properties[]): boolean {
  const names = (policies: readonly Properties[]): unknown[] => policies.map((policy) => policy["name"]);
  return (
    sameSet(names(a), names(b)) &&
    a.every((left) =>
      b.some((right) => right["name"] === left["name"] && samePolicy(left["policy"], right["policy"])),
    )
  );
}
