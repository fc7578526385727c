import { Resource } from "../../../../policies/stack/resource";
import { endpointForReaders } from "../../../../policies/rules/network/endpoint-for-readers";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownArray, unknownText } from "../../support/stack";

const secretsManager = "com.amazonaws.eu-west-1.secretsmanager";
const endpoint = (props: Record<string, unknown> = {}, from = {}): Resource =>
  resource("vpcEndpoint", "secrets", {
    props: {
      id: "vpce-1",
      vpcId: "vpc-1",
      vpcEndpointType: "Interface",
      serviceName: secretsManager,
      subnetIds: ["a", "b"],
      ...props,
    },
    from,
  });
const few = (count: number, minimum = 2) => [
  violates(
    "secrets",
    `VpcEndpoint "secrets" has ${count} of at least ${minimum} subnets, so that one zone can take it away. ` +
      "Add subnets of other availability zones to subnetIds.",
  ),
];
const association = resource("vpcEndpointSubnetAssociation", "c", {
  props: { vpcEndpointId: "vpce-1", subnetId: "c" },
});
const vpc = resource("vpc", "main", { props: { id: "vpc-1" } });
const subnet = resource("subnet", "a", { props: { id: "subnet-1", vpcId: "vpc-1" } });
const newVpc = resource("vpc", "main", { props: { id: unknownText } });
const newSubnet = resource("subnet", "a", {
  props: { id: unknownText, vpcId: unknownText },
  from: { vpcId: [newVpc] },
});
const secret = resource("secret", "orders");
const reader = (props: Record<string, unknown> = {}, from = {}): Resource =>
  resource("function", "reader", {
    props: { name: "reader", vpcConfig: { subnetIds: ["subnet-1"] }, ...props },
    from,
  });
const rotation = resource("secretRotation", "rotation", {
  props: { secretId: "s", rotationLambdaArn: "reader" },
});
const missing = (service = "secretsmanager") => [
  violates(
    "main",
    `Vpc "main", where Function "reader" reads secrets, has no endpoint for ${service}. Add an interface endpoint for ${service}.`,
  ),
];

testRule(endpointForReaders, [
  { name: "two subnets", stack: [endpoint()], says: [] },
  { name: "one subnet", stack: [endpoint({ subnetIds: ["a"] })], says: few(1) },
  { name: "one subnet twice", stack: [endpoint({ subnetIds: ["a", "a"] })], says: few(1) },
  { name: "no subnets", stack: [endpoint({ subnetIds: [] })], says: few(0) },
  {
    name: "one and another by a resource of its own",
    stack: [endpoint({ subnetIds: ["a"] }), association],
    says: [],
  },
  { name: "three are demanded", stack: [endpoint()], config: { minimumSubnets: 3 }, says: few(2, 3) },
  { name: "two that are to be made", stack: [endpoint({ subnetIds: [unknownText, unknownText] })], says: [] },
  {
    name: "a list that is not known",
    stack: [endpoint({ subnetIds: unknownArray }, { subnetIds: [subnet] })],
    says: [
      waits("secrets", 'the subnets of VpcEndpoint "secrets" are not known / the outputs of Subnet "a"'),
    ],
  },
  ...[
    "com.amazonaws.eu-west-1.kms",
    "com.amazonaws.eu-west-1.ssm",
    "com.amazonaws.us-east-1.secretsmanager-fips",
  ].map((serviceName) => ({
    name: serviceName,
    stack: [endpoint({ serviceName, subnetIds: ["a"] })],
    says: few(1),
  })),
  ...["com.amazonaws.eu-west-1.ssmmessages", "com.amazonaws.eu-west-1.s3", unknownText].map(
    (serviceName) => ({
      name: `another service: ${serviceName}`,
      stack: [endpoint({ serviceName, subnetIds: ["a"] })],
      says: [],
    }),
  ),
  {
    name: "a gateway endpoint has no subnets",
    stack: [endpoint({ vpcEndpointType: "Gateway", subnetIds: [] })],
    says: [],
  },

  { name: "a network without readers", stack: [vpc, subnet, reader()], says: [] },
  {
    name: "a rotation function without an endpoint",
    stack: [vpc, subnet, reader(), rotation],
    says: missing(),
  },
  {
    name: "a function that is told a secret",
    stack: [
      vpc,
      subnet,
      reader({ environment: { variables: { A: unknownText } } }, { environment: [secret] }),
    ],
    says: missing(),
  },
  {
    name: "a function that is told a key",
    stack: [
      vpc,
      subnet,
      reader({ environment: { variables: { A: unknownText } } }, { environment: [resource("key", "k")] }),
    ],
    says: [],
  },
  { name: "with an endpoint", stack: [vpc, subnet, reader(), rotation, endpoint()], says: [] },
  {
    name: "with one in another network",
    stack: [vpc, subnet, reader(), rotation, endpoint({ vpcId: "vpc-2" })],
    says: missing(),
  },
  {
    name: "with one of another service",
    stack: [vpc, subnet, reader(), rotation, endpoint({ serviceName: "com.amazonaws.eu-west-1.kms" })],
    says: missing(),
  },
  {
    name: "more services are demanded",
    stack: [vpc, subnet, reader(), rotation, endpoint()],
    config: { services: ["secretsmanager", "kms", "ssm"] },
    says: [...missing("kms"), ...missing("ssm")],
  },
  {
    name: "a network that is to be made",
    stack: [
      newVpc,
      newSubnet,
      reader({ vpcConfig: { subnetIds: [unknownText] } }, { vpcConfig: [newSubnet] }),
      rotation,
      endpoint({ vpcId: unknownText }, { vpcId: [newVpc] }),
    ],
    says: [],
  },
  {
    name: "the same without an endpoint",
    stack: [
      newVpc,
      newSubnet,
      reader(
        { vpcConfig: { subnetIds: unknownArray } },
        { vpcConfig: [newSubnet, resource("securityGroup", "g")] },
      ),
      rotation,
    ],
    says: missing(),
  },
  {
    name: "an endpoint of which the network is not known",
    stack: [vpc, subnet, reader(), rotation, endpoint({ vpcId: unknownText })],
    says: [
      waits(
        "main",
        'whether Vpc "main", where Function "reader" reads secrets, has an endpoint for secretsmanager is not known / ' +
          'the network of VpcEndpoint "secrets"',
      ),
    ],
  },
  { name: "a network of another stack", stack: [reader(), rotation], says: [] },
  {
    name: "two readers in one network are one finding",
    stack: [
      vpc,
      subnet,
      reader(),
      rotation,
      resource("function", "other", {
        props: {
          name: "other",
          vpcConfig: { subnetIds: ["subnet-1"] },
          environment: { variables: { A: unknownText } },
        },
        from: { environment: [secret] },
      }),
    ],
    says: missing(),
  },
]);
