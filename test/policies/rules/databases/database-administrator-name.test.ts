import { types } from "../../../../policies/stack/resource";
import { databaseAdministratorName } from "../../../../policies/rules/databases/database-administrator-name";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const database = (type: keyof typeof types, props: Record<string, unknown>) => [
  resource(type, "db", { props }),
];
const known = (kind: string, property: string) => [
  violates(
    "db",
    `the administrator of ${kind} "db" has a name that attackers try first. Choose another ${property}.`,
  ),
];
const kinds = [
  ["dbInstance", "Instance", "username"],
  ["dbCluster", "Cluster", "masterUsername"],
  ["redshiftCluster", "Cluster", "masterUsername"],
  ["redshiftNamespace", "Namespace", "adminUsername"],
  ["docdbCluster", "Cluster", "masterUsername"],
] as const;
const names = [
  "admin",
  "administrator",
  "awsuser",
  "dbadmin",
  "master",
  "postgres",
  "root",
  "sa",
  "Admin",
  "ROOT",
];

testRule(databaseAdministratorName, [
  ...names.map((username) => ({
    name: username,
    stack: database("dbInstance", { username }),
    says: known("Instance", "username"),
  })),
  ...kinds.flatMap(([type, kind, property]) => [
    {
      name: `admin of a ${type}`,
      stack: database(type, { [property]: "admin" }),
      says: known(kind, property),
    },
    { name: `another name of a ${type}`, stack: database(type, { [property]: "orders_owner" }), says: [] },
  ]),
  { name: "a longer name", stack: database("dbInstance", { username: "orders_admin" }), says: [] },
  { name: "no name", stack: database("dbInstance", {}), says: [] },
  { name: "Neptune, which has no users", stack: database("neptuneCluster", { username: "admin" }), says: [] },
  {
    name: "other names by configuration",
    stack: database("dbInstance", { username: "Orders" }),
    config: { names: ["orders"] },
    says: known("Instance", "username"),
  },
  {
    name: "in whatever case",
    stack: database("dbInstance", { username: "orders" }),
    config: { names: ["ORDERS"] },
    says: known("Instance", "username"),
  },
  {
    name: "which replace the usual ones",
    stack: database("dbInstance", { username: "admin" }),
    config: { names: ["orders"] },
    says: [],
  },
  ...[unknownText, "[secret]"].map((adminUsername) => ({
    name: `a name that is ${adminUsername === unknownText ? "unknown" : "redacted"}`,
    stack: database("redshiftNamespace", { adminUsername }),
    says: [
      waits(
        "db",
        'the name of the administrator of Namespace "db" is not known / the value of `adminUsername`',
      ),
    ],
  })),
]);
