import { held } from "../../stack/attach";
import { documentIn, HeldDocument } from "../../documents/document";
import { Graph } from "../../stack/graph";
import { Link, Lookup } from "../../stack/join";
import { deciders, input, Resource, types } from "../../stack/resource";
import { indexesOf, readArray } from "../../stack/tri-state";

/** What an identity is given. */
export type Granted =
  | { readonly kind: "document"; readonly document: HeldDocument }
  /** A managed policy that is not in the stack. */
  | { readonly kind: "managed"; readonly holder: Resource; readonly arn: string }
  /** Nobody can tell yet which policy. */
  | { readonly kind: "unclear"; readonly holder: Resource; readonly decidedBy: string };

/** One resource that gives something to an identity. */
export interface IdentityGrant {
  readonly holder: Resource;
  readonly to: Link;
  readonly granted: readonly Granted[];
}

/** Inline policies by their type, and the property that names the identity. */
const inline = { rolePolicy: "role", userPolicy: "user", groupPolicy: "group" } as const;

/** Attachments of one policy or several by their type, and the properties that name the identities and the policies. */
const attachments = {
  rolePolicyAttachment: { to: ["role"], policies: "policyArn" },
  userPolicyAttachment: { to: ["user"], policies: "policyArn" },
  groupPolicyAttachment: { to: ["group"], policies: "policyArn" },
  policyAttachment: { to: ["roles", "users", "groups"], policies: "policyArn" },
  rolePolicyAttachmentsExclusive: { to: ["roleName"], policies: "policyArns" },
  userPolicyAttachmentsExclusive: { to: ["userName"], policies: "policyArns" },
  groupPolicyAttachmentsExclusive: { to: ["groupName"], policies: "policyArns" },
} as const;

/** Everything in the stack that gives an identity something, in the order of the kinds above. */
export function grantsIn(graph: Graph, identities: Lookup, policies: Lookup): readonly IdentityGrant[] {
  const onRoles = graph.of(types.role).map((role) => ({
    holder: role,
    to: { kind: "inside", resources: [role] } as const,
    granted: [...inlineOf(role), ...grantedBy(role, "managedPolicyArns", policies)],
  }));
  const byOwnResource = keysOf(inline).flatMap((type) =>
    graph.of(types[type]).map((holder) => ({
      holder,
      to: identities.follow(holder, inline[type]),
      granted: held(holder, "policy", "identity").map(asGranted),
    })),
  );
  const attached = keysOf(attachments).flatMap((type) =>
    graph.of(types[type]).flatMap((holder) => {
      const { to, policies: property } = attachments[type];
      const granted = grantedBy(holder, property, policies);
      return to.flatMap((name) =>
        followEach(identities, holder, name).map((link) => ({ holder, to: link, granted })),
      );
    }),
  );
  return [...onRoles, ...byOwnResource, ...attached];
}

/** Follows a property that has one reference or a list of them; one link when the list is not known. */
export function followEach(lookup: Lookup, from: Resource, property: string): readonly Link[] {
  const list = input(from, readArray, property);
  if (list.state !== "known") return [lookup.follow(from, property)].filter(({ kind }) => kind !== "none");
  return indexesOf(list).map((index) => lookup.follow(from, property, index));
}

function inlineOf(role: Resource): readonly Granted[] {
  const list = input(role, readArray, "inlinePolicies");
  if (list.state === "absent") return [];
  if (list.state === "unknown") {
    return [{ kind: "unclear", holder: role, decidedBy: deciders(role, "inlinePolicies") }];
  }
  return indexesOf(list).flatMap((index) => {
    const document = documentIn(role, "inlinePolicies", "identity", [index, "policy"]);
    return document === undefined ? [] : [asGranted(document)];
  });
}

function grantedBy(holder: Resource, property: string, policies: Lookup): readonly Granted[] {
  return followEach(policies, holder, property).flatMap((link): readonly Granted[] => {
    switch (link.kind) {
      case "none":
        return [];
      case "outside":
        return [{ kind: "managed", holder, arn: link.reference }];
      case "unknown":
        return [{ kind: "unclear", holder, decidedBy: deciders(holder, property) }];
      case "inside":
        return link.resources.flatMap((policy) => held(policy, "policy", "identity").map(asGranted));
    }
  });
}

function asGranted(document: HeldDocument): Granted {
  return { kind: "document", document };
}

function keysOf<K extends string>(object: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(object) as K[];
}
