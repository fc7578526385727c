import { PolicyDocument } from "../../../iam";
import { factsOf } from "../../documents/document-facts";
import { undecided, violation } from "../../findings";
import { SecretNode } from "../../stack/graph";
import { Organization } from "../../organization";
import { canRead, organizationsIn } from "../../facts/secrets/readers";
import { label, Resource } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { ownerOf } from "../../facts/secrets/secret-target";

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

/** Stands for an organisation that no document names. */
const otherOrganization = "o-anyotherone";

interface Problem {
  readonly accountId: string;
  readonly kind: "not-allowed" | "unbound" | "elsewhere" | "too-complex";
}

const facts: Readonly<Record<Exclude<Problem["kind"], "too-complex">, string>> = {
  "not-allowed": "read, which is not an allowed one",
  unbound: "read in whatever organisation it is",
  elsewhere: "read as a member of another organisation",
};

function checkDocument(
  secret: SecretNode,
  holder: Resource,
  document: PolicyDocument,
  organization: Organization,
): readonly Finding[] {
  const where = `the policy of ${label(holder)}`;
  const owner = ownerOf(secret);
  const candidates = factsOf(document).accounts.filter((id) => owner.state !== "known" || id !== owner.value);
  const problems = candidates.flatMap((id) => checkAccount(secret, document, id, organization));
  // An account that the organisation's list does not have cannot be the owner's.
  const certain = problems.filter(({ kind }) => owner.state === "known" || kind === "not-allowed");
  const doubtful = problems.filter((problem) => !certain.includes(problem)).map(({ accountId }) => accountId);
  const findings = certain.map(({ accountId, kind }) =>
    kind === "too-complex"
      ? undecided(holder, `${where} has too many conditions to try them all`, "a policy with fewer values")
      : violation(holder, `${where} lets account ${accountId} ${facts[kind]}`, remediation),
  );
  return [...findings, ...ofUnknownOwner(holder, where, doubtful)];
}

/** Of several accounts at most one is the owner's. */
function ofUnknownOwner(holder: Resource, where: string, accounts: readonly string[]): readonly Finding[] {
  if (accounts.length > 1) {
    const fact = `${where} lets accounts ${accounts.join(", ")} read without binding them to the organisation`;
    return [violation(holder, fact, remediation)];
  }
  const decidedBy = "the ARN of the secret, or an account in the provider's settings";
  return accounts.map((accountId) =>
    undecided(holder, `whether account ${accountId} in ${where} owns the secret is not known`, decidedBy),
  );
}

function checkAccount(
  secret: SecretNode,
  document: PolicyDocument,
  accountId: string,
  organization: Organization,
): readonly Problem[] {
  const { id, accounts } = organization;
  const tried = [...organizationsIn(document), otherOrganization].map((one) => ({
    organization: one,
    answer: canRead(document, secret, accountId, one).kind,
  }));
  const admitting = tried.flatMap((one) => (one.answer === "admitted" ? [one.organization] : []));
  const complex = tried.some(({ answer }) => answer === "too-complex");
  if (admitting.length === 0) return complex ? [{ accountId, kind: "too-complex" }] : [];
  if (accounts.length > 0 && !accounts.includes(accountId)) return [{ accountId, kind: "not-allowed" }];
  if (admitting.includes(undefined) || admitting.includes(otherOrganization)) {
    return [{ accountId, kind: "unbound" }];
  }
  if (complex) return [{ accountId, kind: "too-complex" }];
  const elsewhere = id !== "" && admitting.some((one) => one !== id);
  return elsewhere ? [{ accountId, kind: "elsewhere" }] : [];
}
