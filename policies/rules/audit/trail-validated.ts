import { undecided, violation } from "../../findings";
import { deciders, input, label, Resource, types } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { orDefault, readBoolean, readString } from "../../stack/tri-state";

/** CT-03. */
export const trailValidated = graphRule({
  id: "trail-validated",
  code: "CT-03",
  title: "Trails prove that their files are unchanged, and go to CloudWatch, where alarms see them",
  severity: "medium",
  frameworks: [
    { name: "CIS AWS Foundations", version: "5.0", reference: "3.2" },
    { name: "PCI DSS", version: "4.0.1", reference: "10.3.4" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_36", "CKV2_AWS_10"],
    trivy: ["AWS-0016", "AWS-0162"],
    kics: ["52ffcfa6", "17b30f8f"],
    securityHub: ["CloudTrail.4", "CloudTrail.5"],
    awsConfig: ["cloud-trail-log-file-validation-enabled", "cloud-trail-cloud-watch-logs-enabled"],
    prowler: ["cloudtrail_log_file_validation_enabled", "cloudtrail_cloudwatch_logging_enabled"],
  },
  remediation: "Set enableLogFileValidation and cloudWatchLogsGroupArn",
  settings: {
    cloudWatch: {
      type: "boolean",
      default: true,
      description:
        "Demand the delivery to CloudWatch. Off where EventBridge or another system watches the trail.",
    },
  },
  check: (graph, config) =>
    graph
      .of(types.trail)
      .flatMap((trail) => [...checkValidation(trail), ...(config.cloudWatch ? checkDelivery(trail) : [])]),
});

function checkValidation(trail: Resource): readonly Finding[] {
  const on = orDefault(input(trail, readBoolean, "enableLogFileValidation"), false);
  if (on.state === "unknown") {
    const reason = `whether the files of ${label(trail)} can be validated is not known`;
    return [undecided(trail, reason, deciders(trail, "enableLogFileValidation"))];
  }
  if (on.state === "known" && on.value) return [];
  return [
    violation(
      trail,
      `nobody can tell whether files of ${label(trail)} were changed`,
      "Set enableLogFileValidation",
    ),
  ];
}

/** A group that is not known yet is one all the same. */
function checkDelivery(trail: Resource): readonly Finding[] {
  const group = input(trail, readString, "cloudWatchLogsGroupArn");
  if (group.state === "unknown" || (group.state === "known" && group.value !== "")) return [];
  return [violation(trail, `${label(trail)} does not go to CloudWatch`, "Set cloudWatchLogsGroupArn")];
}
