import { customerKeyFindings } from "../../facts/keys/customer-key";
import { types } from "../../stack/resource";
import { graphRule } from "../../rule";

const remediation = "Set kmsKeyId to a customer managed key whose policy lets CloudTrail encrypt with it";

/** CT-02. */
export const trailCustomerKey = graphRule({
  id: "trail-customer-key",
  code: "CT-02",
  title: "The files of trails are encrypted with a customer managed key",
  severity: "medium",
  frameworks: [
    { name: "CIS AWS Foundations", version: "7.0", reference: "4.5" },
    { name: "PCI DSS", version: "4.0.1", reference: "10.3.2" },
    { name: "HIPAA", version: "2013", reference: "164.312(a)(2)(iv)" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_35", "CKV_AWS_294"],
    trivy: ["AWS-0015"],
    kics: ["5d9e3164"],
    securityHub: ["CloudTrail.2"],
    awsConfig: ["cloud-trail-encryption-enabled"],
    prowler: ["cloudtrail_kms_encryption_enabled"],
  },
  remediation,
  settings: {},
  check: (graph) =>
    graph
      .of(types.trail)
      .flatMap((resource) =>
        customerKeyFindings(graph, { resource, property: "kmsKeyId", fix: remediation }),
      ),
});
