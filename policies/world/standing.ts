import { Access, SecretCopy, Who } from "../../iam/proof";
import { GraphWorld } from "./world";

/** How somebody who can read stands to what was declared. */
export type Standing =
  /** A declared reader. */
  | "declared"
  /** Whoever else administers the account that owns the secret: its root user, and principals that no stack at hand holds. */
  | "owner"
  /** Reads without having been declared. */
  | "undeclared"
  /** The secret declares nothing, and the reader is of a known account. */
  | "nothing-declared";

/** Judges one reader of a secret. */
export function standingOf(
  world: GraphWorld,
  secretId: string,
  copy: Pick<SecretCopy, "accountId">,
  who: Who,
): Standing {
  const declared = world.declared.get(secretId);
  switch (who.kind) {
    case "principal":
      if (declared === undefined) return "nothing-declared";
      return declared.has(who.arn) ? "declared" : "undeclared";
    case "others-of-account":
      if (who.accountId === copy.accountId) return "owner";
      return declared === undefined ? "nothing-declared" : "undeclared";
    case "federated":
      return declared === undefined ? "nothing-declared" : "undeclared";
    case "aws-service":
      if (declared === undefined) return "nothing-declared";
      return who.service !== undefined && declared.has(who.service) ? "declared" : "undeclared";
    case "others-of-organization":
    case "any-aws-principal":
    case "anonymous":
      return "undeclared";
  }
}

/** One reader of a secret, with everything that is alike in several Regions and operations taken together. */
export interface ReaderFacts {
  readonly who: Who;
  readonly standing: Standing;
  /** Regions in which it reads; the primary first. */
  readonly regions: readonly string[];
  /** Shown for the first Region and operation. */
  readonly access: Access;
  readonly all: readonly { readonly region: string; readonly access: Access }[];
}

/** A name for a reader that stays the same from run to run. */
export function whoKey(who: Who): string {
  switch (who.kind) {
    case "principal":
      return who.arn;
    case "others-of-account":
      return `others of ${who.accountId}`;
    case "others-of-organization":
      return `others of ${who.organizationId}`;
    case "federated":
      return who.provider;
    case "aws-service":
      return who.service ?? "aws services";
    default:
      return who.kind;
  }
}
