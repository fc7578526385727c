import { strict as assert } from "assert";
import { ingressOf } from "../../../../policies/facts/network/ingress";
import { buildGraph } from "../../../../policies/stack/graph";
import { Resource } from "../../../../policies/stack/resource";
import { resource, unknownArray, unknownText } from "../../support/stack";

const group = (ingress: unknown) =>
  resource("securityGroup", "group", { props: { id: "sg-1", ingress }, from: { ingress: [] } });
const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
const outline = (stack: readonly [Resource, ...Resource[]]) =>
  ingressOf(stack[0], buildGraph(stack)).map(({ holder, fromAnywhere, httpsOnly, unknown }) =>
    [
      holder.name,
      ...(fromAnywhere ? ["anywhere"] : []),
      ...(httpsOnly ? ["https"] : []),
      ...(unknown === undefined ? [] : [`${unknown}?`]),
    ].join(" "),
  );

describe("what a security group lets in", () => {
  const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
    ["nothing", [], []],
    ["nothing that is not set", null, []],
    ["nobody knows what", unknownArray, ["group https ingress?"]],
    ["HTTPS of a network", [{ ...https, cidrBlocks: ["10.0.0.0/8"] }], ["group https"]],
    ["HTTPS by number of the protocol", [{ ...https, protocol: "6" }], ["group https"]],
    ["HTTPS in capitals", [{ ...https, protocol: "TCP" }], ["group https"]],
    ["anything else than TCP", [{ ...https, protocol: "udp" }], ["group"]],
    [
      "a protocol that only contains TCP",
      [
        { ...https, protocol: "tcpx" },
        { ...https, protocol: "xtcp" },
      ],
      ["group", "group"],
    ],
    ["everything", [{ protocol: "-1", fromPort: 0, toPort: 0 }], ["group"]],
    ["more ports", [{ ...https, fromPort: 80 }], ["group"]],
    ["more ports above", [{ ...https, toPort: 444 }], ["group"]],
    ["no port", [{ protocol: "tcp" }], ["group"]],
    ["no protocol", [{ fromPort: 443, toPort: 443 }], ["group"]],
    ["the internet", [{ ...https, cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"] }], ["group anywhere https"]],
    ["the internet of version 6", [{ ...https, ipv6CidrBlocks: ["::/0"] }], ["group anywhere https"]],
    ["addresses that are not known", [{ ...https, cidrBlocks: [unknownText] }], ["group https"]],
    ["a port that is not known", [{ ...https, fromPort: unknownText }], ["group ingress?"]],
    ["a protocol that is not known", [{ ...https, protocol: unknownText }], ["group ingress?"]],
    [
      "several rules",
      [https, { ...https, cidrBlocks: ["0.0.0.0/0"] }],
      ["group https", "group anywhere https"],
    ],
  ];
  for (const [name, ingress, expected] of cases)
    it(name, () => assert.deepEqual(outline([group(ingress)]), expected));

  const rule = (type: "securityGroupRule" | "securityGroupIngressRule", props: object) =>
    resource(type, "rule", {
      props: { securityGroupId: "sg-1", ...props },
      from: { fromPort: [], toPort: [], ipProtocol: [], protocol: [] },
    });
  const added: readonly (readonly [string, Resource, readonly string[]])[] = [
    [
      "a rule",
      rule("securityGroupRule", { type: "ingress", ...https, cidrBlocks: ["0.0.0.0/0"] }),
      ["rule anywhere https"],
    ],
    ["no rule about what goes out", rule("securityGroupRule", { type: "egress", ...https }), []],
    ["no rule whose direction is not known", rule("securityGroupRule", { type: unknownText, ...https }), []],
    [
      "no rule of another group",
      rule("securityGroupRule", { type: "ingress", ...https, securityGroupId: "sg-2" }),
      [],
    ],
    [
      "a rule of the newer kind",
      rule("securityGroupIngressRule", {
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: "0.0.0.0/0",
      }),
      ["rule anywhere https"],
    ],
    [
      "a rule of the newer kind for version 6",
      rule("securityGroupIngressRule", { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv6: "::/0" }),
      ["rule anywhere https"],
    ],
    [
      "a rule of the newer kind that is not known",
      rule("securityGroupIngressRule", { ipProtocol: "tcp", fromPort: 443, toPort: unknownText }),
      ["rule fromPort?"],
    ],
  ];
  for (const [name, one, expected] of added) {
    it(`by resources of their own: ${name}`, () => assert.deepEqual(outline([group([]), one]), expected));
  }
});
