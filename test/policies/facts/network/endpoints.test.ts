import { strict as assert } from "assert";
import { secretsEndpoints } from "../../../../policies/facts/network/endpoints";
import { buildGraph } from "../../../../policies/stack/graph";
import { Resource } from "../../../../policies/stack/resource";
import { resource, unknownText } from "../../support/stack";

const endpoint = (serviceName: string, more: object = {}) =>
  resource("vpcEndpoint", "e", {
    props: { id: "vpce-1", serviceName, vpcEndpointType: "Interface", ...more },
    from: { serviceName: [], vpcEndpointType: [] },
  });
const outline = (stack: readonly Resource[]) =>
  secretsEndpoints(buildGraph(stack)).map(({ resource: { name }, service, policies, associations }) => [
    name,
    service,
    policies.map((one) => one.name),
    associations.map((one) => one.name),
  ]);

describe("endpoints for services that handle secrets", () => {
  const cases: readonly (readonly [string, object, string | undefined])[] = [
    ["com.amazonaws.eu-west-1.secretsmanager", {}, "secretsmanager"],
    ["com.amazonaws.eu-west-1.kms", {}, "kms"],
    ["com.amazonaws.eu-west-1.ssm", {}, "ssm"],
    ["com.amazonaws.us-east-1.secretsmanager-fips", {}, "secretsmanager"],
    ["com.amazonaws.us-east-1.kms-fips", {}, "kms"],
    ["kms", {}, "kms"],
    ["com.amazonaws.eu-west-1.xkms", {}, undefined],
    ["com.amazonaws.eu-west-1.kms-x", {}, undefined],
    ["com.amazonaws.eu-west-1.ssmmessages", {}, undefined],
    ["com.amazonaws.eu-west-1.s3", {}, undefined],
    [unknownText, {}, undefined],
    ["a.kms", { vpcEndpointType: "Gateway" }, undefined],
    ["b.kms", { vpcEndpointType: null }, "kms"],
    ["c.kms", { vpcEndpointType: unknownText }, "kms"],
  ];
  for (const [name, more, service] of cases) {
    it(`${name} ${JSON.stringify(more)}: ${service ?? "none"}`, () =>
      assert.deepEqual(
        outline([endpoint(name, more)]),
        service === undefined ? [] : [["e", service, [], []]],
      ));
  }

  it("have the policies and subnets that other resources add", () => {
    const of = (
      type: "vpcEndpointPolicy" | "vpcEndpointSubnetAssociation",
      name: string,
      vpcEndpointId: string,
    ) => resource(type, name, { props: { vpcEndpointId } });
    const stack = [
      endpoint("a.kms"),
      of("vpcEndpointPolicy", "policy", "vpce-1"),
      of("vpcEndpointPolicy", "elsewhere", "vpce-2"),
      of("vpcEndpointSubnetAssociation", "subnet", "vpce-1"),
      of("vpcEndpointSubnetAssociation", "other", "vpce-2"),
    ];
    assert.deepEqual(outline(stack), [["e", "kms", ["policy"], ["subnet"]]]);
  });

  it("are found once for each graph", () => {
    const graph = buildGraph([endpoint("a.kms")]);
    assert.equal(secretsEndpoints(graph), secretsEndpoints(graph));
  });
});
