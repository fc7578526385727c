import { held } from "../../stack/attach";
import { documentIn, HeldDocument } from "../../documents/document";
import { Graph } from "../../stack/graph";
import { Link } from "../../stack/join";
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

/** Finds what a property names, such as a `Lookup`. */
export interface Finder {
  follow(from: Resource, property: string, ...path: readonly (string | number)[]): Link;
}

/** Finds identities, by the kind that is meant: a role and a user may have one name. */
export type IdentityFinders = Readonly<Record<"role" | "user" | "group", Finder>>;

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
export function grantsIn(
  graph: Graph,
  identities: IdentityFinders,
  policies: Finder,
): readonly IdentityGrant[] {
  const onRoles = graph.of(types.role).map((role) => ({
    holder: role,
    to: { kind: "inside", resources: [role] } as const,
    granted: ownGrants(role, policies),
  }));
  const byOwnResource = keysOf(inline).flatMap((type) =>
    graph.of(types[type]).map((holder) => ({
      holder,
      to: identities[inline[type]].follow(holder, inline[type]),
      granted: held(holder, "policy", "identity").map(asGranted),
    })),
  );
  const attached = keysOf(attachments).flatMap((type) =>
    graph.of(types[type]).flatMap((holder) => {
      const { to, policies: property } = attachments[type];
      const granted = grantedBy(holder, property, policies);
      return to.flatMap((name) =>
        followEach(identities[kindIn(name)], holder, name).map((link) => ({ holder, to: link, granted })),
      );
    }),
  );
  return [...onRoles, ...byOwnResource, ...attached];
}

/** Follows a property that has one reference or a list of them; one link when the list is not known. */
export function followEach(lookup: Finder, from: Resource, property: string): readonly Link[] {
  const list = input(from, readArray, property);
  if (list.state !== "known") return [lookup.follow(from, property)].filter(({ kind }) => kind !== "none");
  return indexesOf(list).map((index) => lookup.follow(from, property, index));
}

/**
 * What the role's own properties give it. Where it is known what the program gave them, that counts: as outputs they
 * also repeat what other resources attached up to the last update.
 */
function ownGrants(role: Resource, policies: Finder): readonly Granted[] {
  const given: Resource = role.inputs === undefined ? role : { ...role, props: role.inputs };
  const inline = inlineOf(given).map((one) =>
    one.kind === "document" ? asGranted({ ...one.document, holder: role }) : one,
  );
  return [...inline, ...grantedBy(given, "managedPolicyArns", policies)];
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

function grantedBy(holder: Resource, property: string, policies: Finder): readonly Granted[] {
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

/** `role` for `roles` and for `roleName`. */
function kindIn(property: string): keyof IdentityFinders {
  if (property.startsWith("role")) return "role";
  return property.startsWith("user") ? "user" : "group";
}

function asGranted(document: HeldDocument): Granted {
  return { kind: "document", document };
}

function keysOf<K extends string>(object: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(object) as K[];
}
