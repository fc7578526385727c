import { WorldDocument } from "../../iam/proof";
import { documentIn } from "../documents/document";
import { Link, Lookup } from "../stack/join";
import { input, Resource, types } from "../stack/resource";
import { readString } from "../stack/tri-state";
import { givenDocument, worldDocument } from "./documents";
import { managedPolicy } from "../documents/managed-policies";
import { nameOf } from "./addresses";

/** Customer managed policies of a stack, and AWS's own, by ARN. */
export class ManagedPolicies {
  private readonly lookup: Lookup;

  constructor(policies: readonly Resource[]) {
    this.lookup = new Lookup(policies, ["arn", "id"]);
  }

  /** The policy that a property names; `holder` is who it is attached to, such as `role orders-service`. */
  follow(
    from: Resource,
    holder: string,
    use: "attached to" | "boundary of",
    property: string,
    ...path: readonly (string | number)[]
  ): readonly WorldDocument[] {
    return this.at(this.lookup.follow(from, property, ...path), holder, use, property);
  }

  private at(link: Link, holder: string, use: string, property: string): readonly WorldDocument[] {
    switch (link.kind) {
      case "none":
        return [];
      case "unknown":
        return [{ source: `policy ${use} ${holder}`, unknown: `\`${property}\` is not known` }];
      case "inside":
        return link.resources.map((policy) => textOf(policy, `policy ${nameOf(policy)} ${use} ${holder}`));
      case "outside":
        return [byArn(link.reference, holder, use)];
    }
  }
}

function textOf(policy: Resource, source: string): WorldDocument {
  const held = documentIn(policy, "policy", "identity");
  return held === undefined ? { source, unknown: "it has no document" } : worldDocument(held, source);
}

function byArn(arn: string, holder: string, use: string): WorldDocument {
  const source = `policy ${arn.slice(arn.lastIndexOf("/") + 1)} ${use} ${holder}`;
  const text = managedPolicy(arn);
  return text === undefined
    ? { source, unknown: `the text of ${arn} is not known here: it is no resource of the stacks` }
    : givenDocument(text, source);
}

/** Names of a document's holder in explanations: `role orders-service`. */
export function holderName(holder: Resource): string {
  const kind = holder.type === types.user ? "user" : holder.type === types.group ? "group" : "role";
  return `${kind} ${nameOf(holder)}`;
}

/** The inline policy that a resource such as `RolePolicy` is. */
export function inlinePolicy(policy: Resource, holder: string): readonly WorldDocument[] {
  const held = documentIn(policy, "policy", "identity");
  const name = input(policy, readString, "name");
  const source = `inline policy ${name.state === "known" ? name.value : policy.name} of ${holder}`;
  return held === undefined ? [] : [worldDocument(held, source)];
}
