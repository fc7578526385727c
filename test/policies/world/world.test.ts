import { strict as assert } from "assert";
import { anyOrganization, Organization } from "../../../policies/organization";
import { buildGraph } from "../../../policies/stack/graph";
import { Resource } from "../../../policies/stack/resource";
import { accessOf, worldOf } from "../../../policies/world";
import { policy, resource } from "../support/stack";
import { worldIn } from "./outline";

const secretArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/k-1";
const naming = (accountId: string) =>
  policy({
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: "*",
    Resource: "*",
  });
const trusting = (accountId: string) =>
  policy({
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: "sts:AssumeRole",
  });
const secret = (props: object = {}) =>
  resource("secret", "orders", { props: { name: "orders", arn: secretArn, ...props } });
const key = (props: object = {}) =>
  resource("key", "main", { props: { arn: keyArn, keyId: "k-1", ...props } });
const endpoint = (id: string, vpcId: string, props: object = {}) =>
  resource("vpcEndpoint", vpcId, {
    props: { id, vpcId, serviceName: "com.amazonaws.eu-west-1.kms", ...props },
    account: "222222222222",
  });
const group = (name: string, arn: string) => resource("group", name, { props: { name: "team", arn } });
const code = (name: string, role: string, called = "f") =>
  resource("function", name, {
    props: { arn: `arn:aws:lambda:eu-west-1:333333333333:function:${called}`, role },
  });
const role = (name: string, props: object = {}) => resource("role", name, { props: { name, ...props } });
const teamArn = "arn:aws:iam::444444444444:group/team";

describe("the world of a graph", () => {
  it("is built once, and anew for another organisation", () => {
    const graph = buildGraph([secret()]);
    const other: Organization = { ...anyOrganization, id: "o-1" };
    const first = worldOf(graph, anyOrganization);
    assert.equal(worldOf(graph, anyOrganization), first);
    const second = worldOf(graph, other);
    assert.deepEqual([first.world.organization?.id, second.world.organization?.id], [undefined, "o-1"]);
    assert.equal(worldOf(graph, other), second);
  });

  it("has one proof", () => {
    const graph = buildGraph([secret()]);
    const { world, proof } = accessOf(graph, anyOrganization);
    const again = accessOf(graph, anyOrganization);
    assert.deepEqual([again.world === world, again.proof === proof], [true, true]);
    assert.equal(world, worldOf(graph, anyOrganization));
    assert.deepEqual(
      proof.direct(world.secrets[0]!.secret.id).map(({ arn }) => arn),
      [secretArn],
    );
  });

  it("leads back to the resources of secrets", () => {
    const one = secret();
    const { secrets, secretNode } = worldIn([one]);
    assert.equal(secretNode(one.urn)?.resource, one);
    assert.equal(secretNode(one.urn), secrets[0]!.node);
    assert.equal(secretNode("urn:other"), undefined);
  });

  it("has groups only where there are some", () => {
    assert.deepEqual(Object.hasOwn(worldIn([secret()]).world, "groups"), false);
    assert.deepEqual(
      worldIn([group("team", teamArn)]).world.groups?.map(({ arn }) => arn),
      [teamArn],
    );
  });

  it("has once, as the first says, what merged stacks hold twice", () => {
    const { world } = worldIn([
      role("a", { arn: "arn:aws:iam::111111111111:role/r", tags: { from: "first" } }),
      role("b", { arn: "arn:aws:iam::111111111111:role/r", tags: { from: "second" } }),
      endpoint("vpce-1", "vpc-1"),
      endpoint("vpce-1", "vpc-2"),
      endpoint("vpce-2", "vpc-3"),
      group("one", teamArn),
      group("two", teamArn),
      group("three", `${teamArn}s`),
      code("one", "arn:role/one"),
      code("two", "arn:role/two"),
      code("three", "arn:role/three", "g"),
    ]);
    assert.deepEqual(
      {
        principals: world.principals.map(({ tags }) => tags["from"]),
        endpoints: world.endpoints.map(({ id, vpcId }) => `${id} ${vpcId}`),
        groups: world.groups?.map(({ arn }) => arn),
        functions: world.functions.map(({ roleArn }) => roleArn),
      },
      {
        principals: ["first"],
        endpoints: ["vpce-1 vpc-1", "vpce-2 vpc-3"],
        groups: [teamArn, `${teamArn}s`],
        functions: ["arn:role/one", "arn:role/three"],
      },
    );
  });

  it("assumes the declared readers that it has not, and only roles and users", () => {
    const held = "arn:aws:iam::222222222222:role/held";
    const readers = `${held} arn:aws:iam::222222222222:role/far lambda.amazonaws.com`;
    const { world, assumed } = worldIn([
      secret({ tags: { "strongroom:readers": readers } }),
      role("held", { arn: held }),
    ]);
    assert.deepEqual([...assumed], ["arn:aws:iam::222222222222:role/far"]);
    assert.deepEqual(
      world.principals.map(({ arn, assumed: isAssumed }) => [arn, isAssumed]),
      [
        [held, undefined],
        ["arn:aws:iam::222222222222:role/far", true],
      ],
    );
  });

  const owned: readonly (readonly [string, () => readonly Resource[], readonly string[]])[] = [
    ["of secrets", () => [secret()], ["111111111111"]],
    ["of keys", () => [key()], ["111111111111"]],
    ["of roles", () => [role("r", { arn: "arn:aws:iam::555555555555:role/r" })], ["555555555555"]],
    ["of endpoints", () => [endpoint("vpce-1", "vpc-1")], ["222222222222"]],
    ["of functions", () => [code("f", "arn:role/one")], ["333333333333"]],
    [
      "that a secret's policy names",
      () => [secret({ policy: naming("666666666666") })],
      ["111111111111", "666666666666"],
    ],
    [
      "that a key's policy names",
      () => [key({ policy: naming("666666666666") })],
      ["111111111111", "666666666666"],
    ],
    [
      "that an endpoint's policy names",
      () => [endpoint("vpce-1", "vpc-1", { policy: naming("666666666666") })],
      ["222222222222", "666666666666"],
    ],
    [
      "that a trust policy names",
      () => [role("r", { assumeRolePolicy: trusting("666666666666") })],
      ["111111111111", "666666666666"],
    ],
    [
      "but not such as are none",
      () => [
        role("long", { arn: "arn:aws:iam::1234567890123:role/r" }),
        role("worded", { arn: "arn:aws:iam::x123456789012:role/r" }),
        role("aws", { arn: "arn:aws:iam::aws:role/r" }),
      ],
      [],
    ],
  ];
  for (const [name, stack, accounts] of owned) {
    it(`tells accounts apart: those ${name}`, () =>
      assert.deepEqual(
        worldIn(stack()).world.accounts.map(({ id }) => id),
        accounts,
      ));
  }
});
