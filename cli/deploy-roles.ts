import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { ACCOUNTS, AccountName, Administrator } from "./organisation";

/** Name of the role that the deployer assumes in every account, as the environment `local` has it. */
export const DEPLOY_ROLE = "strongroom-deploy";

const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";

/**
 * What each account's administrator does once, here as on AWS: a role that the deployer in the management account may
 * assume.
 *
 * @returns the accounts that have the role now
 */
export async function createDeployRoles(
  url: string,
  administrators: Readonly<Record<AccountName, Administrator>>,
): Promise<readonly string[]> {
  const accounts = (["secrets", "orders", "billing"] as const).map((name) => administrators[name]);
  await Promise.all(accounts.map((administrator) => createRole(url, administrator)));
  return accounts.map(({ accountId }) => accountId);
}

async function createRole(url: string, { accessKeyId, secretAccessKey }: Administrator): Promise<void> {
  const iam = new IAMClient({
    region: "us-east-1",
    endpoint: url,
    credentials: { accessKeyId, secretAccessKey },
  });
  const principal = { AWS: `arn:aws:iam::${ACCOUNTS.management}:root` };
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
  };
  await iam.send(
    new CreateRoleCommand({ RoleName: DEPLOY_ROLE, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  await iam.send(new AttachRolePolicyCommand({ RoleName: DEPLOY_ROLE, PolicyArn: ADMINISTRATOR_ACCESS }));
  iam.destroy();
}
