import { credentialFindings, OpenValue, scanOpenValues } from "../../credential/open-values";
import { leavesOf } from "../../stack/leaves";
import { Resource, types } from "../../stack/resource";
import { resourceRule } from "../../rule";

const remediation =
  "Give the function the ARN of a secret in Secrets Manager and let it read the value when it runs";

/** LAM-01. */
export const functionVariablesNoCredentials = resourceRule({
  id: "function-variables-no-credentials",
  code: "LAM-01",
  title: "No credentials stand in the environment variables of Lambda functions",
  severity: "critical",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "8.6.2" },
    { name: "NIST SP 800-53", version: "5", reference: "IA-5(7)" },
  ],
  mapsTo: { checkov: ["CKV_AWS_45"], prowler: ["awslambda_function_no_secrets_in_variables"] },
  remediation,
  settings: {},
  appliesTo: types.function,
  prepare: (fn) => scanOpenValues(fn, variablesOf(fn)),
  check: (fn) => credentialFindings(fn, variablesOf(fn), remediation),
});

function variablesOf(fn: Resource): readonly OpenValue[] {
  return leavesOf(fn, "environment", "variables").map((leaf) => ({
    ...leaf,
    name: String(leaf.path[2] ?? ""),
  }));
}
