import { undecided, violation } from "../../findings";
import { input, label, Resource, types } from "../../stack/resource";
import { isPlaceholder } from "../../credential/placeholder";
import { Finding, graphRule } from "../../rule";
import { readString } from "../../stack/tri-state";

const remediation =
  "Let a rotation function or a generator make the value, or put it out of band or with secretStringWo";

/**
 * SM-15. A preview does not tell a literal from a value of the configuration: both are computed from no resource, and
 * both stand in every state file.
 */
export const secretValueGenerated = graphRule({
  id: "secret-value-generated",
  code: "SM-15",
  title: "Values of secrets are generated, neither written in the program nor placeholders",
  severity: "high",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "8.6.2" }],
  mapsTo: {},
  remediation,
  settings: {
    acceptConfiguration: {
      type: "boolean",
      default: false,
      description:
        "Accept values that the program does not compute: they may come from encrypted configuration.",
    },
  },
  check: (graph, { acceptConfiguration }) =>
    graph.of(types.secretVersion).flatMap((version) => checkVersion(version, acceptConfiguration)),
});

function checkVersion(version: Resource, acceptConfiguration: boolean): readonly Finding[] {
  const where = label(version);
  const texts = ["secretString", "secretStringWo"].map((property) => input(version, readString, property));
  if (texts.some((text) => text.state === "known" && isPlaceholder(text.value))) {
    return [violation(version, `${where} puts a placeholder where the value belongs`, remediation)];
  }
  const stored = ["secretString", "secretBinary"].filter(
    (property) => input(version, readString, property).state !== "absent",
  );
  if (acceptConfiguration || stored.length === 0) return [];
  const sources = stored.map((property) => sourcesOf(version, property));
  if (sources.some((source) => source === "some")) return [];
  if (sources.includes("untold")) {
    return [
      undecided(version, `where the value of ${where} comes from is not known`, "a preview or an update"),
    ];
  }
  const fact = `the value of ${where} stands in the program or its configuration, and in every state file`;
  return [violation(version, fact, remediation)];
}

/** Whether the value is computed from resources; a state of an old engine does not tell. */
function sourcesOf(version: Resource, property: string): "some" | "none" | "untold" {
  const { propertyDependencies, dependencies } = version;
  if (propertyDependencies !== undefined) {
    return (propertyDependencies[property] ?? []).some(({ type }) => type !== types.secret) ? "some" : "none";
  }
  if (dependencies === undefined) return "untold";
  return dependencies.some(({ type }) => type !== types.secret) ? "some" : "none";
}
