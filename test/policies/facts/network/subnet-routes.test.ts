import { strict as assert } from "assert";
import { hasWayOut, vpcOf } from "../../../../policies/facts/network/subnet-routes";
import { buildGraph } from "../../../../policies/stack/graph";
import { Resource } from "../../../../policies/stack/resource";
import { resource, unknownArray, unknownText } from "../../support/stack";

const subnet = resource("subnet", "subnet", { props: { id: "subnet-1" } });
const table = (routes: unknown, name = "table") =>
  resource("routeTable", name, { props: { id: name, routes }, from: { routes: [] } });
const association = (more: object = {}) =>
  resource("routeTableAssociation", "a", { props: { subnetId: "subnet-1", routeTableId: "table", ...more } });
const route = (more: object) =>
  resource("route", "r", {
    props: { routeTableId: "table", destinationCidrBlock: "0.0.0.0/0", ...more },
    from: { destinationCidrBlock: [], natGatewayId: [] },
  });
const nat = { cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" };

describe("a way out of a subnet", () => {
  const cases: readonly (readonly [string, readonly Resource[], boolean | "unknown"])[] = [
    ["is none without a table of its own", [table([nat])], false],
    ["is none by the table of another subnet", [table([nat]), association({ subnetId: "subnet-2" })], false],
    ["is none by a table without routes", [table([]), association()], false],
    ["is not known by a table elsewhere", [association({ routeTableId: "elsewhere" })], "unknown"],
    ["is not known by a table that is not known", [association({ routeTableId: unknownText })], "unknown"],
    ["is not known while the routes are not", [table(unknownArray), association()], "unknown"],
    [
      "is one by a route of its own while the list is not known",
      [table(unknownArray), association(), route({ natGatewayId: "nat-1" })],
      true,
    ],
    ["is a NAT gateway", [table([nat]), association()], true],
    [
      "is one of several routes",
      [table([{ cidrBlock: "10.0.0.0/8", natGatewayId: "n" }, nat]), association()],
      true,
    ],
    [
      "is no route to a part of the world",
      [table([{ ...nat, cidrBlock: "10.0.0.0/8" }]), association()],
      false,
    ],
    ["is no route to nowhere", [table([{ natGatewayId: "nat-1" }]), association()], false],
    [
      "is a route whose destination is not known",
      [table([{ ...nat, cidrBlock: unknownText }]), association()],
      true,
    ],
    [
      "is no internet gateway",
      [table([{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }]), association()],
      false,
    ],
    ["is no gateway without a name", [table([{ ...nat, natGatewayId: "" }]), association()], false],
    ["is a gateway that is not known", [table([{ ...nat, natGatewayId: unknownText }]), association()], true],
    ...["transitGatewayId", "networkInterfaceId", "coreNetworkArn", "vpcEndpointId"].map(
      (way): readonly [string, readonly Resource[], boolean] => [
        `is a ${way}`,
        [table([{ cidrBlock: "0.0.0.0/0", [way]: "x" }]), association()],
        true,
      ],
    ),
    ["is a route of its own resource", [table([]), association(), route({ natGatewayId: "nat-1" })], true],
    [
      "is no route of its own resource to a part of the world",
      [table([]), association(), route({ natGatewayId: "nat-1", destinationCidrBlock: "10.0.0.0/8" })],
      false,
    ],
    [
      "is no route of another table",
      [table([]), table([], "other"), association(), route({ natGatewayId: "nat-1", routeTableId: "other" })],
      false,
    ],
    [
      "is no route of a table elsewhere",
      [table([]), association(), route({ natGatewayId: "nat-1", routeTableId: "elsewhere" })],
      false,
    ],
  ];
  for (const [name, stack, expected] of cases) {
    it(name, () => assert.equal(hasWayOut(subnet, buildGraph([subnet, ...stack])), expected));
  }

  it("is not known when one of two tables is not", () => {
    const two = [
      table([]),
      table(unknownArray, "other"),
      association(),
      association({ routeTableId: "other" }),
    ];
    assert.equal(hasWayOut(subnet, buildGraph([subnet, ...two])), "unknown");
    const out = [
      table([nat]),
      table(unknownArray, "other"),
      association({ routeTableId: "other" }),
      association(),
    ];
    assert.equal(hasWayOut(subnet, buildGraph([subnet, ...out])), true);
  });

  it("is found by ARNs as well", () => {
    const own = resource("subnet", "s", { props: { arn: "arn:s" } });
    const routes = resource("routeTable", "t", { props: { arn: "arn:t", routes: [nat] } });
    const joined = resource("routeTableAssociation", "a", {
      props: { subnetId: "arn:s", routeTableId: "arn:t" },
    });
    assert.equal(hasWayOut(own, buildGraph([own, routes, joined])), true);
  });
});

describe("the VPC of a subnet", () => {
  const vpc = (props: object, name = "main") => resource("vpc", name, { props: { ...props } });
  const at = (vpcId: unknown, from: readonly Resource[] = []) =>
    resource("subnet", "s", { props: { vpcId }, from: { vpcId: from } });
  it("is that of the stack, by id, ARN or what it is computed from", () => {
    const [byId, byArn, made, other] = [
      vpc({ id: "vpc-1" }),
      vpc({ arn: "arn:vpc" }),
      vpc({ id: unknownText }),
      vpc({ id: unknownText }, "other"),
    ];
    assert.equal(vpcOf(at("vpc-1"), buildGraph([byId])), byId.urn);
    assert.equal(vpcOf(at("arn:vpc"), buildGraph([byArn])), byArn.urn);
    assert.equal(vpcOf(at(unknownText, [made]), buildGraph([made])), made.urn);
    assert.equal(
      vpcOf(at(unknownText, [made, other]), buildGraph([made, other])),
      `${made.urn} ${other.urn}`,
    );
  });
  it("is one elsewhere by its id", () => assert.equal(vpcOf(at("vpc-9"), buildGraph([])), "vpc-9"));
  it("is not known yet", () => assert.equal(vpcOf(at(unknownText), buildGraph([])), undefined));
  it("is none", () => assert.equal(vpcOf(at(null), buildGraph([])), undefined));
});
