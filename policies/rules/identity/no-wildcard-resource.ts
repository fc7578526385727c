import { administers } from "../../documents/administrator";
import { Wish } from "../../facts/identities/identity-probe";
import { judgeDocuments, verdictOnAll } from "../../documents/judge-documents";
import { graphRule } from "../../rule";

const remediation =
  "Name the resources by ARN, or hold the statement with a condition on what the resource is, such as its tags";

/** IAM-03. An administrator's policy is IAM-01's alone. */
export const noWildcardResource = graphRule({
  id: "no-wildcard-resource",
  code: "IAM-03",
  title: "Identity policies name the secrets, and whatever else they are about",
  severity: "high",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.5" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_355", "CKV_AWS_356"],
    trivy: ["AWS-0057"],
    cdkNag: ["AwsSolutions-IAM5"],
    cfnNag: ["W11", "W12", "W13"],
  },
  remediation,
  settings: {
    actions: {
      type: "array",
      items: { type: "string", pattern: "^[a-z0-9-]+:[A-Za-z]+$" },
      default: [
        ...[
          "GetSecretValue",
          "PutSecretValue",
          "UpdateSecret",
          "UpdateSecretVersionStage",
          "DeleteSecret",
        ].map((name) => `secretsmanager:${name}`),
        ...["GetParameter", "GetParameters", "GetParametersByPath", "GetParameterHistory"].map(
          (name) => `ssm:${name}`,
        ),
        "sts:AssumeRole",
      ],
      description: "Actions that a policy may allow for named resources only.",
    },
  },
  check: (graph, { actions }) =>
    judgeDocuments(graph, remediation, (use) =>
      administers(use).kind === "refused"
        ? [
            verdictOnAll(
              use,
              wishes(actions),
              (granted) => `${use.where} allows ${granted} on whatever there is`,
            ),
          ]
        : [],
    ),
});

function wishes(actions: readonly string[]): readonly Wish[] {
  return actions.map((action) => ({ action }));
}
