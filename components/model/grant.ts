import { accountRootArn, roleArn } from "./arn";

/** Permission for named roles of one account to read one secret. Wildcards are not representable. */
export interface Grant {
  /** Twelve digits. */
  readonly accountId: string;
  /** Names of IAM roles of the account, with path, without the `role/` before it. At least one. */
  readonly roleNames: readonly string[];
  /**
   * The VPCs through whose endpoint the secret may be read, of every Region: a secret's policy is replicated as
   * it is. At least one.
   */
  readonly vpcIds: readonly string[];
}

/** What a reader does; never writing, rotating or changing the policy. */
export const READ_ACTIONS = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"] as const;

/**
 * A role name with its path: up to 64 characters after the last slash.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export const isRoleName = (text: string): boolean => /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(text);

/**
 * The principal of a grant: the account, which a deleted and recreated role cannot invalidate. A statement that
 * uses it must narrow `aws:PrincipalArn` to {@link grantedRoleArns}.
 */
export function grantPrincipal(grant: Pick<Grant, "accountId">, partition: string) {
  return { AWS: accountRootArn(grant.accountId, partition) };
}

/** ARNs of the roles of a grant. */
export function grantedRoleArns(
  grant: Pick<Grant, "accountId" | "roleNames">,
  partition: string,
): readonly string[] {
  return grant.roleNames.map((name) => roleArn(grant.accountId, name, partition));
}
