import { PolicyDocument } from "../../iam";
import { factsOf } from "../document-facts";
import { undecided, violation } from "../findings";
import { SecretNode } from "../graph";
import { Organization } from "../organization";
import { canRead, organizationsIn } from "../readers";
import { label, Resource } from "../resource";
import { Finding, graphRule } from "../rule";
import { ownerOf } from "../secret-target";

const remediation = "Grant to accounts of the organisation only, with a condition on aws:PrincipalOrgID";

/** SM-10. */
export const secretCrossAccountReaders = graphRule({
  id: "secret-cross-account-readers",
  code: "SM-10",
  title: "Other accounts that can read a secret are allowed ones, and bound to the organisation",
  severity: "high",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "AC-3" },
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.5" },
  ],
  mapsTo: {},
  remediation,
  settings: {},
  check: (graph, _, organization) =>
    graph.secrets.flatMap((secret) =>
      secret.policies.flatMap(({ document }) =>
        document.state === "known"
          ? checkDocument(secret, document.holder, document.document, organization)
          : [],
      ),
    ),
});

interface Problem {
  readonly accountId: string;
  readonly fact: string;
  /** True when the account cannot be the owner itself, because the organisation's list does not have it. */
  readonly foreign: boolean;
}

function checkDocument(
  secret: SecretNode,
  holder: Resource,
  document: PolicyDocument,
  organization: Organization,
): readonly Finding[] {
  const owner = ownerOf(secret);
  const candidates = factsOf(document).accounts.filter((id) => owner.state !== "known" || id !== owner.value);
  const problems = candidates.flatMap((id) => checkAccount(secret, document, id, organization));
  // One of several accounts may be the owner's, when that is not known.
  const certain =
    owner.state === "known" || problems.length > 1 ? problems : problems.filter((one) => one.foreign);
  if (problems.length > 0 && certain.length === 0) {
    const reason = `whether account ${problems[0]?.accountId} in the policy of ${label(holder)} owns the secret is not known`;
    return [undecided(holder, reason, "the ARN of the secret, or an account in the provider's settings")];
  }
  return certain.map(({ fact }) => violation(holder, `the policy of ${label(holder)} ${fact}`, remediation));
}

function checkAccount(
  secret: SecretNode,
  document: PolicyDocument,
  accountId: string,
  organization: Organization,
): readonly Problem[] {
  const { id, accounts } = organization;
  const readable = organizationsIn(document).filter(
    (one) => canRead(document, secret, accountId, one).kind === "admitted",
  );
  const unbound =
    canRead(document, secret, accountId, "o-anyotherone").kind === "admitted" || readable.includes(undefined);
  const foreign = accounts.length > 0 && !accounts.includes(accountId);
  if (readable.length === 0 && !unbound) return [];
  if (foreign)
    return [{ accountId, foreign, fact: `lets account ${accountId} read, which is not an allowed one` }];
  if (unbound) {
    const fact = `lets account ${accountId} read in whatever organisation it is`;
    return [{ accountId, foreign, fact }];
  }
  if (id !== "" && readable.some((one) => one !== id)) {
    return [
      { accountId, foreign, fact: `lets account ${accountId} read as a member of another organisation` },
    ];
  }
  return [];
}
