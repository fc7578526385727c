import { strict as assert } from "assert";
import { isKnown, readable } from "../../../iam/proof";
import { buildGraph } from "../../../policies/stack/graph";
import { Resource } from "../../../policies/stack/resource";
import { keysOf } from "../../../policies/world/keys";
import { policy, resource, unknownArray, unknownText } from "../support/stack";
import { outline } from "./outline";

const arn = "arn:aws:kms:eu-west-1:111111111111:key/k-1";
const document = policy({ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" });
const key = (props: object = {}, name = "main") =>
  resource("key", name, { props: { arn, keyId: "k-1", ...props }, from: { policy: [] } });
const keysIn = (...stack: readonly Resource[]) => keysOf(buildGraph(stack)).keys;
const [plain] = [{ arn, accountId: "111111111111", grants: [], aliases: [], tags: {}, multiRegion: false }];

/** Keys in words, with their policy's name in place of the policy. */
const shown = (...stack: readonly Resource[]) =>
  keysIn(...stack).map(({ policy: held, ...more }) => ({
    ...more,
    arn: readable(more.arn),
    policy: outline(held),
  }));

describe("a key of the world", () => {
  const alias = (name: string, props: object = {}) =>
    resource("alias", name, { props: { name: `alias/${name}`, targetKeyId: "k-1", ...props } });
  const loose = (props: object) =>
    resource("keyPolicy", "central", {
      props: { keyId: "k-9", policy: document, ...props },
      from: { policy: [] },
    });
  const named = { ...plain, policy: "key policy of k-1" };
  const cases: readonly (readonly [string, readonly Resource[], readonly object[]])[] = [
    ["has its policy", [key({ policy: document })], [named]],
    [
      "has a policy that is not known",
      [key({ policy: unknownText })],
      [{ ...named, policy: "key policy of k-1 ? it depends on the value of `policy`" }],
    ],
    [
      "has the policy of its own resource last",
      [key({ policy: unknownText }), loose({ keyId: "k-1" })],
      [named],
    ],
    [
      "has its aliases",
      [key({ policy: document }), alias("a"), alias("b"), alias("c", { targetKeyId: "k-2" })],
      [{ ...named, aliases: ["alias/a", "alias/b"] }],
    ],
    [
      "has no alias whose name is not known",
      [key({ policy: document }), alias("a", { name: unknownText })],
      [named],
    ],
    [
      "has its tags",
      [key({ policy: document, tags: { team: "orders" } })],
      [{ ...named, tags: { team: "orders" } }],
    ],
    [
      "has several Regions",
      [key({ policy: document, multiRegion: true })],
      [{ ...named, multiRegion: true }],
    ],
    ["is left out nobody knows where", [resource("key", "lost", { account: null })], []],
    [
      "may be elsewhere, by its id",
      [loose({})],
      [{ ...plain, arn: "arn:aws:kms:eu-west-1:111111111111:key/k-9", policy: "key policy of k-9" }],
    ],
    [
      "may be elsewhere, by its ARN",
      [loose({ keyId: "arn:aws:kms:us-east-1:2:key/mrk-1" })],
      [
        {
          ...plain,
          arn: "arn:aws:kms:us-east-1:2:key/mrk-1",
          accountId: "2",
          multiRegion: true,
          policy: "key policy of mrk-1",
        },
      ],
    ],
    ["is left out elsewhere while its id is not known", [loose({ keyId: unknownText })], []],
    ["is left out elsewhere nobody knows where", [{ ...loose({}), provider: { props: {} } }], []],
  ];
  for (const [name, stack, expected] of cases) it(name, () => assert.deepEqual(shown(...stack), expected));

  it("has the policy that KMS writes where the program writes none", () => {
    const [found] = keysIn(key());
    assert.ok(found !== undefined && isKnown(found.policy));
    const Principal = { AWS: "arn:aws:iam::111111111111:root" };
    assert.deepEqual(found.policy.policy.document, {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal, Action: "kms:*", Resource: "*" }],
    });
  });

  it("shares the id of its primary", () => {
    const primary = resource("key", "main", { props: { arn, multiRegion: true } });
    const replica = (props: object) =>
      resource("replicaKey", "r", { props: { region: "eu-central-1", ...props } });
    const arns = (props: object) => shown(primary, replica(props)).map((one) => one.arn);
    assert.deepEqual(
      arns({ primaryKeyArn: arn })[1],
      'arn:aws:kms:eu-central-1:111111111111:key/mrk-<id of Key "main">',
    );
    assert.deepEqual(
      arns({ primaryKeyArn: "arn:other" })[1],
      'arn:aws:kms:eu-central-1:111111111111:key/mrk-<id of ReplicaKey "r">',
    );
  });
});

describe("the grants of a key", () => {
  const role = resource("role", "worker", {
    props: { name: "worker", arn: "arn:aws:iam::111111111111:role/worker" },
  });
  const grant = (props: object, from = {}) =>
    resource("grant", "one", {
      props: { keyId: "k-1", granteePrincipal: "arn:role", operations: ["Decrypt"], ...props },
      from: { constraints: [], operations: [], ...from },
    });
  const one = { grantId: "one", granteePrincipal: "arn:role", operations: ["Decrypt"] };
  const cases: readonly (readonly [string, Resource, readonly object[]])[] = [
    ["are named by their resource", grant({}), [one]],
    ["are named by their id", grant({ grantId: "g-1" }), [{ ...one, grantId: "g-1" }]],
    [
      "are limited",
      grant({ constraints: [{ encryptionContextSubset: { a: "b" } }] }),
      [{ ...one, encryptionContextSubset: { a: "b" } }],
    ],
    ["are not limited by an empty list", grant({ constraints: [] }), [one]],
    [
      "are for a role of the stack",
      grant({ granteePrincipal: "arn:aws:iam::111111111111:role/worker" }),
      [{ ...one, granteePrincipal: "arn:aws:iam::111111111111:role/worker" }],
    ],
    [
      "are for a role that is not made yet",
      grant({ granteePrincipal: unknownText }, { granteePrincipal: [role] }),
      [{ ...one, granteePrincipal: "arn:aws:iam::111111111111:role/worker" }],
    ],
    ["are those of the key by ARN", grant({ keyId: arn }), [one]],
    ["are not those of another key", grant({ keyId: "k-2" }), []],
  ];
  for (const [name, resourceOf, grants] of cases) {
    it(name, () => {
      const [found] = keysIn(key({ policy: document }), role, resourceOf);
      assert.deepEqual([found?.grants, outline(found?.policy)], [grants, "key policy of k-1"]);
    });
  }

  const pending: readonly (readonly [string, Resource])[] = [
    ["the grantee", grant({ granteePrincipal: unknownText })],
    ["the operations", grant({ operations: unknownArray })],
    ["no operations", grant({ operations: null })],
    ["the constraints", grant({ constraints: unknownArray })],
    ["a constraint", grant({ constraints: [{ encryptionContextSubset: { a: unknownText } }] })],
  ];
  for (const [name, resourceOf] of pending) {
    it(`keep the key from being judged while they do not tell: ${name}`, () => {
      const [found] = keysIn(key({ policy: document }), role, resourceOf);
      assert.deepEqual(
        [found?.grants, outline(found?.policy)],
        [[], 'Grant "one" ? its grantee or its operations are not known'],
      );
    });
  }
});

describe("the key that a grant is on", () => {
  const grant = (keyId: string) =>
    resource("grant", "one", { props: { keyId, granteePrincipal: "arn:role", operations: ["Decrypt"] } });
  const grantsOn = (props: object, keyId: string) =>
    keysIn(resource("key", "main", { props: { ...props } }), grant(keyId)).map((one) => one.grants.length);

  it("is told by its ARN, its key id or its id", () => {
    assert.deepEqual(grantsOn({ arn }, arn), [1]);
    assert.deepEqual(grantsOn({ keyId: "k-1" }, "k-1"), [1]);
    assert.deepEqual(grantsOn({ id: "k-1" }, "k-1"), [1]);
    assert.deepEqual(grantsOn({ arn, keyId: "k-1" }, "k-2"), [0]);
  });
});

describe("the key that a link leads to", () => {
  const from = resource("secret", "orders");
  const replica = resource("replicaKey", "replica", {
    props: { arn: "arn:aws:kms:eu-central-1:111111111111:key/mrk-1" },
  });
  const stray = resource("role", "stray");
  const links = {
    none: { kind: "none" },
    "an id": { kind: "outside", reference: "k-7" },
    "an alias": { kind: "outside", reference: "alias/x" },
    "an ARN": { kind: "outside", reference: "arn:aws:kms:us-east-1:2:key/k" },
    "a key": { kind: "inside", resources: [key()] },
    "keys of two Regions": { kind: "inside", resources: [key(), replica] },
    "no key": { kind: "inside", resources: [stray] },
    "nobody knows what": { kind: "unknown" },
  } as const;
  const here = "arn:aws:kms:eu-central-1:111111111111";
  const expected: Readonly<Record<keyof typeof links, string | undefined>> = {
    none: undefined,
    "an id": `${here}:key/k-7`,
    "an alias": `${here}:alias/x`,
    "an ARN": "arn:aws:kms:us-east-1:2:key/k",
    "a key": arn,
    "keys of two Regions": "arn:aws:kms:eu-central-1:111111111111:key/mrk-1",
    "no key": `${here}:key/unknown-orders`,
    "nobody knows what": `${here}:key/unknown-orders`,
  };
  for (const [name, link] of Object.entries(links)) {
    it(`is that of ${name}`, () => {
      const { follow } = keysOf(buildGraph([key(), replica]));
      assert.equal(follow(link, from, "eu-central-1"), expected[name as keyof typeof links]);
    });
  }

  it("is one whose policy nobody knows, when it is elsewhere", () => {
    const found = keysOf(buildGraph([]));
    found.follow(links["an ARN"], from, "eu-central-1");
    found.follow(links["an ARN"], from, "eu-central-1");
    assert.deepEqual(found.keys, [
      {
        arn: "arn:aws:kms:us-east-1:2:key/k",
        accountId: "2",
        policy: { source: "key policy of key/k", unknown: "the key is no resource of the stacks" },
        grants: [],
        aliases: [],
        tags: {},
      },
    ]);
  });
});

describe("what is known of the place of a key elsewhere", () => {
  it("is the Region that is asked about, and the partition and account of who asks", () => {
    const follow = (from: Resource) =>
      keysOf(buildGraph([])).follow({ kind: "outside", reference: "k-7" }, from, "eu-central-1");
    const china = resource("secret", "orders", { props: { region: "cn-north-1" } });
    assert.equal(follow(china), "arn:aws-cn:kms:eu-central-1:111111111111:key/k-7");
    const lost = resource("secret", "orders", { account: null });
    assert.equal(follow(lost), "arn:aws:kms:eu-central-1::key/k-7");
  });

  it("is in the default policy the partition of the key", () => {
    const china = "arn:aws-cn:kms:cn-north-1:111111111111:key/k-1";
    const [found] = keysIn(key({ arn: china }));
    assert.ok(found !== undefined && isKnown(found.policy));
    assert.deepEqual(found.policy.policy.document.Statement, [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws-cn:iam::111111111111:root" },
        Action: "kms:*",
        Resource: "*",
      },
    ]);
  });

  it("is of the first key of those that none of is in the Region", () => {
    const second = resource("key", "second", {
      props: { arn: "arn:aws:kms:us-east-1:111111111111:key/k-2", keyId: "k-2" },
    });
    const link = { kind: "inside", resources: [second, key()] } as const;
    const { follow } = keysOf(buildGraph([key(), second]));
    const from = resource("secret", "orders");
    assert.deepEqual(
      ["eu-west-1", "us-east-1", "eu-central-1"].map((region) => follow(link, from, region)),
      [arn, "arn:aws:kms:us-east-1:111111111111:key/k-2", "arn:aws:kms:us-east-1:111111111111:key/k-2"],
    );
  });
});

describe("the grants and aliases of several keys", () => {
  const second = resource("key", "second", {
    props: { arn: "arn:aws:kms:eu-west-1:111111111111:key/k-2", keyId: "k-2", policy: document },
  });
  const grant = (name: string, keyId: string, granteePrincipal: unknown = "arn:role") =>
    resource("grant", name, {
      props: { keyId, granteePrincipal, operations: ["Decrypt"] },
      from: { granteePrincipal: [] },
    });
  const grantsIn = (...stack: readonly Resource[]) =>
    keysIn(key({ policy: document }), second, ...stack).map((one) => [
      outline(one.policy),
      one.grants.map(({ grantId }) => grantId),
    ]);

  it("are each with its own", () =>
    assert.deepEqual(grantsIn(grant("a", "k-1"), grant("b", "k-2"), grant("c", "k-1"), grant("d", "k-3")), [
      ["key policy of k-1", ["a", "c"]],
      ["key policy of k-2", ["b"]],
    ]));

  it("keep only the key from being judged whose grant is not known, beside those that are", () =>
    assert.deepEqual(grantsIn(grant("a", "k-1"), grant("b", "k-1", unknownText), grant("c", "k-2")), [
      ['Grant "b" ? its grantee or its operations are not known', ["a"]],
      ["key policy of k-2", ["c"]],
    ]));
});
