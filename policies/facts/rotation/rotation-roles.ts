import { Graph, SecretNode } from "../../stack/graph";
import { identitiesOf, Identity } from "../identities/identities";
import { Link } from "../../stack/join";
import { once } from "../../stack/once";
import { Resource } from "../../stack/resource";

/** A rotation function of the stack, the secrets it rotates, and its role. */
export interface RotationRole {
  readonly function: Resource;
  readonly secrets: readonly SecretNode[];
  readonly link: Link;
  /** Undefined when the role is not in the stack, or not known. */
  readonly identity: Identity | undefined;
}

/** Every rotation function once, in the order of the secrets; made once for each graph. */
export const rotationRoles = once((graph: Graph): readonly RotationRole[] => {
  const secrets = new Map<Resource, SecretNode[]>();
  for (const secret of graph.secrets) {
    for (const rotation of secret.rotations) {
      const link = graph.functionOf(rotation);
      for (const one of link.kind === "inside" ? link.resources : []) {
        const known = secrets.get(one) ?? [];
        if (!known.includes(secret)) secrets.set(one, [...known, secret]);
      }
    }
  }
  const identities = identitiesOf(graph);
  return [...secrets].map(([one, rotated]): RotationRole => {
    const link = identities.follow(one, "role");
    const [role] = link.kind === "inside" ? link.resources : [];
    return { function: one, secrets: rotated, link, identity: role && identities.of(role) };
  });
});
