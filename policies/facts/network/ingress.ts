import { Graph } from "../../stack/graph";
import { Lookup } from "../../stack/join";
import { input, Path, Resource, types } from "../../stack/resource";
import { indexesOf, readArray, readNumber, readString, readWhole, Tri } from "../../stack/tri-state";

/** One rule of a security group about what comes in. */
export interface IngressRule {
  /** The resource that states it: the group or a resource for the rule. */
  readonly holder: Resource;
  readonly fromAnywhere: boolean;
  /** TCP port 443 and nothing else. */
  readonly httpsOnly: boolean;
  /** The property that has to be known before anything can be said. */
  readonly unknown?: string;
}

const anywhere = new Set(["0.0.0.0/0", "::/0"]);

/** What a security group lets in, by its own list and by resources that add to it. */
export function ingressOf(group: Resource, graph: Graph): readonly IngressRule[] {
  const groups = new Lookup([group], ["id"]);
  const added = [
    ...graph.of(types.securityGroupIngressRule),
    ...graph.of(types.securityGroupRule).filter(isIngress),
  ];
  return [
    ...inline(group),
    ...added
      .filter((rule) => groups.follow(rule, "securityGroupId").kind === "inside")
      .map((rule) => ruleAt(rule, [])),
  ];
}

function inline(group: Resource): readonly IngressRule[] {
  const list = input(group, readArray, "ingress");
  if (list.state === "unknown")
    return [{ holder: group, fromAnywhere: false, httpsOnly: true, unknown: "ingress" }];
  return indexesOf(list).map((index) => ruleAt(group, ["ingress", index]));
}

function isIngress(rule: Resource): boolean {
  const type = input(rule, readString, "type");
  return type.state === "known" && type.value === "ingress";
}

type Reader<T> = (props: unknown, ...path: Path) => Tri<T>;

/**
 * The two resource types and the list write the same things under different names. Addresses that are computed from other
 * resources are networks of somebody, never the whole internet.
 */
function ruleAt(holder: Resource, at: Path): IngressRule {
  const value = <T>(reader: Reader<T>, name: string) =>
    at.length === 0
      ? input(holder, reader, name)
      : input(holder, reader, String(at[0]), ...at.slice(1), name);
  const sources = ["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6"].map((name) =>
    value(readWhole, name),
  );
  const protocols = ["protocol", "ipProtocol"].map((name) => value(readString, name));
  const ports = ["fromPort", "toPort"].map((name) => value(readNumber, name));
  const addresses = sources.flatMap((one) => (one.state === "known" ? [one.value].flat() : []));
  const protocol = protocols.find((one) => one.state === "known");
  const https = protocol?.state === "known" && /^(tcp|6)$/i.test(protocol.value);
  const unclear = [...protocols, ...ports].some((one) => one.state === "unknown");
  return {
    holder,
    fromAnywhere: addresses.some((address) => anywhere.has(String(address))),
    httpsOnly: https && ports.every((port) => port.state === "known" && port.value === 443),
    ...(unclear ? { unknown: String(at[0] ?? "fromPort") } : {}),
  };
}
