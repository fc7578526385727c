import { kindOfName } from "../../credential/key-name";
import { customerKeyFindings } from "../../facts/keys/customer-key";
import { Graph } from "../../stack/graph";
import { input, label, Resource, types } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { read } from "../../stack/tri-state";

const remediation = "Set kmsKeyArn to a customer managed key that the function's role may use";

/** LAM-02. */
export const functionVariablesCustomerKey = graphRule({
  id: "function-variables-customer-key",
  code: "LAM-02",
  title: "Confidential environment variables of Lambda functions are encrypted with a customer managed key",
  severity: "medium",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "3.5.1" }],
  mapsTo: {
    checkov: ["CKV_AWS_173"],
    prowler: ["awslambda_function_env_vars_not_encrypted_with_cmk"],
  },
  remediation,
  settings: {
    everyFunction: {
      type: "boolean",
      default: false,
      description:
        "Demand the key of every function with variables. By default only of those with a variable whose name is that " +
        "of a credential or a key: Lambda encrypts variables with a key of its own in any case.",
    },
  },
  check: (graph, config) =>
    graph.of(types.function).flatMap((fn) => checkFunction(fn, graph, config.everyFunction)),
});

function checkFunction(fn: Resource, graph: Graph, every: boolean): readonly Finding[] {
  const variables = input(fn, read, "environment", "variables");
  const names = variables.state === "known" ? Object.keys(Object(variables.value)) : [];
  // Variables that are not known are there; their names are in the inputs at the latest when the function is made.
  const concerned = every
    ? variables.state === "unknown" || names.length > 0
    : names.some((name) => kindOfName(name) !== "other");
  if (!concerned) return [];
  const what = `the environment of ${label(fn)}`;
  return customerKeyFindings(graph, { resource: fn, property: "kmsKeyArn", what, fix: remediation });
}
