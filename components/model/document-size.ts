import { PolicyDocument } from "../../iam/policy-document";
import { Problem } from "./problem";

/** What a document is for, which decides its largest size. */
export type DocumentKind = "secret policy" | "key policy" | "endpoint policy" | "role policy";

/**
 * AWS's limits in characters: KMS counts bytes, but the documents are plain ASCII.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const LIMITS: Readonly<Record<DocumentKind, number>> = {
  "secret policy": 20_480,
  "key policy": 32_768,
  "endpoint policy": 20_480,
  "role policy": 10_240,
};

/** The one problem of a document that is larger than AWS takes; empty when it fits. */
export function documentSizeProblems(
  kind: DocumentKind,
  document: PolicyDocument,
  path: string,
): readonly Problem[] {
  const size = JSON.stringify(document).length;
  if (size <= LIMITS[kind]) return [];
  const limit = LIMITS[kind].toLocaleString("en");
  return [
    {
      path,
      expected: `a ${kind} of at most ${limit} characters`,
      got: `${size.toLocaleString("en")} characters`,
    },
  ];
}
