import type { CloudControl } from "@aws-sdk/client-cloudcontrol";
import type { IAM } from "@aws-sdk/client-iam";
import type { KMS } from "@aws-sdk/client-kms";
import type { Lambda } from "@aws-sdk/client-lambda";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { STS } from "@aws-sdk/client-sts";
import { CredentialSource, credentialSource } from "./credentials";
import { ProviderSettings } from "./provider-settings";

interface ClientOptions {
  region: string;
  maxAttempts: number;
  credentials?: CredentialSource;
  endpoint?: string;
}

/**
 * Clients of AWS's services for one account, made on first use, one a service and Region. The SDK of a service is
 * loaded only then, so that a provider process is ready at once.
 */
export class AwsClients {
  private readonly made = new Map<string, Promise<unknown>>();
  private readonly credentials: CredentialSource | undefined;

  constructor(private readonly settings: ProviderSettings) {
    this.credentials = credentialSource(settings);
  }

  cloudControl(region: string): Promise<CloudControl> {
    return this.client(
      "cloudcontrol",
      region,
      async () => (await import("@aws-sdk/client-cloudcontrol")).CloudControl,
    );
  }

  iam(): Promise<IAM> {
    return this.client("iam", this.settings.region, async () => (await import("@aws-sdk/client-iam")).IAM);
  }

  kms(region: string): Promise<KMS> {
    return this.client("kms", region, async () => (await import("@aws-sdk/client-kms")).KMS);
  }

  lambda(region: string): Promise<Lambda> {
    return this.client("lambda", region, async () => (await import("@aws-sdk/client-lambda")).Lambda);
  }

  secretsManager(region: string): Promise<SecretsManager> {
    return this.client(
      "secretsmanager",
      region,
      async () => (await import("@aws-sdk/client-secrets-manager")).SecretsManager,
    );
  }

  sts(): Promise<STS> {
    return this.client("sts", this.settings.region, async () => (await import("@aws-sdk/client-sts")).STS);
  }

  private client<C>(
    service: string,
    region: string,
    load: () => Promise<new (options: ClientOptions) => C>,
  ): Promise<C> {
    const key = `${service}/${region}`;
    let client = this.made.get(key) as Promise<C> | undefined;
    if (client === undefined) {
      client = load().then((Client) => nameOperationInErrors(new Client(this.options(service, region))));
      this.made.set(key, client);
    }
    return client;
  }

  private options(service: string, region: string): ClientOptions {
    const endpoint = this.settings.endpoints[service];
    return {
      region,
      maxAttempts: this.settings.maxAttempts,
      ...(this.credentials && { credentials: this.credentials }),
      ...(endpoint && { endpoint }),
    };
  }
}

type Middleware = (
  next: (args: unknown) => Promise<unknown>,
  context: { commandName?: string },
) => typeof next;

/** The SDK's errors do not say which operation failed; a person who reads one needs to know. */
function nameOperationInErrors<C>(client: C): C {
  const stack = (client as { middlewareStack: { add(middleware: Middleware, options: object): void } })
    .middlewareStack;
  stack.add(
    (next, context) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        Object.assign(error as object, { operation: context.commandName?.replace(/Command$/, "") });
        throw error;
      }
    },
    { step: "initialize", name: "nameOperationInErrors" },
  );
  return client;
}
