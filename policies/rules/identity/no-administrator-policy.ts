import { administers, allowsEverything } from "../../documents/administrator";
import { whereOf } from "../../documents/document-uses";
import { violation } from "../../findings";
import { Graph } from "../../stack/graph";
import { identitiesOf } from "../../facts/identities/identities";
import { judgeDocuments, verdictOn } from "../../documents/judge-documents";
import { Finding, graphRule } from "../../rule";

const remediation = "Allow the actions that are needed, on the resources that are needed";

/** IAM-01. Also says of each identity policy that AWS would refuse it, so that the other rules need not. */
export const noAdministratorPolicy = graphRule({
  id: "no-administrator-policy",
  code: "IAM-01",
  title: "No identity policy allows every action, or every action of IAM",
  severity: "high",
  frameworks: [
    { name: "CIS AWS Foundations", version: "7.0", reference: "2.14" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.1" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.2" },
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
    { name: "HIPAA", version: "2013", reference: "164.308(a)(3)(i)" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_1", "CKV_AWS_62", "CKV_AWS_274", "CKV_AWS_275", "CKV2_AWS_40", "CKV2_AWS_56"],
    trivy: ["AWS-0057"],
    cdkNag: [
      "HIPAA.Security-IAMPolicyNoStatementsWithAdminAccess",
      "NIST.800.53.R4-IAMPolicyNoStatementsWithAdminAccess",
    ],
    cfnNag: ["F3", "F4", "F5", "W43"],
    kics: ["b1ffa705", "575a2155", "2f37c4a3", "132a8c31"],
    securityHub: ["IAM.1"],
    awsConfig: ["iam-policy-no-statements-with-admin-access"],
    prowler: [
      "iam_aws_attached_policy_no_administrative_privileges",
      "iam_customer_attached_policy_no_administrative_privileges",
      "iam_inline_policy_no_administrative_privileges",
      "iam_role_administratoraccess_policy",
      "iam_user_administrator_access_policy",
      "iam_group_administrator_access_policy",
    ],
  },
  remediation,
  settings: {},
  check: (graph) => [
    ...refused(graph),
    ...judgeDocuments(graph, remediation, (use) => [
      verdictOn(use, administers(use), () => {
        const what = allowsEverything(use)
          ? "every action"
          : "every action of IAM, with which its holder can give itself the others";
        return `${use.where} allows ${what}`;
      }),
    ]),
  ],
});

function refused(graph: Graph): readonly Finding[] {
  return identitiesOf(graph).documents.flatMap((held) => {
    if (held.state !== "unreadable") return [];
    return [
      violation(
        held.holder,
        `AWS refuses ${whereOf(held)}: ${held.reason}`,
        "Write a policy that AWS accepts",
      ),
    ];
  });
}
