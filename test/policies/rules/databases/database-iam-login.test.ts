import { types } from "../../../../policies/stack/resource";
import { databaseIamLogin } from "../../../../policies/rules/databases/database-iam-login";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const database = (type: keyof typeof types, props: Record<string, unknown>) => [
  resource(type, "db", { props }),
];
const off = (kind: string) => [
  violates(
    "db",
    `${kind} "db" takes passwords only. Set iamDatabaseAuthenticationEnabled and let applications sign in with a role.`,
  ),
];
const on = { iamDatabaseAuthenticationEnabled: true };

testRule(databaseIamLogin, [
  ...["mysql", "mariadb", "postgres"].map((engine) => ({
    name: `${engine} without it`,
    stack: database("dbInstance", { engine }),
    says: off("Instance"),
  })),
  ...["aurora-mysql", "aurora-postgresql", "aurora"].map((engine) => ({
    name: `${engine} without it`,
    stack: database("dbCluster", { engine }),
    says: off("Cluster"),
  })),
  ...["oracle-ee", "sqlserver-se", "db2-se", "custom-postgres"].map((engine) => ({
    name: `${engine}, which does not offer it`,
    stack: database("dbInstance", { engine }),
    says: [],
  })),
  {
    name: "Neptune without it",
    stack: database("neptuneCluster", { engine: "neptune" }),
    says: off("Cluster"),
  },
  { name: "Neptune with it", stack: database("neptuneCluster", { engine: "neptune", ...on }), says: [] },
  { name: "Redshift, which signs in otherwise", stack: database("redshiftCluster", {}), says: [] },
  { name: "with it", stack: database("dbInstance", { engine: "postgres", ...on }), says: [] },
  {
    name: "switched off",
    stack: database("dbInstance", { engine: "postgres", iamDatabaseAuthenticationEnabled: false }),
    says: off("Instance"),
  },
  {
    name: "an unknown engine without it",
    stack: database("dbInstance", { engine: unknownText }),
    says: off("Instance"),
  },
  {
    name: "an unknown switch",
    stack: database("dbInstance", { engine: "postgres", iamDatabaseAuthenticationEnabled: unknownText }),
    says: [
      waits(
        "db",
        'whether roles may sign in to Instance "db" is not known / the value of `iamDatabaseAuthenticationEnabled`',
      ),
    ],
  },
]);
