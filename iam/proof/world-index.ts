import { Account, AccessWorld, Endpoint, Key, NamedPrincipal, SecretCopy, WorldDocument } from "./world";
import { MANAGED_KEY } from "./world";

/** The world's lists by what they are asked for. */
export class WorldIndex {
  private readonly accounts: ReadonlyMap<string, Account>;
  private readonly keys: ReadonlyMap<string, Key>;
  private readonly principals: ReadonlyMap<string, NamedPrincipal>;
  private readonly principalsByAccount = new Map<string, NamedPrincipal[]>();
  private readonly documentsByAccount = new Map<string, readonly (readonly WorldDocument[])[]>();
  private readonly managedKeys = new Map<string, Key>();
  private readonly endpointsByPlace = new Map<string, readonly Endpoint[]>();

  constructor(readonly world: AccessWorld) {
    this.accounts = new Map(world.accounts.map((account) => [account.id, account]));
    this.keys = new Map(world.keys.map((key) => [key.arn, key]));
    this.principals = new Map(world.principals.map((principal) => [principal.arn, principal]));
    for (const principal of world.principals) {
      const list = this.principalsByAccount.get(principal.accountId);
      if (list === undefined) this.principalsByAccount.set(principal.accountId, [principal]);
      else list.push(principal);
    }
  }

  account(id: string): Account | undefined {
    return this.accounts.get(id);
  }

  principal(arn: string): NamedPrincipal | undefined {
    return this.principals.get(arn);
  }

  principalsOf(accountId: string): readonly NamedPrincipal[] {
    return this.principalsByAccount.get(accountId) ?? [];
  }

  /** What judges a caller of the account on the caller's side: for one that is not known, and for each that is. */
  callersDocuments(accountId: string): readonly (readonly WorldDocument[])[] {
    let documents = this.documentsByAccount.get(accountId);
    if (documents === undefined) {
      const scps = this.account(accountId)?.scps?.flat() ?? [];
      documents = [
        scps,
        ...this.principalsOf(accountId).map(({ identity, boundary, session = [] }) => [
          ...identity,
          ...(boundary ? [boundary] : []),
          ...session,
          ...scps,
        ]),
      ];
      this.documentsByAccount.set(accountId, documents);
    }
    return documents;
  }

  /** Accounts of the named principals. */
  accountsOfPrincipals(): readonly string[] {
    return [...this.principalsByAccount.keys()];
  }

  /** The key of the secret in its Region; `undefined` for the AWS managed key. A key of elsewhere has no known policy. */
  key(copy: SecretCopy): Key | undefined {
    if (copy.key === MANAGED_KEY) return undefined;
    return this.keys.get(copy.key) ?? foreignKey(copy.key);
  }

  managedKey(place: string, make: () => Key): Key {
    const known = this.managedKeys.get(place) ?? make();
    this.managedKeys.set(place, known);
    return known;
  }

  /** Endpoints for a service, such as `secretsmanager`, in a Region. */
  endpoints(service: string, region: string): readonly Endpoint[] {
    const place = `${service} ${region}`;
    let found = this.endpointsByPlace.get(place);
    if (found === undefined) {
      found = this.world.endpoints.filter((one) => one.service === service && one.region === region);
      this.endpointsByPlace.set(place, found);
    }
    return found;
  }
}

function foreignKey(arn: string): Key {
  return {
    arn,
    accountId: arn.split(":")[4] ?? "",
    policy: { source: `policy of key ${arn}`, unknown: "the key is not among the resources that are known" },
    grants: [],
    aliases: [],
    tags: {},
  };
}
