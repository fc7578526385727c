import { strict as assert } from "assert";
import { readable } from "../../../iam/proof";
import { buildGraph } from "../../../policies/stack/graph";
import { Resource } from "../../../policies/stack/resource";
import { endpointsOf } from "../../../policies/world/endpoints";
import { policy, resource, unknownText } from "../support/stack";
import { outline } from "./outline";

describe("endpoints of the world", () => {
  const document = policy({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" });
  const endpoint = (props: object, account?: null) =>
    resource("vpcEndpoint", "e", {
      props: { id: "vpce-0a1", serviceName: "com.amazonaws.eu-west-1.kms", vpcId: "vpc-1", ...props },
      from: { serviceName: [], policy: [] },
      ...(account === null ? { account } : {}),
    });
  const outlined = (stack: readonly Resource[]) =>
    endpointsOf(buildGraph(stack)).map(({ id, vpcId, accountId, region, service, policy: held }) => [
      readable(id),
      readable(vpcId),
      accountId,
      region,
      service,
      outline(held),
    ]);
  const plain = ["vpce-0a1", "vpc-1", "111111111111", "eu-west-1", "kms", undefined];
  const replace = (index: number, value: unknown) => [plain.map((one, at) => (at === index ? value : one))];
  const own = resource("vpcEndpointPolicy", "p", { props: { vpcEndpointId: "vpce-0a1", policy: document } });
  const elsewhere = (vpcEndpointId: string) =>
    resource("vpcEndpointPolicy", "p", { props: { vpcEndpointId, policy: document } });
  const vpc = resource("vpc", "main");

  const cases: readonly (readonly [string, () => readonly Resource[], readonly unknown[]])[] = [
    ["have full access without a policy", () => [endpoint({})], [plain]],
    [
      "have their policy",
      () => [endpoint({ policy: document })],
      replace(5, "policy of VPC endpoint vpce-0a1"),
    ],
    [
      "have a policy of its own resource",
      () => [endpoint({}), own],
      replace(5, "policy of VPC endpoint vpce-0a1"),
    ],
    [
      "have a policy that is not known",
      () => [endpoint({ policy: unknownText })],
      replace(5, "policy of VPC endpoint vpce-0a1 ? it depends on the value of `policy`"),
    ],
    [
      "have a service of several words",
      () => [endpoint({ serviceName: "com.amazonaws.us-gov-west-1.ecr.api" })],
      replace(4, "ecr.api"),
    ],
    [
      "are left out for services of others",
      () => [
        endpoint({ serviceName: "org.example.eu-west-1.kms" }),
        endpoint({ serviceName: "x.com.amazonaws.eu-west-1.kms" }),
      ],
      [],
    ],
    ["are left out while the service is not known", () => [endpoint({ serviceName: unknownText })], []],
    ["are left out nobody knows where", () => [endpoint({}, null)], []],
    [
      "are called by the id in their ARN",
      () => [endpoint({ id: unknownText, arn: "arn:aws:ec2:eu-west-1:111111111111:vpc-endpoint/vpce-0b2" })],
      replace(0, "vpce-0b2"),
    ],
    [
      "are called by what they are until they are made",
      () => [endpoint({ id: unknownText })],
      replace(0, 'vpce-<id of VpcEndpoint "e">'),
    ],
    [
      "are in a VPC that is not made yet",
      () => [
        resource("vpcEndpoint", "e", {
          props: { id: "vpce-0a1", serviceName: "com.amazonaws.eu-west-1.kms", vpcId: unknownText },
          from: { vpcId: [vpc] },
        }),
      ],
      replace(1, 'vpc-<id of Vpc "main">'),
    ],
    [
      "are in a VPC that is not known",
      () => [endpoint({ vpcId: unknownText })],
      replace(1, 'vpc-<VPC of VpcEndpoint "e">'),
    ],
    [
      "are called by their ARN when their id is none of an endpoint",
      () => [endpoint({ id: "secrets", arn: "arn:aws:ec2:eu-west-1:111111111111:vpc-endpoint/vpce-0b2" })],
      replace(0, "vpce-0b2"),
    ],
    [
      "are called by what they are with neither",
      () => [endpoint({ id: "vpce-0a1.example" })],
      replace(0, 'vpce-<id of VpcEndpoint "e">'),
    ],
    [
      "have their own policy, and not that of an endpoint elsewhere",
      () => [endpoint({}), elsewhere("vpce-0a2"), elsewhere(unknownText)],
      [plain],
    ],
    [
      "are in no VPC that is told, whatever was computed for it",
      () => [
        resource("vpcEndpoint", "e", {
          props: { id: "vpce-0a1", serviceName: "com.amazonaws.eu-west-1.kms" },
          from: { vpcId: [vpc] },
        }),
      ],
      replace(1, 'vpc-<VPC of VpcEndpoint "e">'),
    ],
    [
      "are in a VPC of which not even that is known what it depends on",
      () => [endpoint({ vpcId: unknownText })].map(({ propertyDependencies: _, ...one }) => one),
      replace(1, 'vpc-<VPC of VpcEndpoint "e">'),
    ],
    [
      "are in no VPC that is told",
      () => [endpoint({ vpcId: null })],
      replace(1, 'vpc-<VPC of VpcEndpoint "e">'),
    ],
  ];
  for (const [name, stack, expected] of cases) it(name, () => assert.deepEqual(outlined(stack()), expected));

  it("have no policy at all where none is set", () =>
    assert.equal(Object.hasOwn(endpointsOf(buildGraph([endpoint({})]))[0]!, "policy"), false));
});
