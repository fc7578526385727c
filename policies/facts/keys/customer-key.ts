import { undecided, violation } from "../../findings";
import { Graph } from "../../stack/graph";
import { Lookup } from "../../stack/join";
import { deciders, label, Resource, types } from "../../stack/resource";
import { Finding } from "../../rule";

const lookups = new WeakMap<Graph, Lookup>();

/** Keys and aliases of the stack, by what others call them; made once a graph. */
function keysOf(graph: Graph): Lookup {
  const earlier = lookups.get(graph);
  if (earlier !== undefined) return earlier;
  const resources = graph.of(types.key, types.externalKey, types.replicaKey, types.alias);
  const lookup = new Lookup(resources, ["arn", "keyId", "id", "name"]);
  lookups.set(graph, lookup);
  return lookup;
}

/** Property that names a key, and how to speak of it. */
export interface KeyUse {
  readonly resource: Resource;
  readonly property: string;
  /** What the key encrypts, such as `the variables of Function "orders"`. @default the resource */
  readonly what?: string;
  /** An imperative sentence without a full stop. */
  readonly fix: string;
}

/** Says when a property does not name a customer managed key, or when that cannot be told yet. */
export function customerKeyFindings(graph: Graph, use: KeyUse): readonly Finding[] {
  const { resource, property, fix } = use;
  const what = use.what ?? label(resource);
  const link = keysOf(graph).follow(resource, property);
  if (link.kind === "inside") return [];
  if (link.kind === "unknown") {
    return [undecided(resource, `the key of ${what} is not known`, deciders(resource, property))];
  }
  if (link.kind === "outside" && !isServiceKey(link.reference)) return [];
  return [violation(resource, `${what} is encrypted with a key of AWS, not with one of yours`, fix)];
}

/** `alias/aws/...`, by name or ARN: AWS's own key, whose policy nobody can change. */
function isServiceKey(reference: string): boolean {
  return /(^|:)alias\/aws\//.test(reference);
}
