import { DocumentKind, PolicyDocument, sizeProblems } from "../../iam";
import { Problem } from "./problem";

/**
 * A document that is larger than AWS takes, as a problem of what it is made from; empty when it fits.
 *
 * @param path where the configuration stands that the document grows with
 */
export function documentSizeProblems(
  kind: DocumentKind,
  document: PolicyDocument,
  path: string,
): readonly Problem[] {
  return sizeProblems(document, kind).map((got) => ({ path, expected: `a smaller ${NAMES[kind]}`, got }));
}

const NAMES: Readonly<Record<DocumentKind, string>> = {
  identity: "policy of the role",
  boundary: "permissions boundary",
  session: "session policy",
  resource: "policy of the secret",
  trust: "trust policy",
  key: "key",
  endpoint: "policy of the VPC endpoint",
  scp: "service control policy",
  rcp: "resource control policy",
  function: "policy of the function",
};
