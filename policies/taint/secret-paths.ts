import { Secret } from "@pulumi/policy";
import { Path } from "../stack/resource";

/**
 * Paths of the members that Pulumi keeps as secrets, of properties as `remediateResource` gets them. The SDK unwraps
 * secrets before it calls `validateResource` and `validateStack`, so that this is the only place that tells them.
 */
export function secretPathsOf(props: unknown): readonly Path[] {
  const found: Path[] = [];
  collect(unproxied(unproxied(props)), [], found);
  return found;
}

/** Whether the value at `path` is one of the secrets, or a part of one. */
export function isUnder(paths: readonly Path[], path: Path): boolean {
  return paths.some((secret) => secret.length <= path.length && secret.every((key, i) => key === path[i]));
}

/** What a proxy of the SDK stands for: one hides secrets, one guards unknown values. */
function unproxied(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { __isSpecialProxy: isProxy, __getSpecialProxyTarget: target } = value as Record<string, unknown>;
  return isProxy === true ? target : value;
}

function collect(value: unknown, path: Path, found: Path[]): void {
  if (value instanceof Secret) {
    found.push(path);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) value.forEach((member, index) => collect(member, [...path, index], found));
  else if (isPlain(value)) {
    for (const [key, member] of Object.entries(value)) collect(member, [...path, key], found);
  }
}

/** Not an asset nor an archive, whose members are no properties. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
