import { DocumentUse } from "./document-uses";
import { firstGranted, grants, IdentityAnswer } from "./identity-probe";

/** Operations that no policy names, so that only a pattern for all of them allows them. */
export const anyOperation = "StrongroomUnrelatedOperation";

const answers = new WeakMap<DocumentUse, IdentityAnswer>();

/**
 * Whether the document makes its identity an administrator: it allows every action, or every one of IAM, with which an
 * identity can give itself the others. Asked once for each use.
 */
export function administers(use: DocumentUse): IdentityAnswer {
  const earlier = answers.get(use);
  if (earlier !== undefined) return earlier;
  const result = firstGranted(use, [{ action: `iam:${anyOperation}` }]);
  answers.set(use, result);
  return result;
}

/** Whether it allows every action of every service, IAM included. */
export function allowsEverything(use: DocumentUse): boolean {
  return grants(use, { action: `strongroom-unrelated:${anyOperation}` }).kind === "granted";
}
