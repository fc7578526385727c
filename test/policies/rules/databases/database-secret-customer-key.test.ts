import { types } from "../../../../policies/stack/resource";
import { databaseSecretCustomerKey } from "../../../../policies/rules/databases/database-secret-customer-key";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const database = (type: keyof typeof types, props: Record<string, unknown>) => [
  resource(type, "db", { props }),
];
const kinds = [
  ["dbInstance", "Instance", "manageMasterUserPassword", "masterUserSecretKmsKeyId"],
  ["dbCluster", "Cluster", "manageMasterUserPassword", "masterUserSecretKmsKeyId"],
  ["redshiftCluster", "Cluster", "manageMasterPassword", "masterPasswordSecretKmsKeyId"],
  ["redshiftNamespace", "Namespace", "manageAdminPassword", "adminPasswordSecretKmsKeyId"],
] as const;

testRule(databaseSecretCustomerKey, [
  ...kinds.flatMap(([type, kind, managed, key]) => [
    {
      name: `a ${type} with AWS's key`,
      stack: database(type, { [managed]: true }),
      says: [
        violates(
          "db",
          `the secret of ${kind} "db" is encrypted with a key of AWS, not with one of yours. Set ${key} to a customer managed key.`,
        ),
      ],
    },
    {
      name: `a ${type} with one of ours`,
      stack: database(type, { [managed]: true, [key]: "k-1" }),
      says: [],
    },
    { name: `a ${type} without such a secret`, stack: database(type, { [managed]: false }), says: [] },
    { name: `a ${type} that says nothing`, stack: database(type, {}), says: [] },
  ]),
  {
    name: "DocumentDB, which takes no key",
    stack: database("docdbCluster", { manageMasterUserPassword: true }),
    says: [],
  },
  {
    name: "an unknown switch",
    stack: database("dbInstance", { manageMasterUserPassword: unknownText }),
    says: [
      waits(
        "db",
        'whether AWS keeps the password of Instance "db" is not known / the value of `manageMasterUserPassword`',
      ),
    ],
  },
  {
    name: "an unknown key",
    stack: database("dbInstance", { manageMasterUserPassword: true, masterUserSecretKmsKeyId: unknownText }),
    says: [
      waits(
        "db",
        'the key of the secret of Instance "db" is not known / the value of `masterUserSecretKmsKeyId`',
      ),
    ],
  },
]);
