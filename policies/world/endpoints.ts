import { Endpoint, symbolFor, WorldDocument } from "../../iam/proof";
import { documentIn } from "../documents/document";
import { Graph } from "../stack/graph";
import { Lookup } from "../stack/join";
import { input, label, Resource, types } from "../stack/resource";
import { read, readString } from "../stack/tri-state";
import { knownPlaceOf } from "../stack/place";
import { worldDocument } from "./documents";

/**
 * VPC endpoints of AWS services, of interface type.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointsOf(graph: Graph): readonly Endpoint[] {
  const resources = graph.of(types.vpcEndpoint);
  const lookup = new Lookup(resources, ["id", "arn"]);
  const policies = new Map<string, Resource>();
  for (const policy of graph.of(types.vpcEndpointPolicy)) {
    const link = lookup.follow(policy, "vpcEndpointId");
    for (const endpoint of link.kind === "inside" ? link.resources : []) policies.set(endpoint.urn, policy);
  }
  return resources.flatMap((resource) => endpointOf(resource, policies.get(resource.urn)));
}

function endpointOf(resource: Resource, split: Resource | undefined): readonly Endpoint[] {
  const place = knownPlaceOf(resource);
  const service = input(resource, readString, "serviceName");
  const name = service.state === "known" ? /^com\.amazonaws\.[a-z0-9-]+\.(.+)$/.exec(service.value)?.[1] : "";
  if (place === undefined || !name) return [];
  const id = endpointId(resource);
  const policy = policyOf(resource, split, id);
  return [
    {
      id,
      vpcId: vpcOf(resource),
      accountId: place.accountId,
      region: place.region,
      service: name,
      ...(policy === undefined ? {} : { policy }),
    },
  ];
}

/** A policy that is not set is full access. */
function policyOf(resource: Resource, split: Resource | undefined, id: string): WorldDocument | undefined {
  const own = documentIn(split ?? resource, "policy", "endpoint");
  return own === undefined ? undefined : worldDocument(own, `policy of VPC endpoint ${id}`);
}

/** The id, which is the resource's own in the engine's sense and so not always among its properties. */
function endpointId(resource: Resource): string {
  for (const property of ["id", "arn"]) {
    const value = readString(resource.props, property);
    const id = value.state === "known" ? /vpce-[0-9a-f]+$/.exec(value.value)?.[0] : undefined;
    if (id !== undefined) return id;
  }
  return `vpce-${symbolFor({ of: `id of ${label(resource)}`, shape: "*" })}`;
}

function vpcOf(resource: Resource): string {
  const vpc = input(resource, readString, "vpcId");
  if (vpc.state === "known") return vpc.value;
  const source = resource.propertyDependencies?.["vpcId"]?.[0];
  const isSet = input(resource, read, "vpcId").state !== "absent";
  const of = isSet && source !== undefined ? `id of ${label(source)}` : `VPC of ${label(resource)}`;
  return `vpc-${symbolFor({ of, shape: "*" })}`;
}
