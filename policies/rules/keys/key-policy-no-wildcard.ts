import { HeldDocument } from "../../documents/document";
import { factsOf } from "../../documents/document-facts";
import { undecided, violation } from "../../findings";
import { KeyNode } from "../../stack/graph";
import { keyTarget } from "../../facts/keys/key-target";
import { publicAccess } from "../../documents/public-access";
import { label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";

const remediation =
  "Name the principals, or hold the wildcard with aws:PrincipalOrgID, aws:PrincipalAccount or kms:CallerAccount";

/** What gives the key away: using it, granting it, changing who may, and losing it. */
const actions = [
  "Decrypt",
  "GenerateDataKey",
  "Encrypt",
  "ReEncryptFrom",
  "CreateGrant",
  "PutKeyPolicy",
  "ScheduleKeyDeletion",
  "DisableKey",
].map((name) => `kms:${name}`);

/** KMS-02. */
export const keyPolicyNoWildcard = graphRule({
  id: "key-policy-no-wildcard",
  code: "KMS-02",
  title: "No key policy lets in a wildcard principal that no condition holds",
  severity: "critical",
  frameworks: [
    { name: "CIS AWS Foundations", version: "7.0", reference: "2.21" },
    { name: "PCI DSS", version: "4.0.1", reference: "3.6.1.3" },
    { name: "NIST SP 800-53", version: "5", reference: "AC-3" },
  ],
  mapsTo: { checkov: ["CKV_AWS_33"], securityHub: ["KMS.5"], awsConfig: ["kms-key-policy-no-public-access"] },
  remediation,
  settings: {},
  check: (graph) => graph.keys.flatMap((key) => key.policies.flatMap((policy) => checkDocument(key, policy))),
});

function checkDocument(key: KeyNode, policy: HeldDocument): readonly Finding[] {
  const { holder } = policy;
  const where = `the policy of ${label(holder)}`;
  if (policy.state === "unknown") return [undecided(holder, `${where} is not known`, policy.decidedBy)];
  if (policy.state === "unreadable") {
    return [violation(holder, `AWS refuses ${where}: ${policy.reason}`, "Write a policy that AWS accepts")];
  }
  const { who, answer } = publicAccess(policy.document, keyTarget(key, factsOf(policy.document), actions));
  if (answer.kind === "too-complex") {
    const reason = `${where} has too many conditions to try them all`;
    return [undecided(holder, reason, "a policy with fewer condition values")];
  }
  return answer.kind === "refused" ? [] : [violation(holder, `${where} lets in ${who}`, remediation)];
}
