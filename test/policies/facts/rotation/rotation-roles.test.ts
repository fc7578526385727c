import { strict as assert } from "assert";
import { rotationFunctions } from "../../../../policies/facts/rotation/rotation-functions";
import { rotationRoles } from "../../../../policies/facts/rotation/rotation-roles";
import { buildGraph } from "../../../../policies/stack/graph";
import { Resource } from "../../../../policies/stack/resource";
import { role } from "../../support/identity";
import { resource, unknownText } from "../../support/stack";

const secret = (name: string) => resource("secret", name, { props: { arn: name } });
const code = (name: string, of = "arn:role") =>
  resource("function", name, { props: { arn: name, role: of } });
const rotation = (secretId: string, rotationLambdaArn: string) =>
  resource("secretRotation", `${secretId}-${rotationLambdaArn}`, { props: { secretId, rotationLambdaArn } });
const worker = () => role("worker", { arn: "arn:role" });

const outline = (stack: readonly Resource[]) =>
  rotationRoles(buildGraph(stack)).map((one) => [
    one.function.name,
    one.secrets.map(({ resource: { name } }) => name).join(),
    one.link.kind,
    one.identity?.resource.name,
  ]);

describe("the roles that rotate", () => {
  const cases: readonly (readonly [string, () => readonly Resource[], readonly unknown[]])[] = [
    ["are none without a rotation", () => [secret("a"), code("f"), worker()], []],
    [
      "are those of the functions that are called",
      () => [secret("a"), rotation("a", "f"), code("f"), code("g"), worker()],
      [["f", "a", "inside", "worker"]],
    ],
    [
      "rotate several secrets",
      () => [secret("a"), secret("b"), rotation("a", "f"), rotation("b", "f"), code("f"), worker()],
      [["f", "a,b", "inside", "worker"]],
    ],
    [
      "rotate a secret once",
      () => [secret("a"), rotation("a", "f"), rotation("a", "f"), code("f"), worker()],
      [["f", "a", "inside", "worker"]],
    ],
    [
      "are several of one secret",
      () => [secret("a"), rotation("a", "f"), rotation("a", "g"), code("g"), code("f"), worker()],
      [
        ["f", "a", "inside", "worker"],
        ["g", "a", "inside", "worker"],
      ],
    ],
    [
      "may be elsewhere",
      () => [secret("a"), rotation("a", "f"), code("f", "arn:other")],
      [["f", "a", "outside", undefined]],
    ],
    [
      "may not be known",
      () => [secret("a"), rotation("a", "f"), code("f", unknownText)],
      [["f", "a", "unknown", undefined]],
    ],
    ["are none of a function elsewhere", () => [secret("a"), rotation("a", "g"), code("f"), worker()], []],
  ];
  for (const [name, stack, expected] of cases) it(name, () => assert.deepEqual(outline(stack()), expected));

  it("are found once for each graph", () => {
    const graph = buildGraph([secret("a"), rotation("a", "f"), code("f"), worker()]);
    assert.equal(rotationRoles(graph), rotationRoles(graph));
  });
});

describe("the functions that rotate", () => {
  it("are those of the stack that a rotation calls, once", () => {
    const [f, g] = [code("f"), code("g")];
    const stack = [f, g, secret("a"), rotation("a", "f"), rotation("b", "f"), rotation("a", "elsewhere")];
    const graph = buildGraph(stack);
    assert.deepEqual([...rotationFunctions(graph)], [f]);
    assert.equal(rotationFunctions(graph), rotationFunctions(graph));
  });
});
