import { strict as assert } from "assert";
import { buildGraph } from "../../../../policies/stack/graph";
import { Link } from "../../../../policies/stack/join";
import { Resource } from "../../../../policies/stack/resource";
import { policy, resource, unknownArray, unknownText } from "../../support/stack";

const linkText = (link: Link) =>
  link.kind === "inside"
    ? link.resources.map(({ name }) => name).join()
    : link.kind === "outside"
      ? `outside ${link.reference}`
      : link.kind;
const document = (Sid: string) =>
  policy({ Sid, Effect: "Allow", Principal: "*", Action: "secretsmanager:*", Resource: "*" });
const secret = (props: object = {}) =>
  resource("secret", "orders", { props: { arn: "s-1", ...props }, from: { replicas: [], kmsKeyId: [] } });

/** Secrets in words. */
const outline = (stack: readonly Resource[]) =>
  buildGraph(stack).secrets.map((node) => ({
    secret: `${node.resource.name}${node.inStack ? "" : " elsewhere"}`,
    policies: node.policies.map(({ document: { holder, state }, blockPublicPolicy: block }) =>
      [holder.name, state, block.state === "known" ? block.value : block.state].join(" "),
    ),
    rotations: node.rotations.map(({ name }) => name),
    key: linkText(node.key),
    replicas: node.replicas.map(({ index, region, key }) =>
      [index, region.state === "known" ? region.value : region.state, linkText(key)].join(" "),
    ),
    replicasUnknown: node.replicasUnknown,
  }));
const plain = {
  secret: "orders",
  policies: [],
  rotations: [],
  key: "none",
  replicas: [],
  replicasUnknown: false,
};

describe("a secret with what is attached to it", () => {
  const key = resource("key", "main", { props: { keyId: "k-1" } });
  const access = (props: object) =>
    resource("secretPolicy", "access", {
      props: { secretArn: "s-1", policy: document("A"), ...props },
      from: { policy: [], blockPublicPolicy: [] },
    });
  const elsewhere = {
    ...plain,
    secret: "access elsewhere",
    policies: ["access known absent"],
    key: "unknown",
  };
  const cases: readonly (readonly [string, readonly Resource[], readonly object[]])[] = [
    ["is alone", [secret()], [plain]],
    [
      "has its own policy",
      [secret({ policy: document("B") })],
      [{ ...plain, policies: ["orders known absent"] }],
    ],
    [
      "has its own policy before one of its own resource",
      [access({ blockPublicPolicy: true }), secret({ policy: document("B") })],
      [{ ...plain, policies: ["orders known absent", "access known true"] }],
    ],
    [
      "has a policy that does not block",
      [access({ blockPublicPolicy: false }), secret()],
      [{ ...plain, policies: ["access known false"] }],
    ],
    [
      "has a policy that blocks nobody knows what",
      [access({ blockPublicPolicy: unknownText }), secret()],
      [{ ...plain, policies: ["access known unknown"] }],
    ],
    [
      "has a policy that is not known",
      [access({ policy: unknownText }), secret()],
      [{ ...plain, policies: ["access unknown absent"] }],
    ],
    ["has no policy of a resource without one", [access({ policy: null }), secret()], [plain]],
    [
      "has its rotations",
      [
        secret(),
        resource("secretRotation", "r", { props: { secretId: "s-1" } }),
        resource("secretRotation", "other", { props: { secretId: "s-2" } }),
      ],
      [{ ...plain, rotations: ["r"] }],
    ],
    ["has a key of the stack", [secret({ kmsKeyId: "k-1" }), key], [{ ...plain, key: "main" }]],
    ["has a key elsewhere", [secret({ kmsKeyId: "alias/x" })], [{ ...plain, key: "outside alias/x" }]],
    ["has a key that is not known", [secret({ kmsKeyId: unknownText })], [{ ...plain, key: "unknown" }]],
    [
      "has its replicas, each with its key",
      [secret({ replicas: [{ region: "eu-central-1", kmsKeyId: "k-1" }, { region: unknownText }, {}] }), key],
      [{ ...plain, replicas: ["0 eu-central-1 main", "1 unknown none", "2 absent none"] }],
    ],
    [
      "has replicas that are not known",
      [secret({ replicas: unknownArray })],
      [{ ...plain, replicasUnknown: true }],
    ],
    [
      "comes before one that is only referred to",
      [access({ secretArn: "s-9" }), secret()],
      [plain, elsewhere],
    ],
  ];
  for (const [name, stack, expected] of cases) it(name, () => assert.deepEqual(outline(stack), expected));
});
