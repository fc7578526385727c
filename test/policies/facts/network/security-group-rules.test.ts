import { strict as assert } from "assert";
import { GroupRule, groupRules, lets } from "../../../../policies/facts/network/security-group-rules";
import { buildGraph } from "../../../../policies/stack/graph";
import { Resource } from "../../../../policies/stack/resource";
import { resource, unknownArray, unknownText } from "../../support/stack";

const group = (props: object = {}) =>
  resource("securityGroup", "group", { props: { id: "sg-1", ...props }, from: { ingress: [], egress: [] } });
const peer = resource("securityGroup", "peer", { props: { id: "sg-2", arn: "arn:sg-2" } });
const ports = { protocol: "tcp", fromPort: 5432, toPort: 5433 };
const shown = ({ protocol, from, to, peers, others }: GroupRule) => [
  protocol,
  from,
  to,
  peers.map(({ name }) => name).join(),
  others,
];
const rules = (one: Resource, direction: "ingress" | "egress", ...more: readonly Resource[]) =>
  groupRules(one, direction, buildGraph([one, peer, ...more]))?.map(shown);

describe("the rules of a security group", () => {
  const cases: readonly (readonly [string, unknown, readonly unknown[] | undefined])[] = [
    ["are none", null, []],
    ["are not known yet", unknownArray, undefined],
    ["are about nobody", [ports], [["tcp", 5432, 5433, "", false]]],
    ["are about addresses", [{ ...ports, cidrBlocks: ["10.0.0.0/8"] }], [["tcp", 5432, 5433, "", true]]],
    [
      "are about addresses of version 6",
      [{ ...ports, ipv6CidrBlocks: ["::/0"] }],
      [["tcp", 5432, 5433, "", true]],
    ],
    ["are about prefix lists", [{ ...ports, prefixListIds: ["pl-1"] }], [["tcp", 5432, 5433, "", true]]],
    [
      "are about addresses that are not known",
      [{ ...ports, cidrBlocks: unknownArray }],
      [["tcp", 5432, 5433, "", true]],
    ],
    ["are about no addresses", [{ ...ports, cidrBlocks: [] }], [["tcp", 5432, 5433, "", false]]],
    [
      "are about groups of the stack",
      [{ ...ports, securityGroups: ["sg-2"] }],
      [["tcp", 5432, 5433, "peer", false]],
    ],
    [
      "are about groups elsewhere",
      [{ ...ports, securityGroups: ["sg-2", "sg-9"] }],
      [["tcp", 5432, 5433, "peer", true]],
    ],
    ["are about the group itself", [{ ...ports, self: true }], [["tcp", 5432, 5433, "group", false]]],
    ["are not about the group itself", [{ ...ports, self: false }], [["tcp", 5432, 5433, "", false]]],
    [
      "are several",
      [ports, { protocol: "-1" }],
      [
        ["tcp", 5432, 5433, "", false],
        ["-1", undefined, undefined, "", false],
      ],
    ],
    [
      "are partly not known",
      [{ protocol: unknownText, fromPort: unknownText, toPort: 1 }],
      [[undefined, undefined, 1, "", false]],
    ],
  ];
  for (const [name, list, expected] of cases) {
    it(`in its list: ${name}`, () => assert.deepEqual(rules(group({ ingress: list }), "ingress"), expected));
    it(`in its list of what goes out: ${name}`, () =>
      assert.deepEqual(rules(group({ egress: list }), "egress"), expected));
  }

  const own = (
    type: "securityGroupRule" | "securityGroupIngressRule" | "securityGroupEgressRule",
    props: object,
    from: Readonly<Record<string, readonly Resource[]>> = {},
  ) => resource(type, "rule", { props: { securityGroupId: "sg-1", ...props }, from });
  const added: readonly (readonly [string, Resource, readonly unknown[], readonly unknown[]])[] = [
    [
      "one of the older kind",
      own("securityGroupRule", { type: "ingress", ...ports, sourceSecurityGroupId: "sg-2" }),
      [["tcp", 5432, 5433, "peer", false]],
      [],
    ],
    [
      "one of the older kind about what goes out",
      own("securityGroupRule", { type: "egress", ...ports, cidrBlocks: ["0.0.0.0/0"] }),
      [],
      [["tcp", 5432, 5433, "", true]],
    ],
    ["none whose direction is not known", own("securityGroupRule", { type: unknownText, ...ports }), [], []],
    [
      "one of the newer kind",
      own("securityGroupIngressRule", {
        ipProtocol: "tcp",
        fromPort: 1,
        toPort: 2,
        referencedSecurityGroupId: "arn:sg-2",
      }),
      [["tcp", 1, 2, "peer", false]],
      [],
    ],
    [
      "one of the newer kind about what goes out",
      own("securityGroupEgressRule", { ipProtocol: "-1", cidrIpv4: "10.0.0.0/8" }),
      [],
      [["-1", undefined, undefined, "", true]],
    ],
    [
      "one about version 6",
      own("securityGroupIngressRule", { ipProtocol: "tcp", cidrIpv6: "::/0" }),
      [["tcp", undefined, undefined, "", true]],
      [],
    ],
    [
      "one about a prefix list",
      own("securityGroupIngressRule", { ipProtocol: "tcp", prefixListId: "pl-1" }),
      [["tcp", undefined, undefined, "", true]],
      [],
    ],
    [
      "one about a group that is not known",
      own("securityGroupIngressRule", { ipProtocol: "tcp", referencedSecurityGroupId: unknownText }),
      [["tcp", undefined, undefined, "", true]],
      [],
    ],
    [
      "one about a group that is not made yet",
      own(
        "securityGroupIngressRule",
        { ipProtocol: "tcp", referencedSecurityGroupId: unknownText },
        { referencedSecurityGroupId: [peer] },
      ),
      [["tcp", undefined, undefined, "peer", false]],
      [],
    ],
    [
      "one about the group itself",
      own("securityGroupRule", { type: "ingress", ...ports, self: true }),
      [["tcp", 5432, 5433, "group", false]],
      [],
    ],
    [
      "none of another group",
      own("securityGroupRule", { type: "ingress", ...ports, securityGroupId: "sg-2" }),
      [],
      [],
    ],
    [
      "none of a group elsewhere",
      own("securityGroupRule", { type: "ingress", ...ports, securityGroupId: "sg-9" }),
      [],
      [],
    ],
  ];
  for (const [name, one, ingress, egress] of added) {
    it(`in resources of their own: ${name}`, () => {
      assert.deepEqual([rules(group(), "ingress", one), rules(group(), "egress", one)], [ingress, egress]);
    });
  }
  it("come after those of the list", () => {
    const found = rules(
      group({ ingress: [{ protocol: "udp" }] }),
      "ingress",
      own("securityGroupIngressRule", { ipProtocol: "tcp" }),
    );
    assert.deepEqual(
      found?.map(([protocol]) => protocol),
      ["udp", "tcp"],
    );
  });
});

describe("what a rule lets pass", () => {
  const rule: GroupRule = { protocol: "tcp", from: 5432, to: 5433, peers: [peer], others: false };
  const other = resource("securityGroup", "other");
  const cases: readonly (readonly [
    string,
    Partial<GroupRule>,
    number | undefined,
    readonly Resource[],
    boolean,
  ])[] = [
    ["its first port", {}, 5432, [peer], true],
    ["its last port", {}, 5433, [peer], true],
    ["no port below", {}, 5431, [peer], false],
    ["no port above", {}, 5434, [peer], false],
    ["a port that is not known", {}, undefined, [peer], true],
    ["any port while its own are not known", { from: undefined }, 1, [peer], true],
    ["any port while its last is not known", { to: undefined }, 1, [peer], true],
    ["one of several peers", {}, 5432, [other, peer], true],
    ["nobody else", {}, 5432, [other], false],
    ["nobody", {}, 5432, [], false],
    ["addresses, which may be anybody's", { others: true, peers: [] }, 5432, [other], true],
    ["every protocol", { protocol: "-1" }, 1, [peer], true],
    ["every protocol by its name", { protocol: "all" }, 1, [peer], true],
    ["TCP by number", { protocol: "6" }, 5432, [peer], true],
    ["TCP in capitals", { protocol: "TCP" }, 5432, [peer], true],
    ["no other protocol", { protocol: "udp" }, 5432, [peer], false],
    ["no protocol that contains it", { protocol: "xtcp" }, 5432, [peer], false],
    ["no protocol that begins like it", { protocol: "66" }, 5432, [peer], false],
    ["a protocol that is not known", { protocol: undefined }, 5432, [peer], true],
    ["no port of a protocol that is not known", { protocol: undefined }, 1, [peer], false],
  ];
  for (const [name, more, port, peers, expected] of cases) {
    it(name, () => assert.equal(lets([{ ...rule, ...more }], port, peers), expected));
  }
  it("is enough when one of several does", () => {
    assert.equal(lets([{ ...rule, protocol: "udp" }, rule], 5432, [peer]), true);
    assert.equal(lets([], 5432, [peer]), false);
  });
});
