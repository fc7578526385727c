import { attach, held } from "../../stack/attach";
import { HeldDocument } from "../../documents/document";
import { Link, Lookup } from "../../stack/join";
import { input, Resource, types } from "../../stack/resource";
import { indexesOf, read, readArray, readBoolean, Tri } from "../../stack/tri-state";

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

/** The secrets of the stack with what is attached to them, then those that only a `SecretPolicy` of the stack is about. */
export function joinSecrets(
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
      replicas: indexesOf(replicas).map((index) => ({
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
