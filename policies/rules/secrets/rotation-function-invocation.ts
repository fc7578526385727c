import { undecided, violation } from "../../findings";
import { FunctionNode, Graph } from "../../stack/graph";
import { parseArn } from "../../stack/location";
import { deciders, input, label, Resource } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { read, readString } from "../../stack/tri-state";

const service = "secretsmanager.amazonaws.com";
const remediation =
  `Give the function one Permission, for ${service} with sourceAccount or the ARN of the secret in sourceArn, ` +
  "and remove the others";

/** SM-04. */
export const rotationFunctionInvocation = graphRule({
  id: "rotation-function-invocation",
  code: "SM-04",
  title: "Only Secrets Manager, for secrets of one account, can invoke a rotation function",
  severity: "high",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.2" },
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
  ],
  mapsTo: { checkov: ["CKV_AWS_364"] },
  remediation,
  settings: {},
  check: (graph) => {
    const seen = new Set<Resource>();
    return graph.rotations.flatMap((rotation) => checkRotation(rotation, graph, seen));
  },
});

function checkRotation(rotation: Resource, graph: Graph, seen: Set<Resource>): readonly Finding[] {
  const link = graph.functionOf(rotation);
  if (link.kind === "none") return [];
  const where = `the rotation function of ${label(rotation)}`;
  if (link.kind === "unknown") {
    return [undecided(rotation, `${where} is not known`, deciders(rotation, "rotationLambdaArn"))];
  }
  if (link.kind === "outside") {
    return [undecided(rotation, `${where} is not in this stack`, "the stack that creates the function")];
  }
  return link.resources.flatMap((target) => {
    if (seen.has(target)) return [];
    seen.add(target);
    const node = graph.functions.find(({ resource }) => resource === target);
    return node === undefined ? [] : checkFunction(node, graph);
  });
}

function checkFunction(node: FunctionNode, graph: Graph): readonly Finding[] {
  const where = label(node.resource);
  const found = [
    ...node.permissions.flatMap((permission) => checkPermission(permission, where)),
    ...node.urls.map((url) =>
      violation(url, `${label(url)} opens the rotation function ${where}`, "Remove the URL"),
    ),
  ];
  if (node.permissions.some(isForService)) return found;
  const loose = graph.loosePermissions.filter(
    (permission) => readString(permission.props, "function").state !== "known",
  );
  const unclear = [...loose, ...node.permissions.filter(isUnclear)];
  if (unclear.length > 0) {
    const names = unclear.map(label).join(", ");
    return [
      ...found,
      undecided(node.resource, `${names} may be what lets Secrets Manager invoke ${where}`, names),
    ];
  }
  const fact = `nothing lets Secrets Manager invoke the rotation function ${where}, so no rotation can run`;
  return [...found, violation(node.resource, fact, remediation)];
}

function isForService(permission: Resource): boolean {
  const principal = readString(permission.props, "principal");
  return principal.state === "known" && principal.value === service;
}

function isUnclear(permission: Resource): boolean {
  return readString(permission.props, "principal").state === "unknown";
}

function checkPermission(permission: Resource, target: string): readonly Finding[] {
  const where = label(permission);
  const principal = readString(permission.props, "principal");
  if (principal.state === "unknown") {
    return [
      undecided(permission, `the principal of ${where} is not known`, deciders(permission, "principal")),
    ];
  }
  if (!isForService(permission)) {
    return [violation(permission, `${where} lets others than ${service} invoke ${target}`, remediation)];
  }
  return isBound(permission)
    ? []
    : [violation(permission, `${where} lets Secrets Manager invoke ${target} for any account`, remediation)];
}

/** A source that is not known yet is a single account or ARN all the same. */
function isBound(permission: Resource): boolean {
  const account = input(permission, readString, "sourceAccount");
  if (account.state === "unknown" || (account.state === "known" && account.value !== "")) return true;
  const arn = input(permission, readString, "sourceArn");
  if (arn.state !== "known") return arn.state === "unknown";
  return (
    /^\d{12}$/.test(parseArn(arn.value)?.account ?? "") &&
    input(permission, read, "sourceArn").state === "known"
  );
}
