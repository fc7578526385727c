import { isRandom, mayHaveForm } from "../../credential/form";
import { credentialsIn } from "../../credential/judgement";
import { scan } from "../../credential/scanner";
import { credentialFindings, OpenValue } from "../../credential/open-values";
import { undecided, violation } from "../../findings";
import { Leaf, leavesOf } from "../../stack/leaves";
import { Resource, types } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { isUnder } from "../../taint/secret-paths";

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
  settings: {},
  prepare: (graph) =>
    scan(
      graph.resources
        .flatMap((resource) => [...labelsOf(resource), ...outputsOf(resource)])
        .flatMap(({ value }) => (value.state === "known" ? [value.value] : [])),
    ),
  check: (graph) => [
    ...graph.of(types.stack).flatMap(outputFindings),
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
    .filter(({ value }) => value.state === "known" && mayHaveForm(value.value))
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

/** Pulumi encrypts outputs that are secrets. */
function outputFindings(stack: Resource): readonly Finding[] {
  return outputsOf(stack).flatMap(({ path, name, value }): readonly Finding[] => {
    if (value.state !== "known" || isUnder(stack.secretPaths ?? [], path)) return [];
    return credentialsIn({ name, text: value.value }).map(({ why }) => {
      const output = `the stack's output ${path.join(".")}`;
      return stack.secretPaths === undefined
        ? undecided(
            stack,
            `whether Pulumi encrypts ${output} is not known`,
            "an SDK that tells secrets apart",
          )
        : violation(stack, `${output} is not encrypted and ${why}`, remediation);
    });
  });
}
