import { isRandom } from "../../credential/form";
import { credentialsIn } from "../../credential/judgement";
import { scan } from "../../credential/scanner";
import { credentialFindings, OpenValue } from "../../credential/open-values";
import { violation } from "../../findings";
import { Graph } from "../../graph";
import { Leaf, leavesOf } from "../../leaves";
import { Resource, types } from "../../resource";
import { Finding, graphRule } from "../../rule";
import { readString } from "../../tri-state";

const remediation = "Remove the value: give the ARN of a secret instead";

/** HC-06. */
export const outputsTagsNoCredentials = graphRule({
  id: "outputs-tags-no-credentials",
  code: "HC-06",
  title: "No credentials stand in stack outputs, tags, names or descriptions",
  severity: "high",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "8.6.2" }],
  mapsTo: { prowler: ["cloudformation_stack_outputs_find_secrets"] },
  remediation,
  settings: {
    outputs: {
      type: "boolean",
      default: true,
      description:
        "Look at stack outputs as well. A pack cannot see which of them Pulumi encrypts: switch it off for stacks that " +
        "export secrets on purpose.",
    },
  },
  prepare: (graph) =>
    scan(
      graph.resources
        .flatMap((resource) => [...labelsOf(resource), ...outputsOf(resource)])
        .flatMap(({ value }) => (value.state === "known" ? [value.value] : [])),
    ),
  check: (graph, config) => [
    ...(config.outputs ? outputs(graph) : []),
    ...graph.resources.flatMap((resource) => credentialFindings(resource, labelsOf(resource), remediation)),
  ],
});

const openProperties = ["tags", "description", "name"];

/**
 * What everybody reads who may list resources. A tag is judged by its name as well, a name or a description by its form
 * only. Without a known value there is nothing to say.
 */
function labelsOf(resource: Resource): readonly OpenValue[] {
  if (resource.type === types.stack) return [];
  return openProperties
    .flatMap((property) => leavesOf(resource, property))
    .filter(({ value }) => value.state === "known")
    .map((leaf) => ({ ...leaf, name: nameOf(leaf) }));
}

/** Tags say things about secrets, such as their owner: a name counts only where the value is random. */
function nameOf({ path, value }: Leaf): string {
  return path[0] === "tags" && value.state === "known" && isRandom(value.value) ? String(path[1] ?? "") : "";
}

function outputsOf(resource: Resource): readonly OpenValue[] {
  if (resource.type !== types.stack) return [];
  return Object.keys(resource.props).flatMap((property) =>
    leavesOf(resource, property).map((leaf) => ({ ...leaf, name: String(leaf.path.at(-1)) })),
  );
}

/** What an exported state has redacted is encrypted, and what is not known has no form yet. */
function outputs(graph: Graph): readonly Finding[] {
  return graph.of(types.stack).flatMap((stack) =>
    outputsOf(stack).flatMap(({ path, name }): readonly Finding[] => {
      const value = readString(stack.props, ...path);
      if (value.state !== "known") return [];
      return credentialsIn({ name, text: value.value }).map(({ why }) =>
        violation(stack, `the stack's output ${path.join(".")} ${why}`, remediation),
      );
    }),
  );
}
