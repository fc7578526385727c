import { keyMultiRegionNeeded } from "../../../../policies/rules/keys/key-multi-region-needed";
import { Case, testRule } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fix = "Make the key for one Region, or replicate secrets under its replicas, in allowed Regions only.";
const arn = "arn:aws:kms:eu-west-1:111111111111:key/mrk-1";
const thereArn = "arn:aws:kms:eu-central-1:111111111111:key/mrk-1";
const primary = (multiRegion: unknown = true) =>
  resource("key", "main", { props: { arn, keyId: "mrk-1", multiRegion } });
const replica = (region = "eu-central-1") =>
  resource("replicaKey", "there", { props: { arn: thereArn, primaryKeyArn: arn, region } });
const secret = (kmsKeyId: string) =>
  resource("secret", "orders", {
    props: { kmsKeyId: arn, replicas: [{ region: "eu-central-1", kmsKeyId }] },
  });
const unneeded: Case["says"] = [
  {
    on: "main",
    violation: `Key "main" can be replicated to any Region, and no secret is replicated under it. ${fix}`,
  },
];
const elsewhere: Case["says"] = [
  { on: "there", violation: `ReplicaKey "there" is in eu-central-1, which is not an allowed Region. ${fix}` },
];

testRule(keyMultiRegionNeeded, [
  { name: "a key for one Region", stack: [primary(false)], says: [] },
  { name: "a key that says nothing", stack: [resource("key", "main")], says: [] },
  { name: "a multi-Region key alone", stack: [primary()], says: unneeded },
  {
    name: "a multi-Region key with a replica that nothing uses",
    stack: [primary(), replica()],
    says: unneeded,
  },
  {
    name: "a replica under which a secret is replicated",
    stack: [primary(), replica(), secret(thereArn)],
    says: [],
  },
  {
    name: "a secret replicated under another key",
    stack: [primary(), replica(), secret("arn:aws:kms:eu-central-1:111111111111:key/k-2")],
    says: unneeded,
  },
  {
    name: "a secret replicated under an alias of the replica",
    stack: [
      primary(),
      replica(),
      resource("alias", "there", { props: { name: "alias/there", targetKeyId: thereArn } }),
      secret("alias/there"),
    ],
    says: [],
  },
  {
    name: "a secret that is encrypted with the key itself",
    stack: [primary(), replica(), resource("secret", "orders", { props: { kmsKeyId: arn } })],
    says: unneeded,
  },
  {
    name: "a multi-Region external key",
    stack: [resource("externalKey", "own", { props: { multiRegion: true } })],
    says: [
      {
        on: "own",
        violation: `ExternalKey "own" can be replicated to any Region, and no secret is replicated under it. ${fix}`,
      },
    ],
  },
  { name: "a name that is allowed", stack: [primary()], config: { allowed: ["other", "ma?n"] }, says: [] },
  { name: "a pattern of names", stack: [primary()], config: { allowed: ["m*"] }, says: [] },
  { name: "another name", stack: [primary()], config: { allowed: ["mainframe"] }, says: unneeded },
  { name: "an allowed Region", stack: [replica()], organization: { regions: ["eu-central-1"] }, says: [] },
  {
    name: "a Region that is not allowed",
    stack: [replica()],
    organization: { regions: ["eu-west-1"] },
    says: elsewhere,
  },
  { name: "any Region, when none is told", stack: [replica()], says: [] },
  {
    name: "a Region that is not known",
    stack: [
      { ...resource("replicaKey", "there", { props: { region: unknownText } }), provider: { props: {} } },
    ],
    organization: { regions: ["eu-west-1"] },
    says: [
      { on: "there", undecided: 'the Region of ReplicaKey "there" is not known / the value of `region`' },
    ],
  },
  {
    name: "whether it is multi-Region is not known",
    stack: [primary(unknownText)],
    says: [
      {
        on: "main",
        undecided: 'whether Key "main" is multi-Region is not known / the value of `multiRegion`',
      },
    ],
  },
  {
    name: "the ARNs of a first preview",
    stack: firstPreview(),
    says: [],
  },
]);

function firstPreview() {
  const key = resource("key", "main", { props: { arn: unknownText, multiRegion: true } });
  const there = resource("replicaKey", "there", {
    props: { arn: unknownText, primaryKeyArn: unknownText, region: "eu-central-1" },
    from: { primaryKeyArn: [key] },
  });
  const orders = resource("secret", "orders", {
    props: { replicas: [{ region: "eu-central-1", kmsKeyId: unknownText }] },
    from: { replicas: [there] },
  });
  return [key, there, orders];
}
