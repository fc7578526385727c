import { customerKeyFindings } from "../../facts/keys/customer-key";
import { DatabaseKind, databaseKinds } from "../../facts/databases/database-kinds";
import { undecided, violation } from "../../findings";
import { Graph } from "../../stack/graph";
import { deciders, input, label, Resource } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { orDefault, read, readBoolean } from "../../stack/tri-state";

/** DB-05. */
export const databaseStorageEncrypted = graphRule({
  id: "database-storage-encrypted",
  code: "DB-05",
  title: "The storage of databases is encrypted with a customer managed key",
  severity: "high",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "3.5.1" },
    { name: "NIST SP 800-53", version: "5", reference: "SC-28" },
    { name: "CIS AWS Foundations", version: "5.0", reference: "2.2.1" },
  ],
  mapsTo: {
    checkov: [
      "CKV_AWS_16",
      "CKV_AWS_64",
      "CKV_AWS_74",
      "CKV_AWS_96",
      "CKV_AWS_142",
      "CKV_AWS_327",
      "CKV_AWS_347",
    ],
    trivy: ["AWS-0079", "AWS-0080", "AWS-0084", "AWS-0021", "AWS-0022", "AWS-0076"],
    cdkNag: ["AwsSolutions-RDS2"],
    cfnNag: ["F26", "F27", "F28"],
    securityHub: ["RDS.3", "RDS.27", "Redshift.10", "DocumentDB.1", "Neptune.1"],
    awsConfig: ["rds-storage-encrypted", "redshift-cluster-kms-enabled"],
    prowler: ["redshift_cluster_encrypted_at_rest", "documentdb_cluster_storage_encrypted"],
  },
  remediation: "Encrypt the storage and name a customer managed key; the database has to be made anew",
  settings: {
    customerManagedKey: {
      type: "boolean",
      default: true,
      description: "Demand a customer managed key; without it any encryption will do.",
    },
  },
  check: (graph, config) =>
    databaseKinds.flatMap((kind) =>
      graph
        .of(kind.type)
        .flatMap((database) => checkDatabase(database, kind, graph, config.customerManagedKey)),
    ),
});

function checkDatabase(
  resource: Resource,
  kind: DatabaseKind,
  graph: Graph,
  ownKey: boolean,
): readonly Finding[] {
  const { encrypted, storageKey: property, copyOf } = kind;
  if (copyOf.some((name) => input(resource, read, name).state !== "absent")) return [];
  const what = `the storage of ${label(resource)}`;
  if (encrypted !== undefined) {
    const on = orDefault(input(resource, readBoolean, encrypted.property), encrypted.otherwise);
    if (on.state === "unknown") {
      const reason = `whether ${what} is encrypted is not known`;
      return [undecided(resource, reason, deciders(resource, encrypted.property))];
    }
    if (on.state === "known" && !on.value) {
      return [violation(resource, `${what} is not encrypted`, `Set ${encrypted.property}, and ${property}`)];
    }
  }
  if (!ownKey || property === undefined) return [];
  const fix = `Set ${property} to a customer managed key`;
  return customerKeyFindings(graph, { resource, property, what, fix });
}
