import { Graph } from "../../stack/graph";
import { Resource } from "../../stack/resource";

const memo = new WeakMap<Graph, ReadonlySet<Resource>>();

/** Functions of the stack that a rotation calls. */
export function rotationFunctions(graph: Graph): ReadonlySet<Resource> {
  const earlier = memo.get(graph);
  if (earlier !== undefined) return earlier;
  const found = new Set(
    graph.rotations.flatMap((rotation) => {
      const link = graph.functionOf(rotation);
      return link.kind === "inside" ? link.resources : [];
    }),
  );
  memo.set(graph, found);
  return found;
}
