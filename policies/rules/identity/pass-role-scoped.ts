import { administers } from "../../documents/administrator";
import { DocumentUse } from "../../documents/document-uses";
import { grants } from "../../facts/identities/identity-probe";
import { judgeDocuments, Verdict, verdictOn } from "../../documents/judge-documents";
import { namedArns } from "../../documents/named-arns";
import { graphRule } from "../../rule";

const remediation =
  "Name the roles, and the services they may be passed to in a condition on iam:PassedToService";
const action = "iam:PassRole";

/** Stands for a service that no policy names. */
const otherService = { "iam:passedtoservice": "strongroom-unrelated.amazonaws.com" };

/** IAM-05. An administrator's policy is IAM-01's alone. A request to pass a role always says to which service. */
export const passRoleScoped = graphRule({
  id: "pass-role-scoped",
  code: "IAM-05",
  title: "Roles can be passed only by name, and only to named services",
  severity: "high",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.2" },
  ],
  mapsTo: {
    trivy: ["AWS-0342"],
    cfnNag: ["F38", "F39", "F40"],
    kics: ["e39bee8c"],
    prowler: ["iam_policy_allows_privilege_escalation"],
  },
  remediation,
  settings: {
    requireService: {
      type: "boolean",
      default: true,
      description: "Also demand that a condition names the services that a role may be passed to.",
    },
  },
  check: (graph, { requireService }) =>
    judgeDocuments(graph, remediation, (use) =>
      administers(use).kind === "refused" ? [judge(use, requireService)] : [],
    ),
});

function judge(use: DocumentUse, requireService: boolean): Verdict {
  const anyRole = grants(use, { action });
  if (anyRole.kind !== "refused")
    return verdictOn(use, anyRole, () => `${use.where} lets it pass every role`);
  if (!requireService) return undefined;
  const toAny = grants(use, { action, arns: namedArns(use, "iam"), context: otherService });
  return verdictOn(use, toAny, ({ arn }) => `${use.where} lets it pass ${arn} to every service`);
}
