import { Client } from "pg";
import { ProofPostgres } from "../servers/postgres";

/** Rights of many kinds, given as an administrator and as an owner of objects would. */
export async function giveRights(server: ProofPostgres, asAdmin: Client, user: string): Promise<void> {
  await asAdmin.query(`CREATE ROLE ${user}_group`);
  await asAdmin.query(`GRANT ${user}_group TO ${user}`);
  await asAdmin.query(`ALTER ROLE ${user} CREATEDB CONNECTION LIMIT 50 VALID UNTIL '2099-01-01'`);
  await asAdmin.query(`ALTER ROLE ${user} SET search_path TO "$user", public`);
  await asAdmin.query(`ALTER ROLE ${user} IN DATABASE postgres SET work_mem TO '9MB'`);
  await server.sql(`CREATE SCHEMA ${user}_shop;
    CREATE TABLE ${user}_shop.orders (id serial PRIMARY KEY, note text, secret text);
    CREATE FUNCTION ${user}_shop.total() RETURNS int LANGUAGE sql AS 'SELECT 1';
    REVOKE ALL ON FUNCTION ${user}_shop.total() FROM PUBLIC;
    GRANT USAGE, CREATE ON SCHEMA ${user}_shop TO ${user};
    GRANT SELECT, INSERT ON ${user}_shop.orders TO ${user} WITH GRANT OPTION;
    GRANT UPDATE (note) ON ${user}_shop.orders TO ${user};
    GRANT USAGE ON SEQUENCE ${user}_shop.orders_id_seq TO ${user}_group;
    GRANT EXECUTE ON FUNCTION ${user}_shop.total() TO ${user};
    ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA ${user}_shop GRANT SELECT ON TABLES TO ${user};
    CREATE TABLE ${user}_shop.later (id int)`);
}

/** Asks the server itself, object by object, whether each of the two may do each thing. */
const comparisons: Readonly<Record<string, string>> = {
  tables: question("table", "c.oid, p", "pg_class c", "c.relkind IN ('r', 'v', 'm', 'p', 'f')", [
    ...["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"],
  ]),
  columns: question("any_column", "c.oid, p", "pg_class c", "c.relkind IN ('r', 'v', 'm', 'p', 'f')", [
    ...["SELECT", "INSERT", "UPDATE", "REFERENCES"],
  ]),
  sequences: question("sequence", "c.oid, p", "pg_class c", "c.relkind = 'S'", ["USAGE", "SELECT", "UPDATE"]),
  schemas: question("schema", "c.oid, p", "pg_namespace c", "true", ["USAGE", "CREATE"]),
  functions: question("function", "c.oid, p", "pg_proc c", "c.oid >= 16384", ["EXECUTE"]),
  databases: question("database", "c.oid, p", "pg_database c", "true", ["CONNECT", "CREATE", "TEMPORARY"]),
};

function question(kind: string, args: string, from: string, where: string, privileges: string[]): string {
  const withOption = privileges.flatMap((name) => [name, `${name} WITH GRANT OPTION`]);
  const list = withOption.map((name) => `('${name}')`).join(", ");
  const system = from.startsWith("pg_class") ? "AND c.oid >= 16384" : "";
  return `SELECT c.oid::text, p FROM ${from}, (VALUES ${list}) AS privileges (p) WHERE ${where} ${system}
    AND has_${kind}_privilege($1::text, ${args}) <> has_${kind}_privilege($2::text, ${args})`;
}

const attributes = `SELECT rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit,
  rolvaliduntil::text FROM pg_roles WHERE rolname = $1`;

const settings = `SELECT setdatabase::text, unnest(setconfig) AS setting FROM pg_db_role_setting
  WHERE setrole = (SELECT oid FROM pg_roles WHERE rolname = $1) ORDER BY 1, 2`;

/** @param users the two; fewer have nothing to differ in */
export async function rightsDifferences(server: ProofPostgres, users: readonly string[]): Promise<string[]> {
  const [one, other] = users;
  if (one === undefined || other === undefined || one === other) return [];
  const found: string[] = [];
  for (const [kind, sql] of Object.entries(comparisons)) {
    for (const { oid, p } of await server.sql(sql, [one, other])) found.push(`${kind} ${oid}: ${p}`);
  }
  for (const [what, sql] of Object.entries({ attributes, settings })) {
    const [a, b] = [await server.sql(sql, [one]), await server.sql(sql, [other])];
    // Sessions of the clone start as the original, by design.
    const text = (rows: readonly any[]) =>
      JSON.stringify(rows.filter(({ setting }) => !setting?.startsWith("role=")));
    if (text(a) !== text(b)) found.push(`${what}: ${text(a)} and ${text(b)}`);
  }
  return found;
}
