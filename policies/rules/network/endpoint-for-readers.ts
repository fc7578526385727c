import { SecretsEndpoint, secretsEndpoints } from "../../facts/network/endpoints";
import { undecided, violation } from "../../findings";
import { followList } from "../../stack/follow-list";
import { Graph } from "../../stack/graph";
import { Lookup } from "../../stack/join";
import { deciders, input, label, Resource, types } from "../../stack/resource";
import { rotationFunctions } from "../../facts/rotation/rotation-functions";
import { Finding, graphRule } from "../../rule";
import { indexesOf, readArray, readString } from "../../stack/tri-state";

/** VPCE-01. */
export const endpointForReaders = graphRule({
  id: "endpoint-for-readers",
  code: "VPCE-01",
  title: "Networks that read secrets have an endpoint for Secrets Manager, in two zones",
  severity: "medium",
  frameworks: [{ name: "NIST SP 800-53", version: "5", reference: "SC-7" }],
  mapsTo: {
    awsConfig: ["vpc-endpoint-enabled", "service-vpc-endpoint-enabled"],
    prowler: ["vpc_endpoint_multi_az_enabled"],
  },
  remediation: "Add an interface endpoint for the service with subnets of two availability zones",
  settings: {
    services: {
      type: "array",
      items: { type: "string", enum: ["secretsmanager", "kms", "ssm"] },
      default: ["secretsmanager"] as readonly string[],
      description: "Services that a network with readers needs an endpoint for.",
    },
    minimumSubnets: {
      type: "integer",
      minimum: 1,
      maximum: 6,
      default: 2,
      description: "Fewest subnets of an endpoint, each in a zone of its own.",
    },
  },
  check: (graph, config) => [
    ...secretsEndpoints(graph).flatMap((endpoint) => checkSubnets(endpoint, config.minimumSubnets)),
    ...networksWithReaders(graph).flatMap((network) => checkNetwork(network, graph, config.services)),
  ],
});

function checkSubnets({ resource, associations }: SecretsEndpoint, minimum: number): readonly Finding[] {
  const subnets = input(resource, readArray, "subnetIds");
  if (subnets.state === "unknown") {
    return [
      undecided(resource, `the subnets of ${label(resource)} are not known`, deciders(resource, "subnetIds")),
    ];
  }
  const listed = indexesOf(subnets).map((index) => subnetAt(resource, index));
  const count = new Set(listed).size + associations.length;
  if (count >= minimum) return [];
  const fact = `${label(resource)} has ${count} of at least ${minimum} subnets, so that one zone can take it away`;
  return [violation(resource, fact, "Add subnets of other availability zones to subnetIds")];
}

/** Subnets that are not known yet are taken for different ones. */
function subnetAt(endpoint: Resource, index: number): string {
  const id = input(endpoint, readString, "subnetIds", index);
  return id.state === "known" ? id.value : `unknown ${index}`;
}

interface Network {
  readonly vpc: Resource;
  readonly reader: Resource;
}

/** Networks of the stack in which a function runs that rotates a secret or is told one. */
function networksWithReaders(graph: Graph): readonly Network[] {
  const rotating = rotationFunctions(graph);
  const subnets = new Lookup(graph.of(types.subnet), ["id"]);
  const vpcs = new Lookup(graph.of(types.vpc), ["id"]);
  const found = new Map<Resource, Resource>();
  for (const fn of graph.of(types.function)) {
    if (!rotating.has(fn) && !isToldSecret(fn)) continue;
    for (const vpc of networksOf(fn, subnets, vpcs)) if (!found.has(vpc)) found.set(vpc, fn);
  }
  return [...found].map(([vpc, reader]) => ({ vpc, reader }));
}

function isToldSecret(fn: Resource): boolean {
  return (fn.propertyDependencies?.["environment"] ?? []).some(({ type }) => type === types.secret);
}

function networksOf(fn: Resource, subnets: Lookup, vpcs: Lookup): readonly Resource[] {
  return followList(subnets, fn, "vpcConfig", "subnetIds").flatMap((subnet) => {
    const link = vpcs.follow(subnet, "vpcId");
    return link.kind === "inside" ? link.resources : [];
  });
}

function checkNetwork(
  { vpc, reader }: Network,
  graph: Graph,
  services: readonly string[],
): readonly Finding[] {
  const vpcs = new Lookup([vpc], ["id"]);
  const endpoints = secretsEndpoints(graph);
  return services.flatMap((service): readonly Finding[] => {
    const candidates = endpoints.filter((endpoint) => endpoint.service === service);
    const links = candidates.map(({ resource }) => vpcs.follow(resource, "vpcId").kind);
    if (links.includes("inside")) return [];
    const where = `${label(vpc)}, where ${label(reader)} reads secrets,`;
    if (links.includes("unknown")) {
      const names = candidates.map(({ resource }) => label(resource)).join(", ");
      return [
        undecided(
          vpc,
          `whether ${where} has an endpoint for ${service} is not known`,
          `the network of ${names}`,
        ),
      ];
    }
    return [
      violation(vpc, `${where} has no endpoint for ${service}`, `Add an interface endpoint for ${service}`),
    ];
  });
}
