import { KmsGrant } from "../../iam";
import { Key, WorldDocument } from "../../iam/proof";
import { HeldDocument } from "../documents/document";
import { Graph, KeyNode } from "../stack/graph";
import { Link, Lookup } from "../stack/join";
import { parseArn } from "../stack/location";
import { knownPlaceOf } from "../stack/place";
import { input, label, Resource, types } from "../stack/resource";
import { readArray, readString, readWhole } from "../stack/tri-state";
import { isMultiRegion, keyArn, principalArn } from "./addresses";
import { givenDocument, worldDocument } from "./documents";
import { tagsOf } from "./principals";

/** The keys of a stack, and by resource the ARN of each. */
export interface FoundKeys {
  readonly keys: readonly Key[];
  /** ARN of the key that a link leads to, also one outside of the stack; undefined for none. */
  readonly follow: (link: Link, from: Resource, region: string) => string | undefined;
}

/** Keys with their policies and grants. A key that is only referred to is one whose policy is not known. */
export function keysOf(graph: Graph): FoundKeys {
  const primaries = new Lookup(graph.of(types.key, types.externalKey), ["arn"]);
  const arns = new Map<string, string>();
  const grants = grantsByKey(graph);
  const aliases = aliasesByKey(graph);
  const found = new Map<string, Key>();
  for (const node of graph.keys) {
    const { resource } = node;
    const arn = node.inStack ? keyArn(resource, primaryOf(resource, primaries)) : outsideArn(resource);
    if (arn === undefined) continue;
    arns.set(resource.urn, arn);
    found.set(arn, keyOf(node, arn, grants.get(resource.urn) ?? [], aliases.get(resource.urn) ?? []));
  }
  const follow = (link: Link, from: Resource, region: string): string | undefined => {
    const arn = target(link, graph, arns, from, region);
    if (arn !== undefined && !found.has(arn)) found.set(arn, elsewhere(arn));
    return arn;
  };
  return {
    get keys() {
      return [...found.values()];
    },
    follow,
  };
}

function target(
  link: Link,
  graph: Graph,
  arns: ReadonlyMap<string, string>,
  from: Resource,
  region: string,
): string | undefined {
  if (link.kind === "none") return undefined;
  const place = knownPlaceOf(from);
  const prefix = `arn:${place?.partition ?? "aws"}:kms:${region}:${place?.accountId ?? ""}:`;
  if (link.kind === "outside")
    return parseArn(link.reference) ? link.reference : prefix + idOf(link.reference);
  const resources = link.kind === "inside" ? link.resources : [];
  const reached = resources.flatMap((one) => arns.get(graph.keyAt(one)?.resource.urn ?? "") ?? []);
  // A list of replicas depends on the keys of all of them: the one of the Region is meant.
  return (
    reached.find((arn) => parseArn(arn)?.region === region) ??
    reached[0] ??
    `${prefix}key/unknown-${from.name}`
  );
}

const idOf = (reference: string): string => (reference.startsWith("alias/") ? reference : `key/${reference}`);

function primaryOf(key: Resource, primaries: Lookup): Resource {
  if (key.type !== types.replicaKey) return key;
  const link = primaries.follow(key, "primaryKeyArn");
  return (link.kind === "inside" ? link.resources[0] : undefined) ?? key;
}

function outsideArn(policy: Resource): string | undefined {
  const id = readString(policy.props, "keyId");
  const place = knownPlaceOf(policy);
  if (id.state !== "known") return undefined;
  if (parseArn(id.value)) return id.value;
  return place && `arn:${place.partition}:kms:${place.region}:${place.accountId}:key/${id.value}`;
}

interface FoundGrant {
  readonly grant?: KmsGrant;
  readonly unknown?: WorldDocument;
}

function keyOf(node: KeyNode, arn: string, grants: readonly FoundGrant[], aliases: readonly string[]): Key {
  const accountId = parseArn(arn)!.account;
  const pending = grants.find((one) => one.unknown !== undefined)?.unknown;
  return {
    arn,
    accountId,
    policy: pending ?? policyOf(node.policies, arn, accountId),
    grants: grants.flatMap(({ grant }) => grant ?? []),
    aliases,
    tags: node.inStack ? tagsOf(node.resource) : {},
    multiRegion: node.inStack ? isMultiRegion(node.resource) : /:key\/mrk-/.test(arn),
  };
}

/** A `KeyPolicy` replaces what the key was made with. Without any, KMS writes the default policy. */
function policyOf(policies: readonly HeldDocument[], arn: string, accountId: string): WorldDocument {
  const source = `key policy of ${arn.slice(arn.lastIndexOf("/") + 1)}`;
  const last = policies.at(-1);
  return last === undefined ? defaultPolicy(arn, accountId, source) : worldDocument(last, source);
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultPolicy(arn: string, accountId: string, source: string): WorldDocument {
  const root = { AWS: `arn:${parseArn(arn)?.partition ?? "aws"}:iam::${accountId}:root` };
  const statement = { Effect: "Allow", Principal: root, Action: "kms:*", Resource: "*" } as const;
  return givenDocument({ Version: "2012-10-17", Statement: [statement] }, source);
}

function elsewhere(arn: string): Key {
  const source = `key policy of ${arn.slice(arn.lastIndexOf(":") + 1)}`;
  const unknown = "the key is no resource of the stacks";
  return {
    arn,
    accountId: parseArn(arn)?.account ?? "",
    policy: { source, unknown },
    grants: [],
    aliases: [],
    tags: {},
  };
}

function grantsByKey(graph: Graph): ReadonlyMap<string, readonly FoundGrant[]> {
  const keys = new Lookup(graph.of(types.key, types.externalKey, types.replicaKey), ["arn", "keyId", "id"]);
  const roles = new Lookup(graph.of(types.role, types.user), ["arn"]);
  const result = new Map<string, FoundGrant[]>();
  for (const resource of graph.of(types.grant)) {
    const link = keys.follow(resource, "keyId");
    const found = grantOf(resource, roles);
    for (const key of link.kind === "inside" ? link.resources : []) {
      result.set(key.urn, [...(result.get(key.urn) ?? []), found]);
    }
  }
  return result;
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
function grantOf(resource: Resource, roles: Lookup): FoundGrant {
  const link = roles.follow(resource, "granteePrincipal");
  const grantee =
    link.kind === "outside"
      ? link.reference
      : link.kind === "inside" && link.resources[0] && principalArn(link.resources[0]);
  const operations = input(resource, readWhole, "operations");
  const constraints = input(resource, readArray, "constraints");
  const constraint = input(resource, readWhole, "constraints", 0);
  const isOpen = constraints.state === "unknown" || constraint.state === "unknown";
  if (!grantee || operations.state !== "known" || isOpen) {
    return { unknown: { source: label(resource), unknown: "its grantee or its operations are not known" } };
  }
  const id = readString(resource.props, "grantId");
  return {
    grant: {
      grantId: id.state === "known" ? id.value : resource.name,
      granteePrincipal: grantee,
      operations: operations.value as readonly string[],
      ...(constraint.state === "known" ? (constraint.value as object) : {}),
    },
  };
}

function aliasesByKey(graph: Graph): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  for (const alias of graph.of(types.alias)) {
    const key = graph.keyAt(alias)?.resource.urn;
    const name = readString(alias.props, "name");
    if (key !== undefined && name.state === "known") {
      result.set(key, [...(result.get(key) ?? []), name.value]);
    }
  }
  return result;
}
