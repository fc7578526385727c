import { AwsClients, ProviderSettings, readProviderSettings } from "./aws";
import { withStandardInputs } from "./input-check";
import { ResourceContext, ResourceType } from "./resource-type";
import { resourceTypes } from "./resources";
import { Properties } from "./values";

const TYPES: ReadonlyMap<string, ResourceType> = new Map(
  resourceTypes.map((type) => [type.token, withStandardInputs(type)]),
);

/**
 * The resource type of a token.
 *
 * @throws Error naming the token when it is not modelled
 */
export function resourceType(token: string): ResourceType {
  const type = TYPES.get(token);
  if (type === undefined) {
    throw new Error(`${token} is not modelled by the local provider`);
  }
  return type;
}

/** Whether resources of this type can be made; of others only a preview is possible. */
export function isModelled(token: string): boolean {
  return TYPES.has(token);
}

/** One provider process: one account and Region, known after `configure`. */
export class LocalProvider {
  private configured?: { readonly settings: ProviderSettings; readonly clients: AwsClients };
  private account?: Promise<string>;

  /** @throws Error when an argument is wrong, the credentials are refused, or the account is not an allowed one */
  async configure(args: Properties): Promise<void> {
    const settings = readProviderSettings(args, process.env);
    this.configured = { settings, clients: new AwsClients(settings) };
    this.account = undefined;
    const { allowedAccountIds, forbiddenAccountIds, skipCredentialsValidation } = settings;
    if (skipCredentialsValidation && allowedAccountIds.length === 0 && forbiddenAccountIds.length === 0) {
      return;
    }
    const account = await this.accountId();
    if (
      (allowedAccountIds.length > 0 && !allowedAccountIds.includes(account)) ||
      forbiddenAccountIds.includes(account)
    ) {
      throw new Error(`AWS account ID not allowed: ${account}`);
    }
  }

  /** @throws Error before `configure` */
  get settings(): ProviderSettings {
    return this.ready.settings;
  }

  /** @throws Error before `configure` */
  get clients(): AwsClients {
    return this.ready.clients;
  }

  /** `aws`, `aws-cn` or `aws-us-gov`, after the Region. */
  get partition(): string {
    const { region } = this.settings;
    return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  /** The account the provider works in; asked for once. */
  accountId(): Promise<string> {
    this.account ??= this.clients
      .sts()
      .then((sts) => sts.getCallerIdentity({}))
      .then((identity) => identity.Account!);
    return this.account;
  }

  /** What a resource type needs to work on one resource. */
  context(inputs: Properties, exists: (id: string) => void = () => undefined): ResourceContext {
    return {
      clients: this.clients,
      region: typeof inputs["region"] === "string" ? inputs["region"] : this.settings.region,
      partition: this.partition,
      accountId: () => this.accountId(),
      exists,
    };
  }

  private get ready(): { readonly settings: ProviderSettings; readonly clients: AwsClients } {
    if (this.configured === undefined) {
      throw new Error("the provider is not configured yet");
    }
    return this.configured;
  }
}
