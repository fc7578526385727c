import { Attached, held } from "../../stack/attach";
import { HeldDocument } from "../../documents/document";
import { Resource } from "../../stack/resource";

/** A KMS key with its policies, from the key itself and from `KeyPolicy` resources. */
export interface KeyNode {
  readonly resource: Resource;
  readonly inStack: boolean;
  readonly policies: readonly HeldDocument[];
}

/** The keys of the stack, then those that only a `KeyPolicy` of the stack is about. */
export function joinKeys(keys: readonly Resource[], policies: Attached): readonly KeyNode[] {
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
