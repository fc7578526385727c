import { PostgresClient } from "./client";
import { quoteIdentifier } from "./quoting";
import { Role } from "./role";

/**
 * Takes from a clone what is its own, so that it has what the original has and nothing else: what sessions outside the
 * shared role created, and what was granted to it by hand or by AWS's template. Reaches the cluster-wide objects and
 * the database of this session; what is left elsewhere is found by the comparison that follows.
 */
export async function takeOwnHoldings(client: PostgresClient, original: Role, clone: Role): Promise<void> {
  if (clone.holdings.some(({ kind }) => kind === "owns")) await reassignOwned(client, original, clone);
  if (clone.holdings.some(({ kind }) => kind === "holds privileges on")) await revokeOwn(client, clone);
}

/** REASSIGN OWNED asks for the rights of both roles; an administrator that is no superuser borrows them until commit. */
async function reassignOwned(client: PostgresClient, original: Role, clone: Role): Promise<void> {
  const { rows } = await client.query(
    `SELECT name FROM unnest($1::text[]) AS name
     WHERE NOT pg_catalog.pg_has_role(current_user, name::name, 'USAGE')`,
    [[clone.name, original.name]],
  );
  const borrowed: string[] = rows.map(({ name }) => quoteIdentifier(name));
  for (const role of borrowed) await client.query(`GRANT ${role} TO CURRENT_USER`);
  await client.query(`REASSIGN OWNED BY ${quoteIdentifier(clone.name)} TO ${quoteIdentifier(original.name)}`);
  for (const role of borrowed) await client.query(`REVOKE ${role} FROM CURRENT_USER`);
}

/** What `pg_identify_object` calls a kind of object -> what REVOKE calls it. Its identities are quoted already. */
const revocable: Readonly<Record<string, string>> = {
  table: "TABLE",
  view: "TABLE",
  "materialized view": "TABLE",
  "foreign table": "TABLE",
  sequence: "SEQUENCE",
  schema: "SCHEMA",
  database: "DATABASE",
  function: "ROUTINE",
  procedure: "ROUTINE",
  aggregate: "ROUTINE",
  type: "TYPE",
  language: "LANGUAGE",
  tablespace: "TABLESPACE",
  "foreign-data wrapper": "FOREIGN DATA WRAPPER",
  server: "FOREIGN SERVER",
};

async function revokeOwn(client: PostgresClient, clone: Role): Promise<void> {
  const { rows } = await client.query(
    `SELECT DISTINCT o.type, o.identity
     FROM pg_catalog.pg_shdepend s, pg_catalog.pg_identify_object(s.classid, s.objid, 0) o
     WHERE s.refclassid = 'pg_catalog.pg_authid'::regclass AND s.refobjid = $1::oid AND s.deptype IN ('a', 'i')
     AND s.dbid IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))
     ORDER BY 1, 2`,
    [clone.oid],
  );
  for (const { type, identity } of rows) {
    const kind = revocable[type];
    // A privilege that this administrator may not revoke is reported by the comparison, in words that help.
    if (kind) await tolerate(client, `REVOKE ALL ON ${kind} ${identity} FROM ${quoteIdentifier(clone.name)}`);
  }
}

async function tolerate(client: PostgresClient, statement: string): Promise<void> {
  await client.query("SAVEPOINT optional_statement");
  try {
    await client.query(statement);
  } catch {
    await client.query("ROLLBACK TO SAVEPOINT optional_statement");
  }
}
