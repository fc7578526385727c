import { DocumentKind } from "../../iam";
import { documentIn, HeldDocument } from "../documents/document";
import { Link } from "./join";
import { Resource } from "./resource";

/** Resources grouped by what they point at. */
export interface Attached {
  readonly inside: ReadonlyMap<Resource, readonly Resource[]>;
  /** Those that point outside the stack, or nowhere yet. */
  readonly outside: readonly Resource[];
}

/** Groups resources by the target they point at; those that point outside, or nowhere yet, stay apart. */
export function attach(resources: readonly Resource[], target: (resource: Resource) => Link): Attached {
  const inside = new Map<Resource, Resource[]>();
  const outside: Resource[] = [];
  for (const resource of resources) {
    const link = target(resource);
    if (link.kind !== "inside") outside.push(resource);
    else for (const to of link.resources) inside.set(to, [...(inside.get(to) ?? []), resource]);
  }
  return { inside, outside };
}

/** The document in a property, or none, as a list. */
export function held(resource: Resource, property: string, kind?: DocumentKind): readonly HeldDocument[] {
  const document = documentIn(resource, property, kind);
  return document === undefined ? [] : [document];
}
