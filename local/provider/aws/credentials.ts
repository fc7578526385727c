import { ProviderSettings, RoleToAssume } from "./provider-settings";

/** Credentials as the AWS SDK takes them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export type CredentialSource = () => Promise<Credentials>;

/** Time before a session's end at which a new one is made, in milliseconds. */
const RENEW_BEFORE_MS = 5 * 60_000;

/**
 * Where the provider's credentials come from: its own keys, else the SDK's default chain (`undefined`), then each role
 * of `assumeRoles` in order.
 */
export function credentialSource(settings: ProviderSettings): CredentialSource | undefined {
  const own: CredentialSource | undefined =
    settings.accessKeyId && settings.secretAccessKey
      ? async () => ({
          accessKeyId: settings.accessKeyId!,
          secretAccessKey: settings.secretAccessKey!,
          sessionToken: settings.sessionToken,
        })
      : undefined;
  return settings.assumeRoles.reduce<CredentialSource | undefined>(
    (source, role) => cached(() => assumeRole(role, source, settings)),
    own,
  );
}

async function assumeRole(
  role: RoleToAssume,
  source: CredentialSource | undefined,
  settings: ProviderSettings,
): Promise<Credentials> {
  const { STSClient, AssumeRoleCommand } = await import("@aws-sdk/client-sts");
  const client = new STSClient({
    region: settings.region,
    maxAttempts: settings.maxAttempts,
    ...(source && { credentials: source }),
    ...(settings.endpoints["sts"] && { endpoint: settings.endpoints["sts"] }),
  });
  try {
    const { Credentials: session } = await client.send(
      new AssumeRoleCommand({
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName ?? "pulumi-local-provider",
        ExternalId: role.externalId,
        DurationSeconds: role.duration === undefined ? undefined : durationSeconds(role.duration),
        Policy: role.policy,
        PolicyArns: role.policyArns?.map((arn) => ({ arn })),
        Tags: role.tags && Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
        TransitiveTagKeys: role.transitiveTagKeys && [...role.transitiveTagKeys],
        SourceIdentity: role.sourceIdentity,
      }),
    );
    return {
      accessKeyId: session!.AccessKeyId!,
      secretAccessKey: session!.SecretAccessKey!,
      sessionToken: session!.SessionToken,
      expiration: session!.Expiration,
    };
  } catch (error) {
    throw new Error(
      `cannot assume role ${role.roleArn}: ${(error as Error).name}: ${(error as Error).message}`,
    );
  } finally {
    client.destroy();
  }
}

function cached(source: CredentialSource): CredentialSource {
  let current: Promise<Credentials> | undefined;
  let renewAt = Infinity;
  return () => {
    if (current === undefined || Date.now() >= renewAt) {
      renewAt = Infinity;
      current = source();
      current.then(
        ({ expiration }) => (renewAt = (expiration?.getTime() ?? Infinity) - RENEW_BEFORE_MS),
        () => (current = undefined),
      );
    }
    return current;
  };
}

/** Seconds of a Go duration such as `1h30m`. */
function durationSeconds(text: string): number {
  const unit = { h: 3600, m: 60, s: 1 };
  return [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, letter]) => sum + Number(count) * unit[letter as keyof typeof unit],
    0,
  );
}
