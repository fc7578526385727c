import { isRandom } from "../../credential/form";
import { DatabaseKind, databaseKinds } from "../../facts/databases/database-kinds";
import { undecided, violation } from "../../findings";
import { deciders, input, label, Resource } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { orDefault, readBoolean, readString } from "../../stack/tri-state";

/** DB-01. */
export const databasePasswordManaged = graphRule({
  id: "database-password-managed",
  code: "DB-01",
  title: "Passwords of database administrators are kept by AWS or generated, never written in a program",
  severity: "critical",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "8.3.2" },
    { name: "PCI DSS", version: "4.0.1", reference: "8.6.2" },
    { name: "NIST SP 800-53", version: "5", reference: "IA-5(7)" },
  ],
  mapsTo: { cfnNag: ["F23", "F34", "F35", "F70", "F24"] },
  remediation: "Let AWS keep the password: set manageMasterUserPassword, or what the database calls it",
  settings: {
    allowSupplied: {
      type: "boolean",
      default: false,
      description:
        "Accept a random value of 16 characters or more that the program gets elsewhere, such as from a data source. " +
        "A preview cannot tell it from a literal.",
    },
  },
  check: (graph, config) =>
    databaseKinds.flatMap((kind) =>
      graph.of(kind.type).flatMap((database) => checkDatabase(database, kind, config.allowSupplied)),
    ),
});

function checkDatabase(database: Resource, kind: DatabaseKind, allowSupplied: boolean): readonly Finding[] {
  const { managed, passwords } = kind;
  if (managed === undefined) return [];
  const on = orDefault(input(database, readBoolean, managed), false);
  if (on.state === "known" && on.value) return [];
  return passwords.flatMap((property) => checkPassword(database, property, managed, allowSupplied));
}

function checkPassword(
  database: Resource,
  property: string,
  managed: string,
  allowSupplied: boolean,
): readonly Finding[] {
  const password = input(database, readString, property);
  const computed = (database.propertyDependencies?.[property]?.length ?? 0) > 0;
  if (password.state === "absent" || computed) return [];
  if (password.state === "unknown") {
    const reason = `where the password of ${label(database)} comes from is not known`;
    return [undecided(database, reason, deciders(database, property))];
  }
  if (allowSupplied && isRandom(password.value)) return [];
  const fact = `the program gives ${label(database)} its password in ${property}`;
  return [violation(database, fact, `Set ${managed} and leave ${property} out`)];
}
