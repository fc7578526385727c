import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { AccountName } from "../organisation";
import { Platform } from "./platform";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where a request goes: a Region, and the VPC endpoint it passes through. */
export interface Route {
  readonly region: string;
  readonly endpointId?: string;
}

/** The URL that an application's AWS_ENDPOINT_URL would hold. */
export function endpointUrl(platform: Platform, { endpointId }: Route): string {
  return endpointId === undefined ? platform.cloudUrl : `${platform.cloudUrl}/vpce/${endpointId}`;
}

export function secretsManager(
  platform: Platform,
  credentials: Credentials,
  route: Route,
): SecretsManagerClient {
  return new SecretsManagerClient({
    region: route.region,
    endpoint: endpointUrl(platform, route),
    credentials,
    maxAttempts: 3,
  });
}

/** Credentials of a session of one role, assumed by the administrator of the role's account. */
export async function assumeRole(
  platform: Platform,
  account: AccountName,
  roleArn: string,
  region: string,
): Promise<Credentials> {
  const sts = new STSClient({
    region,
    endpoint: platform.cloudUrl,
    credentials: platform.administrators[account],
  });
  const answer = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "start" }));
  sts.destroy();
  const { AccessKeyId, SecretAccessKey, SessionToken } = answer.Credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined)
    throw new Error(`no credentials for ${roleArn}`);
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
