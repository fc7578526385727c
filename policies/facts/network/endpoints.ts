import { attach } from "../../stack/attach";
import { Graph } from "../../stack/graph";
import { Lookup } from "../../stack/join";
import { input, Resource, types } from "../../stack/resource";
import { readString } from "../../stack/tri-state";

/** An interface endpoint of the stack for a service that handles secrets. */
export interface SecretsEndpoint {
  readonly resource: Resource;
  /** `secretsmanager`, `kms` or `ssm`. */
  readonly service: string;
  /** Policies from resources of their own, beside the endpoint's. */
  readonly policies: readonly Resource[];
  /** Subnets that are added from resources of their own. */
  readonly associations: readonly Resource[];
}

const handlesSecrets = /(?:^|\.)(secretsmanager|kms|ssm)(?:-fips)?$/;
const memo = new WeakMap<Graph, readonly SecretsEndpoint[]>();

/** Endpoints for Secrets Manager, KMS and Parameter Store, with what other resources add to them; made once a graph. */
export function secretsEndpoints(graph: Graph): readonly SecretsEndpoint[] {
  const earlier = memo.get(graph);
  if (earlier !== undefined) return earlier;
  const endpoints = graph.of(types.vpcEndpoint);
  const lookup = new Lookup(endpoints, ["id"]);
  const attached = (type: string) =>
    attach(graph.of(type), (one) => lookup.follow(one, "vpcEndpointId")).inside;
  const policies = attached(types.vpcEndpointPolicy);
  const associations = attached(types.vpcEndpointSubnetAssociation);
  const found = endpoints.flatMap((resource): readonly SecretsEndpoint[] => {
    const name = input(resource, readString, "serviceName");
    const service = name.state === "known" ? handlesSecrets.exec(name.value)?.[1] : undefined;
    const kind = input(resource, readString, "vpcEndpointType");
    if (service === undefined || (kind.state === "known" && kind.value !== "Interface")) return [];
    return [
      {
        resource,
        service,
        policies: policies.get(resource) ?? [],
        associations: associations.get(resource) ?? [],
      },
    ];
  });
  memo.set(graph, found);
  return found;
}
