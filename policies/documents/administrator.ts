import { DocumentUse } from "./document-uses";
import { grants, IdentityAnswer } from "../facts/identities/identity-probe";
import { once } from "../stack/once";

/** Operations that no policy names, so that only a pattern for all of them allows them. */
export const anyOperation = "StrongroomUnrelatedOperation";

/**
 * Whether the document makes its identity an administrator: it allows every action, or every one of IAM, with which an
 * identity can give itself the others. Asked once for each use.
 */
export const administers = once((use: DocumentUse): IdentityAnswer =>
  grants(use, { action: `iam:${anyOperation}` }),
);

/** Whether it allows every action of every service, IAM included. */
export function allowsEverything(use: DocumentUse): boolean {
  return grants(use, { action: `strongroom-unrelated:${anyOperation}` }).kind === "granted";
}
