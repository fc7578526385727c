import { WorldDocument } from "../../iam/proof";
import { documentIn, HeldDocument } from "../documents/document";
import { managedPolicy } from "../documents/managed-policies";
import { Link } from "../stack/join";
import { input, Resource, types } from "../stack/resource";
import { readString } from "../stack/tri-state";
import { nameOf } from "./addresses";
import { givenDocument, worldDocument } from "./documents";

type Use = "attached to" | "boundary of";

/** The managed policies that a property leads to; `holder` is who has them, such as `role orders-service`. */
export function policyAt(link: Link, holder: string, use: Use, property: string): readonly WorldDocument[] {
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

function textOf(policy: Resource, source: string): WorldDocument {
  const held = documentIn(policy, "policy", "identity");
  return held === undefined ? { source, unknown: "it has no document" } : worldDocument(held, source);
}

function byArn(arn: string, holder: string, use: Use): WorldDocument {
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

/** The document of a managed policy of the stack that is attached to `holder`. */
export function attachedPolicy(held: HeldDocument, holder: string): WorldDocument {
  return worldDocument(held, `policy ${nameOf(held.holder)} attached to ${holder}`);
}

/** An inline policy, of a role itself or of a resource such as `RolePolicy`. */
export function inlinePolicy(held: HeldDocument, holder: string): WorldDocument {
  const { path } = held;
  const name =
    path === undefined
      ? input(held.holder, readString, "name")
      : input(held.holder, readString, held.property, ...path.slice(0, -1), "name");
  const title =
    name.state === "known" ? name.value : path === undefined ? held.holder.name : `${Number(path[0]) + 1}`;
  return worldDocument(held, `inline policy ${title} of ${holder}`);
}
