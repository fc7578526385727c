import { Graph } from "../../stack/graph";
import { Lookup } from "../../stack/join";
import { input, Resource, types } from "../../stack/resource";
import { indexesOf, read, readArray, Tri } from "../../stack/tri-state";

/** Where a default route can lead for a network interface without a public address. */
const ways = ["natGatewayId", "transitGatewayId", "networkInterfaceId", "coreNetworkArn", "vpcEndpointId"];

/**
 * Whether a subnet has a route to the internet that a Lambda function can use. Its interfaces have no public address, so
 * an internet gateway is none; a subnet without a route table of its own has that of its VPC, which leads nowhere.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
 */
export function hasWayOut(subnet: Resource, graph: Graph): boolean | "unknown" {
  const subnets = new Lookup([subnet], ["id", "arn"]);
  const tables = new Lookup(graph.of(types.routeTable), ["id", "arn"]);
  const links = graph
    .of(types.routeTableAssociation)
    .filter((one) => subnets.follow(one, "subnetId").kind === "inside")
    .map((one) => tables.follow(one, "routeTableId"));
  if (links.some(({ kind }) => kind !== "inside")) return "unknown";
  const found = links.flatMap((link) => (link.kind === "inside" ? link.resources : []));
  const answers = found.map((table) => leadsOut(table, graph, tables));
  return answers.find((answer) => answer === true) ?? answers.find((answer) => answer === "unknown") ?? false;
}

function leadsOut(table: Resource, graph: Graph, tables: Lookup): boolean | "unknown" {
  const list = input(table, readArray, "routes");
  const inline = indexesOf(list).map((index) =>
    isWayOut("cidrBlock", (name) => input(table, read, "routes", index, name)),
  );
  const own = graph
    .of(types.route)
    .filter((route) => {
      const link = tables.follow(route, "routeTableId");
      return link.kind === "inside" && link.resources.includes(table);
    })
    .map((route) => isWayOut("destinationCidrBlock", (name) => input(route, read, name)));
  if ([...inline, ...own].some((out) => out)) return true;
  return list.state === "unknown" ? "unknown" : false;
}

function isWayOut(destination: string, value: (name: string) => Tri<unknown>): boolean {
  const to = value(destination);
  const everywhere = to.state === "unknown" || (to.state === "known" && to.value === "0.0.0.0/0");
  return everywhere && ways.some((name) => isGiven(value(name)));
}

function isGiven(value: Tri<unknown>): boolean {
  return value.state === "unknown" || (value.state === "known" && value.value !== "");
}

/** VPC of a subnet or of an endpoint, by URN when it is in the stack, else by id; undefined while it is not known. */
export function vpcOf(resource: Resource, graph: Graph): string | undefined {
  const link = new Lookup(graph.of(types.vpc), ["id", "arn"]).follow(resource, "vpcId");
  if (link.kind === "inside") return link.resources.map(({ urn }) => urn).join(" ");
  return link.kind === "outside" ? link.reference : undefined;
}
