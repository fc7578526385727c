import { ConnectSqlServer, SqlServerClient } from "../../rotation-lambdas/drivers/sqlserver";
import { plain, runChange, unescaped } from "./sqlserver-batches";
import { FakeUser, SqlServerFailure, SqlServerState } from "./sqlserver-state";

/** A stand-in for SQL Server, and what a test may do to it. */
export interface SqlServerFake {
  readonly host: "localhost";
  readonly port: 1433;
  readonly admin: { readonly username: string; readonly password: string };
  readonly state: SqlServerState;
  /** What the driver is given in place of the client library. */
  readonly connect: ConnectSqlServer;
  /** One batch as the administrator. */
  sql(batch: string, database?: string): void;
  logIn(username: string, password: string): Promise<boolean>;
  /** Every batch, with passwords replaced as SQL Server does in its traces. */
  log(): string;
}

/**
 * Stands in for SQL Server 2022, of which this machine has no package, at the client's interface: it takes the batches
 * that the driver hands to the client library and keeps logins (password with ADALIMITED policy, default database and
 * language, policy checks, lock), server roles, permissions on the server, and in two databases users with default
 * schema, roles, permissions with their state and what they own; sessions and their application locks end together. It
 * understands exactly the batches that the driver sends, answers error 102 to any other, and is written after
 * Microsoft's manual: that a real server does the same has not been tried. The network, TLS and the TDS protocol are
 * not there.
 */
export function startSqlServerFake(): SqlServerFake {
  const state = new SqlServerState();
  const admin = { username: "admin", password: "Administrator-password-1" };
  state.createLogin(admin.username, admin.password).roles.add("sysadmin");
  const connect: ConnectSqlServer = async ({ username, password, database = "master" }) => {
    const login = state.logins.get(username);
    if (login?.isLocked && login.password === password)
      throw new SqlServerFailure(18486, "Login failed because the account is currently locked out");
    if (!login || login.password !== password) throw new SqlServerFailure(18456, "Login failed for user");
    if (!state.databases.has(database)) throw new SqlServerFailure(4060, "Cannot open database");
    return new FakeSession(state, username, database);
  };
  return {
    ...{ host: "localhost", port: 1433, admin, state, connect },
    sql: (batch, database = "master") => runChange(state, true, admin.username, batch, database),
    logIn: async (username, password) => {
      const login = state.logins.get(username);
      return login !== undefined && !login.isLocked && login.password === password;
    },
    log: () => state.log.join("\n"),
  };
}

class FakeSession implements SqlServerClient {
  private isOpen = true;

  constructor(
    private readonly state: SqlServerState,
    private readonly own: string,
    private readonly database: string,
  ) {}

  async query(sql: string): Promise<{ rows: readonly any[] }> {
    await new Promise((resolve) => setImmediate(resolve));
    if (!this.isOpen) throw Object.assign(new Error("Connection closed"), { code: "ECLOSE" });
    this.state.log.push(sql.replace(/PASSWORD = N'(?:[^']|'')*'/g, "PASSWORD = ******"));
    const lock = /@Resource = N'([^']+)'/.exec(sql)?.[1];
    if (lock) return { rows: await this.changeLock(lock, sql.startsWith("DECLARE")) };
    if (/^(SET LOCK_TIMEOUT|SELECT)/.test(sql)) return { rows: readRows(this.state, this.own, sql) };
    runChange(this.state, this.isAdmin, this.own, sql, this.database);
    return { rows: [] };
  }

  async end(): Promise<void> {
    this.isOpen = false;
    for (const [name, holder] of this.state.locks) if (holder === this) this.state.locks.delete(name);
  }

  private get isAdmin(): boolean {
    return this.state.logins.get(this.own)?.roles.has("sysadmin") ?? false;
  }

  private async changeLock(name: string, isTaking: boolean): Promise<readonly any[]> {
    if (!isTaking) {
      this.state.locks.delete(name);
      return [];
    }
    const deadline = Date.now() + 5000;
    while (this.state.locks.has(name)) {
      if (Date.now() > deadline) return [{ result: -1 }];
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    this.state.locks.set(name, this);
    return [{ result: 0 }];
  }
}

const literal = "N'((?:[^']|'')*)'";
const inDatabase = "(?:\\[((?:[^\\]]|\\]\\])+)\\]\\.)?sys\\.";

/** The catalogue, for the questions that the driver asks. */
function readRows(state: SqlServerState, own: string, sql: string): readonly any[] {
  const isAdmin = state.logins.get(own)?.roles.has("sysadmin") ?? false;
  if (sql.startsWith("SET LOCK_TIMEOUT")) return [{ major: 16, authentication: 1 }];
  if (sql.includes("HAS_PERMS_BY_NAME")) return [{ allowed: isAdmin ? 1 : 0 }];
  if (sql.includes("FROM sys.databases")) return [...state.databases.keys()].map((name) => ({ name }));
  const [who] = [...sql.matchAll(new RegExp(literal, "g"))].map(([, name]) => unescaped(name)).slice(-1);
  const database = plain(new RegExp(`FROM ${inDatabase}`).exec(sql)?.[1]);
  if (sql.includes("FROM sys.sql_logins")) return loginRows(state, who!);
  if (sql.includes("SUSER_SID")) return userRows(state.userOf(database, who!));
  const holder = database === "" ? state.logins.get(who!) : state.databases.get(database)?.get(who!);
  if (sql.includes("_role_members m")) return [...(holder?.roles ?? [])].sort().map((name) => ({ name }));
  if (sql.includes("_permissions ")) return [...(holder?.permissions.values() ?? [])];
  if (sql.includes("SELECT 'SCHEMA::'")) {
    const owns = state.databases.get(database)?.get(who!)?.owns ?? [];
    return [...owns].map((securable) => ({ securable }));
  }
  throw new SqlServerFailure(102, "Incorrect syntax");
}

function loginRows(state: SqlServerState, name: string): readonly any[] {
  const options = state.logins.get(name)?.options;
  if (!options) return [];
  const bare = (option: string) => plain(options.get(option)?.slice(1, -1));
  return [
    {
      ...{ db: bare("DEFAULT_DATABASE"), lang: bare("DEFAULT_LANGUAGE") },
      policy: options.get("CHECK_POLICY") === "ON",
      expiration: options.get("CHECK_EXPIRATION") === "ON",
    },
  ];
}

function userRows(user: FakeUser | undefined): readonly any[] {
  return user ? [{ name: user.name, default_schema: user.schema }] : [];
}
