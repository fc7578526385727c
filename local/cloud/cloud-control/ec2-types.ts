import { randomBytes } from "crypto";
import { parsePolicy } from "../../../iam";
import { ManagedType, ManagedWorld, Place, Properties } from "./resource-type";

/** An EC2 id: the prefix and 17 hexadecimal digits. */
function ec2Id(prefix: string): string {
  return `${prefix}-0${randomBytes(8).toString("hex")}`;
}

const vpcEndpoint: ManagedType = {
  typeName: "AWS::EC2::VPCEndpoint",
  required: ["VpcId"],
  readOnly: ["Id", "CreationTimestamp", "DnsEntries", "NetworkInterfaceIds"],
  createOnly: ["VpcId", "ServiceName", "VpcEndpointType"],
  actions: {
    create: "ec2:CreateVpcEndpoint",
    read: "ec2:DescribeVpcEndpoints",
    update: "ec2:ModifyVpcEndpoint",
    delete: "ec2:DeleteVpcEndpoints",
  },
  identifier: () => ec2Id("vpce"),
  computed(id, properties, { region }) {
    const service = String(properties["ServiceName"]).split(".").at(-1);
    const isInterface = properties["VpcEndpointType"] === "Interface";
    return {
      Id: id,
      VpcEndpointType: properties["VpcEndpointType"] ?? "Gateway",
      DnsEntries: isInterface
        ? [`Z7K1066E3PUKB:${id}-strongroom.${service}.${region}.vpce.amazonaws.com`]
        : [],
      NetworkInterfaceIds: ((properties["SubnetIds"] ?? []) as string[]).map(
        (subnet) => `eni-${subnet.slice(7)}`,
      ),
    };
  },
  problems: endpointProblems,
};

function endpointProblems(properties: Properties, world: ManagedWorld): readonly string[] {
  const { PolicyDocument: policy, ServiceName: service, VpcId: vpcId } = properties;
  const text =
    policy === undefined ? undefined : typeof policy === "string" ? policy : JSON.stringify(policy);
  const parsed = text === undefined ? undefined : parsePolicy(text, "endpoint");
  const conflict = world
    .all("AWS::EC2::VPCEndpoint")
    .find(
      ({ id, properties: other }) =>
        id !== world.id &&
        other["VpcId"] === vpcId &&
        other["ServiceName"] === service &&
        hasPrivateDns(other),
    );
  return [
    ...(typeof service === "string" && service !== "" ? [] : ["ServiceName is needed"]),
    ...missing(world, "AWS::EC2::VPC", [vpcId], "The vpc ID"),
    ...missing(world, "AWS::EC2::Subnet", properties["SubnetIds"], "The subnet ID"),
    ...missing(world, "AWS::EC2::SecurityGroup", properties["SecurityGroupIds"], "The security group"),
    ...(parsed && !parsed.ok ? [`The policy is not valid: ${parsed.problems.join("; ")}`] : []),
    ...(conflict && hasPrivateDns(properties)
      ? [
          `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${String(service)} in the VPC ${String(vpcId)}`,
        ]
      : []),
  ];
}

function hasPrivateDns(properties: Properties): boolean {
  return properties["VpcEndpointType"] === "Interface" && properties["PrivateDnsEnabled"] === true;
}

function missing(world: ManagedWorld, typeName: string, ids: unknown, words: string): readonly string[] {
  return ((ids ?? []) as unknown[])
    .filter((id) => !world.has(typeName, String(id)))
    .map((id) => `${words} '${String(id)}' does not exist`);
}

const securityGroup: ManagedType = {
  typeName: "AWS::EC2::SecurityGroup",
  required: ["GroupDescription"],
  readOnly: ["Id", "GroupId"],
  createOnly: ["GroupDescription", "GroupName", "VpcId"],
  actions: {
    create: "ec2:CreateSecurityGroup",
    read: "ec2:DescribeSecurityGroups",
    update: "ec2:AuthorizeSecurityGroupIngress",
    delete: "ec2:DeleteSecurityGroup",
  },
  identifier: () => ec2Id("sg"),
  computed: (id, properties) => ({ Id: id, GroupId: id, GroupName: properties["GroupName"] ?? id }),
  problems: (properties, world) =>
    properties["VpcId"] === undefined
      ? []
      : missing(world, "AWS::EC2::VPC", [properties["VpcId"]], "The vpc ID"),
};

function rule(direction: "Ingress" | "Egress"): ManagedType {
  return {
    typeName: `AWS::EC2::SecurityGroup${direction}`,
    required: ["GroupId", "IpProtocol"],
    readOnly: ["Id"],
    createOnly: ["GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIp", "SourceSecurityGroupId"],
    actions: {
      create: `ec2:AuthorizeSecurityGroup${direction}`,
      read: "ec2:DescribeSecurityGroupRules",
      update: `ec2:UpdateSecurityGroupRuleDescriptions${direction}`,
      delete: `ec2:RevokeSecurityGroup${direction}`,
    },
    identifier: () => ec2Id("sgr"),
    computed: (id) => ({ Id: id }),
    problems: (properties, world) =>
      missing(world, "AWS::EC2::SecurityGroup", [properties["GroupId"]], "The security group"),
  };
}

const vpc: ManagedType = {
  typeName: "AWS::EC2::VPC",
  required: [],
  readOnly: ["VpcId", "DefaultSecurityGroup"],
  createOnly: ["CidrBlock"],
  actions: {
    create: "ec2:CreateVpc",
    read: "ec2:DescribeVpcs",
    update: "ec2:ModifyVpcAttribute",
    delete: "ec2:DeleteVpc",
  },
  identifier: () => ec2Id("vpc"),
  computed: (id) => ({ VpcId: id, DefaultSecurityGroup: `sg-${id.slice(4)}` }),
};

const subnet: ManagedType = {
  typeName: "AWS::EC2::Subnet",
  required: ["VpcId"],
  readOnly: ["SubnetId"],
  createOnly: ["VpcId", "CidrBlock", "AvailabilityZone"],
  actions: {
    create: "ec2:CreateSubnet",
    read: "ec2:DescribeSubnets",
    update: "ec2:ModifySubnetAttribute",
    delete: "ec2:DeleteSubnet",
  },
  identifier: () => ec2Id("subnet"),
  computed: (id, properties, { region }: Place) => ({
    SubnetId: id,
    AvailabilityZone: properties["AvailabilityZone"] ?? `${region}a`,
  }),
  problems: (properties, world) => missing(world, "AWS::EC2::VPC", [properties["VpcId"]], "The vpc ID"),
};

export const ec2Types: readonly ManagedType[] = [
  vpcEndpoint,
  securityGroup,
  rule("Ingress"),
  rule("Egress"),
  vpc,
  subnet,
];
