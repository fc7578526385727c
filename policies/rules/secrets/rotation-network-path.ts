import { secretsEndpoints } from "../../facts/network/endpoints";
import { undecided, violation } from "../../findings";
import { Graph, SecretNode } from "../../stack/graph";
import { Link, Lookup } from "../../stack/join";
import { databaseGroups, databasesOf } from "../../facts/databases/rotated-databases";
import { deciders, input, label, Resource, types } from "../../stack/resource";
import { rotationRoles } from "../../facts/rotation/rotation-roles";
import { Finding, graphRule } from "../../rule";
import { groupRules, lets } from "../../facts/network/security-group-rules";
import { hasWayOut, vpcOf } from "../../facts/network/subnet-routes";
import { indexesOf, readArray, readBoolean } from "../../stack/tri-state";

const remediation =
  "Give the function's subnets an interface endpoint of Secrets Manager with private DNS or a route to a NAT gateway, " +
  "and let its security groups through to the endpoint and the database";

/** SM-06. What is not in the stack cannot be told; a function outside of any VPC reaches Secrets Manager by itself. */
export const rotationNetworkPath = graphRule({
  id: "rotation-network-path",
  code: "SM-06",
  title: "A rotation function in a VPC reaches Secrets Manager and its database",
  severity: "medium",
  frameworks: [{ name: "NIST SP 800-53", version: "5", reference: "CP-10" }],
  mapsTo: {},
  remediation,
  settings: {},
  check: (graph) =>
    rotationRoles(graph).flatMap(({ function: code, secrets }) => checkFunction(code, secrets, graph)),
});

function checkFunction(code: Resource, secrets: readonly SecretNode[], graph: Graph): readonly Finding[] {
  const subnets = linksIn(code, "subnetIds", new Lookup(graph.of(types.subnet), ["id", "arn"]));
  const groups = linksIn(code, "securityGroupIds", new Lookup(graph.of(types.securityGroup), ["id"]));
  if (subnets.length === 0) return [];
  const where = label(code);
  const strange = [...subnets, ...groups].some(({ kind }) => kind !== "inside");
  if (strange) {
    const reason = `the subnets and security groups of ${where} are not in this stack`;
    return [undecided(code, reason, "the stack that holds the network")];
  }
  const inSubnets = insideOf(subnets);
  const inGroups = insideOf(groups);
  const shut = inGroups.filter((group) => letsNothingOut(group, graph));
  if (inGroups.length > 0 && shut.length === inGroups.length) {
    const fact = `no security group of ${where} lets anything out: ${shut.map(label).join(", ")}`;
    return [violation(code, fact, remediation)];
  }
  return [
    ...inSubnets.flatMap((subnet) => checkSubnet(code, subnet, inGroups, graph)),
    ...databasesOf(code, secrets, graph).flatMap((database) =>
      checkDatabase(code, database, inGroups, graph),
    ),
  ];
}

function letsNothingOut(group: Resource, graph: Graph): boolean {
  return groupRules(group, "egress", graph)?.length === 0;
}

function linksIn(code: Resource, property: string, lookup: Lookup): readonly Link[] {
  const list = input(code, readArray, "vpcConfig", property);
  if (list.state === "absent") return [];
  if (list.state === "unknown") return [lookup.follow(code, "vpcConfig")];
  return indexesOf(list).map((index) => lookup.follow(code, "vpcConfig", property, index));
}

function insideOf(links: readonly Link[]): readonly Resource[] {
  return [...new Set(links.flatMap((link) => (link.kind === "inside" ? link.resources : [])))];
}

function checkSubnet(
  code: Resource,
  subnet: Resource,
  groups: readonly Resource[],
  graph: Graph,
): readonly Finding[] {
  const where = `${label(code)} in ${label(subnet)}`;
  const out = hasWayOut(subnet, graph);
  if (out === true) return [];
  const vpc = vpcOf(subnet, graph);
  const endpoints = secretsEndpoints(graph)
    .filter(({ service }) => service === "secretsmanager")
    .map(({ resource }) => resource)
    .filter((endpoint) => vpc !== undefined && vpcOf(endpoint, graph) === vpc);
  const answers = endpoints.map((endpoint) => serves(endpoint, groups, graph));
  if (answers.includes("yes")) return [];
  if (out === "unknown" || answers.includes("unknown") || vpc === undefined || !vpc.startsWith("urn:")) {
    const reason = `whether ${where} reaches Secrets Manager is not known`;
    return [undecided(code, reason, "the routes and the endpoints of its VPC")];
  }
  const fact = answers.includes("closed")
    ? `the endpoint of Secrets Manager does not let in ${where}`
    : `${where} reaches no Secrets Manager`;
  return [violation(code, fact, remediation)];
}

function serves(
  endpoint: Resource,
  groups: readonly Resource[],
  graph: Graph,
): "yes" | "closed" | "no" | "unknown" {
  const dns = input(endpoint, readBoolean, "privateDnsEnabled");
  if (dns.state === "unknown") return "unknown";
  if (dns.state === "absent" || !dns.value) return "no";
  const links = groupLinks(endpoint, "securityGroupIds", graph);
  if (links.length === 0 || links.some(({ kind }) => kind !== "inside")) return "unknown";
  return admits(insideOf(links), 443, groups, graph);
}

function checkDatabase(
  code: Resource,
  { resource, port }: { readonly resource: Resource; readonly port: number | undefined },
  groups: readonly Resource[],
  graph: Graph,
): readonly Finding[] {
  const links = databaseGroups(resource).flatMap((property) => groupLinks(resource, property, graph));
  if (links.length === 0 || links.some(({ kind }) => kind !== "inside")) {
    const reason = `whether ${label(resource)} lets in ${label(code)} is not known`;
    return [undecided(code, reason, "the security groups of the database")];
  }
  switch (admits(insideOf(links), port, groups, graph)) {
    case "yes":
      return [];
    case "unknown":
      return [
        undecided(
          code,
          `whether ${label(resource)} lets in ${label(code)} is not known`,
          deciders(resource, "id"),
        ),
      ];
    case "closed": {
      const fact = `no security group of ${label(resource)} lets in ${label(code)}`;
      return [violation(code, fact, remediation)];
    }
  }
}

function groupLinks(resource: Resource, property: string, graph: Graph): readonly Link[] {
  const lookup = new Lookup(graph.of(types.securityGroup), ["id"]);
  const list = input(resource, readArray, property);
  if (list.state === "absent") return [];
  if (list.state === "unknown") return [lookup.follow(resource, property)];
  return indexesOf(list).map((index) => lookup.follow(resource, property, index));
}

function admits(
  to: readonly Resource[],
  port: number | undefined,
  from: readonly Resource[],
  graph: Graph,
): "yes" | "closed" | "unknown" {
  const rules = to.map((group) => groupRules(group, "ingress", graph));
  if (rules.some((one) => one !== undefined && lets(one, port, from))) return "yes";
  return rules.includes(undefined) ? "unknown" : "closed";
}
