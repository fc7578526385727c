import { renderPolicy } from "../../../iam";
import { held } from "../../stack/attach";
import { HeldDocument } from "../../documents/document";
import { Graph } from "../../stack/graph";
import { followEach, Granted, grantsIn, IdentityFinders } from "./identity-grants";
import { Link, Lookup } from "../../stack/join";
import { once } from "../../stack/once";
import { Resource, types } from "../../stack/resource";
import { ScopedLookup } from "../../stack/scoped-lookup";

/** A managed policy that is not in the stack, by its ARN, and what attaches it. */
export interface ManagedAttachment {
  readonly holder: Resource;
  readonly arn: string;
}

/** Something that attaches a policy of which nobody can tell yet which one. */
export interface UnclearAttachment {
  readonly holder: Resource;
  readonly decidedBy: string;
}

/** A role, user or group with everything that says what it may do. */
export interface Identity {
  readonly resource: Resource;
  /** Inline and attached documents; a user has those of its groups as well. */
  readonly documents: readonly HeldDocument[];
  readonly managed: readonly ManagedAttachment[];
  readonly unclear: readonly UnclearAttachment[];
  /** What itself is given, without what it has of its groups. */
  readonly granted: readonly Granted[];
  /** Groups of a user. */
  readonly groups: readonly Resource[];
  /** The policy that bounds it. */
  readonly boundary: Link;
}

/** The identities of a stack, joined where the provider splits one over several resources. */
export interface Identities {
  readonly all: readonly Identity[];
  /** Every identity policy, once, attached to something of the stack or not. */
  readonly documents: readonly HeldDocument[];
  /** Every attachment of a managed policy that is not in the stack. */
  readonly managed: readonly ManagedAttachment[];
  /** Every attachment of which it is not known what it attaches. */
  readonly unclear: readonly UnclearAttachment[];
  /** Policies and attachments of which it is not known whose they are. */
  readonly loose: readonly Resource[];
  /** Who may assume each role. */
  readonly trusts: readonly HeldDocument[];
  readonly of: (resource: Resource) => Identity | undefined;
  /** The role, user or group that a property names. */
  readonly follow: (from: Resource, property: string, ...path: readonly (string | number)[]) => Link;
}

/** What others call an identity. */
const references = ["name", "id", "arn"];

/** Joins once for each graph. */
export const identitiesOf = once(join);

function join(graph: Graph): Identities {
  const resources = graph.of(types.role, types.user, types.group);
  const finders = findersIn(graph);
  const lookup = new ScopedLookup(resources, references);
  const policies = new Lookup(graph.of(types.policy), ["arn", "id"]);
  const grants = grantsIn(graph, finders, policies);
  const own = new Map<Resource, Granted[]>();
  for (const { to, granted } of grants) {
    for (const target of to.kind === "inside" ? to.resources : []) {
      own.set(target, [...(own.get(target) ?? []), ...granted]);
    }
  }
  const groups = groupsByUser(graph, finders);
  const all = resources.map((resource): Identity => {
    const of = [...new Set(groups.get(resource))];
    const all = [resource, ...of].flatMap((one) => own.get(one) ?? []);
    const granted = withoutEchoes(own.get(resource) ?? []);
    const boundary = policies.follow(resource, "permissionsBoundary");
    return { resource, ...sorted(all), granted, groups: of, boundary };
  });
  const byUrn = new Map(all.map((identity) => [identity.resource.urn, identity]));
  const outside = sorted(grants.flatMap(({ to, granted }) => (to.kind === "inside" ? [] : granted)));
  const unattached = graph.of(types.policy).flatMap((one) => held(one, "policy", "identity"));
  const managed = [...all.flatMap((identity) => identity.managed), ...outside.managed];
  const unclear = [...all.flatMap((identity) => identity.unclear), ...outside.unclear];
  return {
    all,
    documents: unique([...all.flatMap(({ documents }) => documents), ...outside.documents, ...unattached]),
    managed: [...new Map(managed.map((one) => [`${one.holder.urn} ${one.arn}`, one])).values()],
    unclear: [...new Map(unclear.map((one) => [`${one.holder.urn} ${one.decidedBy}`, one])).values()],
    loose: grants.flatMap(({ holder, to }) => (to.kind === "unknown" ? [holder] : [])),
    trusts: graph.of(types.role).flatMap((role) => held(role, "assumeRolePolicy", "trust")),
    of: (resource) => byUrn.get(resource.urn),
    follow: (from, property, ...path) => lookup.follow(from, property, ...path),
  };
}

function findersIn(graph: Graph): IdentityFinders {
  return {
    role: new ScopedLookup(graph.of(types.role), references),
    user: new ScopedLookup(graph.of(types.user), references),
    group: new ScopedLookup(graph.of(types.group), references),
  };
}

function sorted(all: readonly Granted[]): Pick<Identity, "documents" | "managed" | "unclear"> {
  const granted = withoutEchoes(all);
  const documents = granted.flatMap((one) => (one.kind === "document" ? [one.document] : []));
  return {
    documents: unique(documents),
    managed: granted.flatMap((one) => (one.kind === "managed" ? [one] : [])),
    unclear: granted.flatMap((one) => (one.kind === "unclear" ? [one] : [])),
  };
}

/** After an update the provider repeats in the role itself what other resources give it: their word counts. */
function withoutEchoes(granted: readonly Granted[]): readonly Granted[] {
  if (granted.length < 2) return granted;
  const elsewhere = new Set(granted.flatMap((one) => (isRoles(one) ? [] : (contentOf(one) ?? []))));
  return granted.filter((one) => !isRoles(one) || !elsewhere.has(contentOf(one) ?? ""));
}

function isRoles(granted: Granted): boolean {
  const holder = granted.kind === "document" ? granted.document.holder : granted.holder;
  return holder.type === types.role;
}

function contentOf(granted: Granted): string | undefined {
  if (granted.kind === "managed") return granted.arn;
  if (granted.kind === "unclear" || granted.document.state !== "known") return undefined;
  return renderPolicy(granted.document.document);
}

/** The same policy attached twice is one document; two readings of it are two objects. */
function unique(documents: readonly HeldDocument[]): readonly HeldDocument[] {
  const seen = new Map(
    documents.map((one) => [`${one.holder.urn} ${one.property} ${(one.path ?? []).join(".")}`, one]),
  );
  return [...seen.values()];
}

function groupsByUser(graph: Graph, finders: IdentityFinders): ReadonlyMap<Resource, readonly Resource[]> {
  const result = new Map<Resource, Resource[]>();
  const add = (user: Link, group: Link): void => {
    if (user.kind !== "inside" || group.kind !== "inside") return;
    for (const one of user.resources) result.set(one, [...(result.get(one) ?? []), ...group.resources]);
  };
  for (const membership of graph.of(types.userGroupMembership)) {
    const user = finders.user.follow(membership, "user");
    for (const group of followEach(finders.group, membership, "groups")) add(user, group);
  }
  for (const membership of graph.of(types.groupMembership)) {
    const group = finders.group.follow(membership, "group");
    for (const user of followEach(finders.user, membership, "users")) add(user, group);
  }
  return result;
}
