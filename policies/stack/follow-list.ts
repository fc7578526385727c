import { Lookup } from "./join";
import { input, Path, Resource } from "./resource";
import { indexesOf, readArray } from "./tri-state";

/** Resources of the stack that a list names, and those that it is computed from where it is not known. */
export function followList(
  lookup: Lookup,
  from: Resource,
  property: string,
  ...path: Path
): readonly Resource[] {
  const list = input(from, readArray, property, ...path);
  const links =
    list.state === "known"
      ? indexesOf(list).map((index) => lookup.follow(from, property, ...path, index))
      : [lookup.follow(from, property, ...path)];
  return [...new Set(links.flatMap((link) => (link.kind === "inside" ? link.resources : [])))];
}
