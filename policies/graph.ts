import { documentIn, HeldDocument } from "./document";
import { Link, Lookup } from "./join";
import { input, Resource, types } from "./resource";
import { read, readArray, readBoolean, Tri } from "./tri-state";

/** A secret with what is attached to it by other resources. */
export interface SecretNode {
  /** The secret, or for a secret of another stack the resource that refers to it. */
  readonly resource: Resource;
  /** False when only something that refers to the secret is in the stack. */
  readonly inStack: boolean;
  readonly policies: readonly SecretPolicyNode[];
  readonly rotations: readonly Resource[];
  readonly key: Link;
  readonly replicas: readonly ReplicaNode[];
  /** True when the list of replicas itself is not known yet. */
  readonly replicasUnknown: boolean;
}

export interface SecretPolicyNode {
  readonly document: HeldDocument;
  readonly blockPublicPolicy: Tri<boolean>;
}

export interface ReplicaNode {
  readonly index: number;
  readonly region: Tri<unknown>;
  readonly key: Link;
}

/** A KMS key with its policies, from the key itself and from `KeyPolicy` resources. */
export interface KeyNode {
  readonly resource: Resource;
  readonly inStack: boolean;
  readonly policies: readonly HeldDocument[];
}

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

interface Attached {
  readonly inside: ReadonlyMap<Resource, readonly Resource[]>;
  readonly outside: readonly Resource[];
}

/** Groups resources by the target they point at; those that point outside, or nowhere yet, stay apart. */
function attach(resources: readonly Resource[], target: (resource: Resource) => Link): Attached {
  const inside = new Map<Resource, Resource[]>();
  const outside: Resource[] = [];
  for (const resource of resources) {
    const link = target(resource);
    if (link.kind !== "inside") outside.push(resource);
    else for (const to of link.resources) inside.set(to, [...(inside.get(to) ?? []), resource]);
  }
  return { inside, outside };
}

function joinKeys(keys: readonly Resource[], policies: Attached): readonly KeyNode[] {
  const nodes = keys.map((resource) => ({
    resource,
    inStack: true,
    policies: [
      ...held(resource, "policy"),
      ...(policies.inside.get(resource) ?? []).flatMap((policy) => held(policy, "policy")),
    ],
  }));
  const loose = policies.outside.map((resource) => ({
    resource,
    inStack: false,
    policies: held(resource, "policy"),
  }));
  return [...nodes, ...loose];
}

function joinSecrets(
  secrets: readonly Resource[],
  of: (...wanted: readonly string[]) => readonly Resource[],
  secretLookup: Lookup,
  keyLookup: Lookup,
): readonly SecretNode[] {
  const policies = attach(of(types.secretPolicy), (policy) => secretLookup.follow(policy, "secretArn"));
  const rotations = attach(of(types.secretRotation), (rotation) => secretLookup.follow(rotation, "secretId"));
  const nodes = secrets.map((resource): SecretNode => {
    const replicas = input(resource, readArray, "replicas");
    return {
      resource,
      inStack: true,
      policies: [...inlinePolicy(resource), ...(policies.inside.get(resource) ?? []).flatMap(attachedPolicy)],
      rotations: rotations.inside.get(resource) ?? [],
      key: keyLookup.follow(resource, "kmsKeyId"),
      replicas: (replicas.state === "known" ? replicas.value : []).map((_, index) => ({
        index,
        region: input(resource, read, "replicas", index, "region"),
        key: keyLookup.follow(resource, "replicas", index, "kmsKeyId"),
      })),
      replicasUnknown: replicas.state === "unknown",
    };
  });
  return [...nodes, ...policies.outside.map(secretElsewhere)];
}

function secretElsewhere(policy: Resource): SecretNode {
  return {
    resource: policy,
    inStack: false,
    policies: attachedPolicy(policy),
    rotations: [],
    key: { kind: "unknown" },
    replicas: [],
    replicasUnknown: false,
  };
}

function inlinePolicy(secret: Resource): readonly SecretPolicyNode[] {
  return held(secret, "policy").map((document) => ({ document, blockPublicPolicy: { state: "absent" } }));
}

function attachedPolicy(policy: Resource): readonly SecretPolicyNode[] {
  const blockPublicPolicy = input(policy, readBoolean, "blockPublicPolicy");
  return held(policy, "policy").map((document) => ({ document, blockPublicPolicy }));
}

function held(resource: Resource, property: string): readonly HeldDocument[] {
  const document = documentIn(resource, property);
  return document === undefined ? [] : [document];
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
