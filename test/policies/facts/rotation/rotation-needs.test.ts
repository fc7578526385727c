import { strict as assert } from "assert";
import { usesOf } from "../../../../policies/documents/document-uses";
import { identitiesOf } from "../../../../policies/facts/identities/identities";
import { missingActions, rotationActions } from "../../../../policies/facts/rotation/rotation-needs";
import { buildGraph } from "../../../../policies/stack/graph";
import { Resource } from "../../../../policies/stack/resource";
import { allow, role, rolePolicy, when } from "../../support/identity";
import { policy, resource, unknownText } from "../../support/stack";

const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-Ab12Cd";
const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/k-1";
const roleArn = "arn:aws:iam::111111111111:role/worker";
const onKey = ["kms:Decrypt", "kms:GenerateDataKey"];

/** What the role `worker` lacks with these statements, in a stack with these resources more. */
function missing(
  statements: readonly object[],
  secret: object = {},
  more: readonly Resource[] = [],
  roleProps = {},
) {
  const stack = [
    role("worker", roleProps),
    ...(statements.length === 0 ? [] : [rolePolicy("rights", "worker", policy(...statements))]),
    resource("secret", "orders", { props: { arn, ...secret } }),
    ...more,
  ];
  const graph = buildGraph(stack);
  const identity = identitiesOf(graph).all[0]!;
  return missingActions(graph.secrets[0]!, identity.resource, usesOf(identity), graph);
}

describe("what a rotation needs and its role does not get", () => {
  const all = allow("secretsmanager:*");
  const key = (props: object = {}) => resource("key", "main", { props: { keyId: "k-1", ...props } });
  const use = allow(onKey);
  const viaService = (service: string) => allow(onKey, "*", when("StringEquals", "kms:ViaService", service));
  const ofSecret = (of: string) =>
    allow(onKey, "*", when("StringEquals", "kms:EncryptionContext:SecretARN", of));
  const to = (who: string, Action: unknown, more: object = {}) =>
    policy({ Effect: "Allow", Principal: { AWS: who }, Action, Resource: "*", ...more });

  it("is what the reference lists", () => {
    const names = ["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"];
    assert.deepEqual(
      rotationActions,
      names.map((name) => `secretsmanager:${name}`),
    );
  });

  const cases: readonly (readonly [
    string,
    () => readonly string[] | undefined,
    readonly string[] | undefined,
  ])[] = [
    ["is everything without a policy", () => missing([]), rotationActions],
    ["is nothing with all", () => missing([all]), []],
    [
      "is what no statement allows",
      () => missing([allow(rotationActions.slice(1, 3))]),
      [rotationActions[0]!, rotationActions[3]!],
    ],
    [
      "is everything for another secret",
      () => missing([allow("secretsmanager:*", `${arn}x`)]),
      rotationActions,
    ],
    ["is not known while the secret is not", () => missing([all], { arn: unknownText }), undefined],
    [
      "is nothing that the secret's policy gives the role",
      () => missing([], { policy: to(roleArn, rotationActions) }),
      [],
    ],
    [
      "is nothing that the policy gives the role by its ARN",
      () =>
        missing([], { policy: to("arn:aws:iam::111111111111:role/x/worker", rotationActions) }, [], {
          arn: "arn:aws:iam::111111111111:role/x/worker",
        }),
      [],
    ],
    [
      "is what the secret's policy gives another",
      () => missing([], { policy: to(`${roleArn}2`, rotationActions) }),
      rotationActions,
    ],
    [
      "is what the secret's policy gives the account",
      () => missing([], { policy: to("111111111111", rotationActions) }),
      rotationActions,
    ],
    [
      "is what the secret's policy leaves out",
      () => missing([], { policy: to(roleArn, rotationActions.slice(0, 3)) }),
      rotationActions.slice(3),
    ],
    [
      "is everything while the secret's policy is not known",
      () => missing([], { policy: unknownText }),
      rotationActions,
    ],
    ["is the key's actions", () => missing([all], { kmsKeyId: "k-1" }, [key()]), onKey],
    ["is nothing with the key's actions", () => missing([all, use], { kmsKeyId: "k-1" }, [key()]), []],
    [
      "is one of the key's actions",
      () => missing([all, allow("kms:Decrypt")], { kmsKeyId: "k-1" }, [key()]),
      ["kms:GenerateDataKey"],
    ],
    [
      "is nothing through Secrets Manager",
      () =>
        missing([all, viaService("secretsmanager.eu-west-1.amazonaws.com")], { kmsKeyId: "k-1" }, [key()]),
      [],
    ],
    [
      "is the key's actions through another Region",
      () =>
        missing([all, viaService("secretsmanager.us-east-1.amazonaws.com")], { kmsKeyId: "k-1" }, [key()]),
      onKey,
    ],
    [
      "is nothing with the secret as the context",
      () => missing([all, ofSecret(arn)], { kmsKeyId: "k-1" }, [key()]),
      [],
    ],
    [
      "is the key's actions with another secret as the context",
      () => missing([all, ofSecret(`${arn}x`)], { kmsKeyId: "k-1" }, [key()]),
      onKey,
    ],
    [
      "is nothing on the key by its ARN",
      () => missing([all, allow(onKey, keyArn)], { kmsKeyId: "k-1" }, [key({ arn: keyArn })]),
      [],
    ],
    [
      "is the key's actions on another key",
      () => missing([all, allow(onKey, `${keyArn}x`)], { kmsKeyId: "k-1" }, [key({ arn: keyArn })]),
      onKey,
    ],
    [
      "is nothing on any key of the account while the ARN is not known",
      () =>
        missing([all, allow(onKey, "arn:aws:kms:eu-west-1:111111111111:key/*")], { kmsKeyId: "k-1" }, [
          key(),
        ]),
      [],
    ],
    [
      "is nothing on keys of several Regions while the ARN is not known",
      () =>
        missing([all, allow(onKey, "arn:aws:kms:eu-west-1:111111111111:key/mrk-*")], { kmsKeyId: "k-1" }, [
          key(),
        ]),
      [],
    ],
    [
      "is the key's actions on keys of another Region",
      () =>
        missing([all, allow(onKey, "arn:aws:kms:us-east-1:111111111111:key/*")], { kmsKeyId: "k-1" }, [
          key(),
        ]),
      onKey,
    ],
    [
      "is nothing that the key's policy gives the role",
      () => missing([all], { kmsKeyId: "k-1" }, [key({ policy: to(roleArn, onKey) })]),
      [],
    ],
    [
      "is what the key's policy gives under another context",
      () =>
        missing([all], { kmsKeyId: "k-1" }, [
          key({ policy: to(roleArn, onKey, when("StringEquals", "kms:ViaService", "x")) }),
        ]),
      onKey,
    ],
    ["is nothing of a key elsewhere", () => missing([all], { kmsKeyId: "k-9" }, [key()]), []],
    ["is both together", () => missing([], { kmsKeyId: "k-1" }, [key()]), [...rotationActions, ...onKey]],
  ];
  for (const [name, find, expected] of cases) it(name, () => assert.deepEqual(find(), expected));
});
