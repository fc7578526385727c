import { ResultRows } from "./mysql-protocol";
import { hasGlobal, MysqlAccount, MysqlState } from "./mysql-state";
import { unescaped } from "./mysql-statements";

/** The global privileges that have a column in mysql.user, as far as they are modelled. */
export const staticPrivileges = [
  "SELECT",
  "INSERT",
  "UPDATE",
  "DELETE",
  "PROCESS",
  "FILE",
  "SUPER",
  "CREATE USER",
  "GRANT OPTION",
];

/** What the driver asks of mysql.user for one user name. */
export function accountRows(state: MysqlState, user: string): ResultRows {
  return state
    .accountsOf(user)
    .toSorted((a, b) => (a.host < b.host ? -1 : 1))
    .map((one) => ({
      ...{ host: one.host, plugin: "caching_sha2_password", locked: one.locked ? 1 : 0 },
      ...{ empty: one.password === "" ? 1 : 0, powerful: hasGlobal(one, "SUPER", "CREATE USER") ? 1 : 0 },
    }));
}

/** The rows of one account in one of the grant tables. */
export function tableRows(state: MysqlState, table: string, sql: string): ResultRows {
  const place = /(?:TO_)?USER = '((?:[^']|'')*)' AND (?:TO_)?HOST = '([^']*)'$/i.exec(sql);
  const account = place && state.find({ user: unescaped(place[1])!, host: place[2]! });
  const name = account && { User: account.user, Host: account.host };
  if (!account || !name) return [];
  switch (table) {
    case "user":
      return [{ ...name, ...userRow(account) }];
    case "db":
      return [...account.privileges]
        .filter(([db]) => db !== "")
        .map(([Db, held]) => ({ ...name, Db, ...flags(held) }));
    case "global_grants":
      return [...account.dynamic].map(([PRIV, may]) => ({ PRIV, WITH_GRANT_OPTION: may ? "Y" : "N" }));
    case "role_edges":
      return [...account.roles].map(([role, may]) => ({
        ...roleOf("FROM", role),
        WITH_ADMIN_OPTION: may ? "Y" : "N",
      }));
    case "default_roles":
      return account.defaultRoles.map((role) => roleOf("DEFAULT_ROLE", role));
    default:
      return [];
  }
}

function roleOf(prefix: string, role: string): Record<string, string> {
  const [user, host] = role.split("@");
  return { [`${prefix}_USER`]: user!, [`${prefix}_HOST`]: host! };
}

const columns: Readonly<Record<string, string>> = { "GRANT OPTION": "Grant", "CREATE USER": "Create_user" };

function flags(held: ReadonlySet<string>): Record<string, string> {
  const column = (privilege: string) => columns[privilege] ?? privilege[0] + privilege.slice(1).toLowerCase();
  return Object.fromEntries(
    staticPrivileges.map((one) => [`${column(one)}_priv`, held.has(one) ? "Y" : "N"]),
  );
}

function userRow(account: MysqlAccount): Record<string, unknown> {
  const option = (name: string) => account.options.get(name);
  const restrictions = [...account.restrictions].map(([Database, held]) => ({
    Database,
    Privileges: [...held],
  }));
  const attempts = option("FAILED_LOGIN_ATTEMPTS");
  const lockTime = option("PASSWORD_LOCK_TIME") ?? "0";
  const days = lockTime === "UNBOUNDED" ? -1 : Number(lockTime);
  const attributes = {
    ...(account.second === undefined ? {} : { additional_password: "$A$005$..." }),
    ...(restrictions.length > 0 ? { Restrictions: restrictions } : {}),
    ...(attempts
      ? { Password_locking: { failed_login_attempts: Number(attempts), password_lock_time_days: days } }
      : {}),
  };
  return {
    ...flags(account.privileges.get("") ?? new Set()),
    ssl_type: { SSL: "ANY", X509: "X509" }[option("REQUIRE") ?? ""] ?? "",
    max_questions: Number(option("MAX_QUERIES_PER_HOUR") ?? 0),
    max_updates: Number(option("MAX_UPDATES_PER_HOUR") ?? 0),
    max_connections: Number(option("MAX_CONNECTIONS_PER_HOUR") ?? 0),
    max_user_connections: Number(option("MAX_USER_CONNECTIONS") ?? 0),
    authentication_string: account.password === "" ? "" : "$A$005$...",
    account_locked: account.locked ? "Y" : "N",
    password_lifetime: lifetime(option("PASSWORD EXPIRE")),
    Password_reuse_history: option("PASSWORD HISTORY") ?? null,
    Password_reuse_time: option("PASSWORD REUSE INTERVAL")?.replace(" DAY", "") ?? null,
    Password_require_current: option("PASSWORD REQUIRE CURRENT") ?? null,
    User_attributes: Object.keys(attributes).length > 0 ? attributes : null,
  };
}

function lifetime(expiry: string | undefined): number | null {
  if (expiry === undefined) return null;
  return expiry === "NEVER" ? 0 : Number(/\d+/.exec(expiry)![0]);
}
