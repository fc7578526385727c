import { Candidate, candidateValues } from "../../documents/candidate-values";
import { Literals } from "../../documents/document-facts";
import { instance, Requester } from "../../documents/requester";

/** Keys that describe the resource: of one that no policy is about, they have no value that a policy names. */
const describesResource =
  /^[a-z0-9-]+:(resourcetag\/|resource\/|resourcealiases$|requestalias$|encryptioncontext:|encryptioncontextkeys$|secretid$|name$)/;

/** The most that an escalation can hand out: what a key that limits it is tried with. */
const administratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";
const anything = "strongroom-unrelated";

/**
 * Values that a condition key can have in a request of an identity of this account.
 *
 * @param unrelated whether the resource is one that no policy is about
 */
export function identityCandidates(
  key: string,
  literals: Literals,
  arn: string,
  requester: Extract<Requester, { kind: "account" }>,
  unrelated: boolean,
): readonly Candidate[] {
  const named = literals.get(key) ?? [];
  switch (key) {
    case "iam:policyarn":
      return [administratorAccess];
    case "iam:permissionsboundary":
      return [undefined, administratorAccess];
    case "iam:passedtoservice":
      return [...named.map((value) => instance(value, requester.accountId)), `${anything}.amazonaws.com`];
    case "aws:principalorgid":
    case "aws:resourceorgid":
      return [...named.map((value) => instance(value, requester.accountId)), undefined];
    case "secretsmanager:secretid":
      return [arn];
  }
  if (unrelated && describesResource.test(key)) return [anything, undefined];
  return candidateValues(key, literals, requester);
}
