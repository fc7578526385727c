import { RotationError } from "../../rotation-error";
import { MysqlClient } from "./client";
import { MysqlDialect, StoredAccount } from "./dialect";
import { readHashPolicy } from "./password-policy";
import { nativePasswordHash } from "./native-password";
import { readObjectRights, rowsOf } from "./object-rights";
import { Account, alterAccounts, quoteIdentifier, quoteText } from "./quoting";
import { AccountRights, Membership, Privilege } from "./rights";

/**
 * MariaDB 10.4 and later, whose accounts stand in `mysql.global_priv` as JSON and may have several ways to log in.
 *
 * @see https://mariadb.com/docs/server/reference/system-tables/the-mysql-database-tables/mysql-global_priv-table
 */
export const mariadb: MysqlDialect = {
  engines: ["mariadb"],
  maxUsernameCharacters: 128,
  plugins: ["mysql_native_password", ""],
  checkVersion(version) {
    const [, major, minor] = /(\d+)\.(\d+)\.\d+-MariaDB/.exec(version) ?? [];
    if (Number(major) > 10 || (Number(major) === 10 && Number(minor) >= 4)) return;
    throw new RotationError("unsupported", "mariadb: MariaDB 10.4 or later is needed");
  },
  checkPasswordPolicy,
  readPasswordPolicy: (client) => readHashPolicy(() => checkPasswordPolicy(client)),
  readAccounts,
  readRights,
  identifiedBy: (password) => `IDENTIFIED VIA ${native(password)}`,
  async changeOwnPassword(client, password) {
    await client.query(`SET PASSWORD = '${nativePasswordHash(password)}'`);
  },
  async addPassword(client, accounts, { password, kept }) {
    await client.query(alterAccounts(accounts, `IDENTIFIED VIA ${native(password)} OR ${native(kept)}`));
  },
  async keepOnlyPassword(client, accounts, { password }) {
    await client.query(alterAccounts(accounts, `IDENTIFIED VIA ${native(password)}`));
  },
};

function native(password: string): string {
  return `mysql_native_password USING '${nativePasswordHash(password)}'`;
}

/** With a validation plugin and `strict_password_validation` the server refuses every hash. */
async function checkPasswordPolicy(client: MysqlClient): Promise<void> {
  const { rows } = await client.query(
    `SELECT 1 FROM information_schema.PLUGINS WHERE PLUGIN_TYPE = 'PASSWORD VALIDATION'
     AND PLUGIN_STATUS = 'ACTIVE' AND @@strict_password_validation`,
  );
  if (rows.length === 0) return;
  const advice = "set strict_password_validation to OFF, for passwords are sent hashed";
  throw new RotationError("policy-refused", `mariadb: the server takes no hashed passwords: ${advice}`);
}

interface Priv {
  readonly plugin?: string;
  readonly authentication_string?: string;
  readonly account_locked?: boolean;
  readonly is_role?: boolean;
  readonly default_role?: string;
  readonly ssl_type?: number;
  readonly ssl_cipher?: string;
  readonly x509_issuer?: string;
  readonly x509_subject?: string;
  readonly max_questions?: number;
  readonly max_updates?: number;
  readonly max_connections?: number;
  readonly max_user_connections?: number;
  readonly max_statement_time?: number;
  readonly password_lifetime?: number;
}

async function readAccounts(client: MysqlClient, user: string): Promise<readonly StoredAccount[]> {
  const { rows } = await client.query(
    `SELECT p.Host AS host, p.Priv AS priv, u.Super_priv = 'Y' OR u.Create_user_priv = 'Y' AS powerful
     FROM mysql.global_priv p JOIN mysql.user u ON u.Host = p.Host AND u.User = p.User
     WHERE p.User = ${quoteText(user)} ORDER BY p.Host`,
  );
  return rows
    .map(({ host, priv, powerful }) => ({ host, priv: toPriv(priv), powerful }))
    .filter(({ priv }) => !priv.is_role)
    .map(({ host, priv, powerful }) => ({
      ...{ user, host, plugin: priv.plugin ?? "", isPowerful: Number(powerful) === 1 },
      isUnfinished: priv.account_locked === true && !priv.authentication_string,
    }));
}

async function readRights(client: MysqlClient, account: Account): Promise<AccountRights> {
  const [row] = await rowsOf(client, "mysql.global_priv", account);
  const priv = toPriv(row?.["Priv"]);
  const objects = await readObjectRights(client, account);
  const roles = await rowsOf(client, "mysql.roles_mapping", account);
  const rows = new Map([
    ...objects.rows,
    ["mysql.global_priv", globalFingerprint(priv)] as const,
    ...roles.map(
      (one) => [`mysql.roles_mapping ${String(one["Role"])}`, String(one["Admin_option"])] as const,
    ),
  ]);
  return {
    account,
    rows,
    privileges: [...(await globalPrivileges(client, account)), ...objects.privileges],
    memberships: [...objects.memberships, ...roles.map(roleMembership)],
    settings: [
      ["ALTER USER ", ` ${settingClauses(priv)}`],
      [`SET DEFAULT ROLE ${priv.default_role ? quoteIdentifier(priv.default_role) : "NONE"} FOR `, ""],
    ],
  };
}

/** The number in `access` has a bit a privilege whose meaning depends on the version; the server spells them out here. */
async function globalPrivileges(client: MysqlClient, { user, host }: Account): Promise<readonly Privilege[]> {
  const { rows } = await client.query(
    `SELECT PRIVILEGE_TYPE AS privilege, IS_GRANTABLE AS grantable FROM information_schema.USER_PRIVILEGES
     WHERE BINARY GRANTEE = ${quoteText(`'${user}'@'${host}'`)} AND PRIVILEGE_TYPE <> 'USAGE'`,
  );
  const isGrantable = rows.some(({ grantable }) => grantable === "YES");
  return [
    ...rows.map(({ privilege }) => ({ privilege: String(privilege), on: "*.*" })),
    ...(isGrantable ? [{ privilege: "GRANT OPTION", on: "*.*" }] : []),
  ];
}

function roleMembership(row: Readonly<Record<string, unknown>>): Membership {
  const role = quoteIdentifier(String(row["Role"]));
  const suffix = row["Admin_option"] === "Y" ? " WITH ADMIN OPTION" : "";
  const take = suffix ? `REVOKE ADMIN OPTION FOR ${role} FROM ` : `REVOKE ${role} FROM `;
  return { give: [`GRANT ${role} TO `, suffix], take: [take, ""] };
}

/** Everything that the row holds, less the ways to log in and what only tells of their change. */
function globalFingerprint(priv: Priv): string {
  const left = ["plugin", "authentication_string", "auth_or", "account_locked", "version_id"];
  const kept = Object.entries({ ...priv, password_lifetime: expiry(priv.password_lifetime) })
    .filter(([key]) => ![...left, "password_last_changed"].includes(key))
    // What was set and unset again stands there as zero or as the empty text.
    .filter(([, value]) => value !== 0 && value !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(kept);
}

function settingClauses(priv: Priv): string {
  const limits = [
    `MAX_QUERIES_PER_HOUR ${priv.max_questions ?? 0}`,
    `MAX_UPDATES_PER_HOUR ${priv.max_updates ?? 0}`,
    `MAX_CONNECTIONS_PER_HOUR ${priv.max_connections ?? 0}`,
    `MAX_USER_CONNECTIONS ${priv.max_user_connections ?? 0}`,
    `MAX_STATEMENT_TIME ${priv.max_statement_time ?? 0}`,
  ];
  return `REQUIRE ${tlsDemand(priv)} WITH ${limits.join(" ")} PASSWORD EXPIRE ${expiry(priv.password_lifetime)}`;
}

function expiry(days: number | undefined): string {
  if (days === undefined || days < 0) return "DEFAULT";
  return days === 0 ? "NEVER" : `INTERVAL ${days} DAY`;
}

function tlsDemand({ ssl_type: type, ssl_cipher, x509_issuer, x509_subject }: Priv): string {
  if (!type) return "NONE";
  if (type < 3) return type === 1 ? "SSL" : "X509";
  const demands = { CIPHER: ssl_cipher, ISSUER: x509_issuer, SUBJECT: x509_subject };
  const parts = Object.entries(demands).filter(([, value]) => value);
  return parts.map(([name, value]) => `${name} ${quoteText(value!)}`).join(" AND ");
}

function toPriv(json: unknown): Priv {
  return (typeof json === "string" ? JSON.parse(json) : (json ?? {})) as Priv;
}
