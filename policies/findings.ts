import { Resource } from "./stack/resource";
import { Finding } from "./rule";

/** A violation: the fact, and what to do about it. The report names the resource. */
export function violation(
  resource: Resource,
  fact: string,
  fix: string,
  more: { readonly isPublic?: boolean } = {},
): Finding {
  return { kind: "violation", resource, message: `${fact}. ${fix}.`, fact, ...more };
}

/** Not a verdict: why there is none yet, and what will bring one. */
export function undecided(resource: Resource, reason: string, decidedBy: string): Finding {
  return { kind: "undecided", resource, reason, decidedBy };
}
