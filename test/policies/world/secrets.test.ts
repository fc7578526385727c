import { strict as assert } from "assert";
import { Key, readable, Secret } from "../../../iam/proof";
import { Resource } from "../../../policies/stack/resource";
import { policy, resource, unknownArray, unknownText } from "../support/stack";
import { outline, worldIn } from "./outline";

const document = policy({ Effect: "Allow", Principal: "*", Action: "secretsmanager:*", Resource: "*" });
const keyDocument = policy({ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" });

const copiesOf = (secret: Secret) =>
  secret.copies.map(
    ({ arn, key, policy: held }) => `${readable(arn)} ${readable(key)} ${outline(held) ?? "no policy"}`,
  );

const keysOf = (keys: readonly Key[]) =>
  keys.map(({ arn, policy: held, grants }) => `${readable(arn)} ${outline(held)} ${grants.length} grants`);

interface SecretCase {
  readonly name: string;
  readonly stack: readonly Resource[];
  readonly copies: readonly (readonly string[])[];
  readonly keys: readonly string[];
  readonly loose?: readonly string[];
}

const key = resource("key", "main", {
  props: { arn: unknownText, keyId: unknownText, multiRegion: true, policy: keyDocument },
});
const replica = resource("replicaKey", "replica", {
  props: {
    arn: unknownText,
    keyId: unknownText,
    region: "eu-central-1",
    policy: keyDocument,
    primaryKeyArn: unknownText,
  },
  from: { primaryKeyArn: [key] },
});
const secret = resource("secret", "orders", {
  props: {
    name: "orders",
    arn: unknownText,
    kmsKeyId: unknownText,
    replicas: [{ region: "eu-central-1", kmsKeyId: unknownText }],
  },
  from: { kmsKeyId: [key], replicas: [replica] },
});

const cases: readonly SecretCase[] = [
  {
    name: "gives every Region its ARN, its key and the one policy, before anything is made",
    stack: [
      key,
      replica,
      secret,
      resource("secretPolicy", "access", {
        props: { secretArn: unknownText, policy: document },
        from: { secretArn: [secret] },
      }),
    ],
    copies: [
      [
        'arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-<suffix of Secret "orders"> ' +
          'arn:aws:kms:eu-west-1:111111111111:key/mrk-<id of Key "main"> resource policy of secret orders',
        'arn:aws:secretsmanager:eu-central-1:111111111111:secret:orders-<suffix of Secret "orders"> ' +
          'arn:aws:kms:eu-central-1:111111111111:key/mrk-<id of Key "main"> resource policy of secret orders',
      ],
    ],
    keys: [
      'arn:aws:kms:eu-west-1:111111111111:key/mrk-<id of Key "main"> key policy of mrk-<id of Key "main"> 0 grants',
      'arn:aws:kms:eu-central-1:111111111111:key/mrk-<id of Key "main"> key policy of mrk-<id of Key "main"> 0 grants',
    ],
  },
  {
    name: "takes AWS's own key where none is named",
    stack: [
      resource("secret", "plain", {
        props: { name: "plain", arn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:plain-a1b2c3" },
      }),
    ],
    copies: [
      ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:plain-a1b2c3 aws/secretsmanager no policy"],
    ],
    keys: [],
  },
  {
    name: "knows of a key of another stack only that its policy is not known",
    stack: [
      resource("secret", "far", {
        props: {
          name: "far",
          arn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:far-a1b2c3",
          kmsKeyId: "alias/central",
        },
      }),
    ],
    copies: [
      [
        "arn:aws:secretsmanager:eu-west-1:111111111111:secret:far-a1b2c3 arn:aws:kms:eu-west-1:111111111111:alias/central no policy",
      ],
    ],
    keys: [
      "arn:aws:kms:eu-west-1:111111111111:alias/central key policy of alias/central ? the key is no resource of the stacks 0 grants",
    ],
  },
  {
    name: "gives a key without a policy the one that KMS writes, and counts its grants",
    stack: [
      resource("key", "bare", { props: { arn: "arn:aws:kms:eu-west-1:111111111111:key/k-1", keyId: "k-1" } }),
      resource("grant", "one", {
        props: {
          keyId: "k-1",
          granteePrincipal: "arn:aws:iam::222222222222:role/app",
          operations: ["Decrypt"],
        },
      }),
    ],
    copies: [],
    keys: ["arn:aws:kms:eu-west-1:111111111111:key/k-1 key policy of k-1 1 grants"],
  },
  {
    name: "cannot tell about a key with a grant to nobody knows whom",
    stack: [
      resource("key", "bare", { props: { arn: "arn:aws:kms:eu-west-1:111111111111:key/k-1", keyId: "k-1" } }),
      resource("grant", "one", {
        props: { keyId: "k-1", granteePrincipal: unknownText, operations: ["Decrypt"] },
      }),
    ],
    copies: [],
    keys: [
      'arn:aws:kms:eu-west-1:111111111111:key/k-1 Grant "one" ? its grantee or its operations are not known 0 grants',
    ],
  },
  {
    name: "leaves out secrets without an account, and those with unknown replicas",
    stack: [
      resource("secret", "lost", { props: { name: "lost" }, account: null }),
      resource("secret", "wide", { props: { name: "wide", replicas: unknownArray }, from: { replicas: [] } }),
    ],
    copies: [],
    keys: [],
    loose: ['account or Region of Secret "lost" is not known', 'the replicas of Secret "wide" are not known'],
  },
];

describe("secrets and keys of the world", () => {
  for (const { name, stack, copies, keys, loose } of cases) {
    it(name, () => {
      const { world, loose: left } = worldIn(stack);
      assert.deepEqual(
        {
          copies: world.secrets.map(copiesOf),
          keys: keysOf(world.keys),
          loose: left.map(({ reason }) => reason),
        },
        { copies, keys, loose: loose ?? [] },
      );
    });
  }

  it("keeps what a grant is limited to", () => {
    const { world } = worldIn([
      resource("key", "bare", { props: { arn: "arn:aws:kms:eu-west-1:111111111111:key/k-1", keyId: "k-1" } }),
      resource("grant", "one", {
        props: {
          keyId: "k-1",
          grantId: "g-1",
          granteePrincipal: "arn:aws:iam::222222222222:role/app",
          operations: ["Decrypt"],
          constraints: [{ encryptionContextSubset: { SecretARN: "arn" } }],
        },
      }),
    ]);
    assert.deepEqual(world.keys[0]!.grants, [
      {
        grantId: "g-1",
        granteePrincipal: "arn:aws:iam::222222222222:role/app",
        operations: ["Decrypt"],
        encryptionContextSubset: { SecretARN: "arn" },
      },
    ]);
  });
});

describe("a secret of the world", () => {
  const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
  const orders = (props: object = {}, from = {}) =>
    resource("secret", "orders", { props: { name: "orders", arn, ...props }, from });
  const copiesIn = (...stack: readonly Resource[]) =>
    worldIn(stack).world.secrets.flatMap(({ copies }) => copies);

  it("is one copy with its tags, without replicas", () =>
    assert.deepEqual(copiesIn(orders({ tags: { team: "a" } })), [
      { accountId: "111111111111", tags: { team: "a" }, region: "eu-west-1", arn, key: "aws/secretsmanager" },
    ]));

  it("tells the primary's Region where it is replicated", () =>
    assert.deepEqual(
      copiesIn(orders({ replicas: [{ region: "eu-central-1" }, { region: "us-east-1" }] })).map((one) => [
        one.region,
        one.primaryRegion,
      ]),
      ["eu-west-1", "eu-central-1", "us-east-1"].map((region) => [region, "eu-west-1"]),
    ));

  it("is not there when only a policy about it is", () => {
    const about = resource("secretPolicy", "p", { props: { secretArn: `${arn}x`, policy: document } });
    const { secrets, loose } = worldIn([orders(), about]);
    assert.deepEqual([secrets.map(({ node }) => node.resource.name), loose], [["orders"], []]);
  });

  const account = JSON.stringify([{ roleArn: "arn:aws:iam::111111111111:role/deploy" }]);
  const place = 'account or Region of Secret "orders" is not known';
  const replicas = 'the replicas of Secret "orders" are not known';
  const loose: readonly (readonly [string, () => Resource, string, string])[] = [
    [
      "its account",
      () => resource("secret", "orders", { props: { name: "orders" }, account: null }),
      place,
      "its ARN, or allowedAccountIds of the provider",
    ],
    [
      "its Region",
      () => ({ ...orders({ arn: unknownText }), provider: { props: { assumeRoles: account } } }),
      place,
      "its ARN, or allowedAccountIds of the provider",
    ],
    [
      "its Region, with an ARN that has none",
      () => ({
        ...orders({ arn: "arn:aws:secretsmanager::111111111111:secret:orders-a1b2c3" }),
        provider: { props: {} },
      }),
      place,
      "its ARN, or allowedAccountIds of the provider",
    ],
    [
      "its replicas",
      () => orders({ replicas: unknownArray }, { replicas: [] }),
      replicas,
      "the value of `replicas`",
    ],
    [
      "the Region of one of its replicas",
      () => orders({ replicas: [{ region: "eu-central-1" }, { region: unknownText }] }),
      replicas,
      "the value of `replicas`",
    ],
  ];
  for (const [what, one, reason, decidedBy] of loose) {
    it(`is left out while nobody knows ${what}`, () => {
      const found = one();
      const { secrets, loose: left } = worldIn([found]);
      assert.deepEqual([secrets, left], [[], [{ resource: found, reason, decidedBy }]]);
    });
  }
});

describe("the rotation function of a secret", () => {
  const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
  const functionArn = "arn:aws:lambda:eu-west-1:111111111111:function:rotate";
  const orders = resource("secret", "orders", {
    props: { name: "orders", arn, replicas: [{ region: "eu-central-1" }] },
  });
  const rotation = (rotationLambdaArn: unknown, from: readonly Resource[] = [], name = "rotation") =>
    resource("secretRotation", name, {
      props: { secretId: arn, rotationLambdaArn },
      from: { rotationLambdaArn: from },
    });
  const code = (props: object, account?: null) =>
    resource("function", "rotate", { props: { ...props }, ...(account === null ? { account } : {}) });
  const made = code({ name: "rotate", arn: unknownText });
  const renamed = code({ name: "rotate", arn: `${functionArn}-made` });
  const lost = code({ name: "lost", arn: unknownText }, null);

  const found: readonly (readonly [string, () => readonly Resource[], string | undefined])[] = [
    ["is none without a rotation", () => [], undefined],
    ["is one of another stack", () => [rotation(functionArn)], functionArn],
    ["is one of the stack", () => [renamed, rotation(`${functionArn}-made`)], `${functionArn}-made`],
    ["is one that is computed", () => [renamed, rotation(unknownText, [renamed])], `${functionArn}-made`],
    ["is one that is not made yet", () => [made, rotation(unknownText, [made])], functionArn],
    ["is not told while nobody knows which", () => [rotation(unknownText)], undefined],
    ["is not told while nobody knows where", () => [lost, rotation(unknownText, [lost])], undefined],
    [
      "is the first that is known of several",
      () => [lost, rotation(unknownText, [lost]), rotation(functionArn, [], "second")],
      functionArn,
    ],
  ];
  for (const [name, stack, expected] of found) {
    it(name, () => {
      const [secret] = worldIn([orders, ...stack()]).world.secrets;
      const functions = secret!.copies.map((copy) =>
        Object.hasOwn(copy, "rotationFunction") ? copy.rotationFunction : "none",
      );
      assert.deepEqual(functions, [expected ?? "none", "none"]);
    });
  }
});
