import { ResourceType } from "../resource-type";
import { Properties } from "../values";
import { Place, cloudControlResource } from "./cloud-control-resource";
import { notOneOf } from "./constraints";

/** What AWS gives an endpoint that gets no policy. */
export const FULL_ACCESS_POLICY = JSON.stringify({
  Version: "2008-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
});

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html */
export const vpcEndpoint: ResourceType = cloudControlResource({
  token: "aws:ec2/vpcEndpoint:VpcEndpoint",
  typeName: "AWS::EC2::VPCEndpoint",
  tagged: true,
  inputs: {
    autoAccept: { kind: "boolean" },
    ipAddressType: { kind: "string", computed: true },
    policy: { kind: "policy", computed: true },
    privateDnsEnabled: { kind: "boolean", computed: true },
    routeTableIds: { kind: "set", computed: true },
    securityGroupIds: { kind: "set", computed: true },
    serviceName: { kind: "string", replaces: true },
    serviceRegion: { kind: "string", replaces: true, computed: true },
    subnetIds: { kind: "set", computed: true },
    vpcEndpointType: { kind: "string", replaces: true, default: "Gateway" },
    vpcId: { kind: "string", required: true, replaces: true },
  },
  members: {
    ipAddressType: "IpAddressType",
    policy: "PolicyDocument",
    privateDnsEnabled: "PrivateDnsEnabled",
    routeTableIds: "RouteTableIds",
    securityGroupIds: "SecurityGroupIds",
    serviceName: "ServiceName",
    serviceRegion: "ServiceRegion",
    subnetIds: "SubnetIds",
    vpcEndpointType: "VpcEndpointType",
    vpcId: "VpcId",
  },
  outputs: [
    "arn",
    "cidrBlocks",
    "dnsEntries",
    "dnsOptions",
    "networkInterfaceIds",
    "ownerId",
    "prefixListId",
    "requesterManaged",
    "state",
    "subnetConfigurations",
  ],
  check: (inputs) => [
    ...notOneOf(inputs, "vpcEndpointType", [
      "Gateway",
      "GatewayLoadBalancer",
      "Interface",
      "Resource",
      "ServiceNetwork",
    ]),
    ...(inputs["vpcEndpointType"] === "Gateway" && inputs["subnetIds"] !== undefined
      ? [{ property: "subnetIds", reason: 'subnets need "vpcEndpointType" Interface or GatewayLoadBalancer' }]
      : []),
  ],
  attributes: endpointAttributes,
});

function endpointAttributes(actual: Properties, { id, region, accountId, partition }: Place): Properties {
  return {
    arn: `arn:${partition}:ec2:${region}:${accountId}:vpc-endpoint/${id}`,
    cidrBlocks: [],
    dnsEntries: ((actual["DnsEntries"] ?? []) as string[]).map((entry) => {
      const [hostedZoneId, dnsName] = entry.split(":");
      return { hostedZoneId, dnsName };
    }),
    dnsOptions: actual["DnsOptions"] ?? { dnsRecordIpType: "ipv4" },
    ipAddressType: actual["IpAddressType"] ?? "ipv4",
    networkInterfaceIds: actual["NetworkInterfaceIds"] ?? [],
    ownerId: accountId,
    policy: actual["PolicyDocument"] === undefined ? FULL_ACCESS_POLICY : textOf(actual["PolicyDocument"]),
    prefixListId: "",
    privateDnsEnabled: actual["PrivateDnsEnabled"] ?? false,
    requesterManaged: false,
    routeTableIds: actual["RouteTableIds"] ?? [],
    securityGroupIds: actual["SecurityGroupIds"] ?? [],
    serviceRegion: actual["ServiceRegion"] ?? region,
    state: actual["State"] ?? "available",
    subnetConfigurations: [],
    subnetIds: actual["SubnetIds"] ?? [],
  };
}

function textOf(document: unknown): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}
