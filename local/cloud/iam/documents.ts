import { DocumentKind, parsePolicy } from "../../../iam";
import { Store } from "../core/store";
import { missingPrincipal } from "../resource-policy";
import { limitExceeded, malformedPolicy } from "./errors";

/** @throws ApiError MalformedPolicyDocument */
export function checkDocument(text: string, kind: DocumentKind): void {
  const parsed = parsePolicy(text, kind);
  if (!parsed.ok) throw malformedPolicy(parsed.problems.join("; "));
}

/** @throws ApiError MalformedPolicyDocument, also for principals that do not exist; LimitExceeded over 2,048 characters */
export function checkTrustPolicy(text: string, store: Store): void {
  const parsed = parsePolicy(text, "trust");
  if (!parsed.ok) throw malformedPolicy(parsed.problems.join("; "));
  const missing = missingPrincipal(store, parsed.document);
  if (missing !== undefined) throw malformedPolicy(`Invalid principal in policy: "AWS":"${missing}"`);
  if (sizeOf(text) > 2048) throw limitExceeded("Cannot exceed quota for ACLSizePerRole: 2048");
}

/** Characters as IAM counts them: white space is free. */
export function sizeOf(text: string): number {
  return text.replace(/\s/g, "").length;
}

/** IAM answers documents URL-encoded. */
export function encodedDocument(text: string): string {
  return encodeURIComponent(text);
}
