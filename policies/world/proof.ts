import { AccessProof, proveAccess } from "../../iam/proof";
import { Graph } from "../stack/graph";
import { Organization } from "../organization";
import { GraphWorld, worldOf } from "./world";

const proofs = new WeakMap<GraphWorld, AccessProof>();

/** The world of a graph with the proof about it; both are made once, and answers are worked out when asked for. */
export function accessOf(
  graph: Graph,
  organization: Organization,
): { readonly world: GraphWorld; readonly proof: AccessProof } {
  const world = worldOf(graph, organization);
  const proof = proofs.get(world) ?? proveAccess(world.world);
  proofs.set(world, proof);
  return { world, proof };
}
