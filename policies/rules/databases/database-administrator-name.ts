import { databaseKinds } from "../../facts/databases/database-kinds";
import { undecided, violation } from "../../findings";
import { deciders, input, label, Resource } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { readString } from "../../stack/tri-state";

/** DB-04. */
export const databaseAdministratorName = graphRule({
  id: "database-administrator-name",
  code: "DB-04",
  title: "Database administrators do not have the name that everybody expects",
  severity: "low",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "2.2.2" }],
  mapsTo: {
    checkov: ["CKV_AWS_391"],
    securityHub: ["RDS.24", "RDS.25", "Redshift.8", "RedshiftServerless.5"],
    awsConfig: ["redshift-default-admin-check"],
    prowler: ["rds_instance_default_admin", "rds_cluster_default_admin"],
  },
  remediation: "Choose another name for the administrator; the database has to be made anew",
  settings: {
    names: {
      type: "array",
      items: { type: "string" },
      default: [
        "admin",
        "administrator",
        "awsuser",
        "dbadmin",
        "master",
        "postgres",
        "root",
        "sa",
      ] as readonly string[],
      description: "Names that are refused, in whatever case.",
    },
  },
  check: (graph, config) =>
    databaseKinds.flatMap(({ type, username }) =>
      username === undefined
        ? []
        : graph.of(type).flatMap((database) => checkDatabase(database, username, config.names)),
    ),
});

function checkDatabase(database: Resource, property: string, refused: readonly string[]): readonly Finding[] {
  const name = input(database, readString, property);
  // Redshift Serverless marks the name as a secret, so that an exported state has it redacted.
  if (name.state === "unknown") {
    const reason = `the name of the administrator of ${label(database)} is not known`;
    return [undecided(database, reason, deciders(database, property))];
  }
  if (name.state === "absent" || !refused.some((one) => one.toLowerCase() === name.value.toLowerCase()))
    return [];
  const fact = `the administrator of ${label(database)} has a name that attackers try first`;
  return [violation(database, fact, `Choose another ${property}`)];
}
