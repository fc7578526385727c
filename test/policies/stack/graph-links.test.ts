import { strict as assert } from "assert";
import { buildGraph } from "../../../policies/stack/graph";
import { Resource } from "../../../policies/stack/resource";
import { resource, unknownText } from "../support/stack";

const names = (resources: readonly Resource[]) => resources.map(({ name }) => name);
const id = "mrk-1";

/** Two keys of one multi-Region family. */
const primary = () =>
  resource("key", "primary", { props: { keyId: id, arn: "arn:aws:kms:eu-west-1:111111111111:key/mrk-1" } });
const replica = () =>
  resource("replicaKey", "replica", {
    props: { keyId: id, arn: "arn:aws:kms:eu-central-1:111111111111:key/mrk-1" },
  });

describe("the resources of a graph", () => {
  it("are found by type, in the stack's order", () => {
    const stack = [resource("key", "a"), resource("secret", "b"), resource("key", "c")];
    const graph = buildGraph(stack);
    assert.equal(graph.resources, stack);
    assert.deepEqual(names(graph.of(stack[0]!.type)), ["a", "c"]);
    assert.deepEqual(names(graph.of(stack[1]!.type, stack[0]!.type)), ["b", "a", "c"]);
    assert.deepEqual(graph.of("x"), []);
    assert.deepEqual(graph.of(), []);
  });
});

describe("the key that a resource leads to", () => {
  const alias = (props: object) => resource("alias", "alias", { props: { name: "alias/x", ...props } });
  const cases: readonly (readonly [string, readonly Resource[], Resource, string | undefined])[] = [
    ["is itself", [primary(), replica()], replica(), "replica"],
    [
      "is that of the alias's Region",
      [replica(), primary(), alias({})],
      alias({ targetKeyId: id }),
      "primary",
    ],
    [
      "is the relative in another Region",
      [primary(), replica()],
      alias({ targetKeyId: id, region: "eu-central-1" }),
      "replica",
    ],
    [
      "is the one that is named, where the Region has none",
      [primary(), replica()],
      alias({ targetKeyId: id, region: "us-east-1" }),
      "primary",
    ],
    ["is none of an alias to nothing", [primary()], alias({ targetKeyId: "k-9" }), undefined],
    [
      "is none of an alias to an alias",
      [primary(), alias({ targetKeyId: id })],
      alias({ targetKeyId: "alias/x" }),
      undefined,
    ],
    ["is none of something else", [primary()], resource("secret", "s"), undefined],
  ];
  for (const [name, stack, from, expected] of cases) {
    it(name, () => assert.equal(buildGraph(stack).keyAt(from)?.resource.name, expected));
  }

  it("is no relative when keys share an id that is not of several Regions", () => {
    const [a, b] = [
      resource("key", "a", { props: { keyId: "k-1" } }),
      resource("key", "b", { props: { keyId: "k-1", region: "eu-central-1" } }),
    ];
    const from = alias({ targetKeyId: "k-1", region: "eu-central-1" });
    assert.equal(buildGraph([a, b]).keyAt(from)?.resource.name, "a");
  });

  it("is no other family's key", () => {
    const other = resource("key", "other", { props: { keyId: "mrk-2", region: "eu-central-1" } });
    const loose = resource("key", "loose", { props: { keyId: unknownText, region: "eu-central-1" } });
    const from = alias({ targetKeyId: id, region: "eu-central-1" });
    assert.equal(buildGraph([primary(), other, loose, replica()]).keyAt(from)?.resource.name, "replica");
    assert.equal(buildGraph([primary(), other, loose]).keyAt(from)?.resource.name, "primary");
  });

  it("has the policy of its own Region", () => {
    const policy = resource("keyPolicy", "p", { props: { keyId: id, region: "eu-central-1", policy: "{}" } });
    const { keys } = buildGraph([primary(), replica(), policy]);
    assert.deepEqual(
      keys.map(({ resource: { name }, policies }) => [name, policies.map(({ holder }) => holder.name)]),
      [
        ["primary", []],
        ["replica", ["p"]],
      ],
    );
  });
});

describe("functions of a graph", () => {
  const references = ["arn", "id", "name", "qualifiedArn", "invokeArn"];
  for (const reference of references) {
    it(`are called by their ${reference}`, () => {
      const code = resource("function", "rotate", { props: { [reference]: "f-1" } });
      const stack = [
        code,
        resource("permission", "invoke", { props: { function: "f-1" } }),
        resource("functionUrl", "url", { props: { functionName: "f-1" } }),
        resource("permission", "elsewhere", { props: { function: "f-2" } }),
        resource("functionUrl", "other", { props: { functionName: "f-2" } }),
      ];
      const { functions, loosePermissions } = buildGraph(stack);
      assert.deepEqual(
        functions.map((one) => [one.resource.name, names(one.permissions), names(one.urls)]),
        [["rotate", ["invoke"], ["url"]]],
      );
      assert.deepEqual(names(loosePermissions), ["elsewhere"]);
    });
  }

  it("may be alone", () => {
    const code = resource("function", "rotate");
    assert.deepEqual(buildGraph([code]).functions, [{ resource: code, permissions: [], urls: [] }]);
  });
});

describe("rotations of a graph", () => {
  it("lead to their function, and are loose while their secret is not known", () => {
    const code = resource("function", "rotate", { props: { arn: "f-1" } });
    const secret = resource("secret", "orders", { props: { arn: "s-1" } });
    const rotation = (name: string, secretId: string, rotationLambdaArn: string) =>
      resource("secretRotation", name, { props: { secretId, rotationLambdaArn } });
    const [known, loose, away] = [
      rotation("known", "s-1", "f-1"),
      rotation("loose", unknownText, "f-1"),
      rotation("away", "s-9", "f-9"),
    ];
    const graph = buildGraph([code, secret, known, loose, away]);
    assert.deepEqual(names(graph.rotations), ["known", "loose", "away"]);
    assert.deepEqual(names(graph.looseRotations), ["loose"]);
    assert.deepEqual(graph.functionOf(known), { kind: "inside", resources: [code] });
    assert.deepEqual(graph.functionOf(away), { kind: "outside", reference: "f-9" });
  });
});

describe("secrets and keys of a graph", () => {
  for (const reference of ["arn", "id", "name"]) {
    it(`has secrets called by their ${reference}`, () => {
      const secret = resource("secret", "orders", { props: { [reference]: "s-1" } });
      const policy = resource("secretPolicy", "access", { props: { secretArn: "s-1", policy: "{}" } });
      const [node] = buildGraph([secret, policy]).secrets;
      assert.deepEqual(
        node?.policies.map(({ document }) => document.holder.name),
        ["access"],
      );
    });
  }
  for (const reference of ["arn", "keyId", "id", "name"]) {
    it(`has keys called by their ${reference}`, () => {
      const key = resource("key", "main", { props: { [reference]: "k-x" } });
      const secret = resource("secret", "orders", { props: { kmsKeyId: "k-x" } });
      assert.deepEqual(buildGraph([secret, key]).secrets[0]?.key, { kind: "inside", resources: [key] });
    });
  }
});
