import { undecided, violation } from "../../findings";
import { deciders, label, types } from "../../stack/resource";
import { graphRule } from "../../rule";
import { trailGaps } from "../../facts/audit/trails";

const remediation =
  "Give one trail isMultiRegionTrail, enableLogging and all management events, those of KMS among them";

/** CT-01. */
export const trailComplete = graphRule({
  id: "trail-complete",
  code: "CT-01",
  title: "A trail logs every use of secrets and keys, in every Region",
  severity: "high",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "10.2.1" },
    { name: "CIS AWS Foundations", version: "5.0", reference: "3.1" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_67", "CKV_AWS_251"],
    trivy: ["AWS-0014"],
    kics: ["8173d5eb", "4bb76f17"],
    securityHub: ["CloudTrail.1", "CloudTrail.3"],
    awsConfig: ["multi-region-cloudtrail-enabled", "cloudtrail-enabled"],
    prowler: ["cloudtrail_multi_region_enabled", "cloudtrail_multi_region_enabled_logging_management_events"],
  },
  remediation,
  settings: {
    requireTrail: {
      type: "boolean",
      default: false,
      description: "Demand a trail in this stack. By default only a stack that has trails is judged.",
    },
    dataEvents: {
      type: "boolean",
      default: false,
      description: "Demand data events too. What is done with secrets and keys are management events.",
    },
  },
  check: (graph, config) => {
    const trails = graph.of(types.trail);
    const judged = trails.map((trail) => ({ trail, gaps: trailGaps(trail, config.dataEvents) }));
    if (judged.some(({ gaps }) => gaps?.length === 0)) return [];
    const [stack] = graph.of(types.stack);
    if (trails.length === 0 && config.requireTrail && stack !== undefined) {
      return [violation(stack, `${label(stack)} has no trail`, remediation)];
    }
    return judged.map(({ trail, gaps }) =>
      gaps === undefined
        ? undecided(trail, `what ${label(trail)} logs is not known`, deciders(trail, "eventSelectors"))
        : violation(trail, `${label(trail)} ${gaps.join(", and ")}`, remediation),
    );
  },
});
