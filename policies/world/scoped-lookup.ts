import { Link, Lookup } from "../stack/join";
import { accountOf } from "../stack/location";
import { Resource } from "../stack/resource";

/** A lookup within the account of whoever asks: two accounts may have a role of one name. */
export class ScopedLookup {
  private readonly byAccount = new Map<string, Lookup>();

  constructor(resources: readonly Resource[], references: readonly string[]) {
    const groups = new Map<string, Resource[]>();
    for (const resource of resources) {
      const scope = scopeOf(resource);
      groups.set(scope, [...(groups.get(scope) ?? []), resource]);
    }
    for (const [scope, members] of groups) this.byAccount.set(scope, new Lookup(members, references));
  }

  follow(from: Resource, property: string, ...path: readonly (string | number)[]): Link {
    return this.byAccount.get(scopeOf(from))?.follow(from, property, ...path) ?? { kind: "unknown" };
  }
}

function scopeOf(resource: Resource): string {
  const account = accountOf(resource);
  return account.state === "known" ? account.value : "";
}
