import type { IAM } from "@aws-sdk/client-iam";

/** An inline policy of a role in the provider's form. */
export interface InlinePolicy {
  readonly name: string;
  readonly policy: string;
}

/** Inline policies of a role, by name. */
export async function readInlinePolicies(iam: IAM, role: string): Promise<InlinePolicy[]> {
  const { PolicyNames } = await iam.listRolePolicies({ RoleName: role });
  return Promise.all(
    (PolicyNames ?? []).map(async (name) => {
      const { PolicyDocument } = await iam.getRolePolicy({ RoleName: role, PolicyName: name });
      return { name, policy: decodeURIComponent(PolicyDocument!) };
    }),
  );
}

/** ARNs of the managed policies that are attached to a role. */
export async function readManagedPolicyArns(iam: IAM, role: string): Promise<string[]> {
  const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName: role });
  return (AttachedPolicies ?? []).map((policy) => policy.PolicyArn!);
}

/** Removes a role's policies before its deletion: those named, or all it has. */
export async function deleteRolePolicies(
  iam: IAM,
  role: string,
  policies: {
    readonly inline: readonly string[];
    readonly managed: readonly string[];
    readonly all: boolean;
  },
): Promise<void> {
  const inline = (await iam.listRolePolicies({ RoleName: role })).PolicyNames ?? [];
  for (const name of inline.filter((existing) => policies.all || policies.inline.includes(existing))) {
    await iam.deleteRolePolicy({ RoleName: role, PolicyName: name });
  }
  const managed = await readManagedPolicyArns(iam, role);
  for (const arn of managed.filter((existing) => policies.all || policies.managed.includes(existing))) {
    await iam.detachRolePolicy({ RoleName: role, PolicyArn: arn });
  }
}
