import { PostgresClient } from "./client";
import { quoteIdentifier } from "./quoting";

/** A role with everything that decides what a login as it may do. */
export interface Role {
  readonly oid: string;
  readonly name: string;
  readonly isSuperuser: boolean;
  readonly attributes: RoleAttributes;
  /** Database name, or "" for all -> `name=value` as stored, sorted. */
  readonly settings: ReadonlyMap<string, readonly string[]>;
  readonly memberships: readonly Membership[];
  /** Ownership, privileges and policies of the role itself, anywhere in the cluster. */
  readonly holdings: readonly Holding[];
}

/** Clauses of CREATE ROLE and ALTER ROLE. */
export interface RoleAttributes {
  readonly LOGIN: boolean;
  readonly CREATEDB: boolean;
  readonly CREATEROLE: boolean;
  readonly INHERIT: boolean;
  readonly REPLICATION: boolean;
  readonly BYPASSRLS: boolean;
  readonly "CONNECTION LIMIT": number;
  /** ISO 8601 in UTC, or "infinity". */
  readonly "VALID UNTIL": string;
}

export interface Membership {
  readonly role: string;
  readonly admin: boolean;
  readonly inherit: boolean;
  readonly set: boolean;
}

export interface Holding {
  /** Name of the database, or "" for what belongs to the whole cluster. */
  readonly database: string;
  readonly kind: "owns" | "holds privileges on" | "is named in policies of";
  readonly count: number;
}

const kinds: Readonly<Record<string, Holding["kind"]>> = {
  o: "owns",
  a: "holds privileges on",
  i: "holds privileges on",
  r: "is named in policies of",
};

const roleSql = `SELECT oid::text, rolname, rolsuper, rolcanlogin, rolcreatedb, rolcreaterole, rolinherit,
  rolreplication, rolbypassrls, rolconnlimit,
  CASE WHEN coalesce(rolvaliduntil, 'infinity') = 'infinity' THEN 'infinity'
    ELSE to_char(rolvaliduntil AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END AS valid_until
  FROM pg_catalog.pg_roles WHERE rolname = $1`;

const settingsSql = `SELECT coalesce(d.datname, '') AS database, s.setconfig
  FROM pg_catalog.pg_db_role_setting s LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
  WHERE s.setrole = $1::oid ORDER BY 1`;

/** Before version 16 inheritance was the member's attribute and SET ROLE always allowed. */
const membershipsSql = (hasOptions: boolean) => `SELECT r.rolname, bool_or(m.admin_option) AS admin,
  ${hasOptions ? "bool_or(m.inherit_option)" : "true"} AS inherit,
  ${hasOptions ? "bool_or(m.set_option)" : "true"} AS set
  FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles r ON r.oid = m.roleid
  WHERE m.member = $1::oid GROUP BY 1 ORDER BY 1`;

/** pg_shdepend is shared: one look covers every database. Memberships that the role granted are no right of its own. */
const holdingsSql = `SELECT coalesce(d.datname, '') AS database, s.deptype, count(*)::int AS count
  FROM pg_catalog.pg_shdepend s LEFT JOIN pg_catalog.pg_database d ON d.oid = s.dbid
  WHERE s.refclassid = 'pg_catalog.pg_authid'::regclass AND s.refobjid = $1::oid
  AND s.deptype IN ('o', 'a', 'i', 'r') AND s.classid <> 'pg_catalog.pg_auth_members'::regclass
  GROUP BY 1, 2 ORDER BY 1, 2`;

/** Reads a role from catalogues that every login may read; `undefined` when there is none of that name. */
export async function readRole(
  client: PostgresClient,
  name: string,
  serverVersion: number,
): Promise<Role | undefined> {
  const row = (await client.query(roleSql, [name])).rows[0];
  if (!row) return undefined;
  const settings = (await client.query(settingsSql, [row.oid])).rows;
  const memberships = (await client.query(membershipsSql(serverVersion >= 160000), [row.oid])).rows;
  const holdings = (await client.query(holdingsSql, [row.oid])).rows;
  return {
    oid: row.oid,
    name: row.rolname,
    isSuperuser: row.rolsuper,
    attributes: toAttributes(row),
    settings: new Map(settings.map(({ database, setconfig }) => [database, [...setconfig].sort()])),
    memberships: memberships.map(({ rolname, admin, inherit, set }) => ({
      role: rolname,
      admin,
      inherit,
      set,
    })),
    holdings: holdings.map(({ database, deptype, count }) => ({ database, kind: kinds[deptype]!, count })),
  };
}

/** The clause of one attribute, such as `NOCREATEDB` or `CONNECTION LIMIT 5`. */
export function attributeClause(attributes: RoleAttributes, name: keyof RoleAttributes): string {
  const value = attributes[name];
  if (typeof value === "boolean") return value ? name : `NO${name}`;
  return typeof value === "number" ? `${name} ${value}` : `${name} '${value}'`;
}

/** `ALTER ROLE x` with the clauses given, or nothing when there are none. */
export function alterRole(name: string, clauses: readonly string[]): string[] {
  return clauses.length === 0 ? [] : [`ALTER ROLE ${quoteIdentifier(name)} ${clauses.join(" ")}`];
}

function toAttributes(row: Record<string, any>): RoleAttributes {
  return {
    LOGIN: row["rolcanlogin"],
    CREATEDB: row["rolcreatedb"],
    CREATEROLE: row["rolcreaterole"],
    INHERIT: row["rolinherit"],
    REPLICATION: row["rolreplication"],
    BYPASSRLS: row["rolbypassrls"],
    "CONNECTION LIMIT": row["rolconnlimit"],
    "VALID UNTIL": row["valid_until"],
  };
}
