import { Link, Lookup } from "./join";
import { accountOf } from "./location";
import { Resource } from "./resource";

/**
 * A lookup within the account of whoever asks: two accounts may have a role of one name. Where an account is not known,
 * of whoever asks or of what is found, it may be any: a name then leads to every resource that may be meant.
 */
export class ScopedLookup {
  private readonly byAccount = new Map<string, Lookup>();

  constructor(resources: readonly Resource[], references: readonly string[]) {
    const groups = new Map<string, Resource[]>();
    for (const resource of resources) {
      const scope = scopeOf(resource);
      const group = groups.get(scope);
      if (group === undefined) groups.set(scope, [resource]);
      else group.push(resource);
    }
    for (const [scope, members] of groups) this.byAccount.set(scope, new Lookup(members, references));
  }

  /** As `Lookup.follow`. */
  follow(from: Resource, property: string, ...path: readonly (string | number)[]): Link {
    const links = this.lookupsFor(scopeOf(from)).map((lookup) => lookup.follow(from, property, ...path));
    const found = links.flatMap((link) => (link.kind === "inside" ? link.resources : []));
    if (found.length > 0) return { kind: "inside", resources: found };
    return links[0] ?? nothing.follow(from, property, ...path);
  }

  private lookupsFor(scope: string): readonly Lookup[] {
    if (scope === nowhere) return [...this.byAccount.values()];
    return [scope, nowhere].flatMap((one) => this.byAccount.get(one) ?? []);
  }
}

/** In place of an account that is not known. */
const nowhere = "";

/** In an account that has none of the resources every name is one of outside. */
const nothing = new Lookup([], []);

function scopeOf(resource: Resource): string {
  const account = accountOf(resource);
  return account.state === "known" ? account.value : nowhere;
}
