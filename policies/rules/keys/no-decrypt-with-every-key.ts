import { administers } from "../../documents/administrator";
import { DocumentUse } from "../../documents/document-uses";
import { Wish } from "../../facts/identities/identity-probe";
import { judgeDocuments, Verdict, verdictOnAll } from "../../documents/judge-documents";
import { graphRule } from "../../rule";

const remediation =
  "Name the keys, or hold the statement with kms:ViaService and kms:EncryptionContext:SecretARN";

const actions = ["kms:Decrypt", "kms:ReEncryptFrom"];

/** A call of KMS itself, not through another service. */
const direct = { "kms:viaservice": [] } as const;

/** KMS-05. Conditions count: what is held to one encryption context is not every key's. */
export const noDecryptWithEveryKey = graphRule({
  id: "no-decrypt-with-every-key",
  code: "KMS-05",
  title: "No identity policy lets its holder decrypt with every key",
  severity: "high",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "AC-6(3)" },
    { name: "PCI DSS", version: "4.0.1", reference: "3.5.1" },
    { name: "PCI DSS", version: "4.0.1", reference: "3.6.1" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_107", "CKV_AWS_287", "CKV_AWS_356"],
    securityHub: ["KMS.1", "KMS.2"],
    awsConfig: ["iam-customer-policy-blocked-kms-actions", "iam-inline-policy-blocked-kms-actions"],
    prowler: ["iam_policy_no_full_access_to_kms", "iam_inline_policy_no_full_access_to_kms"],
  },
  remediation,
  settings: {
    acceptViaService: {
      type: "boolean",
      default: true,
      description:
        "Accept every key where only an AWS service may use it on the caller's behalf: the service asks for a " +
        "permission of its own.",
    },
  },
  check: (graph, { acceptViaService }) =>
    judgeDocuments(graph, remediation, (use) =>
      administers(use).kind === "refused" ? [judge(use, acceptViaService)] : [],
    ),
});

function judge(use: DocumentUse, acceptViaService: boolean): Verdict {
  const wishes = actions.map((action): Wish => (acceptViaService ? { action, context: direct } : { action }));
  return verdictOnAll(use, wishes, (granted) => `${use.where} allows ${granted} with every key`);
}
