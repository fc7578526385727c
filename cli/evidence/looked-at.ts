import { Graph } from "../../policies/stack/graph";
import { Resource } from "../../policies/stack/resource";

/** A graph that remembers which resources were taken from it. */
export interface WatchedGraph {
  readonly graph: Graph;
  /** URNs of the resources that were taken, in the order of the stack. */
  readonly taken: () => readonly string[];
}

/**
 * The graph for one rule: what the rule looks at is what its verdict is about. Each rule gets an object of its own, so
 * that what rules remember by graph is looked at again.
 */
export function watchedGraph(whole: Graph, resources: readonly Resource[]): WatchedGraph {
  const urns = new Set<string>();
  const note = (value: unknown) => {
    if (!Array.isArray(value)) return;
    for (const item of value as readonly unknown[]) {
      const urn = urnOf(item);
      if (urn !== undefined) urns.add(urn);
    }
  };
  const graph = new Proxy(whole, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (name !== "of") {
        note(member);
        return member;
      }
      return (...types: readonly string[]) => {
        const found = target.of(...types);
        note(found);
        return found;
      };
    },
  });
  return { graph, taken: () => resources.map(({ urn }) => urn).filter((urn) => urns.has(urn)) };
}

/** Of a resource, or of a node that joins one with others. */
function urnOf(item: unknown): string | undefined {
  if (item === null || typeof item !== "object") return undefined;
  const { urn, resource } = item as {
    readonly urn?: unknown;
    readonly resource?: { readonly urn?: unknown };
  };
  const found = urn ?? resource?.urn;
  return typeof found === "string" ? found : undefined;
}
