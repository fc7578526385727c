import { Resource, types } from "../../../../policies/stack/resource";
import { databaseTlsRequired } from "../../../../policies/rules/databases/database-tls-required";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownArray, unknownText } from "../../support/stack";

type Type = keyof typeof types;

const open = (kind: string, parameter: string, value: string) => [
  violates(
    "db",
    `${kind} "db" accepts connections without TLS. Give it a parameter group that sets ${parameter} to ${value}.`,
  ),
];
const postgres = open("Instance", "rds.force_ssl", "1");
const database = (props: Record<string, unknown>, type: Type = "dbInstance", from = {}) =>
  resource(type, "db", { props, from });
const group = (type: Type, parameters: unknown): Resource =>
  resource(type, "tls", { props: parameters === undefined ? { name: "tls" } : { name: "tls", parameters } });
const withGroup = (engine: string, parameters: unknown): readonly Resource[] => [
  group("dbParameterGroup", parameters),
  database({ engine, engineVersion: "16.4", parameterGroupName: "tls" }),
];
const set = (name: string, value: unknown) => [
  { name: "log_statement", value: "ddl" },
  { name, value },
];

testRule(databaseTlsRequired, [
  // By default.
  ...[
    ["postgres", "14.9", postgres],
    ["postgres", "15.2", []],
    ["postgres", "17", []],
    ["sqlserver-se", "16.00", postgres],
    ["mysql", "8.4.3", open("Instance", "require_secure_transport", "1")],
    ["mariadb", "11.4", open("Instance", "require_secure_transport", "1")],
    ["oracle-ee", "19", []],
  ].map(([engine, engineVersion, says]) => ({
    name: `${String(engine)} ${String(engineVersion)} without a group`,
    stack: [database({ engine, engineVersion })],
    says: says as typeof postgres,
  })),
  ...[
    ["aurora-postgresql", "16.4", open("Cluster", "rds.force_ssl", "1")],
    ["aurora-postgresql", "17.4", []],
    ["aurora-mysql", "8.0", open("Cluster", "require_secure_transport", "1")],
    ["aurora", "5.6", open("Cluster", "require_secure_transport", "1")],
  ].map(([engine, engineVersion, says]) => ({
    name: `${String(engine)} ${String(engineVersion)} without a group`,
    stack: [database({ engine, engineVersion }, "dbCluster")],
    says: says as typeof postgres,
  })),
  {
    name: "a version that the program leaves to AWS",
    stack: [database({ engine: "postgres" })],
    says: postgres,
  },
  {
    name: "Redshift",
    stack: [database({}, "redshiftCluster")],
    says: open("Cluster", "require_ssl", "true"),
  },
  { name: "DocumentDB", stack: [database({}, "docdbCluster")], says: [] },
  // With a group of AWS.
  {
    name: "AWS's own group, of a new version",
    stack: [database({ engine: "postgres", engineVersion: "16", parameterGroupName: "default.postgres16" })],
    says: [],
  },
  {
    name: "AWS's own group, of an old version",
    stack: [database({ engine: "postgres", engineVersion: "13", parameterGroupName: "default.postgres13" })],
    says: postgres,
  },
  // With a group of the stack.
  { name: "force_ssl on", stack: withGroup("postgres", set("rds.force_ssl", "1")), says: [] },
  {
    name: "force_ssl off, against the default",
    stack: withGroup("postgres", set("rds.force_ssl", "0")),
    says: postgres,
  },
  {
    name: "a group that says nothing, where it is the default",
    stack: withGroup("postgres", set("other", "0")),
    says: [],
  },
  { name: "a group without parameters", stack: withGroup("sqlserver-se", undefined), says: postgres },
  {
    name: "require_secure_transport on",
    stack: withGroup("mysql", set("require_secure_transport", "ON")),
    says: [],
  },
  {
    name: "require_secure_transport off",
    stack: withGroup("mysql", set("require_secure_transport", "OFF")),
    says: open("Instance", "require_secure_transport", "1"),
  },
  {
    name: "a cluster's group",
    stack: [
      group("dbClusterParameterGroup", set("rds.force_ssl", "1")),
      database({ engine: "aurora-postgresql", dbClusterParameterGroupName: "tls" }, "dbCluster"),
    ],
    says: [],
  },
  {
    name: "Redshift's group on",
    stack: [
      group("redshiftParameterGroup", set("require_ssl", "TRUE")),
      database({ clusterParameterGroupName: "tls" }, "redshiftCluster"),
    ],
    says: [],
  },
  {
    name: "Redshift's group off",
    stack: [
      group("redshiftParameterGroup", set("require_ssl", "false")),
      database({ clusterParameterGroupName: "tls" }, "redshiftCluster"),
    ],
    says: open("Cluster", "require_ssl", "true"),
  },
  ...["enabled", "fips-140-3", "tls1.2+", "tls1.3+"].map((value) => ({
    name: `DocumentDB's tls ${value}`,
    stack: [
      group("docdbParameterGroup", set("tls", value)),
      database({ dbClusterParameterGroupName: "tls" }, "docdbCluster"),
    ],
    says: [],
  })),
  {
    name: "DocumentDB's tls disabled",
    stack: [
      group("docdbParameterGroup", set("tls", "disabled")),
      database({ dbClusterParameterGroupName: "tls" }, "docdbCluster"),
    ],
    says: open("Cluster", "tls", "enabled"),
  },
  // What is not known.
  {
    name: "a group that is to be made",
    stack: [
      group("dbParameterGroup", set("rds.force_ssl", "1")),
      database({ engine: "postgres", parameterGroupName: unknownText }, "dbInstance", {
        parameterGroupName: [resource("dbParameterGroup", "tls")],
      }),
    ],
    says: [],
  },
  {
    name: "a group of another stack",
    stack: [database({ engine: "postgres", parameterGroupName: "central" })],
    says: [
      waits("db", 'the parameter group of Instance "db" is not in this stack / the stack that makes it'),
    ],
  },
  {
    name: "an unknown group",
    stack: [database({ engine: "postgres", parameterGroupName: unknownText })],
    says: [
      waits("db", 'the parameter group of Instance "db" is not known / the value of `parameterGroupName`'),
    ],
  },
  {
    name: "an unknown engine",
    stack: [database({ engine: unknownText })],
    says: [waits("db", 'the engine of Instance "db" is not known / the value of `engine`')],
  },
  ...[set("rds.force_ssl", unknownText), [{ name: unknownText, value: "1" }]].map((parameters, index) => ({
    name: index === 0 ? "an unknown value" : "a parameter of unknown name",
    stack: withGroup("postgres", parameters),
    says: [
      waits(
        "db",
        'whether ParameterGroup "tls" of Instance "db" requires TLS is not known / the value of `parameters`',
      ),
    ],
  })),
  {
    name: "an unknown list",
    stack: [
      resource("dbParameterGroup", "tls", {
        props: { name: "tls", parameters: unknownArray },
        from: { parameters: [resource("key", "k")] },
      }),
      database({ engine: "postgres", parameterGroupName: "tls" }),
    ],
    says: [
      waits(
        "db",
        'whether ParameterGroup "tls" of Instance "db" requires TLS is not known / the outputs of Key "k"',
      ),
    ],
  },
  {
    name: "an unknown name beside the one that counts",
    stack: withGroup("postgres", [
      { name: unknownText, value: "1" },
      { name: "rds.force_ssl", value: "1" },
    ]),
    says: [],
  },
]);
