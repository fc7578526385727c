import { SecretsEndpoint, secretsEndpoints } from "../../facts/network/endpoints";
import { undecided, violation } from "../../findings";
import { followList } from "../../stack/follow-list";
import { Graph } from "../../stack/graph";
import { IngressRule, ingressOf } from "../../facts/network/ingress";
import { Lookup } from "../../stack/join";
import { deciders, input, label, types } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { orDefault, readArray, readBoolean } from "../../stack/tri-state";

/** VPCE-03. */
export const endpointReachablePrivately = graphRule({
  id: "endpoint-reachable-privately",
  code: "VPCE-03",
  title: "Endpoints have the service's usual name and are open on port 443 only, to networks of yours only",
  severity: "medium",
  frameworks: [],
  mapsTo: {},
  remediation: "Set privateDnsEnabled, and a security group that lets in port 443 from the readers only",
  settings: {},
  check: (graph) => {
    const groups = new Lookup(graph.of(types.securityGroup), ["id"]);
    return secretsEndpoints(graph).flatMap((endpoint) => [
      ...checkName(endpoint),
      ...checkGroups(endpoint, groups, graph),
    ]);
  },
});

function checkName({ resource, service }: SecretsEndpoint): readonly Finding[] {
  const on = orDefault(input(resource, readBoolean, "privateDnsEnabled"), false);
  if (on.state === "unknown") {
    const reason = `whether ${label(resource)} has the usual name of ${service} is not known`;
    return [undecided(resource, reason, deciders(resource, "privateDnsEnabled"))];
  }
  if (on.state === "known" && on.value) return [];
  const fact = `calls to ${service} go past ${label(resource)}, which does not have the service's usual name`;
  return [violation(resource, fact, "Set privateDnsEnabled")];
}

function checkGroups({ resource }: SecretsEndpoint, groups: Lookup, graph: Graph): readonly Finding[] {
  const ids = input(resource, readArray, "securityGroupIds");
  const where = label(resource);
  if (ids.state === "absent" || (ids.state === "known" && ids.value.length === 0)) {
    const fact = `${where} has the default security group of its network, which lets in whatever shares it`;
    return [violation(resource, fact, "Name a security group of its own in securityGroupIds")];
  }
  const attached = followList(groups, resource, "securityGroupIds");
  if (attached.length > 0) return attached.flatMap((group) => ingressOf(group, graph).flatMap(checkIngress));
  const decidedBy =
    ids.state === "known" ? "the stack that makes them" : deciders(resource, "securityGroupIds");
  return [undecided(resource, `what the security groups of ${where} let in is not known`, decidedBy)];
}

function checkIngress(rule: IngressRule): readonly Finding[] {
  const where = label(rule.holder);
  if (rule.unknown !== undefined) {
    return [
      undecided(rule.holder, `what ${where} lets in is not known`, deciders(rule.holder, rule.unknown)),
    ];
  }
  const found: Finding[] = [];
  if (rule.fromAnywhere) {
    const fact = `${where} lets the whole internet reach the endpoint`;
    found.push(violation(rule.holder, fact, "Name the security groups or the addresses of the readers"));
  }
  if (!rule.httpsOnly) {
    const fact = `${where} opens more than port 443 of the endpoint`;
    found.push(violation(rule.holder, fact, "Let in TCP port 443 only"));
  }
  return found;
}
