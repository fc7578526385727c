import { secretCustomerManagedKey } from "../../../../policies/rules/secrets/secret-customer-managed-key";
import { testRule } from "../../support/cases";
import { resource, unknownArray, unknownText } from "../../support/stack";

const key = resource("key", "main", { props: { arn: unknownText, keyId: unknownText }, from: {} });
const replicaKey = resource("replicaKey", "elsewhere", { props: { arn: unknownText }, from: {} });
const alias = resource("alias", "orders", {
  props: { name: "alias/orders", targetKeyId: unknownText },
  from: { targetKeyId: [key] },
});
const disabled = resource("key", "old", {
  props: { arn: "arn:aws:kms:eu-west-1:111111111111:key/old", isEnabled: false },
});
const fix = "Set kmsKeyId to a customer managed key, on the secret and on each replica in its own Region.";

testRule(secretCustomerManagedKey, [
  { name: "no secrets, no findings", stack: [key], says: [] },
  {
    name: "no key is AWS's own",
    stack: [resource("secret", "orders")],
    says: [
      {
        on: "orders",
        violation: `Secret "orders" names no key, so AWS uses its own aws/secretsmanager. ${fix}`,
      },
    ],
  },
  ...["alias/aws/secretsmanager", "arn:aws:kms:eu-west-1:111111111111:alias/aws/secretsmanager"].map(
    (kmsKeyId) => ({
      name: `${kmsKeyId} is no customer managed key`,
      stack: [resource("secret", "orders", { props: { kmsKeyId } })],
      says: [
        {
          on: "orders",
          violation: `Secret "orders" is encrypted with AWS's own key aws/secretsmanager. ${fix}`,
        },
      ],
    }),
  ),
  ...["alias/orders", "arn:aws:kms:eu-west-1:111111111111:key/a", "mrk-1234", "alias/awsome"].map(
    (kmsKeyId) => ({
      name: `${kmsKeyId} of another stack is one`,
      stack: [resource("secret", "orders", { props: { kmsKeyId } })],
      says: [],
    }),
  ),
  {
    name: "a key of this stack, in its first preview",
    stack: [
      key,
      resource("secret", "orders", { props: { kmsKeyId: unknownText }, from: { kmsKeyId: [key] } }),
    ],
    says: [],
  },
  {
    name: "a key of this stack by its alias",
    stack: [key, alias, resource("secret", "orders", { props: { kmsKeyId: "alias/orders" } })],
    says: [],
  },
  {
    name: "an unknown key from elsewhere cannot be told, and silences nobody",
    stack: [resource("secret", "first", { props: { kmsKeyId: unknownText } }), resource("secret", "second")],
    says: [
      { on: "first", undecided: 'the key of Secret "first" is not known / the value of `kmsKeyId`' },
      {
        on: "second",
        violation: `Secret "second" names no key, so AWS uses its own aws/secretsmanager. ${fix}`,
      },
    ],
  },
  {
    name: "a redacted key cannot be told",
    stack: [resource("secret", "orders", { props: { kmsKeyId: "[secret]" } })],
    says: [{ on: "orders", undecided: 'the key of Secret "orders" is not known / the value of `kmsKeyId`' }],
  },
  {
    name: "a replica without a key",
    stack: [
      resource("secret", "orders", {
        props: { kmsKeyId: "alias/orders", replicas: [{ region: "eu-central-1" }] },
      }),
    ],
    says: [
      {
        on: "orders",
        violation: `replica 1 of Secret "orders" names no key, so AWS uses its own aws/secretsmanager. ${fix}`,
      },
    ],
  },
  {
    name: "a replica with a replica key, in its first preview",
    stack: [
      replicaKey,
      resource("secret", "orders", {
        props: { kmsKeyId: "alias/orders", replicas: [{ region: "eu-central-1", kmsKeyId: unknownText }] },
        from: { replicas: [replicaKey] },
      }),
    ],
    says: [],
  },
  {
    name: "replicas that are not known at all",
    stack: [
      resource("secret", "orders", {
        props: { kmsKeyId: "alias/orders", replicas: unknownArray },
        from: { replicas: [replicaKey] },
      }),
    ],
    says: [
      {
        on: "orders",
        undecided: 'the replicas of Secret "orders" are not known / the outputs of ReplicaKey "elsewhere"',
      },
    ],
  },
  {
    name: "replicas that the program does not set are none, though the provider has yet to say so",
    stack: [resource("secret", "orders", { props: { kmsKeyId: "alias/orders", replicas: unknownArray } })],
    says: [],
  },
  {
    name: "a disabled key",
    stack: [
      disabled,
      resource("secret", "orders", { props: { kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/old" } }),
    ],
    says: [
      {
        on: "orders",
        violation:
          'Secret "orders" is encrypted with Key "old", which is disabled. Enable the key, or name one that is in use.',
      },
    ],
  },
]);
