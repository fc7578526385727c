import { ConnectOracle, OracleClient } from "../../rotation-lambdas/drivers/oracle";
import { CatalogueRow, hasPrivilege, OracleFailure, OracleState, OracleUser, rowsOf } from "./oracle-state";
import { runStatement } from "./oracle-statements";

/** A stand-in for Oracle, and what a test may do to it. */
export interface OracleFake {
  readonly host: "localhost";
  readonly port: 1521;
  readonly service: "ORDERS";
  readonly admin: { readonly username: string; readonly password: string };
  readonly state: OracleState;
  /** What the driver is given in place of the client library. */
  readonly connect: ConnectOracle;
  /** One statement as the administrator. */
  sql(statement: string): void;
  logIn(username: string, password: string): Promise<boolean>;
  /** Every statement, with passwords replaced as Oracle does in its audit trail. */
  log(): string;
}

/**
 * Stands in for Oracle Database 19c (19.12 or later), of which this machine has no package, at the client's interface:
 * it takes the statements that the driver hands to the client library and keeps users (names in capitals unless quoted,
 * passwords with the rollover period and the reuse limit of their profile, lock, tablespaces, quotas, proxies), system,
 * object and column privileges and roles in the columns of Oracle's dictionary. It understands exactly the statements
 * that the driver sends, answers ORA-00900 to any other, and is written after Oracle's manual: that a real server does
 * the same has not been tried. The network, TLS and Oracle Net are not there.
 */
export function startOracleFake(): OracleFake {
  const state = new OracleState();
  const admin = { username: "admin", password: "administrator-password-1" };
  const own = state.create("ADMIN", admin.password);
  rowsOf(own, "sys").push({ privilege: "CREATE SESSION", admin: "NO" });
  rowsOf(own, "role").push({ role: "DBA", admin: "YES", default: "YES" });
  const connect: ConnectOracle = async ({ username, password, database }) => {
    if (database !== "ORDERS") throw new OracleFailure("ORA-12514", "unknown service");
    return new FakeSession(state, state.logIn(folded(username), password));
  };
  return {
    ...{ host: "localhost", port: 1521, service: "ORDERS", admin, state, connect },
    sql: (statement) => runStatement(state, own, statement),
    logIn: async (username, password) => {
      try {
        state.logIn(folded(username), password);
        return true;
      } catch {
        return false;
      }
    },
    log: () => state.log.join("\n"),
  };
}

function folded(username: string): string {
  return username.startsWith('"') ? username.slice(1, -1) : username.toUpperCase();
}

class FakeSession implements OracleClient {
  private isOpen = true;

  constructor(
    private readonly state: OracleState,
    private readonly own: OracleUser,
  ) {}

  async query(sql: string, values: readonly string[] = []): Promise<{ rows: readonly any[] }> {
    await this.reach();
    this.state.log.push(`${sql.replace(/IDENTIFIED BY "[^"]*"/, "IDENTIFIED BY *")} ${values.join()}`);
    if (sql.startsWith("SELECT")) return { rows: readRows(this.state, this.own, sql, values) };
    runStatement(this.state, this.own, sql);
    return { rows: [] };
  }

  async changePassword(username: string, oldPassword: string, password: string): Promise<void> {
    await this.reach();
    const user = this.state.logIn(folded(username), oldPassword);
    if (this.state.isReadOnly) throw new OracleFailure("ORA-16000", "database open for read-only access");
    this.state.setPassword(user, password);
  }

  async end(): Promise<void> {
    this.isOpen = false;
  }

  private async reach(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (!this.isOpen) throw new OracleFailure("NJS-500", "connection to the Oracle Database was broken");
  }
}

const byTable: Readonly<Record<string, string>> = {
  dba_sys_privs: "sys",
  dba_role_privs: "role",
  dba_tab_privs: "tab",
  dba_col_privs: "col",
  dba_ts_quotas: "quota",
  dba_proxies: "proxy",
};

/** The dictionary, for the questions that the driver asks. */
function readRows(
  state: OracleState,
  own: OracleUser,
  sql: string,
  values: readonly string[],
): readonly CatalogueRow[] {
  const user = state.users.get(values[0] ?? own.name);
  const limitOf = (one: OracleUser) => ({
    limit: String(state.profiles.get(one.settings.profile)?.rollover),
  });
  if (sql.includes("FROM user_password_limits")) return [limitOf(own)];
  if (sql.includes("FROM user_users")) return [{ status: statusOf(own) }];
  if (!hasPrivilege(own, "SELECT ANY DICTIONARY"))
    throw new OracleFailure("ORA-00942", "table or view does not exist");
  if (sql.includes("IN (:1, :2)"))
    return values.filter((one) => state.users.has(one)).map((one) => ({ name: one }));
  if (!user) return sql.includes("COUNT(*)") ? [{ n: 0 }] : [];
  if (sql.includes("oracle_maintained")) return hasPrivilege(user, "ALTER USER") ? [{ name: user.name }] : [];
  if (sql.includes("dba_profiles")) return [limitOf(user)];
  if (sql.includes("FROM dba_objects")) return [{ n: user.objects }];
  if (sql.includes("account_status")) return [{ status: statusOf(user) }];
  if (sql.includes("FROM dba_users")) return [user.settings];
  const table = /FROM (\w+)/.exec(sql)?.[1] ?? "";
  if (byTable[table])
    return rowsOf(user, byTable[table]).map((row) => ({ ...row, ...clientOf(table, user) }));
  throw new OracleFailure("ORA-00942", "table or view does not exist");
}

function clientOf(table: string, user: OracleUser): CatalogueRow {
  return table === "dba_proxies" ? { client: user.name } : {};
}

function statusOf({ isLocked, rollover }: OracleUser): string {
  if (isLocked) return "LOCKED";
  return rollover === undefined ? "OPEN" : "OPEN & IN ROLLOVER";
}
