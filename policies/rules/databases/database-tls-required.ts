import { undecided, violation } from "../../findings";
import { Lookup } from "../../stack/join";
import { deciders, input, label, Resource, types } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { TlsParameter, tlsParameter } from "../../facts/databases/tls-parameter";
import { indexesOf, read, readArray, readString, Tri } from "../../stack/tri-state";

/** Where each type names the group of parameters that decides, and what such a group is. */
const groups = [
  { type: types.dbInstance, property: "parameterGroupName", group: types.dbParameterGroup },
  { type: types.dbCluster, property: "dbClusterParameterGroupName", group: types.dbClusterParameterGroup },
  { type: types.redshiftCluster, property: "clusterParameterGroupName", group: types.redshiftParameterGroup },
  { type: types.docdbCluster, property: "dbClusterParameterGroupName", group: types.docdbParameterGroup },
] as const;

/** DB-06. */
export const databaseTlsRequired = graphRule({
  id: "database-tls-required",
  code: "DB-06",
  title: "Databases refuse connections without TLS",
  severity: "high",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "4.2.1" }],
  mapsTo: {
    checkov: ["CKV_AWS_105", "CKV_AWS_90", "CKV2_AWS_69"],
    securityHub: ["RDS.38", "RDS.39", "RDS.41", "RDS.43", "RDS.44", "Redshift.2", "DocumentDB.6"],
    awsConfig: ["redshift-require-tls-ssl"],
    prowler: ["rds_instance_transport_encrypted", "redshift_cluster_in_transit_encryption_enabled"],
  },
  remediation: "Give the database a parameter group that requires TLS",
  settings: {},
  check: (graph) =>
    groups.flatMap(({ type, property, group }) => {
      const lookup = new Lookup(graph.of(group), ["name", "id"]);
      return graph.of(type).flatMap((database) => checkDatabase(database, property, lookup));
    }),
});

function checkDatabase(database: Resource, property: string, groupsOf: Lookup): readonly Finding[] {
  const where = label(database);
  const engine = input(database, readString, "engine");
  const version = input(database, readString, "engineVersion");
  const parameter = tlsParameter(database.type, textOf(engine), textOf(version));
  if (parameter === undefined) {
    return engine.state === "unknown"
      ? [undecided(database, `the engine of ${where} is not known`, deciders(database, "engine"))]
      : [];
  }
  const link = groupsOf.follow(database, property);
  const fix = `Give it a parameter group that sets ${parameter.name} to ${parameter.on[0]}`;
  const open = violation(database, `${where} accepts connections without TLS`, fix);
  if (link.kind === "inside")
    return link.resources.flatMap((group) => checkGroup(group, database, parameter, open));
  // A group of another stack may say anything; AWS's own groups have the defaults.
  if (link.kind === "outside" && !link.reference.startsWith("default.")) {
    return [
      undecided(database, `the parameter group of ${where} is not in this stack`, "the stack that makes it"),
    ];
  }
  if (link.kind === "unknown") {
    return [
      undecided(database, `the parameter group of ${where} is not known`, deciders(database, property)),
    ];
  }
  return parameter.byDefault ? [] : [open];
}

function checkGroup(
  group: Resource,
  database: Resource,
  parameter: TlsParameter,
  open: Finding,
): readonly Finding[] {
  const value = valueIn(group, parameter.name);
  if (value.state === "unknown") {
    const reason = `whether ${label(group)} of ${label(database)} requires TLS is not known`;
    return [undecided(database, reason, deciders(group, "parameters"))];
  }
  const on = value.state === "known" ? parameter.on.includes(value.value.toLowerCase()) : parameter.byDefault;
  return on ? [] : [open];
}

/** A list with an unknown name may hold any parameter. */
function valueIn(group: Resource, name: string): Tri<string> {
  const list = input(group, readArray, "parameters");
  if (list.state !== "known") return list;
  const names = indexesOf(list).map((index) => input(group, read, "parameters", index, "name"));
  const index = names.findIndex((one) => one.state === "known" && one.value === name);
  if (index >= 0) return input(group, readString, "parameters", index, "value");
  return names.some((one) => one.state === "unknown") ? { state: "unknown" } : { state: "absent" };
}

function textOf(value: Tri<string>): string {
  return value.state === "known" ? value.value : "";
}
