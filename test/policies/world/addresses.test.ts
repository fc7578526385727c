import { strict as assert } from "assert";
import { readable, symbolsIn } from "../../../iam/proof";
import { Resource, types } from "../../../policies/stack/resource";
import {
  functionArn,
  inRegion,
  isMultiRegion,
  keyArn,
  nameOf,
  principalArn,
  secretArn,
} from "../../../policies/world/addresses";
import { resource, unknownText } from "../support/stack";

type Kind = keyof typeof types;
const made = (type: Kind, name: string, props: object = {}, account?: string | null): Resource =>
  resource(type, name, { props: { ...props }, ...(account === undefined ? {} : { account }) });
const shown = (text: string | undefined) => text && readable(text);
/** A resource that nobody knows the place of. */
const lost = (type: Kind, props: object = {}) => made(type, "lost", props, null);

describe("the name of a resource", () => {
  const cases: readonly (readonly [string, Resource, string])[] = [
    ["is its own", made("secret", "a", { name: "orders" }), "orders"],
    [
      "stands open while nobody has chosen it",
      made("secret", "b", { name: unknownText }),
      '<name of Secret "b">',
    ],
    ["stands open behind its prefix", made("secret", "c", { namePrefix: "orders-" }), '<name of Secret "c">'],
  ];
  for (const [name, one, expected] of cases) it(name, () => assert.equal(shown(nameOf(one)), expected));
});

describe("what stands open", () => {
  // What is known of an open value is kept for the whole process: each needs a name of its own.
  let count = 0;
  const fresh = (type: Kind, props: object = {}) => made(type, `fresh-${++count}`, props);
  const shapesIn = (text: string | undefined) => symbolsIn(text ?? "").map(({ shape }) => shape);

  it("begins with the prefix of a name", () => {
    assert.deepEqual(shapesIn(nameOf(fresh("secret", { namePrefix: "orders-" }))), ["orders-*"]);
    assert.deepEqual(shapesIn(nameOf(fresh("secret"))), ["*"]);
    assert.deepEqual(shapesIn(nameOf(fresh("secret", { namePrefix: unknownText }))), ["*"]);
  });

  it("is six characters behind the name of a secret", () =>
    assert.deepEqual(shapesIn(secretArn(fresh("secret", { name: "orders" }), "eu-west-1")), ["??????"]));

  it("is anything as the id of a key", () => assert.deepEqual(shapesIn(keyArn(fresh("key"))), ["*"]));
});

describe("the ARN", () => {
  const cases: readonly (readonly [string, () => string | undefined, string | undefined])[] = [
    [
      "of a secret in its Region",
      () =>
        secretArn(
          made("secret", "a", { arn: "arn:aws:secretsmanager:eu-west-1:1:secret:x-a1b2c3" }),
          "eu-west-1",
        ),
      "arn:aws:secretsmanager:eu-west-1:1:secret:x-a1b2c3",
    ],
    [
      "of a secret in another Region",
      () =>
        secretArn(
          made("secret", "a", { arn: "arn:aws:secretsmanager:eu-west-1:1:secret:x-a1b2c3" }),
          "us-east-1",
        ),
      "arn:aws:secretsmanager:us-east-1:1:secret:x-a1b2c3",
    ],
    [
      "of a secret that is not made yet",
      () => secretArn(made("secret", "a", { name: "orders" }), "us-east-1"),
      'arn:aws:secretsmanager:us-east-1:111111111111:secret:orders-<suffix of Secret "a">',
    ],
    [
      "of a secret in China",
      () => secretArn(made("secret", "a", { name: "orders", region: "cn-north-1" }), "cn-north-1"),
      'arn:aws-cn:secretsmanager:cn-north-1:111111111111:secret:orders-<suffix of Secret "a">',
    ],
    [
      "of a secret nobody knows where",
      () => secretArn(lost("secret", { name: "orders" }), "us-east-1"),
      undefined,
    ],
    [
      "of a role",
      () => principalArn(made("role", "r", { name: "orders" })),
      "arn:aws:iam::111111111111:role/orders",
    ],
    [
      "of a role with a path",
      () => principalArn(made("role", "r", { name: "orders", path: "/app/" })),
      "arn:aws:iam::111111111111:role/app/orders",
    ],
    ["of a role that is known", () => principalArn(made("role", "r", { arn: "arn:x" })), "arn:x"],
    [
      "of a role in China",
      () => principalArn(made("role", "r", { name: "orders", region: "cn-north-1" })),
      "arn:aws-cn:iam::111111111111:role/orders",
    ],
    [
      "of a user",
      () => principalArn(made("user", "u", { name: "ada" })),
      "arn:aws:iam::111111111111:user/ada",
    ],
    [
      "of a group",
      () => principalArn(made("group", "g", { name: "team" })),
      "arn:aws:iam::111111111111:group/team",
    ],
    [
      "of a managed policy",
      () => principalArn(made("policy", "p", { name: "read" })),
      "arn:aws:iam::111111111111:policy/read",
    ],
    [
      "of a role whose Region nobody knows, which has none",
      () => {
        const assumeRoles = JSON.stringify([{ roleArn: "arn:aws:iam::222222222222:role/deploy" }]);
        return principalArn({
          ...made("role", "r", { name: "orders" }),
          provider: { props: { assumeRoles } },
        });
      },
      "arn:aws:iam::222222222222:role/orders",
    ],
    ["of a role nobody knows where", () => principalArn(lost("role", { name: "orders" })), undefined],
    ["of a key", () => keyArn(made("key", "k", { arn: "arn:k" })), "arn:k"],
    [
      "of a key by its id",
      () => keyArn(made("key", "k", { keyId: "k-1" })),
      "arn:aws:kms:eu-west-1:111111111111:key/k-1",
    ],
    [
      "of a key that is not made yet",
      () => keyArn(made("key", "k")),
      'arn:aws:kms:eu-west-1:111111111111:key/<id of Key "k">',
    ],
    [
      "of a key of several Regions that is not made yet",
      () => keyArn(made("key", "k", { multiRegion: true })),
      'arn:aws:kms:eu-west-1:111111111111:key/mrk-<id of Key "k">',
    ],
    [
      "of a replica, which has the id of its primary",
      () => keyArn(made("replicaKey", "r", { region: "eu-central-1" }), made("key", "k")),
      'arn:aws:kms:eu-central-1:111111111111:key/mrk-<id of Key "k">',
    ],
    [
      "of a replica whose primary is known",
      () => keyArn(made("replicaKey", "r"), made("key", "k", { keyId: "mrk-1" })),
      "arn:aws:kms:eu-west-1:111111111111:key/mrk-1",
    ],
    ["of a key nobody knows where", () => keyArn(lost("key")), undefined],
    [
      "of a function",
      () => functionArn(made("function", "f", { name: "rotate" })),
      "arn:aws:lambda:eu-west-1:111111111111:function:rotate",
    ],
    ["of a function that is known", () => functionArn(made("function", "f", { arn: "arn:f" })), "arn:f"],
    ["of a function nobody knows where", () => functionArn(lost("function", { name: "rotate" })), undefined],
  ];
  for (const [name, find, expected] of cases) it(name, () => assert.equal(shown(find()), expected));

  it("has its Region in the fourth place", () =>
    assert.equal(inRegion("arn:aws:x:a:1:y:z", "b"), "arn:aws:x:b:1:y:z"));
});

describe("a key of several Regions", () => {
  const cases: readonly (readonly [string, Resource, boolean])[] = [
    ["is one that says so", made("key", "k", { multiRegion: true }), true],
    ["is none that says otherwise", made("key", "k", { multiRegion: false }), false],
    ["is none that says nothing", made("key", "k"), false],
    ["is every replica", made("replicaKey", "r"), true],
  ];
  for (const [name, one, expected] of cases) it(name, () => assert.equal(isMultiRegion(one), expected));
});
