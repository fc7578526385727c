import { Resource } from "../../../../policies/stack/resource";
import { rotationNetworkPath } from "../../../../policies/rules/secrets/rotation-network-path";
import { Case, testRule } from "../../support/cases";
import { resource, unknownArray, unknownObject, unknownText } from "../../support/stack";

const fix =
  "Give the function's subnets an interface endpoint of Secrets Manager with private DNS or a route to a NAT gateway, " +
  "and let its security groups through to the endpoint and the database.";
const secretArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
const everything = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

const vpc = resource("vpc", "main", { props: { id: "vpc-1" } });
const subnet = (id = "subnet-1", props: object = {}) =>
  resource("subnet", id, { props: { id, vpcId: "vpc-1", ...props } });
const group = (id: string, props: Record<string, unknown> = {}) =>
  resource("securityGroup", id, { props: { id, egress: [everything], ...props } });
const secret = resource("secret", "orders", { props: { arn: secretArn } });
const rotation = resource("secretRotation", "monthly", {
  props: { secretId: secretArn, rotationLambdaArn: "arn:f" },
});
const code = (subnetIds: unknown = ["subnet-1"], more: Record<string, unknown> = {}) =>
  resource("function", "rotate", {
    props: { arn: "arn:f", vpcConfig: { subnetIds, securityGroupIds: ["sg-function"], ...more } },
  });
const own = group("sg-function");
const pendingGroup = (id: string, property: "ingress" | "egress") => ({
  ...group(id, { [property]: unknownArray }),
  propertyDependencies: { [property]: [] },
});
const pendingCode = (from: readonly Resource[]) =>
  resource("function", "rotate", {
    props: { arn: "arn:f", vpcConfig: unknownObject },
    from: { vpcConfig: from },
  });
const base = (...more: readonly Resource[]) => [secret, rotation, code(), vpc, subnet(), own, ...more];

const endpoint = (props: Record<string, unknown> = {}) =>
  resource("vpcEndpoint", "secrets", {
    props: {
      id: "vpce-1",
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-west-1.secretsmanager",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      securityGroupIds: ["sg-endpoint"],
      ...props,
    },
  });
const reachable = (ingress: unknown) => base(endpoint(), group("sg-endpoint", { ingress }));
const fromGroup = { ...https, securityGroups: ["sg-function"] };

const none: Case["says"] = [
  { on: "rotate", violation: `Function "rotate" in Subnet "subnet-1" reaches no Secrets Manager. ${fix}` },
];
const shut: Case["says"] = [
  {
    on: "rotate",
    violation: `the endpoint of Secrets Manager does not let in Function "rotate" in Subnet "subnet-1". ${fix}`,
  },
];
const untold: Case["says"] = [
  {
    on: "rotate",
    undecided:
      'whether Function "rotate" in Subnet "subnet-1" reaches Secrets Manager is not known / the routes and the endpoints of its VPC',
  },
];
const strange: Case["says"] = [
  {
    on: "rotate",
    undecided:
      'the subnets and security groups of Function "rotate" are not in this stack / the stack that holds the network',
  },
];

const table = (routes: unknown) => resource("routeTable", "private", { props: { id: "rtb-1", routes } });
const association = resource("routeTableAssociation", "one", {
  props: { subnetId: "subnet-1", routeTableId: "rtb-1" },
});
const route = (props: Record<string, unknown>) =>
  resource("route", "out", { props: { routeTableId: "rtb-1", ...props } });

const network: readonly Case[] = [
  {
    name: "a function in no VPC",
    stack: [secret, rotation, resource("function", "rotate", { props: { arn: "arn:f" } })],
    says: [],
  },
  { name: "a function in no subnet", stack: [secret, rotation, code([])], says: [] },
  { name: "a function that rotates nothing", stack: [code(), vpc, subnet(), own], says: [] },
  { name: "no way out", stack: base(), says: none },
  { name: "an endpoint that lets the function's group in", stack: reachable([fromGroup]), says: [] },
  {
    name: "an endpoint that lets addresses in",
    stack: reachable([{ ...https, cidrBlocks: ["10.0.0.0/16"] }]),
    says: [],
  },
  {
    name: "an endpoint that lets everything in",
    stack: reachable([{ protocol: "-1", securityGroups: ["sg-function"] }]),
    says: [],
  },
  {
    name: "an endpoint that lets a group of another stack in",
    stack: reachable([{ ...https, securityGroups: ["sg-elsewhere"] }]),
    says: [],
  },
  { name: "an endpoint that lets nothing in", stack: reachable([]), says: shut },
  {
    name: "an endpoint that lets its own group in",
    stack: reachable([{ ...https, self: true }]),
    says: shut,
  },
  {
    name: "an endpoint in the function's own group, which lets itself in",
    stack: [
      secret,
      rotation,
      code(),
      vpc,
      subnet(),
      group("sg-function", { ingress: [{ ...https, self: true }] }),
      endpoint({ securityGroupIds: ["sg-function"] }),
    ],
    says: [],
  },
  {
    name: "an endpoint that lets another port in",
    stack: reachable([{ ...fromGroup, fromPort: 444, toPort: 444 }]),
    says: shut,
  },
  {
    name: "an endpoint that lets a range in that ends below",
    stack: reachable([{ ...fromGroup, fromPort: 400, toPort: 442 }]),
    says: shut,
  },
  {
    name: "an endpoint that lets a range in that ends there",
    stack: reachable([{ ...fromGroup, fromPort: 400, toPort: 443 }]),
    says: [],
  },
  { name: "an endpoint that lets UDP in", stack: reachable([{ ...fromGroup, protocol: "udp" }]), says: shut },
  {
    name: "an endpoint that lets TCP by number in",
    stack: reachable([{ ...fromGroup, protocol: "6" }]),
    says: [],
  },
  {
    name: "an endpoint without private DNS",
    stack: base(endpoint({ privateDnsEnabled: false }), group("sg-endpoint", { ingress: [fromGroup] })),
    says: none,
  },
  {
    name: "an endpoint that says nothing of private DNS",
    stack: base(endpoint({ privateDnsEnabled: null }), group("sg-endpoint", { ingress: [fromGroup] })),
    says: none,
  },
  {
    name: "an endpoint whose private DNS is not known",
    stack: base(endpoint({ privateDnsEnabled: unknownText }), group("sg-endpoint")),
    says: untold,
  },
  {
    name: "an endpoint for another service",
    stack: base(
      endpoint({ serviceName: "com.amazonaws.eu-west-1.kms" }),
      group("sg-endpoint", { ingress: [fromGroup] }),
    ),
    says: none,
  },
  {
    name: "an endpoint of another VPC",
    stack: base(endpoint({ vpcId: "vpc-2" }), group("sg-endpoint", { ingress: [fromGroup] })),
    says: none,
  },
  {
    name: "an endpoint with groups of another stack",
    stack: base(endpoint({ securityGroupIds: ["sg-elsewhere"] })),
    says: untold,
  },
  { name: "an endpoint with no groups", stack: base(endpoint({ securityGroupIds: [] })), says: untold },
  {
    name: "an endpoint whose rules are not known",
    stack: base(
      endpoint(),
      resource("securityGroup", "sg-endpoint", {
        props: { id: "sg-endpoint", ingress: unknownArray },
        from: { ingress: [] },
      }),
    ),
    says: untold,
  },
  {
    name: "an endpoint that a resource of its own opens",
    stack: base(
      endpoint(),
      group("sg-endpoint"),
      resource("securityGroupIngressRule", "in", {
        props: {
          securityGroupId: "sg-endpoint",
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          referencedSecurityGroupId: "sg-function",
        },
      }),
    ),
    says: [],
  },
  {
    name: "an endpoint that a rule of the older kind opens",
    stack: base(
      endpoint(),
      group("sg-endpoint"),
      resource("securityGroupRule", "in", {
        props: {
          type: "ingress",
          securityGroupId: "sg-endpoint",
          protocol: "tcp",
          fromPort: 443,
          toPort: 443,
          sourceSecurityGroupId: "sg-function",
        },
      }),
    ),
    says: [],
  },
  {
    name: "a rule of the older kind for what goes out",
    stack: base(
      endpoint(),
      group("sg-endpoint"),
      resource("securityGroupRule", "out", {
        props: {
          type: "egress",
          securityGroupId: "sg-endpoint",
          protocol: "tcp",
          fromPort: 443,
          toPort: 443,
          sourceSecurityGroupId: "sg-function",
        },
      }),
    ),
    says: shut,
  },
  {
    name: "a rule for another group",
    stack: base(
      endpoint(),
      group("sg-endpoint"),
      group("sg-other"),
      resource("securityGroupIngressRule", "in", {
        props: {
          securityGroupId: "sg-other",
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          referencedSecurityGroupId: "sg-function",
        },
      }),
    ),
    says: shut,
  },
  {
    name: "a NAT gateway by a route within the table",
    stack: base(association, table([{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }])),
    says: [],
  },
  ...["natGatewayId", "transitGatewayId", "networkInterfaceId", "vpcEndpointId"].map((way): Case => ({
    name: `a way out by ${way}`,
    stack: base(association, table([]), route({ destinationCidrBlock: "0.0.0.0/0", [way]: "x" })),
    says: [],
  })),
  {
    name: "a NAT gateway that is not made yet",
    stack: base(
      association,
      table([]),
      route({ destinationCidrBlock: "0.0.0.0/0", natGatewayId: unknownText }),
    ),
    says: [],
  },
  {
    name: "an internet gateway",
    stack: base(association, table([{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1", natGatewayId: "" }])),
    says: none,
  },
  {
    name: "a NAT gateway for some addresses",
    stack: base(association, table([{ cidrBlock: "10.0.0.0/8", natGatewayId: "nat-1" }])),
    says: none,
  },
  {
    name: "a NAT gateway of a table that the subnet does not use",
    stack: base(table([{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }])),
    says: none,
  },
  {
    name: "a route of another table",
    stack: base(
      association,
      table([]),
      resource("routeTable", "other", { props: { id: "rtb-2" } }),
      resource("route", "out", {
        props: { routeTableId: "rtb-2", destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" },
      }),
    ),
    says: none,
  },
  { name: "a table of another stack", stack: base(association), says: untold },
  {
    name: "routes that are not known",
    stack: base(
      association,
      resource("routeTable", "private", {
        props: { id: "rtb-1", routes: unknownArray },
        from: { routes: [] },
      }),
    ),
    says: untold,
  },
  {
    name: "one subnet of two with a way out",
    stack: [
      secret,
      rotation,
      code(["subnet-2", "subnet-1"]),
      vpc,
      subnet(),
      subnet("subnet-2"),
      own,
      table([{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }]),
      resource("routeTableAssociation", "two", { props: { subnetId: "subnet-2", routeTableId: "rtb-1" } }),
    ],
    says: none,
  },
  { name: "a VPC of another stack", stack: [secret, rotation, code(), subnet(), own], says: untold },
  {
    name: "a VPC of another stack, with its endpoint here",
    stack: [
      secret,
      rotation,
      code(),
      subnet(),
      own,
      endpoint(),
      group("sg-endpoint", { ingress: [fromGroup] }),
    ],
    says: [],
  },
  { name: "subnets of another stack", stack: [secret, rotation, code(["subnet-9"]), own], says: strange },
  {
    name: "groups of another stack",
    stack: [secret, rotation, code(["subnet-1"], { securityGroupIds: ["sg-9"] }), vpc, subnet(), own],
    says: strange,
  },
  {
    name: "groups that let nothing out",
    stack: [secret, rotation, code(), vpc, subnet(), group("sg-function", { egress: [] })],
    says: [
      {
        on: "rotate",
        violation: `no security group of Function "rotate" lets anything out: SecurityGroup "sg-function". ${fix}`,
      },
    ],
  },
  {
    name: "groups of which one lets something out",
    stack: [
      secret,
      rotation,
      code(["subnet-1"], { securityGroupIds: ["sg-function", "sg-shut"] }),
      vpc,
      subnet(),
      own,
      group("sg-shut", { egress: [] }),
      association,
      table([{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }]),
    ],
    says: [],
  },
  {
    name: "a group whose rules let something out",
    stack: [
      secret,
      rotation,
      code(),
      vpc,
      subnet(),
      group("sg-function", { egress: [] }),
      resource("securityGroupEgressRule", "out", {
        props: { securityGroupId: "sg-function", ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
      }),
    ],
    says: none,
  },
  {
    name: "two groups that let nothing out",
    stack: [
      secret,
      rotation,
      code(["subnet-1"], { securityGroupIds: ["sg-function", "sg-shut"] }),
      vpc,
      subnet(),
      group("sg-function", { egress: [] }),
      group("sg-shut", { egress: [] }),
    ],
    says: [
      {
        on: "rotate",
        violation:
          'no security group of Function "rotate" lets anything out: SecurityGroup "sg-function", SecurityGroup ' +
          `"sg-shut". ${fix}`,
      },
    ],
  },
  {
    name: "no groups, which is not groups that let nothing out",
    stack: [secret, rotation, code(["subnet-1"], { securityGroupIds: [] }), vpc, subnet()],
    says: none,
  },
  {
    name: "a group of which it is not known what it lets out",
    stack: [secret, rotation, code(), vpc, subnet(), pendingGroup("sg-function", "egress")],
    says: none,
  },
  {
    name: "a network that is not known, but what it is computed from",
    stack: [secret, rotation, pendingCode([subnet(), own]), vpc, subnet(), own],
    says: none,
  },
  {
    name: "a network of which nothing is known",
    stack: [secret, rotation, pendingCode([]), vpc, subnet(), own],
    says: strange,
  },
  {
    name: "an endpoint in two groups, of which one lets the function in",
    stack: base(
      endpoint({ securityGroupIds: ["sg-shut", "sg-endpoint"] }),
      group("sg-shut", { ingress: [] }),
      group("sg-endpoint", { ingress: [fromGroup] }),
    ),
    says: [],
  },
  {
    name: "an endpoint in a group of another stack as well",
    stack: base(
      endpoint({ securityGroupIds: ["sg-endpoint", "sg-elsewhere"] }),
      group("sg-endpoint", { ingress: [] }),
    ),
    says: untold,
  },
  {
    name: "an endpoint whose groups are not known, but what they are computed from",
    stack: (() => {
      const open = group("sg-endpoint", { ingress: [fromGroup] });
      const pending = endpoint({ securityGroupIds: unknownArray });
      return base({ ...pending, propertyDependencies: { securityGroupIds: [open] } }, open);
    })(),
    says: [],
  },
  { name: "an endpoint in no group", stack: base(endpoint({ securityGroupIds: null })), says: untold },
  { name: "the ids of a first preview", stack: firstPreview(true), says: [] },
  {
    name: "the ids of a first preview, without endpoint",
    stack: firstPreview(false),
    says: [{ on: "rotate", violation: `Function "rotate" in Subnet "a" reaches no Secrets Manager. ${fix}` }],
  },
];

const way = [association, table([{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }])];
const database = (
  props: Record<string, unknown> = {},
  type: "dbInstance" | "dbCluster" | "docdbCluster" | "redshiftCluster" = "dbInstance",
) => resource(type, "db", { props: { engine: "postgres", vpcSecurityGroupIds: ["sg-db"], ...props } });
const loggingIn = (
  db: Resource,
  ingress: unknown,
  by: "value" | "settings" = "value",
): readonly Resource[] => {
  const withSettings = { ...code(), propertyDependencies: { environment: [db] } };
  const version = resource("secretVersion", "first", {
    props: { secretId: secretArn },
    from: { secretString: [db] },
  });
  const here = by === "value" ? [code(), version] : [withSettings];
  return [secret, rotation, ...here, vpc, subnet(), own, ...way, db, group("sg-db", { ingress })];
};
const from = (port: number, to = port) => [
  { protocol: "tcp", fromPort: port, toPort: to, securityGroups: ["sg-function"] },
];
const noEntry: Case["says"] = [
  { on: "rotate", violation: `no security group of Instance "db" lets in Function "rotate". ${fix}` },
];
const entryUntold: Case["says"] = [
  {
    on: "rotate",
    undecided:
      'whether Instance "db" lets in Function "rotate" is not known / the security groups of the database',
  },
];

const databases: readonly Case[] = [
  { name: "a database that lets the function in", stack: loggingIn(database(), from(5432)), says: [] },
  { name: "a database that lets another port in", stack: loggingIn(database(), from(3306)), says: noEntry },
  { name: "a database that lets nobody in", stack: loggingIn(database(), []), says: noEntry },
  {
    name: "a database that the function's settings name",
    stack: loggingIn(database(), [], "settings"),
    says: noEntry,
  },
  {
    name: "a database that the function's settings name, open",
    stack: loggingIn(database(), from(5432), "settings"),
    says: [],
  },
  { name: "a port of its own", stack: loggingIn(database({ port: 6000 }), from(6000)), says: [] },
  {
    name: "a port of its own, and the usual one open",
    stack: loggingIn(database({ port: 6000 }), from(5432)),
    says: noEntry,
  },
  {
    name: "a port that is not known",
    stack: loggingIn(
      resource("dbInstance", "db", {
        props: { engine: "postgres", port: unknownText, vpcSecurityGroupIds: ["sg-db"] },
      }),
      from(9999),
    ),
    says: [],
  },
  ...(
    [
      ["mysql", 3306],
      ["mariadb", 3306],
      ["postgres", 5432],
      ["oracle-se2", 1521],
      ["custom-oracle-ee", 1521],
      ["sqlserver-ex", 1433],
    ] as const
  ).flatMap(([engine, port]): readonly Case[] => [
    { name: `${engine}: ${port}`, stack: loggingIn(database({ engine }), from(port)), says: [] },
    {
      name: `${engine}: not ${port + 1}`,
      stack: loggingIn(database({ engine }), from(port + 1)),
      says: noEntry,
    },
  ]),
  {
    name: "an engine that is not known: any port",
    stack: loggingIn(database({ engine: "db2-se" }), from(1)),
    says: [],
  },
  {
    name: "a cluster",
    stack: loggingIn(database({ engine: "aurora-postgresql" }, "dbCluster"), from(5432)),
    says: [],
  },
  {
    name: "a cluster by the old name",
    stack: loggingIn(database({ engine: "aurora" }, "dbCluster"), from(3306)),
    says: [],
  },
  { name: "a DocumentDB cluster", stack: loggingIn(database({}, "docdbCluster"), from(27017)), says: [] },
  { name: "a Redshift cluster", stack: loggingIn(database({}, "redshiftCluster"), from(5439)), says: [] },
  {
    name: "a Redshift cluster, shut",
    stack: loggingIn(database({}, "redshiftCluster"), from(5432)),
    says: [
      { on: "rotate", violation: `no security group of Cluster "db" lets in Function "rotate". ${fix}` },
    ],
  },
  {
    name: "a database that the secret has nothing to do with",
    stack: base(...way, database(), group("sg-db", { ingress: [] })),
    says: [],
  },
  {
    name: "a database with groups of another stack",
    stack: loggingIn(database({ vpcSecurityGroupIds: ["sg-elsewhere"] }), []),
    says: entryUntold,
  },
  {
    name: "a database with one group of another stack",
    stack: loggingIn(database({ vpcSecurityGroupIds: ["sg-db", "sg-9"] }), from(5432)),
    says: entryUntold,
  },
  {
    name: "a database whose groups do not tell whom they let in",
    stack: loggingIn(database(), []).map((one) =>
      one.name === "sg-db" ? pendingGroup("sg-db", "ingress") : one,
    ),
    says: [
      {
        on: "rotate",
        undecided: 'whether Instance "db" lets in Function "rotate" is not known / the value of `id`',
      },
    ],
  },
  {
    name: "a database without groups",
    stack: loggingIn(database({ vpcSecurityGroupIds: [] }), []),
    says: entryUntold,
  },
];

testRule(rotationNetworkPath, [...network, ...databases]);

/** Every id is AWS's to choose; what points where is known from what the values are computed from. */
function firstPreview(withEndpoint: boolean): readonly Resource[] {
  const net = resource("vpc", "main", { props: { id: unknownText } });
  const inside = resource("subnet", "a", {
    props: { id: unknownText, vpcId: unknownText },
    from: { vpcId: [net] },
  });
  const mine = resource("securityGroup", "mine", { props: { id: unknownText, egress: [everything] } });
  const theirs = resource("securityGroup", "theirs", {
    props: { id: unknownText, ingress: [{ ...https, securityGroups: [unknownText] }] },
    from: { ingress: [mine] },
  });
  const rotate = resource("function", "rotate", {
    props: { arn: unknownText, vpcConfig: { subnetIds: [unknownText], securityGroupIds: [unknownText] } },
    from: { vpcConfig: [inside, mine] },
  });
  const door = resource("vpcEndpoint", "door", {
    props: {
      id: unknownText,
      vpcId: unknownText,
      serviceName: "com.amazonaws.eu-west-1.secretsmanager",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      securityGroupIds: [unknownText],
    },
    from: { vpcId: [net], securityGroupIds: [theirs] },
  });
  const orders = resource("secret", "orders", { props: { arn: unknownText, name: "orders" } });
  const rotated = resource("secretRotation", "monthly", {
    props: { secretId: unknownText, rotationLambdaArn: unknownText },
    from: { secretId: [orders], rotationLambdaArn: [rotate] },
  });
  return [net, inside, mine, theirs, rotate, orders, rotated, ...(withEndpoint ? [door] : [])];
}
