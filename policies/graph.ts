import { attach } from "./attach";
import { Link, Lookup } from "./join";
import { joinKeys, KeyNode } from "./key-nodes";
import { Resource, types } from "./resource";
import { joinSecrets, SecretNode } from "./secret-nodes";

export type { KeyNode } from "./key-nodes";
export type { ReplicaNode, SecretNode, SecretPolicyNode } from "./secret-nodes";

/** A Lambda function with everything that lets others call it. */
export interface FunctionNode {
  readonly resource: Resource;
  readonly permissions: readonly Resource[];
  readonly urls: readonly Resource[];
}

/** The resources of a stack, joined where the provider splits one thing over several resources. */
export interface Graph {
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
  const byKey = attach(of(types.keyPolicy), (policy) => keyLookup.follow(policy, "keyId"));
  const permissions = attach(of(types.permission), (one) => functionLookup.follow(one, "function"));
  const urls = attach(of(types.functionUrl), (one) => functionLookup.follow(one, "functionName"));
  const keyNodes = joinKeys(keys, byKey);
  const nodeByUrn = new Map(keyNodes.map((node) => [node.resource.urn, node]));
  return {
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
    keyAt: (resource) => nodeByUrn.get(throughAlias(resource, keyLookup).urn),
    loosePermissions: permissions.outside,
  };
}

function throughAlias(resource: Resource, keys: Lookup): Resource {
  if (resource.type !== types.alias) return resource;
  const target = keys.follow(resource, "targetKeyId");
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
