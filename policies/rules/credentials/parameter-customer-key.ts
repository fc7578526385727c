import { customerKeyFindings } from "../../facts/keys/customer-key";
import { undecided } from "../../findings";
import { deciders, input, label, types } from "../../stack/resource";
import { graphRule } from "../../rule";
import { readString } from "../../stack/tri-state";

const remediation = "Set keyId to a customer managed key";

/** SSM-02. */
export const parameterCustomerKey = graphRule({
  id: "parameter-customer-key",
  code: "SSM-02",
  title: "Secure strings are encrypted with a customer managed key",
  severity: "medium",
  frameworks: [{ name: "NIST SP 800-53", version: "5", reference: "SC-28" }],
  mapsTo: { checkov: ["CKV_AWS_337"] },
  remediation,
  settings: {},
  check: (graph) =>
    graph.of(types.parameter).flatMap((resource) => {
      const type = input(resource, readString, "type");
      if (type.state === "unknown") {
        return [
          undecided(resource, `the type of ${label(resource)} is not known`, deciders(resource, "type")),
        ];
      }
      if (type.state === "absent" || type.value !== "SecureString") return [];
      return customerKeyFindings(graph, { resource, property: "keyId", fix: remediation });
    }),
});
