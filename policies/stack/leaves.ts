import { input, Path, Resource } from "./resource";
import { read, Tri } from "./tri-state";

/** A value without members somewhere in the properties of a resource. */
export interface Leaf {
  readonly path: Path;
  readonly value: Tri<string>;
}

/**
 * Every text under a property, and every part of it that is not known, each with its path. Numbers, booleans and what
 * is not set are left out.
 */
export function leavesOf(
  resource: Resource,
  property: string,
  ...path: readonly (string | number)[]
): readonly Leaf[] {
  const whole = input(resource, read, property, ...path);
  const at: Path = [property, ...path];
  if (whole.state === "absent") return [];
  if (whole.state === "unknown") return [{ path: at, value: whole }];
  const { value } = whole;
  if (typeof value === "string") return [{ path: at, value: { state: "known", value } }];
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) =>
    leavesOf(resource, property, ...path, Array.isArray(value) ? Number(key) : key),
  );
}

/** `environment.variables.DB_PASSWORD`, `tags[0]`: how messages write a path. */
export function pathText(path: Path): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .replace(/^\./, "");
}
