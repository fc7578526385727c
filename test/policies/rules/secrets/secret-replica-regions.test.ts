import { secretReplicaRegions } from "../../../../policies/rules/secrets/secret-replica-regions";
import { testRule } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fix =
  "Replicate to allowed Regions only, never to the secret's own, and give each replica a key of its Region.";
const keyIn = (region: string) => `arn:aws:kms:${region}:111111111111:key/mrk-1`;
const secret = (...replicas: readonly object[]) =>
  resource("secret", "orders", { props: { arn: unknownText, replicas } });
const says = (text: string) => [{ on: "orders", violation: `replica 1 of Secret "orders" ${text}. ${fix}` }];
const here = resource("key", "main", { props: { arn: unknownText } });
const there = resource("replicaKey", "replica", { props: { arn: unknownText, region: "eu-central-1" } });

testRule(secretReplicaRegions, [
  { name: "no replicas", stack: [secret()], organization: { regions: ["eu-west-1"] }, says: [] },
  {
    name: "an allowed Region",
    stack: [secret({ region: "eu-central-1", kmsKeyId: keyIn("eu-central-1") })],
    organization: { regions: ["eu-west-1", "eu-central-1"] },
    says: [],
  },
  {
    name: "another Region",
    stack: [secret({ region: "us-east-1", kmsKeyId: keyIn("us-east-1") })],
    organization: { regions: ["eu-west-1", "eu-central-1"] },
    says: says("is in us-east-1, which is not an allowed Region"),
  },
  { name: "any Region where none is configured", stack: [secret({ region: "us-east-1" })], says: [] },
  {
    name: "the secret's own Region",
    stack: [secret({ region: "eu-west-1" })],
    says: says("is in the secret's own Region"),
  },
  {
    name: "a key of the primary Region",
    stack: [secret({ region: "eu-central-1", kmsKeyId: keyIn("eu-west-1") })],
    says: says("is in eu-central-1 and its key in eu-west-1"),
  },
  {
    name: "a key by its id, which AWS looks up in the replica's Region",
    stack: [secret({ region: "eu-central-1", kmsKeyId: "mrk-1" })],
    says: [],
  },
  {
    name: "a replica key in the first preview",
    stack: [
      there,
      resource("secret", "orders", {
        props: { replicas: [{ region: "eu-central-1", kmsKeyId: unknownText }] },
        from: { replicas: [there] },
      }),
    ],
    says: [],
  },
  {
    name: "the primary key in the first preview",
    stack: [
      here,
      resource("secret", "orders", {
        props: { replicas: [{ region: "eu-central-1", kmsKeyId: unknownText }] },
        from: { replicas: [here] },
      }),
    ],
    says: says("is in eu-central-1 and its key in eu-west-1"),
  },
  {
    name: "a key that is not known",
    stack: [secret({ region: "eu-central-1", kmsKeyId: unknownText })],
    says: [
      {
        on: "orders",
        undecided: 'the key of replica 1 of Secret "orders" is not known / the value of `replicas`',
      },
    ],
  },
  {
    name: "a Region that is not known beside one that is not allowed",
    stack: [secret({ region: unknownText }, { region: "us-east-1" })],
    organization: { regions: ["eu-central-1"] },
    says: [
      {
        on: "orders",
        undecided: 'the Region of replica 1 of Secret "orders" is not known / the value of `replicas`',
      },
      {
        on: "orders",
        violation: `replica 2 of Secret "orders" is in us-east-1, which is not an allowed Region. ${fix}`,
      },
    ],
  },
]);
