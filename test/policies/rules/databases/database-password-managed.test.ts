import { databasePasswordManaged } from "../../../../policies/rules/databases/database-password-managed";
import { types } from "../../../../policies/stack/resource";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const generated = resource("randomPassword", "generated", { props: { result: unknownText } });
const database = (type: keyof typeof types, props: Record<string, unknown>, from = {}) => [
  resource(type, "db", { props, from }),
];
const literal = (kind: string, property: string, managed: string) => [
  violates(
    "db",
    `the program gives ${kind} "db" its password in ${property}. Set ${managed} and leave ${property} out.`,
  ),
];
const instance = literal("Instance", "password", "manageMasterUserPassword");
const kinds = [
  ["dbInstance", "Instance", "password", "manageMasterUserPassword"],
  ["dbInstance", "Instance", "passwordWo", "manageMasterUserPassword"],
  ["dbCluster", "Cluster", "masterPassword", "manageMasterUserPassword"],
  ["dbCluster", "Cluster", "masterPasswordWo", "manageMasterUserPassword"],
  ["redshiftCluster", "Cluster", "masterPassword", "manageMasterPassword"],
  ["redshiftCluster", "Cluster", "masterPasswordWo", "manageMasterPassword"],
  ["redshiftNamespace", "Namespace", "adminUserPassword", "manageAdminPassword"],
  ["redshiftNamespace", "Namespace", "adminUserPasswordWo", "manageAdminPassword"],
  ["docdbCluster", "Cluster", "masterPassword", "manageMasterUserPassword"],
  ["docdbCluster", "Cluster", "masterPasswordWo", "manageMasterUserPassword"],
] as const;

testRule(databasePasswordManaged, [
  ...kinds.flatMap(([type, kind, property, managed]) => [
    {
      name: `a literal ${property} of a ${type}`,
      stack: database(type, { [property]: "Sommer2026!" }),
      says: literal(kind, property, managed),
    },
    { name: `${managed} of a ${type}`, stack: database(type, { [managed]: true }), says: [] },
  ]),
  {
    name: "no password at all",
    stack: database("dbInstance", { manageMasterUserPassword: false }),
    says: [],
  },
  { name: "Neptune, which has none", stack: database("neptuneCluster", { masterPassword: "x" }), says: [] },
  {
    name: "switched off, with a literal",
    stack: database("dbInstance", { manageMasterUserPassword: false, password: "Sommer2026!" }),
    says: instance,
  },
  {
    name: "switched on, with a literal that AWS refuses",
    stack: database("dbInstance", { manageMasterUserPassword: true, password: "Sommer2026!" }),
    says: [],
  },
  {
    name: "a generated one that is to be made",
    stack: database("dbInstance", { password: unknownText }, { password: [generated] }),
    says: [],
  },
  {
    name: "a generated one that is there",
    stack: database("dbInstance", { password: "q7Zp2Xv9Lk4Tn8Wb" }, { password: [generated] }),
    says: [],
  },
  {
    name: "a random one from who knows where",
    stack: database("dbInstance", { password: "q7Zp2Xv9Lk4Tn8Wb" }),
    says: instance,
  },
  {
    name: "the same, allowed",
    stack: database("dbInstance", { password: "q7Zp2Xv9Lk4Tn8Wb" }),
    config: { allowSupplied: true },
    says: [],
  },
  {
    name: "a chosen one is not",
    stack: database("dbInstance", { password: "Sommer2026!" }),
    config: { allowSupplied: true },
    says: instance,
  },
  ...["[secret]", unknownText].map((password) => ({
    name: `${password === unknownText ? "an unknown" : "a redacted"} one`,
    stack: database("dbInstance", { password }),
    says: [
      waits("db", 'where the password of Instance "db" comes from is not known / the value of `password`'),
    ],
  })),
  {
    name: "an unknown switch, with a literal",
    stack: database("dbInstance", { manageMasterUserPassword: unknownText, password: "Sommer2026!" }),
    says: instance,
  },
]);
