import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** A database login as the rotation functions store it. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
  readonly username: string;
  readonly password: string;
}

export interface VersionedLogin {
  readonly login: Login;
  readonly versionId: string;
}

/** A cached secret: read once, again when it is old, and when the database refuses the login. */
export class LoginSource {
  private cached?: { readonly value: VersionedLogin; readonly readAt: number };

  /**
   * @param secretId the secret's whole ARN, because it is of another account
   * @param maxAgeMs age at which the cached value is read again
   */
  constructor(
    private readonly client: SecretsManagerClient,
    private readonly secretId: string,
    private readonly maxAgeMs: number,
  ) {}

  /** The current login, from the cache while it is fresh, or when Secrets Manager does not answer. */
  async current(): Promise<VersionedLogin> {
    const { cached } = this;
    if (cached !== undefined && Date.now() - cached.readAt < this.maxAgeMs) return cached.value;
    try {
      return await this.refresh();
    } catch (error) {
      if (cached === undefined) throw error;
      return cached.value;
    }
  }

  /** Reads the current login and remembers it. */
  async refresh(): Promise<VersionedLogin> {
    const value = await this.read("AWSCURRENT");
    this.cached = { value, readAt: Date.now() };
    return value;
  }

  /** The login of a rotation that has changed the database, but not finished; undefined when there is none. */
  async pending(): Promise<VersionedLogin | undefined> {
    try {
      return await this.read("AWSPENDING");
    } catch {
      return undefined;
    }
  }

  private async read(stage: "AWSCURRENT" | "AWSPENDING"): Promise<VersionedLogin> {
    const answer = await this.client.send(
      new GetSecretValueCommand({ SecretId: this.secretId, VersionStage: stage }),
    );
    return { login: JSON.parse(answer.SecretString ?? "{}"), versionId: answer.VersionId ?? "" };
  }
}
