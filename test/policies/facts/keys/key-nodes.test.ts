import { strict as assert } from "assert";
import { buildGraph } from "../../../../policies/stack/graph";
import { Resource } from "../../../../policies/stack/resource";
import { policy, resource, unknownText } from "../../support/stack";

const document = policy({ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" });
const outline = (stack: readonly Resource[]) =>
  buildGraph(stack).keys.map(({ resource: { name }, inStack, policies }) => [
    name,
    inStack,
    policies.map(({ holder, property, state }) => `${holder.name}.${property} ${state}`).join(),
  ]);

describe("a key with its policies", () => {
  const key = (props: object = {}) =>
    resource("key", "main", { props: { keyId: "k-1", ...props }, from: { policy: [] } });
  const own = (props: object = {}) =>
    resource("keyPolicy", "own", {
      props: { keyId: "k-1", policy: document, ...props },
      from: { policy: [] },
    });
  const cases: readonly (readonly [string, readonly Resource[], readonly unknown[]])[] = [
    ["may have none", [key()], [["main", true, ""]]],
    ["has its own", [key({ policy: document })], [["main", true, "main.policy known"]]],
    [
      "has its own before one of its own resource",
      [own(), key({ policy: document })],
      [["main", true, "main.policy known,own.policy known"]],
    ],
    [
      "has one that is not known",
      [key(), own({ policy: unknownText })],
      [["main", true, "own.policy unknown"]],
    ],
    ["has none of a resource without one", [key(), own({ policy: null })], [["main", true, ""]]],
    [
      "comes before one that is only referred to",
      [own({ keyId: "k-9" }), key()],
      [
        ["main", true, ""],
        ["own", false, "own.policy known"],
      ],
    ],
    [
      "is one of each kind",
      [key(), resource("externalKey", "external"), resource("replicaKey", "replica")],
      [
        ["main", true, ""],
        ["external", true, ""],
        ["replica", true, ""],
      ],
    ],
  ];
  for (const [name, stack, expected] of cases) it(name, () => assert.deepEqual(outline(stack), expected));
});
