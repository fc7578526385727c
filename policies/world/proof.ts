import * as proofs from "../../iam/proof";
import { AccessProof, AccessWorld } from "../../iam/proof";
import { Graph } from "../graph";
import { Organization } from "../organization";
import { GraphWorld, worldOf } from "./world";

const made = new WeakMap<GraphWorld, AccessProof>();

/** The world of a graph with the proof about it; both are made once, and answers are worked out when asked for. */
export function accessOf(
  graph: Graph,
  organization: Organization,
): { readonly world: GraphWorld; readonly proof: AccessProof } {
  const { proveAccess } = proofs as unknown as { proveAccess: (world: AccessWorld) => AccessProof };
  const world = worldOf(graph, organization);
  const proof = made.get(world) ?? proveAccess(world.world);
  made.set(world, proof);
  return { world, proof };
}
