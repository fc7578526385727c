import { Resource } from "../../../../policies/stack/resource";
import { endpointReachablePrivately } from "../../../../policies/rules/network/endpoint-reachable-privately";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownArray, unknownText } from "../../support/stack";

const endpoint = (props: Record<string, unknown> = {}, from = {}): Resource =>
  resource("vpcEndpoint", "secrets", {
    props: {
      id: "vpce-1",
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.eu-west-1.secretsmanager",
      privateDnsEnabled: true,
      securityGroupIds: ["sg-1"],
      ...props,
    },
    from,
  });
const group = (...ingress: readonly object[]): Resource =>
  resource("securityGroup", "https", { props: { id: "sg-1", ingress } });
const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
const fromReaders = { ...https, securityGroups: ["sg-2"] };
const past = [
  violates(
    "secrets",
    'calls to secretsmanager go past VpcEndpoint "secrets", which does not have the service\'s usual name. Set privateDnsEnabled.',
  ),
];
const shared = [
  violates(
    "secrets",
    'VpcEndpoint "secrets" has the default security group of its network, which lets in whatever shares it. ' +
      "Name a security group of its own in securityGroupIds.",
  ),
];
const internet = (on: string, kind: string) =>
  violates(
    on,
    `${kind} "${on}" lets the whole internet reach the endpoint. Name the security groups or the addresses of the readers.`,
  );
const more = (on: string, kind: string) =>
  violates(on, `${kind} "${on}" opens more than port 443 of the endpoint. Let in TCP port 443 only.`);
const rule = (
  type: "securityGroupIngressRule" | "securityGroupRule",
  props: Record<string, unknown>,
  from = {},
) => resource(type, "rule", { props: { securityGroupId: "sg-1", ...props }, from });
const newRule = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

testRule(endpointReachablePrivately, [
  { name: "the usual name, and readers on 443", stack: [endpoint(), group(fromReaders)], says: [] },
  {
    name: "groups of a state, which keeps their ids apart",
    stack: [
      endpoint(),
      resource("securityGroup", "https", {
        props: {
          arn: "arn:aws:ec2:eu-west-1:111111111111:security-group/sg-1",
          ingress: [{ ...https, cidrBlocks: ["0.0.0.0/0"] }],
        },
      }),
    ],
    says: [internet("https", "SecurityGroup")],
  },
  { name: "another name", stack: [endpoint({ privateDnsEnabled: false }), group(fromReaders)], says: past },
  {
    name: "nothing said of the name",
    stack: [
      resource("vpcEndpoint", "secrets", {
        props: {
          serviceName: "com.amazonaws.eu-west-1.secretsmanager",
          vpcEndpointType: "Interface",
          securityGroupIds: ["sg-1"],
        },
      }),
      group(fromReaders),
    ],
    says: past,
  },
  {
    name: "an unknown name",
    stack: [endpoint({ privateDnsEnabled: unknownText }), group(fromReaders)],
    says: [
      waits(
        "secrets",
        'whether VpcEndpoint "secrets" has the usual name of secretsmanager is not known / the value of `privateDnsEnabled`',
      ),
    ],
  },
  { name: "no group", stack: [endpoint({ securityGroupIds: [] })], says: shared },
  {
    name: "nothing said of groups",
    stack: [
      resource("vpcEndpoint", "secrets", {
        props: {
          serviceName: "com.amazonaws.eu-west-1.secretsmanager",
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
        },
      }),
    ],
    says: shared,
  },
  { name: "an empty group", stack: [endpoint(), group()], says: [] },
  { name: "TCP by its number", stack: [endpoint(), group({ ...fromReaders, protocol: "6" })], says: [] },
  {
    name: "a private network",
    stack: [endpoint(), group({ ...https, cidrBlocks: ["10.0.0.0/16"] })],
    says: [],
  },
  {
    name: "a network that is to be made",
    stack: [endpoint(), group({ ...https, cidrBlocks: [unknownText] })],
    says: [],
  },
  {
    name: "the internet",
    stack: [endpoint(), group({ ...https, cidrBlocks: ["10.0.0.0/16", "0.0.0.0/0"] })],
    says: [internet("https", "SecurityGroup")],
  },
  {
    name: "the new internet",
    stack: [endpoint(), group({ ...https, ipv6CidrBlocks: ["::/0"] })],
    says: [internet("https", "SecurityGroup")],
  },
  {
    name: "every port",
    stack: [endpoint(), group({ ...fromReaders, protocol: "-1", fromPort: 0, toPort: 0 })],
    says: [more("https", "SecurityGroup")],
  },
  {
    name: "UDP",
    stack: [endpoint(), group({ ...fromReaders, protocol: "udp" })],
    says: [more("https", "SecurityGroup")],
  },
  {
    name: "from a port below",
    stack: [endpoint(), group({ ...fromReaders, fromPort: 442 })],
    says: [more("https", "SecurityGroup")],
  },
  {
    name: "to a port above",
    stack: [endpoint(), group({ ...fromReaders, toPort: 444 })],
    says: [more("https", "SecurityGroup")],
  },
  {
    name: "no ports",
    stack: [endpoint(), group({ protocol: "tcp", securityGroups: ["sg-2"] })],
    says: [more("https", "SecurityGroup")],
  },
  {
    name: "everything to everybody",
    stack: [endpoint(), group({ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] })],
    says: [internet("https", "SecurityGroup"), more("https", "SecurityGroup")],
  },
  {
    name: "each entry of the list",
    stack: [endpoint(), group(fromReaders, { ...https, cidrBlocks: ["0.0.0.0/0"] })],
    says: [internet("https", "SecurityGroup")],
  },
  {
    name: "each group",
    stack: [
      endpoint({ securityGroupIds: ["sg-1", "sg-3"] }),
      group(fromReaders),
      resource("securityGroup", "second", {
        props: { id: "sg-3", ingress: [{ ...https, cidrBlocks: ["0.0.0.0/0"] }] },
      }),
    ],
    says: [internet("second", "SecurityGroup")],
  },

  {
    name: "a rule of its own from readers",
    stack: [
      endpoint(),
      group(),
      rule("securityGroupIngressRule", { ...newRule, referencedSecurityGroupId: "sg-2" }),
    ],
    says: [],
  },
  {
    name: "a rule of its own from the internet",
    stack: [endpoint(), group(), rule("securityGroupIngressRule", { ...newRule, cidrIpv4: "0.0.0.0/0" })],
    says: [internet("rule", "SecurityGroupIngressRule")],
  },
  {
    name: "from the new internet",
    stack: [endpoint(), group(), rule("securityGroupIngressRule", { ...newRule, cidrIpv6: "::/0" })],
    says: [internet("rule", "SecurityGroupIngressRule")],
  },
  {
    name: "of another group",
    stack: [
      endpoint(),
      group(),
      rule("securityGroupIngressRule", { ...newRule, cidrIpv4: "0.0.0.0/0", securityGroupId: "sg-9" }),
    ],
    says: [],
  },
  {
    name: "an older rule of its own",
    stack: [
      endpoint(),
      group(),
      rule("securityGroupRule", { type: "ingress", ...https, cidrBlocks: ["0.0.0.0/0"] }),
    ],
    says: [internet("rule", "SecurityGroupRule")],
  },
  {
    name: "about what goes out",
    stack: [
      endpoint(),
      group(),
      rule("securityGroupRule", { type: "egress", ...https, cidrBlocks: ["0.0.0.0/0"] }),
    ],
    says: [],
  },
  {
    name: "a rule of its own with unknown ports",
    stack: [
      endpoint(),
      group(),
      rule(
        "securityGroupIngressRule",
        { ...newRule, toPort: unknownText },
        { fromPort: [resource("key", "k")] },
      ),
    ],
    says: [
      waits("rule", 'what SecurityGroupIngressRule "rule" lets in is not known / the outputs of Key "k"'),
    ],
  },
  {
    name: "an unknown protocol in the list",
    stack: [endpoint(), group({ ...fromReaders, protocol: unknownText })],
    says: [waits("https", 'what SecurityGroup "https" lets in is not known / the value of `ingress`')],
  },
  {
    name: "an unknown list",
    stack: [
      endpoint(),
      resource("securityGroup", "https", {
        props: { id: "sg-1", ingress: unknownArray },
        from: { ingress: [resource("key", "k")] },
      }),
    ],
    says: [waits("https", 'what SecurityGroup "https" lets in is not known / the outputs of Key "k"')],
  },
  {
    name: "a group that is to be made",
    stack: [
      endpoint({ securityGroupIds: [unknownText] }, { securityGroupIds: [group()] }),
      group({ ...https, cidrBlocks: ["0.0.0.0/0"] }),
    ],
    says: [internet("https", "SecurityGroup")],
  },
  {
    name: "groups of another stack",
    stack: [endpoint()],
    says: [
      waits(
        "secrets",
        'what the security groups of VpcEndpoint "secrets" let in is not known / the stack that makes them',
      ),
    ],
  },
  {
    name: "groups that are not known",
    stack: [endpoint({ securityGroupIds: unknownArray }, { securityGroupIds: [resource("key", "k")] })],
    says: [
      waits(
        "secrets",
        'what the security groups of VpcEndpoint "secrets" let in is not known / the outputs of Key "k"',
      ),
    ],
  },
]);
