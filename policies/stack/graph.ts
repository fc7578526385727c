import { attach } from "./attach";
import { Link, Lookup } from "./join";
import { joinKeys, KeyNode } from "../facts/keys/key-nodes";
import { regionOf } from "./location";
import { Resource, types } from "./resource";
import { joinSecrets, SecretNode } from "../facts/secrets/secret-nodes";
import { readString } from "./tri-state";

export type { KeyNode } from "../facts/keys/key-nodes";
export type { ReplicaNode, SecretNode, SecretPolicyNode } from "../facts/secrets/secret-nodes";

/** A Lambda function with everything that lets others call it. */
export interface FunctionNode {
  readonly resource: Resource;
  readonly permissions: readonly Resource[];
  readonly urls: readonly Resource[];
}

/** The resources of a stack, joined where the provider splits one thing over several resources. */
export interface Graph {
  /** Everything in the stack, in its order. */
  readonly resources: readonly Resource[];
  /** The resources of these types, in the stack's order. */
  readonly of: (...types: readonly string[]) => readonly Resource[];
  readonly secrets: readonly SecretNode[];
  readonly keys: readonly KeyNode[];
  readonly functions: readonly FunctionNode[];
  readonly rotations: readonly Resource[];
  /** The function a rotation calls. */
  readonly functionOf: (rotation: Resource) => Link;
  /** The key node of a resource that a key link leads to, through an alias when it is one. */
  readonly keyAt: (resource: Resource) => KeyNode | undefined;
  /** Rotations whose secret cannot be told yet. */
  readonly looseRotations: readonly Resource[];
  /** Permissions whose function is not in the stack, or cannot be told. */
  readonly loosePermissions: readonly Resource[];
}

/** Joins by ARN, id and name, and where those are unknown by what the value is computed from. */
export function buildGraph(resources: readonly Resource[]): Graph {
  const byType = groupByType(resources);
  const of = (...wanted: readonly string[]): readonly Resource[] =>
    wanted.flatMap((type) => byType.get(type) ?? []);
  const secrets = of(types.secret);
  const rotations = of(types.secretRotation);
  const keys = of(types.key, types.externalKey, types.replicaKey);
  const functions = of(types.function);
  const keyLookup = new Lookup([...keys, ...of(types.alias)], ["arn", "keyId", "id", "name"]);
  const secretLookup = new Lookup(secrets, ["arn", "id", "name"]);
  const functionLookup = new Lookup(functions, ["arn", "id", "name", "qualifiedArn", "invokeArn"]);
  const byKey = attach(of(types.keyPolicy), (policy) =>
    ofRegion(keyLookup.follow(policy, "keyId"), policy, keys),
  );
  const permissions = attach(of(types.permission), (one) => functionLookup.follow(one, "function"));
  const urls = attach(of(types.functionUrl), (one) => functionLookup.follow(one, "functionName"));
  const keyNodes = joinKeys(keys, byKey);
  const nodeByUrn = new Map(keyNodes.map((node) => [node.resource.urn, node]));
  return {
    resources,
    of,
    secrets: joinSecrets(secrets, of, secretLookup, keyLookup),
    keys: keyNodes,
    functions: functions.map((resource) => ({
      resource,
      permissions: permissions.inside.get(resource) ?? [],
      urls: urls.inside.get(resource) ?? [],
    })),
    rotations,
    looseRotations: rotations.filter((one) => secretLookup.follow(one, "secretId").kind === "unknown"),
    functionOf: (rotation) => functionLookup.follow(rotation, "rotationLambdaArn"),
    keyAt: (resource) => nodeByUrn.get(throughAlias(resource, keyLookup, keys).urn),
    loosePermissions: permissions.outside,
  };
}

/** Keys of a multi-Region family have one id: the one of the asking resource's Region is meant. */
function ofRegion(link: Link, from: Resource, keys: readonly Resource[]): Link {
  const region = regionOf(from);
  if (link.kind !== "inside" || region.state !== "known") return link;
  return { ...link, resources: link.resources.map((key) => relativeIn(region.value, key, keys)) };
}

function relativeIn(region: string, key: Resource, keys: readonly Resource[]): Resource {
  const id = readString(key.props, "keyId");
  if (id.state !== "known" || !id.value.startsWith("mrk-")) return key;
  const isRelative = (other: Resource): boolean => {
    const [otherId, otherRegion] = [readString(other.props, "keyId"), regionOf(other)];
    return (
      otherId.state === "known" &&
      otherId.value === id.value &&
      "value" in otherRegion &&
      otherRegion.value === region
    );
  };
  return keys.find(isRelative) ?? key;
}

function throughAlias(resource: Resource, lookup: Lookup, keys: readonly Resource[]): Resource {
  if (resource.type !== types.alias) return resource;
  const target = ofRegion(lookup.follow(resource, "targetKeyId"), resource, keys);
  const [first] = target.kind === "inside" ? target.resources : [];
  return first === undefined || first.type === types.alias ? resource : first;
}

function groupByType(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const group = groups.get(resource.type);
    if (group === undefined) groups.set(resource.type, [resource]);
    else group.push(resource);
  }
  return groups;
}
