import { createHash } from "node:crypto";

/** Begins the fingerprint of a finding about the public: no waiver and no baseline hides it. */
export const publicMark = "public-";

/** What tells one finding from every other. */
export interface FindingIdentity {
  /** Id of the rule. */
  readonly rule: string;
  readonly urn: string;
  /** What is wrong, without the remedy: a remedy that is worded anew is no other finding. */
  readonly fact: string;
  /** Whether it is about something that everybody can reach. */
  readonly isPublic: boolean;
}

/**
 * Twelve hexadecimal digits of a hash over rule, resource and fact, after {@link publicMark} where it applies. The stack's
 * name is left out, so that the environments of one project share it; the position in the program never counts.
 */
export function fingerprintOf({ rule, urn, fact, isPublic }: FindingIdentity): string {
  const hash = createHash("sha256")
    .update([rule, withoutStack(urn), fact].join("\n"))
    .digest("hex");
  return (isPublic ? publicMark : "") + hash.slice(0, 12);
}

/** What {@link fingerprintOf} gives. */
export const fingerprintPattern = /^(public-)?[0-9a-f]{12}$/;

/** `urn:pulumi:dev::orders::aws:kms/key:Key::main` without `urn:pulumi:dev::`. */
function withoutStack(urn: string): string {
  const start = urn.indexOf("::");
  return start === -1 ? urn : urn.slice(start + 2);
}

/** `urn:pulumi:dev::orders::` of any resource of that stack; empty when it is no URN. */
export function stackPrefix(urn: string): string {
  const [stack, project, ...rest] = urn.split("::");
  return rest.length < 2 ? "" : `${stack}::${project}::`;
}
