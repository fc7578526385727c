import { customerKeyFindings } from "../../facts/keys/customer-key";
import { databaseKinds } from "../../facts/databases/database-kinds";
import { undecided } from "../../findings";
import { deciders, input, label } from "../../stack/resource";
import { graphRule } from "../../rule";
import { orDefault, readBoolean } from "../../stack/tri-state";

/** DB-02. */
export const databaseSecretCustomerKey = graphRule({
  id: "database-secret-customer-key",
  code: "DB-02",
  title: "The passwords that AWS keeps for databases are encrypted with a customer managed key",
  severity: "medium",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "3.5.1" }],
  mapsTo: {},
  remediation:
    "Name a customer managed key for the secret: masterUserSecretKmsKeyId, or what the database calls it",
  settings: {},
  check: (graph) =>
    databaseKinds.flatMap(({ type, managed, secretKey }) => {
      if (managed === undefined || secretKey === undefined) return [];
      return graph.of(type).flatMap((resource) => {
        const on = orDefault(input(resource, readBoolean, managed), false);
        if (on.state === "unknown") {
          const reason = `whether AWS keeps the password of ${label(resource)} is not known`;
          return [undecided(resource, reason, deciders(resource, managed))];
        }
        if (on.state !== "known" || !on.value) return [];
        const what = `the secret of ${label(resource)}`;
        const fix = `Set ${secretKey} to a customer managed key`;
        return customerKeyFindings(graph, { resource, property: secretKey, what, fix });
      });
    }),
});
