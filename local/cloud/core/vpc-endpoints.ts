import { ApiError } from "./api-error";
import { attachedText } from "./compiled-policies";
import { RequestEndpoint } from "./operation";
import { Store } from "./store";

/** A VPC endpoint as Cloud Control keeps it. */
interface EndpointRecord {
  readonly accountId: string;
  readonly region: string;
  readonly id: string;
  readonly properties: {
    readonly VpcId: string;
    readonly ServiceName: string;
    readonly PolicyDocument?: string | object;
  };
}

const FULL_ACCESS = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
});

/**
 * The endpoint a request travels through. An endpoint serves one service in its Region; a request from the same VPC to
 * another service takes the endpoint of that VPC that serves it, or else none, as it would by private DNS names.
 *
 * @throws ApiError when there is no endpoint of that id
 */
export function requestEndpoint(
  store: Store,
  endpointId: string,
  service: string,
  region: string,
): RequestEndpoint | undefined {
  const all = [...store.table<EndpointRecord>("cloudcontrol:AWS::EC2::VPCEndpoint").values()];
  const named = all.find(({ id }) => id === endpointId);
  if (!named) {
    throw new ApiError("InvalidVpcEndpointId.NotFound", `The Vpc Endpoint Id '${endpointId}' does not exist`);
  }
  const serves = ({ region: home, properties }: EndpointRecord) =>
    home === region && properties.ServiceName === `com.amazonaws.${region}.${service}`;
  const record = serves(named)
    ? named
    : all.find((other) => serves(other) && other.properties.VpcId === named.properties.VpcId);
  if (!record) return undefined;
  const { PolicyDocument: policy = FULL_ACCESS, VpcId: vpcId } = record.properties;
  const text = typeof policy === "string" ? policy : JSON.stringify(policy);
  return {
    endpointId: record.id,
    vpcId,
    accountId: record.accountId,
    policy: attachedText(`policy of VPC endpoint ${record.id}`, text),
  };
}
