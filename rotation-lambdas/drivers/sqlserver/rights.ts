import { SqlServerClient } from "./client";
import { quoteIdentifier, quoteText } from "./quoting";

/** A permission as the catalogues have it. */
export interface Permission {
  readonly permission: string;
  /** `GRANT`, `GRANT_WITH_GRANT_OPTION` or `DENY`. */
  readonly state: string;
  /** As after ON; empty for the server or the database itself; null for what the driver cannot name. */
  readonly securable: string | null;
}

/** A login's user in one database. */
export interface DatabaseUser {
  readonly name: string;
  readonly schema: string;
  readonly roles: readonly string[];
  readonly permissions: readonly Permission[];
  /** Schemas, roles and objects that belong to it. */
  readonly owns: readonly string[];
}

/** Everything that decides what a login may do. */
export interface LoginRights {
  readonly name: string;
  /** Clauses of ALTER LOGIN. */
  readonly options: readonly string[];
  readonly roles: readonly string[];
  readonly permissions: readonly Permission[];
  readonly databases: ReadonlyMap<string, DatabaseUser>;
}

const member = (catalogue: string, name: string) => `SELECT r.name FROM ${catalogue}_role_members m
  JOIN ${catalogue}_principals r ON r.principal_id = m.role_principal_id
  JOIN ${catalogue}_principals p ON p.principal_id = m.member_principal_id WHERE p.name = ${quoteText(name)} ORDER BY 1`;

/** Reads a login; `undefined` when there is none of that name. Needs VIEW ANY DEFINITION. */
export async function readLogin(client: SqlServerClient, name: string): Promise<LoginRights | undefined> {
  const [row] = (
    await client.query(`SELECT default_database_name AS db, default_language_name AS lang,
      is_policy_checked AS policy, is_expiration_checked AS expiration
      FROM sys.sql_logins WHERE name = ${quoteText(name)}`)
  ).rows;
  if (!row) return undefined;
  const roles = (await client.query(member("sys.server", name))).rows;
  const permissions = await client.query(`SELECT s.permission_name AS permission, s.state_desc AS state,
    CASE s.class WHEN 100 THEN '' END AS securable
    FROM sys.server_permissions s JOIN sys.server_principals p ON p.principal_id = s.grantee_principal_id
    WHERE p.name = ${quoteText(name)}`);
  const databases = new Map<string, DatabaseUser>();
  for (const database of await readDatabases(client)) {
    const user = await readDatabaseUser(client, database, name);
    if (user) databases.set(database, user);
  }
  return {
    name,
    options: [
      `DEFAULT_DATABASE = ${quoteIdentifier(String(row.db))}`,
      `DEFAULT_LANGUAGE = ${quoteIdentifier(String(row.lang))}`,
      `CHECK_POLICY = ${row.policy ? "ON" : "OFF"}`,
      `CHECK_EXPIRATION = ${row.expiration ? "ON" : "OFF"}`,
    ],
    roles: roles.map((role) => String(role.name)),
    permissions: sorted(permissions.rows),
    databases,
  };
}

async function readDatabases(client: SqlServerClient): Promise<readonly string[]> {
  const { rows } = await client.query(
    "SELECT name FROM sys.databases WHERE state = 0 AND HAS_DBACCESS(name) = 1 ORDER BY name",
  );
  return rows.map(({ name }) => String(name));
}

async function readDatabaseUser(
  client: SqlServerClient,
  database: string,
  login: string,
): Promise<DatabaseUser | undefined> {
  const inDatabase = `${quoteIdentifier(database)}.sys.`;
  const [user] = (
    await client.query(`SELECT name, default_schema_name AS default_schema FROM ${inDatabase}database_principals
      WHERE sid = SUSER_SID(${quoteText(login)})`)
  ).rows;
  if (!user) return undefined;
  const name = String(user.name);
  const roles = (await client.query(member(`${inDatabase}database`, name))).rows;
  const permissions = await client.query(permissionsSql(inDatabase, name));
  const owned = await client.query(ownedSql(inDatabase, name));
  return {
    name,
    schema: String(user.default_schema ?? "dbo"),
    roles: roles.map((role) => String(role.name)),
    // CONNECT comes with the user.
    permissions: sorted(permissions.rows.filter(({ permission }) => permission !== "CONNECT")),
    owns: owned.rows.map((row) => String(row.securable)).sort(),
  };
}

/** The server writes what comes after ON, with its own quoting. */
const permissionsSql = (sys: string, user: string) => `SELECT d.permission_name AS permission,
  d.state_desc AS state, CASE d.class WHEN 0 THEN ''
    WHEN 1 THEN 'OBJECT::' + QUOTENAME(os.name) + '.' + QUOTENAME(o.name) + COALESCE('(' + QUOTENAME(c.name) + ')', '')
    WHEN 3 THEN 'SCHEMA::' + QUOTENAME(s.name)
    WHEN 4 THEN CASE t.type WHEN 'R' THEN 'ROLE::' ELSE 'USER::' END + QUOTENAME(t.name) END AS securable
  FROM ${sys}database_permissions d JOIN ${sys}database_principals p ON p.principal_id = d.grantee_principal_id
  LEFT JOIN ${sys}all_objects o ON d.class = 1 AND o.object_id = d.major_id
  LEFT JOIN ${sys}schemas os ON os.schema_id = o.schema_id
  LEFT JOIN ${sys}all_columns c ON d.class = 1 AND c.object_id = d.major_id AND c.column_id = d.minor_id
  LEFT JOIN ${sys}schemas s ON d.class = 3 AND s.schema_id = d.major_id
  LEFT JOIN ${sys}database_principals t ON d.class = 4 AND t.principal_id = d.major_id
  WHERE p.name = ${quoteText(user)}`;

const ownedSql = (sys: string, user: string) => {
  const owner = `(SELECT principal_id FROM ${sys}database_principals WHERE name = ${quoteText(user)})`;
  return `SELECT 'SCHEMA::' + QUOTENAME(name) AS securable FROM ${sys}schemas WHERE principal_id = ${owner}
    UNION ALL SELECT 'ROLE::' + QUOTENAME(name) FROM ${sys}database_principals WHERE owning_principal_id = ${owner}
    UNION ALL SELECT 'OBJECT::' + QUOTENAME(name) FROM ${sys}objects WHERE principal_id = ${owner}`;
};

function sorted(rows: readonly Permission[]): readonly Permission[] {
  const key = ({ permission, state, securable }: Permission) =>
    JSON.stringify([permission, state, securable]);
  return rows
    .map(({ permission, state, securable }) => ({ permission, state, securable }))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
