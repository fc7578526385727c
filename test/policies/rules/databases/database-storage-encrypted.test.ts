import { types } from "../../../../policies/stack/resource";
import { databaseStorageEncrypted } from "../../../../policies/rules/databases/database-storage-encrypted";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const database = (type: keyof typeof types, props: Record<string, unknown>, from = {}) => [
  resource(type, "db", { props, from }),
];
const open = (kind: string, property: string, key: string) => [
  violates("db", `the storage of ${kind} "db" is not encrypted. Set ${property}, and ${key}.`),
];
const awsKey = (kind: string, key: string) => [
  violates(
    "db",
    `the storage of ${kind} "db" is encrypted with a key of AWS, not with one of yours. Set ${key} to a customer managed key.`,
  ),
];
const kinds = [
  ["dbInstance", "Instance", "storageEncrypted", "kmsKeyId"],
  ["dbCluster", "Cluster", "storageEncrypted", "kmsKeyId"],
  ["docdbCluster", "Cluster", "storageEncrypted", "kmsKeyId"],
  ["neptuneCluster", "Cluster", "storageEncrypted", "kmsKeyArn"],
] as const;
const key = resource("key", "main", { props: { arn: unknownText } });

testRule(databaseStorageEncrypted, [
  ...kinds.flatMap(([type, kind, switched, keyName]) => [
    { name: `a ${type} that says nothing`, stack: database(type, {}), says: open(kind, switched, keyName) },
    {
      name: `a ${type} that says no`,
      stack: database(type, { [switched]: false, [keyName]: "k-1" }),
      says: open(kind, switched, keyName),
    },
    {
      name: `a ${type} with AWS's key`,
      stack: database(type, { [switched]: true }),
      says: awsKey(kind, keyName),
    },
    {
      name: `a ${type} with one of ours`,
      stack: database(type, { [switched]: true, [keyName]: "k-1" }),
      says: [],
    },
  ]),
  {
    name: "Redshift is encrypted by default, with AWS's key",
    stack: database("redshiftCluster", {}),
    says: awsKey("Cluster", "kmsKeyId"),
  },
  { name: "Redshift with one of ours", stack: database("redshiftCluster", { kmsKeyId: "k-1" }), says: [] },
  {
    name: "Redshift that says no",
    stack: database("redshiftCluster", { encrypted: false }),
    says: open("Cluster", "encrypted", "kmsKeyId"),
  },
  {
    name: "Redshift Serverless is always encrypted",
    stack: database("redshiftNamespace", {}),
    says: awsKey("Namespace", "kmsKeyId"),
  },
  {
    name: "Redshift Serverless with one of ours",
    stack: database("redshiftNamespace", { kmsKeyId: "k-1" }),
    says: [],
  },
  {
    name: "any encryption, allowed",
    stack: database("dbInstance", { storageEncrypted: true }),
    config: { customerManagedKey: false },
    says: [],
  },
  {
    name: "none is not",
    stack: database("dbInstance", {}),
    config: { customerManagedKey: false },
    says: open("Instance", "storageEncrypted", "kmsKeyId"),
  },
  {
    name: "a copy takes over its source's",
    stack: database("dbInstance", { replicateSourceDb: "orders" }),
    says: [],
  },
  {
    name: "a copy of something that is to be made",
    stack: database("dbInstance", { replicateSourceDb: unknownText }),
    says: [],
  },
  {
    name: "a copy of a cluster",
    stack: database("dbCluster", { replicationSourceIdentifier: "arn" }),
    says: [],
  },
  {
    name: "a copy of Neptune's",
    stack: database("neptuneCluster", { replicationSourceIdentifier: "arn" }),
    says: [],
  },
  {
    name: "a key that is to be made",
    stack: [
      key,
      ...database("dbInstance", { storageEncrypted: true, kmsKeyId: unknownText }, { kmsKeyId: [key] }),
    ],
    says: [],
  },
  {
    name: "an unknown switch",
    stack: database("dbInstance", { storageEncrypted: unknownText }),
    says: [
      waits(
        "db",
        'whether the storage of Instance "db" is encrypted is not known / the value of `storageEncrypted`',
      ),
    ],
  },
  {
    name: "an unknown key",
    stack: database("dbInstance", { storageEncrypted: true, kmsKeyId: unknownText }),
    says: [waits("db", 'the key of the storage of Instance "db" is not known / the value of `kmsKeyId`')],
  },
]);
