import { databaseKinds } from "../../facts/databases/database-kinds";
import { undecided, violation } from "../../findings";
import { deciders, input, label, Resource, types } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { orDefault, readBoolean, readString } from "../../stack/tri-state";

/** Engines for which RDS offers it; Neptune has one engine only. */
const engines = /^(mysql|mariadb|postgres|aurora-mysql|aurora-postgresql|aurora)$/;

const remediation = "Set iamDatabaseAuthenticationEnabled and let applications sign in with a role";

/** DB-03. */
export const databaseIamLogin = graphRule({
  id: "database-iam-login",
  code: "DB-03",
  title: "Databases that offer it let roles sign in, without a password",
  severity: "low",
  enforcement: "advisory",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "7.2" }],
  mapsTo: {
    checkov: ["CKV_AWS_161", "CKV_AWS_162", "CKV_AWS_359"],
    trivy: ["AWS-0176"],
    cdkNag: ["AwsSolutions-RDS6"],
    kics: ["88fd05e0", "c91d7ea0"],
    securityHub: ["RDS.10", "RDS.12", "Neptune.7"],
    awsConfig: ["rds-instance-iam-authentication-enabled", "rds-cluster-iam-authentication-enabled"],
    prowler: ["rds_instance_iam_authentication_enabled", "rds_cluster_iam_authentication_enabled"],
  },
  remediation,
  settings: {},
  check: (graph) =>
    databaseKinds.flatMap(({ type, iamLogin }) =>
      iamLogin === undefined ? [] : graph.of(type).flatMap((database) => checkDatabase(database, iamLogin)),
    ),
});

function checkDatabase(database: Resource, property: string): readonly Finding[] {
  const engine = input(database, readString, "engine");
  if (database.type !== types.neptuneCluster && engine.state === "known" && !engines.test(engine.value))
    return [];
  const on = orDefault(input(database, readBoolean, property), false);
  if (on.state === "unknown") {
    const reason = `whether roles may sign in to ${label(database)} is not known`;
    return [undecided(database, reason, deciders(database, property))];
  }
  return on.state === "known" && !on.value
    ? [violation(database, `${label(database)} takes passwords only`, remediation)]
    : [];
}
