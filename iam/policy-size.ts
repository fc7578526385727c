import { DocumentKind } from "./policy-kind";
import { PolicyDocument } from "./policy-document";
import { renderPolicy } from "./render-policy";

interface SizeLimit {
  readonly maximum: number;
  readonly unit: "characters" | "bytes";
  /** What the limit is about. */
  readonly of: string;
}

/**
 * AWS's limits on one document.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const LIMITS: Readonly<Record<DocumentKind, SizeLimit>> = {
  identity: { maximum: 10_240, unit: "characters", of: "all inline policies of a role together" },
  boundary: { maximum: 6_144, unit: "characters", of: "a managed policy" },
  session: { maximum: 2_048, unit: "characters", of: "a session policy" },
  resource: { maximum: 20_480, unit: "characters", of: "the policy of a secret" },
  trust: { maximum: 2_048, unit: "characters", of: "the trust policy of a role (default quota)" },
  key: { maximum: 32_768, unit: "bytes", of: "a key policy" },
  endpoint: { maximum: 20_480, unit: "characters", of: "the policy of a VPC endpoint" },
  scp: { maximum: 5_120, unit: "characters", of: "a service control policy" },
  rcp: { maximum: 5_120, unit: "characters", of: "a resource control policy" },
  function: { maximum: 20_480, unit: "bytes", of: "the policy of a function" },
};

/** What is too long about the document, measured as it renders (without white space); empty when it fits. */
export function sizeProblems(document: PolicyDocument, kind: DocumentKind): readonly string[] {
  const { maximum, unit, of } = LIMITS[kind];
  const size = sizeOf(renderPolicy(document), unit);
  return size > maximum ? [`${size} ${unit}, but AWS allows ${maximum} for ${of}`] : [];
}

function sizeOf(text: string, unit: SizeLimit["unit"]): number {
  const characters = Array.from(text);
  return unit === "characters"
    ? characters.length
    : characters.reduce((bytes, character) => bytes + utf8Length(character.codePointAt(0) ?? 0), 0);
}

function utf8Length(codePoint: number): number {
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}
