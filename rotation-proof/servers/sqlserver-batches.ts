import { checkPolicy, FakeLogin, FakeUser, SqlServerFailure, SqlServerState } from "./sqlserver-state";

const name = "\\[((?:[^\\]]|\\]\\])+)\\]";
const text = "N'((?:[^']|'')*)'";

/** A batch that changes something: its pattern, and what it does. */
type Batch = readonly [RegExp, (state: SqlServerState, match: RegExpExecArray, database: string) => void];

const login = (batch: string) => new RegExp(`^${batch}$`, "s");

const batches: readonly Batch[] = [
  [
    login(`CREATE LOGIN ${name} WITH PASSWORD = ${text}(?:, (.*))?`),
    (state, [, who, password, options]) => {
      const created = state.createLogin(plain(who), unescaped(password));
      setOptions(created, options);
    },
  ],
  [
    login(`ALTER LOGIN ${name} WITH PASSWORD = ${text}(?: OLD_PASSWORD = ${text})?`),
    (state, [, who, password, old]) => {
      const found = state.login(plain(who));
      if (old !== undefined && unescaped(old) !== found.password)
        throw new SqlServerFailure(15151, "Cannot alter the login");
      if (found.options.get("CHECK_POLICY") === "ON") checkPolicy(unescaped(password));
      found.password = unescaped(password);
    },
  ],
  [
    login(`ALTER LOGIN ${name} WITH ((?:DEFAULT_|CHECK_).*)`),
    (state, [, who, options]) => setOptions(state.login(plain(who)), options),
  ],
  [
    login(`ALTER SERVER ROLE ${name} (ADD|DROP) MEMBER ${name}`),
    (state, [, role, verb, who]) => change(state.login(plain(who)).roles, plain(role), verb === "ADD"),
  ],
  [
    login(`ALTER ROLE ${name} (ADD|DROP) MEMBER ${name}`),
    (state, [, role, verb, who], database) =>
      change(user(state, database, plain(who)).roles, plain(role), verb === "ADD"),
  ],
  [
    login(`CREATE USER ${name} FOR LOGIN ${name}(?: WITH DEFAULT_SCHEMA = ${name})?`),
    (state, [, who, owner, schema], database) => {
      const users = state.databases.get(database)!;
      if (users.has(plain(who)))
        throw new SqlServerFailure(15023, "User already exists in the current database.");
      state.login(plain(owner));
      users.set(plain(who), {
        ...{ name: plain(who), login: plain(owner), schema: plain(schema ?? "dbo") },
        ...{ roles: new Set(), permissions: new Map(), owns: new Set() },
      });
    },
  ],
  [
    login(`ALTER USER ${name} WITH DEFAULT_SCHEMA = ${name}`),
    (state, [, who, schema], database) => void (user(state, database, plain(who)).schema = plain(schema)),
  ],
  [
    login(`DROP USER ${name}`),
    (state, [, who], database) => void state.databases.get(database)!.delete(plain(who)),
  ],
  [
    login(`(GRANT|DENY) ([A-Z ]+?)(?: ON (.+?))? TO ${name}( WITH GRANT OPTION)?`),
    (state, [, verb, permission, securable = "", who, option], database) => {
      const given = option ? "GRANT_WITH_GRANT_OPTION" : verb!;
      const held = grantee(state, database, plain(who), securable).permissions;
      const before = held.get(`${permission} ${securable}`)?.state;
      // GRANT without the option does not take the option away.
      const kept = given === "GRANT" && before === "GRANT_WITH_GRANT_OPTION" ? before : given;
      held.set(`${permission} ${securable}`, { state: kept, permission: permission!, securable });
    },
  ],
  [
    login(`REVOKE ([A-Z ]+?)(?: ON (.+?))? FROM ${name} CASCADE`),
    (state, [, permission, securable = "", who], database) =>
      void grantee(state, database, plain(who), securable).permissions.delete(`${permission} ${securable}`),
  ],
];

/**
 * Runs a batch that changes something.
 *
 * @throws SqlServerFailure 102 for a batch that is none of those the driver sends
 */
export function runChange(
  state: SqlServerState,
  isAdmin: boolean,
  own: string,
  sql: string,
  database: string,
): void {
  const inDatabase = new RegExp(`^EXEC ${name}\\.sys\\.sp_executesql ${text}$`, "s").exec(sql);
  if (inDatabase) return runChange(state, isAdmin, own, unescaped(inDatabase[2]), plain(inDatabase[1]));
  const both = /^SET XACT_ABORT ON; BEGIN TRANSACTION; (CREATE LOGIN .*); (CREATE USER .*); COMMIT$/s.exec(
    sql,
  );
  if (both) return both.slice(1).forEach((part) => runChange(state, isAdmin, own, part, database));
  for (const [pattern, work] of batches) {
    const match = pattern.exec(sql);
    if (!match) continue;
    if (!isAdmin && !isOwnPassword(sql, own)) throw new SqlServerFailure(15151, "You do not have permission");
    if (state.isReadOnly) throw new SqlServerFailure(3906, "The database is read-only");
    return work(state, match, database);
  }
  throw new SqlServerFailure(102, "Incorrect syntax");
}

function isOwnPassword(sql: string, own: string): boolean {
  return (
    sql.startsWith(`ALTER LOGIN [${own.replaceAll("]", "]]")}] WITH`) && sql.includes(" OLD_PASSWORD = ")
  );
}

/** Permissions on the server itself have no securable and are given in master, which has no users here. */
function grantee(
  state: SqlServerState,
  database: string,
  who: string,
  securable: string,
): FakeLogin | FakeUser {
  const found = state.databases.get(database)?.get(who);
  return found ?? (securable === "" ? state.login(who) : user(state, database, who));
}

function user(state: SqlServerState, database: string, who: string): FakeUser {
  const found = state.databases.get(database)?.get(who);
  if (found) return found;
  throw new SqlServerFailure(15151, `Cannot find the user '${who}', because it does not exist`);
}

function setOptions(target: FakeLogin, clauses: string | undefined): void {
  for (const [, option, value] of (clauses ?? "").matchAll(
    /([A-Z_]+) = (\[(?:[^\]]|\]\])+\]|ON|OFF)(?:, |$)/g,
  ))
    target.options.set(option!, value!);
}

function change(set: Set<string>, one: string, isAdded: boolean): void {
  if (isAdded) set.add(one);
  else set.delete(one);
}

/** A delimited identifier without its brackets. */
export function plain(quoted: string | undefined): string {
  return (quoted ?? "").replaceAll("]]", "]");
}

/** The content of a literal. */
export function unescaped(quoted: string | undefined): string {
  return (quoted ?? "").replaceAll("''", "'");
}
