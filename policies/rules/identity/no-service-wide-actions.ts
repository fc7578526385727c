import { administers, anyOperation } from "../../documents/administrator";
import { DocumentUse } from "../../documents/document-uses";
import { firstGranted } from "../../facts/identities/identity-probe";
import { judgeDocuments, Verdict, verdictOn } from "../../documents/judge-documents";
import { namedArns } from "../../documents/named-arns";
import { graphRule } from "../../rule";

const remediation = "List the actions that are needed";

/** IAM-02. An administrator's policy is IAM-01's alone. */
export const noServiceWideActions = graphRule({
  id: "no-service-wide-actions",
  code: "IAM-02",
  title: "No identity policy allows every action of a service that guards secrets",
  severity: "medium",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.2" },
    { name: "HIPAA", version: "2013", reference: "164.308(a)(3)(i)" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_49", "CKV_AWS_63"],
    cdkNag: ["AwsSolutions-IAM5", "HIPAA.Security-IAMPolicyNoStatementsWithFullAccess"],
    securityHub: ["IAM.21"],
    awsConfig: ["iam-policy-no-statements-with-full-access"],
    prowler: [
      "iam_policy_no_full_access_to_kms",
      "iam_inline_policy_no_full_access_to_kms",
      "iam_policy_no_full_access_to_cloudtrail",
      "iam_inline_policy_no_full_access_to_cloudtrail",
    ],
  },
  remediation,
  settings: {
    services: {
      type: "array",
      items: { type: "string", pattern: "^[a-z0-9-]+$" },
      default: ["secretsmanager", "kms", "ssm", "cloudtrail"],
      description: "Services, as actions name them, of which no policy may allow every action.",
    },
  },
  check: (graph, { services }) =>
    judgeDocuments(graph, remediation, (use) =>
      administers(use).kind === "refused" ? services.map((service) => judge(use, service)) : [],
    ),
});

function judge(use: DocumentUse, service: string): Verdict {
  const action = `${service}:${anyOperation}`;
  const answer = firstGranted(use, [{ action }, { action, arns: namedArns(use, service) }]);
  return verdictOn(use, answer, () => `${use.where} allows every action of ${service}`);
}
