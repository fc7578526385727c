import { IndirectAccess } from "../../iam/proof";
import { Organization } from "../organization";
import { Graph } from "../stack/graph";
import { Resource, types } from "../stack/resource";
import { principalArn } from "./addresses";
import { accessOf } from "./proof";
import { FoundSecret } from "./secrets";

/** A role or a user of the stack that comes to a reader of a secret by permissions of which one is no reading. */
export interface Escalation {
  readonly principal: Resource;
  readonly secret: FoundSecret;
  readonly access: IndirectAccess;
}

/**
 * The identities of the stack that can make themselves or others readers, in however many steps, of the secrets that
 * declare no readers: of the others REACH-02 tells. Who only assumes a role that trusts it has been given that.
 */
export function escalationsIn(graph: Graph, organization: Organization): readonly Escalation[] {
  const { world, proof } = accessOf(graph, organization);
  const open = world.secrets.filter(({ secret }) => !world.declared.has(secret.id));
  if (open.length === 0) return [];
  const byArn = new Map(
    graph.of(types.role, types.user).flatMap((resource): readonly (readonly [string, Resource])[] => {
      const arn = principalArn(resource);
      return arn === undefined ? [] : [[arn, resource]];
    }),
  );
  return open.flatMap((secret) =>
    proof.secret(secret.secret.id, { withoutOwnAffairs: true }).indirect.flatMap((access): Escalation[] => {
      const principal = access.who.kind === "principal" ? byArn.get(access.who.arn) : undefined;
      if (principal === undefined || access.path.every(({ by }) => by === "sts:AssumeRole")) return [];
      return [{ principal, secret, access }];
    }),
  );
}
