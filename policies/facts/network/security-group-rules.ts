import { Graph } from "../../stack/graph";
import { followEach } from "../identities/identity-grants";
import { Lookup } from "../../stack/join";
import { input, Resource, types } from "../../stack/resource";
import { indexesOf, read, readArray, readNumber, readString, Tri } from "../../stack/tri-state";

export type Direction = "ingress" | "egress";

/** One rule of a security group, however the program writes it. */
export interface GroupRule {
  /** Undefined while it is not known; -1 for every protocol. */
  readonly protocol: string | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Security groups of the stack that it is about. */
  readonly peers: readonly Resource[];
  /** Whether it is about addresses, prefix lists, or groups that are not in the stack. */
  readonly others: boolean;
}

/** Rules of one direction: the group's own list, and resources that add to it. Undefined while the list is not known. */
export function groupRules(
  group: Resource,
  direction: Direction,
  graph: Graph,
): readonly GroupRule[] | undefined {
  const list = input(group, readArray, direction);
  if (list.state === "unknown") return undefined;
  const groups = new Lookup(graph.of(types.securityGroup), ["id", "arn"]);
  const inline = indexesOf(list).map((index) => ruleAt(group, group, groups, direction, index));
  const ofOwnType = direction === "ingress" ? types.securityGroupIngressRule : types.securityGroupEgressRule;
  const added = [
    ...graph.of(types.securityGroupRule).filter((rule) => isDirected(rule, direction)),
    ...graph.of(ofOwnType),
  ]
    .filter((rule) => pointsAt(rule, group, groups))
    .map((rule) => ruleAt(rule, group, groups));
  return [...inline, ...added];
}

/** Whether the rules let TCP to the port pass between the group and one of the peers; addresses get the benefit of doubt. */
export function lets(
  rules: readonly GroupRule[],
  port: number | undefined,
  peers: readonly Resource[],
): boolean {
  return rules.some(
    (rule) => covers(rule, port) && (rule.others || rule.peers.some((peer) => peers.includes(peer))),
  );
}

function covers({ protocol, from, to }: GroupRule, port: number | undefined): boolean {
  if (protocol === "-1" || protocol === "all") return true;
  if (protocol !== undefined && !/^(tcp|6)$/i.test(protocol)) return false;
  if (port === undefined || from === undefined || to === undefined) return true;
  return from <= port && port <= to;
}

function isDirected(rule: Resource, direction: Direction): boolean {
  const type = input(rule, readString, "type");
  return type.state === "known" && type.value === direction;
}

function pointsAt(rule: Resource, group: Resource, groups: Lookup): boolean {
  const link = groups.follow(rule, "securityGroupId");
  return link.kind === "inside" && link.resources.includes(group);
}

function ruleAt(
  holder: Resource,
  group: Resource,
  groups: Lookup,
  property?: string,
  index?: number,
): GroupRule {
  const at = property === undefined || index === undefined ? undefined : [property, index];
  const value = <T>(
    reader: (props: unknown, ...path: readonly (string | number)[]) => Tri<T>,
    name: string,
  ) =>
    at === undefined
      ? input(holder, reader, name)
      : input(holder, reader, String(at[0]), ...at.slice(1), name);
  const text = (...names: readonly string[]) => firstKnown(names.map((name) => value(readString, name)));
  const number = (name: string) => firstKnown([value(readNumber, name)]);
  const self = value(read, "self");
  const links = ["sourceSecurityGroupId", "referencedSecurityGroupId", "securityGroups"].flatMap((name) =>
    at === undefined ? followEach(groups, holder, name) : nested(groups, holder, [...at, name]),
  );
  const addresses = ["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6", "prefixListIds", "prefixListId"];
  return {
    protocol: text("protocol", "ipProtocol"),
    from: number("fromPort"),
    to: number("toPort"),
    peers: [
      ...links.flatMap((link) => (link.kind === "inside" ? link.resources : [])),
      ...(self.state === "known" && self.value === true ? [group] : []),
    ],
    others:
      links.some((link) => link.kind === "outside" || link.kind === "unknown") ||
      addresses.some((name) => isSet(value(read, name))),
  };
}

function nested(groups: Lookup, holder: Resource, path: readonly (string | number)[]) {
  const [property, ...rest] = path;
  const list = input(holder, readArray, String(property), ...rest);
  return indexesOf(list).map((index) => groups.follow(holder, String(property), ...rest, index));
}

function isSet(value: Tri<unknown>): boolean {
  if (value.state !== "known") return value.state === "unknown";
  return !Array.isArray(value.value) || value.value.length > 0;
}

function firstKnown<T>(values: readonly Tri<T>[]): T | undefined {
  const found = values.find(({ state }) => state === "known");
  return found?.state === "known" ? found.value : undefined;
}
