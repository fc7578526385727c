import { strict as assert } from "assert";
import { buildGraph, Graph } from "../../../policies/stack/graph";
import { Link } from "../../../policies/stack/join";
import { Resource } from "../../../policies/stack/resource";
import { policy, resource, unknownArray, unknownText } from "../support/stack";

const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/k-1";
const document = policy({ Effect: "Allow", Principal: "*", Action: "secretsmanager:*", Resource: "*" });

/** A graph in names: enough to see what is joined to what. */
function outline(graph: Graph) {
  return {
    secrets: graph.secrets.map((secret) => ({
      name: secret.resource.name,
      inStack: secret.inStack,
      policies: secret.policies.map(({ document: held }) => `${held.holder.name} ${held.state}`),
      rotations: secret.rotations.map(({ name }) => name),
      key: linkOf(secret.key),
      replicas: secret.replicas.map(({ key }) => linkOf(key)),
    })),
    keys: graph.keys.map((key) => ({
      name: key.resource.name,
      inStack: key.inStack,
      policies: key.policies.map((held) => `${held.holder.name} ${held.state}`),
    })),
    functions: graph.functions.map((one) => ({
      name: one.resource.name,
      permissions: one.permissions.map(({ name }) => name),
    })),
  };
}

function linkOf(link: Link): string {
  if (link.kind === "inside") return link.resources.map(({ name }) => name).join(", ");
  return link.kind === "outside" ? `outside: ${link.reference}` : link.kind;
}

/** The same system twice: with everything known, and as the first preview sees it. */
function system(known: boolean): readonly Resource[] {
  const text = (value: string) => (known ? value : unknownText);
  const from = (links: Readonly<Record<string, readonly Resource[]>>) => (known ? {} : { from: links });
  const key = resource("key", "main", { props: { arn: text(keyArn), keyId: text("k-1") } });
  const replica = resource("replicaKey", "replica", {
    props: { arn: text("arn:aws:kms:eu-central-1:111111111111:key/k-1"), region: "eu-central-1" },
  });
  const secret = resource("secret", "orders", {
    props: {
      arn: text(arn),
      name: "orders",
      kmsKeyId: text(keyArn),
      replicas: [{ region: "eu-central-1", kmsKeyId: text("arn:aws:kms:eu-central-1:111111111111:key/k-1") }],
    },
    ...from({ kmsKeyId: [key], replicas: [replica] }),
  });
  const rotate = resource("function", "rotate", {
    props: { arn: text("arn:aws:lambda:eu-west-1:111111111111:function:rotate"), name: text("rotate") },
  });
  return [
    key,
    replica,
    resource("keyPolicy", "main-policy", {
      props: { keyId: text("k-1"), policy: document },
      ...from({ keyId: [key] }),
    }),
    secret,
    resource("secretPolicy", "access", {
      props: { secretArn: text(arn), policy: document },
      ...from({ secretArn: [secret] }),
    }),
    resource("secretRotation", "rotation", {
      props: { secretId: text("orders"), rotationLambdaArn: text("rotate") },
      ...from({ secretId: [secret], rotationLambdaArn: [rotate] }),
    }),
    rotate,
    resource("permission", "invoke", {
      props: { function: text("rotate") },
      ...from({ function: [rotate] }),
    }),
  ];
}

const joined = {
  secrets: [
    {
      name: "orders",
      inStack: true,
      policies: ["access known"],
      rotations: ["rotation"],
      key: "main",
      replicas: ["replica"],
    },
  ],
  keys: [
    { name: "main", inStack: true, policies: ["main-policy known"] },
    { name: "replica", inStack: true, policies: [] },
  ],
  functions: [{ name: "rotate", permissions: ["invoke"] }],
};

const alone = { name: "orders", inStack: true, policies: [], rotations: [], key: "none", replicas: [] };

describe("the graph of a stack", () => {
  it("is empty for an empty stack", () => {
    assert.deepEqual(outline(buildGraph([])), { secrets: [], keys: [], functions: [] });
  });

  it("joins by ARN, id and name", () => assert.deepEqual(outline(buildGraph(system(true))), joined));

  it("joins by what unknown values are computed from", () => {
    assert.deepEqual(outline(buildGraph(system(false))), joined);
  });

  it("does not care about the order", () => {
    const backwards = outline(buildGraph([...system(false)].reverse()));
    assert.deepEqual(backwards.secrets, joined.secrets);
    assert.deepEqual(backwards.functions, joined.functions);
  });

  it("falls back to the dependencies of the whole resource where the engine sends none by property", () => {
    const secret = resource("secret", "orders", { props: { arn: unknownText } });
    const { propertyDependencies: _, ...rotation } = resource("secretRotation", "rotation", {
      props: { secretId: unknownText },
      from: { secretId: [secret] },
    });
    assert.deepEqual(outline(buildGraph([secret, rotation])).secrets, [
      { ...alone, rotations: ["rotation"] },
    ]);
  });

  it("keeps what points outside the stack apart", () => {
    const stack = [
      resource("secret", "orders", { props: { arn, kmsKeyId: "alias/central" } }),
      resource("secretPolicy", "other", { props: { secretArn: `${arn}x`, policy: document } }),
      resource("keyPolicy", "central", { props: { keyId: "k-9", policy: document } }),
    ];
    const graph = outline(buildGraph(stack));
    assert.deepEqual(graph.secrets, [
      { ...alone, key: "outside: alias/central" },
      { ...alone, name: "other", inStack: false, policies: ["other known"], key: "unknown" },
    ]);
    assert.deepEqual(graph.keys, [{ name: "central", inStack: false, policies: ["central known"] }]);
  });

  it("takes what the provider has yet to compute for not set", () => {
    const { propertyDependencies: _, ...secret } = resource("secret", "orders", {
      props: { policy: unknownText, kmsKeyId: unknownText, replicas: unknownArray },
    });
    const computed = { ...secret, propertyDependencies: {} };
    assert.deepEqual(outline(buildGraph([computed])).secrets, [alone]);
  });

  it("does not take a redacted document for not set", () => {
    const { propertyDependencies: _, ...secret } = resource("secret", "orders", {
      props: { policy: "[secret]" },
    });
    const redacted = { ...secret, propertyDependencies: {} };
    assert.deepEqual(outline(buildGraph([redacted])).secrets, [{ ...alone, policies: ["orders unknown"] }]);
  });

  it("follows an alias to its key", () => {
    const key = resource("key", "main", { props: { keyId: "k-1" } });
    const alias = resource("alias", "orders", { props: { name: "alias/orders", targetKeyId: "k-1" } });
    assert.equal(buildGraph([key, alias]).keyAt(alias)?.resource.name, "main");
  });
});
