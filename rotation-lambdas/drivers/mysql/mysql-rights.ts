import { MysqlClient } from "./client";
import { columnPrivileges, fingerprint, readObjectRights, rowsOf } from "./object-rights";
import { Account, quoteIdentifier, quoteText } from "./quoting";
import { AccountRights, Membership } from "./rights";

type Row = Readonly<Record<string, unknown>>;

/** Columns of mysql.user that tell how one logs in, and when that changed. */
const loginColumns: readonly string[] = [
  "plugin",
  "authentication_string",
  "password_expired",
  "password_last_changed",
  "account_locked",
  "User_attributes",
];

/** Attributes of the account that are no right. */
const loginAttributes: readonly string[] = ["additional_password", "metadata"];

/**
 * Everything that decides what an account of MySQL may do.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/grant-tables.html
 */
export async function readMysqlRights(client: MysqlClient, account: Account): Promise<AccountRights> {
  const user = withTexts((await rowsOf(client, "mysql.user", account))[0] ?? {});
  const attributes = attributesOf(user);
  const objects = await readObjectRights(client, account);
  const dynamic = await rowsOf(client, "mysql.global_grants", account);
  const grantee = `TO_USER = ${quoteText(account.user)} AND TO_HOST = ${quoteText(account.host)}`;
  const { rows: roles } = await client.query(`SELECT * FROM mysql.role_edges WHERE ${grantee}`);
  const defaults = await rowsOf(client, "mysql.default_roles", account);
  const rows = new Map([
    ...objects.rows,
    ["mysql.user", fingerprint({ ...user, attributes: JSON.stringify(attributes) }, loginColumns)] as const,
    ...named("mysql.global_grants", dynamic, ["PRIV"], "WITH_GRANT_OPTION"),
    ...named("mysql.role_edges", roles, ["FROM_USER", "FROM_HOST"], "WITH_ADMIN_OPTION"),
    ...named("mysql.default_roles", defaults, ["DEFAULT_ROLE_USER", "DEFAULT_ROLE_HOST"]),
  ]);
  return {
    account,
    rows,
    privileges: [...columnPrivileges(user, "*.*"), ...objects.privileges],
    memberships: [
      ...dynamic.flatMap(dynamicPrivilege),
      ...roles.map(roleMembership),
      ...restrictions(attributes),
      ...objects.memberships,
    ],
    settings: [
      ["ALTER USER ", ` ${settingClauses(user, attributes)}`],
      ["ALTER USER ", ` DEFAULT ROLE ${defaultRoles(defaults)}`],
    ],
  };
}

function named(
  table: string,
  rows: readonly Row[],
  object: readonly string[],
  option?: string,
): (readonly [string, string])[] {
  const nameOf = (row: Row) => object.map((column) => String(row[column])).join("@");
  return rows.map((row) => [`${table} ${nameOf(row)}`, option ? String(row[option]) : ""] as const);
}

/** Names that could be more than a name are left alone; the comparison then says what differs. */
function dynamicPrivilege(row: Row): Membership[] {
  const privilege = String(row["PRIV"]);
  if (!/^[A-Z0-9_]+$/.test(privilege)) return [];
  const suffix = row["WITH_GRANT_OPTION"] === "Y" ? " WITH GRANT OPTION" : "";
  return [
    { give: [`GRANT ${privilege} ON *.* TO `, suffix], take: [`REVOKE ${privilege} ON *.* FROM `, ""] },
  ];
}

function roleMembership(row: Row): Membership {
  const role = `${quoteIdentifier(String(row["FROM_USER"]))}@${quoteIdentifier(String(row["FROM_HOST"]))}`;
  const suffix = row["WITH_ADMIN_OPTION"] === "Y" ? " WITH ADMIN OPTION" : "";
  return { give: [`GRANT ${role} TO `, suffix], take: [`REVOKE ${role} FROM `, ""] };
}

function defaultRoles(rows: readonly Row[]): string {
  const names = rows.map(
    (row) =>
      `${quoteIdentifier(String(row["DEFAULT_ROLE_USER"]))}@${quoteIdentifier(String(row["DEFAULT_ROLE_HOST"]))}`,
  );
  return names.length > 0 ? names.sort().join(", ") : "NONE";
}

interface Attributes {
  readonly Restrictions?: readonly { readonly Database: string; readonly Privileges: readonly string[] }[];
  readonly Password_locking?: {
    readonly failed_login_attempts: number;
    readonly password_lock_time_days: number;
  };
}

/** What a partial revoke takes from a global privilege is taken from the clone by the same statement. */
function restrictions({ Restrictions = [] }: Attributes): Membership[] {
  return Restrictions.flatMap(({ Database, Privileges }) =>
    Privileges.map((privilege): Membership => {
      const on = `${privilege} ON ${quoteIdentifier(Database)}.*`;
      return { give: [`REVOKE ${on} FROM `, ""], take: [`GRANT ${on} TO `, ""] };
    }),
  );
}

function attributesOf(user: Row): Attributes {
  const raw = user["User_attributes"];
  const all = (typeof raw === "string" ? JSON.parse(raw) : (raw ?? {})) as Record<string, unknown>;
  const kept: Attributes = Object.fromEntries(
    Object.entries(all).filter(([name]) => !loginAttributes.includes(name)),
  );
  // Set to nothing is as good as never set.
  const { Password_locking: locking, ...rest } = kept;
  return locking?.failed_login_attempts || locking?.password_lock_time_days ? kept : rest;
}

function settingClauses(user: Row, { Password_locking: locking }: Attributes): string {
  const limits = [
    `MAX_QUERIES_PER_HOUR ${Number(user["max_questions"] ?? 0)}`,
    `MAX_UPDATES_PER_HOUR ${Number(user["max_updates"] ?? 0)}`,
    `MAX_CONNECTIONS_PER_HOUR ${Number(user["max_connections"] ?? 0)}`,
    `MAX_USER_CONNECTIONS ${Number(user["max_user_connections"] ?? 0)}`,
  ];
  return [
    `REQUIRE ${tlsDemand(user)} WITH ${limits.join(" ")}`,
    `PASSWORD EXPIRE ${days(user["password_lifetime"], "NEVER")}`,
    `PASSWORD HISTORY ${user["Password_reuse_history"] ?? "DEFAULT"}`,
    `PASSWORD REUSE INTERVAL ${days(user["Password_reuse_time"])}`,
    `PASSWORD REQUIRE CURRENT${currentDemand(user["Password_require_current"])}`,
    `FAILED_LOGIN_ATTEMPTS ${locking?.failed_login_attempts ?? 0} PASSWORD_LOCK_TIME ${lockTime(locking)}`,
  ].join(" ");
}

function days(value: unknown, zero?: string): string {
  if (value === null || value === undefined) return "DEFAULT";
  if (Number(value) === 0 && zero) return zero;
  return `${zero ? "INTERVAL " : ""}${Number(value)} DAY`;
}

function currentDemand(value: unknown): string {
  if (value === null || value === undefined) return " DEFAULT";
  return value === "Y" ? "" : " OPTIONAL";
}

function lockTime(locking: Attributes["Password_locking"]): string {
  const lockDays = locking?.password_lock_time_days ?? 0;
  return lockDays < 0 ? "UNBOUNDED" : String(lockDays);
}

function tlsDemand(user: Row): string {
  const type = String(user["ssl_type"] ?? "");
  if (type === "") return "NONE";
  if (type !== "SPECIFIED") return type === "ANY" ? "SSL" : "X509";
  const demands = { CIPHER: "ssl_cipher", ISSUER: "x509_issuer", SUBJECT: "x509_subject" };
  const parts = Object.entries(demands).filter(([, column]) => user[column]);
  return parts.map(([name, column]) => `${name} ${quoteText(String(user[column]))}`).join(" AND ");
}

/** Columns of binary type hold text here. */
function withTexts(row: Row): Row {
  const toText = (value: unknown) => (Buffer.isBuffer(value) ? value.toString("utf8") : value);
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toText(value)]));
}
