import { Graph } from "../stack/graph";
import { label, Resource } from "../stack/resource";
import { read, readWhole } from "../stack/tri-state";
import { FoundSecret } from "./secrets";
import { tagsOf } from "./principals";

/** Tag of a secret with its readers: `222222222222:role/orders-service`, separated by spaces; continued in `…-2` and so on. */
export const READERS_TAG = "strongroom:readers";

/** What one component says about readers of secrets, by the secret's name. */
interface Declaration {
  readonly secretName: string;
  readonly principalArns: readonly string[];
}

/** Readers by glob of the secret's name, as the setting has them. */
export type DeclaredSetting = Readonly<Record<string, readonly string[]>>;

/**
 * ARNs of the roles and users that may read each secret, by its URN; a secret without an entry declares nothing. They
 * are declared by a component of the same stack with the property `declaredReaders`, by the secret's tag, and by the
 * setting; what is declared several times adds up.
 */
export function declaredReaders(
  graph: Graph,
  secrets: readonly FoundSecret[],
  setting: DeclaredSetting,
): ReadonlyMap<string, ReadonlySet<string>> {
  const byComponent = componentDeclarations(graph);
  const result = new Map<string, Set<string>>();
  for (const { secret, node } of secrets) {
    const lists = [
      byComponent.get(`${stackOf(node.resource.urn)} ${secret.name}`),
      fromTags(tagsOf(node.resource)),
      ...Object.entries(setting).map(([glob, arns]) => (matches(glob, secret.name) ? arns : undefined)),
    ].filter((list) => list !== undefined);
    if (lists.length > 0) result.set(secret.id, new Set(lists.flat()));
  }
  return result;
}

/** Readers that a tag's value names: `account:role/name` or an ARN each. */
export function readersInTag(value: string): readonly string[] {
  return value
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => (word.startsWith("arn:") ? word : `arn:aws:iam::${word}`));
}

function fromTags(tags: Readonly<Record<string, string>>): readonly string[] | undefined {
  const found = Object.entries(tags).filter(([key]) => /^strongroom:readers(-\d+)?$/.test(key));
  return found.length === 0 ? undefined : found.flatMap(([, value]) => readersInTag(value));
}

function componentDeclarations(graph: Graph): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, readonly string[]>();
  for (const component of graph.of(...componentTypes)) {
    for (const { secretName, principalArns } of declarationsOf(component)) {
      const key = `${stackOf(component.urn)} ${secretName}`;
      result.set(key, [...(result.get(key) ?? []), ...principalArns]);
    }
  }
  return result;
}

const componentTypes = ["strongroom:index:SharedSecret", "strongroom:index:RotationFunction"];

function declarationsOf(component: Resource): readonly Declaration[] {
  const sources = [component.props, component.inputs ?? {}];
  for (const source of sources) {
    if (read(source, "declaredReaders").state !== "known") continue;
    const list = readWhole(source, "declaredReaders");
    if (list.state === "known" && Array.isArray(list.value)) return list.value as readonly Declaration[];
  }
  return [];
}

/** `urn:pulumi:<stack>::<project>::…`: names are unique in one stack only. */
function stackOf(urn: string): string {
  return urn.split("::").slice(0, 2).join("::");
}

function matches(glob: string, name: string): boolean {
  const pattern = glob.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`).test(name);
}

/** Whether a secret of the graph is one whose components are ours, for messages. */
export function declarationHint(resource: Resource): string {
  return `declare it in the grants, the tag ${READERS_TAG} or the setting declaredReaders of ${label(resource)}`;
}
