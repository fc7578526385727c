import { Properties } from "../values";

/** A step of the chain of roles that the provider takes on, first to last. */
export interface RoleToAssume {
  readonly roleArn: string;
  readonly sessionName?: string;
  readonly externalId?: string;
  /** Such as `1h` or `15m`. */
  readonly duration?: string;
  readonly policy?: string;
  readonly policyArns?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
}

/** Arguments of `aws.Provider` that the local provider heeds. */
export interface ProviderSettings {
  readonly region: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly assumeRoles: readonly RoleToAssume[];
  readonly allowedAccountIds: readonly string[];
  readonly forbiddenAccountIds: readonly string[];
  readonly defaultTags: Readonly<Record<string, string>>;
  /** Endpoint URL by the provider's service name, such as `secretsmanager`. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly maxAttempts: number;
  readonly skipCredentialsValidation: boolean;
}

/**
 * Reads the arguments of a provider as `Configure` gets them: everything but text is JSON in a string.
 *
 * @throws Error when no Region is given
 */
export function readProviderSettings(args: Properties, environment: NodeJS.ProcessEnv): ProviderSettings {
  const region = args["region"] || environment["AWS_REGION"] || environment["AWS_DEFAULT_REGION"];
  if (!region) {
    throw new Error(
      "the AWS provider needs a Region: set `aws:region`, the provider's `region` or AWS_REGION",
    );
  }
  const read = <T>(name: string, otherwise: T): T => (parsed(args[name]) as T | undefined) ?? otherwise;
  return {
    region,
    accessKeyId: args["accessKey"],
    secretAccessKey: args["secretKey"],
    sessionToken: args["token"],
    assumeRoles: read<RoleToAssume[]>("assumeRoles", []),
    allowedAccountIds: read<string[]>("allowedAccountIds", []),
    forbiddenAccountIds: read<string[]>("forbiddenAccountIds", []),
    defaultTags: read<{ tags?: Record<string, string> }>("defaultTags", {}).tags ?? {},
    endpoints: Object.assign({}, ...read<Record<string, string>[]>("endpoints", [])),
    maxAttempts: read<number>("maxRetries", 5),
    skipCredentialsValidation: read<boolean>("skipCredentialsValidation", false),
  };
}

function parsed(value: unknown): unknown {
  return typeof value === "string" && value !== "" ? JSON.parse(value) : value;
}
