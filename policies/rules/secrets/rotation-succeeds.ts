import { undecided, violation } from "../../findings";
import { Graph } from "../../stack/graph";
import { input, label, Resource, types } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { indexesOf, read, readArray, readBoolean } from "../../stack/tri-state";

/**
 * SM-07. When a secret was last rotated is in no program and in no state, only in Secrets Manager: AWS Config's rule
 * looks there. What a state does tell is that a rotation is switched off or stuck: a version that stayed pending stops
 * every later rotation.
 */
export const rotationSucceeds = graphRule({
  id: "rotation-succeeds",
  code: "SM-07",
  title: "Rotations are switched on, and none is stuck",
  severity: "medium",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "8.6.3" }],
  mapsTo: {
    securityHub: ["SecretsManager.2"],
    awsConfig: ["secretsmanager-scheduled-rotation-success-check"],
  },
  remediation: "Find out why the rotation stopped, and rotate again",
  settings: {
    reportUnknown: {
      type: "boolean",
      default: false,
      description:
        "Also say of each rotation that only Secrets Manager can tell whether it succeeded lately.",
    },
  },
  check: (graph, { reportUnknown }) => [
    ...graph.rotations.flatMap((rotation) => checkRotation(rotation, reportUnknown)),
    ...stuckVersions(graph),
  ],
});

function checkRotation(rotation: Resource, reportUnknown: boolean): readonly Finding[] {
  const where = label(rotation);
  const enabled = input(rotation, readBoolean, "rotationEnabled");
  if (enabled.state === "known" && !enabled.value) {
    return [violation(rotation, `${where} is switched off`, "Start the rotation again with RotateSecret")];
  }
  if (!reportUnknown) return [];
  const decidedBy = "LastRotatedDate of DescribeSecret";
  return [undecided(rotation, `whether ${where} succeeded lately is not in the state`, decidedBy)];
}

/** A version that waits beside the current one: the program's own first value is both or current only. */
function stuckVersions(graph: Graph): readonly Finding[] {
  return graph.of(types.secretVersion).flatMap((version) => {
    const list = input(version, readArray, "versionStages");
    const stages = indexesOf(list).map((index) => read(version.props, "versionStages", index));
    const names = stages.map((stage) => (stage.state === "known" ? stage.value : undefined));
    if (!names.includes("AWSPENDING") || names.includes("AWSCURRENT")) return [];
    const fact = `${label(version)} is still pending, which stops every later rotation`;
    return [violation(version, fact, "Finish the rotation, or take AWSPENDING off the version")];
  });
}
