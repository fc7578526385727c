import { WorldDocument } from "../../iam/proof";
import { Graph } from "../stack/graph";
import { documentIn } from "../documents/document";
import { Link } from "../stack/join";
import { input, Resource, types } from "../stack/resource";
import { indexesOf, readArray, readString } from "../stack/tri-state";
import { holderName, inlinePolicy, ManagedPolicies } from "./attached-policies";
import { worldDocument } from "./documents";
import { ScopedLookup } from "./scoped-lookup";

/** How resources of one kind of holder (role, user, group) say whom they belong to. */
interface Kind {
  readonly holders: string;
  readonly inline: string;
  readonly attachment: string;
  readonly exclusive: string;
  /** Property of both that names the holder. */
  readonly property: string;
  /** Property of `PolicyAttachment` with several of them. */
  readonly many: string;
}

const kinds: readonly Kind[] = [
  {
    holders: types.role,
    inline: types.rolePolicy,
    attachment: types.rolePolicyAttachment,
    exclusive: types.rolePolicyAttachmentsExclusive,
    property: "role",
    many: "roles",
  },
  {
    holders: types.user,
    inline: types.userPolicy,
    attachment: types.userPolicyAttachment,
    exclusive: types.userPolicyAttachmentsExclusive,
    property: "user",
    many: "users",
  },
  {
    holders: types.group,
    inline: types.groupPolicy,
    attachment: types.groupPolicyAttachment,
    exclusive: types.groupPolicyAttachmentsExclusive,
    property: "group",
    many: "groups",
  },
];

/** Policies of roles, users and groups, wherever the stack writes them. */
export class Identities {
  readonly policies: ManagedPolicies;
  private readonly documents = new Map<string, WorldDocument[]>();
  private readonly groupsOf = new Map<string, Set<Resource>>();
  private readonly loose: WorldDocument[] = [];

  constructor(private readonly graph: Graph) {
    this.policies = new ManagedPolicies(graph.of(types.policy));
    for (const kind of kinds) this.collect(kind);
    this.joinGroups();
  }

  /** Identity policies of a role or a user, a user's with those of the groups. */
  of(holder: Resource): readonly WorldDocument[] {
    const groups = [...(this.groupsOf.get(holder.urn) ?? [])];
    return [
      ...(this.documents.get(holder.urn) ?? []),
      ...groups.flatMap((group) => this.documents.get(group.urn) ?? []),
      ...this.loose,
    ];
  }

  private collect(kind: Kind): void {
    const holders = this.graph.of(kind.holders);
    const lookup = new ScopedLookup(holders, ["name", "id", "arn"]);
    for (const holder of holders) this.add(holder, ownPolicies(holder, this.policies));
    for (const policy of this.graph.of(kind.inline)) {
      this.addAt(lookup.follow(policy, kind.property), policy, (holder) => inlinePolicy(policy, holder));
    }
    for (const one of this.graph.of(kind.attachment)) {
      const policies = (holder: string) => this.policies.follow(one, holder, "attached to", "policyArn");
      this.addAt(lookup.follow(one, kind.property), one, policies);
    }
    for (const one of this.graph.of(kind.exclusive)) {
      const name = `${kind.property}Name`;
      this.addAt(lookup.follow(one, name), one, (holder) => each(one, "policyArns", holder, this.policies));
    }
    for (const one of this.graph.of(types.policyAttachment)) {
      for (const index of indexes(one, kind.many)) {
        const policies = (holder: string) => this.policies.follow(one, holder, "attached to", "policyArn");
        this.addAt(lookup.follow(one, kind.many, index), one, policies);
      }
    }
  }

  /** Adds documents to the holders of a link; one that nobody can tell yet may belong to any of them. */
  private addAt(link: Link, from: Resource, documents: (holder: string) => readonly WorldDocument[]): void {
    if (link.kind === "inside") {
      for (const holder of link.resources) this.add(holder, documents(holderName(holder)));
    }
    if (link.kind === "unknown") {
      this.loose.push({ source: `policy of ${from.name}`, unknown: "it is not known whom it belongs to" });
    }
  }

  private add(holder: Resource, documents: readonly WorldDocument[]): void {
    this.documents.set(holder.urn, [...(this.documents.get(holder.urn) ?? []), ...documents]);
  }

  private joinGroups(): void {
    const users = new ScopedLookup(this.graph.of(types.user), ["name", "id", "arn"]);
    const groups = new ScopedLookup(this.graph.of(types.group), ["name", "id", "arn"]);
    for (const one of this.graph.of(types.groupMembership)) {
      const links = indexes(one, "users").map((index) => users.follow(one, "users", index));
      this.join(inside(...links), inside(groups.follow(one, "group")));
    }
    for (const one of this.graph.of(types.userGroupMembership)) {
      const links = indexes(one, "groups").map((index) => groups.follow(one, "groups", index));
      this.join(inside(users.follow(one, "user")), inside(...links));
    }
  }

  private join(users: readonly Resource[], groups: readonly Resource[]): void {
    for (const user of users) {
      const joined = this.groupsOf.get(user.urn) ?? new Set();
      for (const group of groups) joined.add(group);
      this.groupsOf.set(user.urn, joined);
    }
  }
}

/** What a role says itself: `inlinePolicies` and `managedPolicyArns`, where the program gave them. */
function ownPolicies(holder: Resource, policies: ManagedPolicies): readonly WorldDocument[] {
  if (holder.type !== types.role) return [];
  const given: Resource = holder.inputs === undefined ? holder : { ...holder, props: holder.inputs };
  const name = holderName(holder);
  const inline = indexes(given, "inlinePolicies").flatMap((index) => {
    const held = documentIn(given, "inlinePolicies", "identity", [index, "policy"]);
    const title = input(given, readString, "inlinePolicies", index, "name");
    const source = `inline policy ${title.state === "known" ? title.value : index + 1} of ${name}`;
    return held === undefined ? [] : [worldDocument(held, source)];
  });
  return [...inline, ...each(given, "managedPolicyArns", name, policies)];
}

function each(
  from: Resource,
  property: string,
  holder: string,
  policies: ManagedPolicies,
): readonly WorldDocument[] {
  const list = input(from, readArray, property);
  if (list.state === "unknown") {
    return [{ source: `policies of ${holder}`, unknown: `\`${property}\` is not known` }];
  }
  return indexes(from, property).flatMap((index) =>
    policies.follow(from, holder, "attached to", property, index),
  );
}

function indexes(from: Resource, property: string): readonly number[] {
  return indexesOf(input(from, readArray, property));
}

function inside(...links: readonly Link[]): readonly Resource[] {
  return links.flatMap((link) => (link.kind === "inside" ? link.resources : []));
}
