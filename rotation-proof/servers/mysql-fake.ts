import { createConnection } from "mysql2/promise";
import { AddressInfo, Socket } from "net";
import { makeCertificates } from "../../local/postgres";
import { MysqlBackendSession, MysqlFailure, ResultRows, serveMysql } from "./mysql-protocol";
import { hasGlobal, MysqlAccount, MysqlState } from "./mysql-state";
import { changeGrants } from "./mysql-grants";
import { changeAccounts, syntaxError, unescaped } from "./mysql-statements";
import { accountRows, staticPrivileges, tableRows } from "./mysql-tables";

/** A stand-in for MySQL, and what a test may do to it. */
export interface MysqlFake {
  readonly version: string;
  readonly host: "localhost";
  readonly port: number;
  /** PEM of the authority of its certificate. */
  readonly caPem: string;
  readonly admin: { readonly username: string; readonly password: string };
  readonly state: MysqlState;
  /** One statement as the administrator. */
  sql(statement: string): Promise<ResultRows | undefined>;
  /** Logs in by `mysql2` and a connection of its own. @returns false when the fake refuses the password */
  logIn(username: string, password: string): Promise<boolean>;
  /** Every statement, with passwords replaced as MySQL does in its logs. */
  log(): string;
  stop(): Promise<void>;
}

const dynamicPrivileges = ["ROLE_ADMIN", "APPLICATION_PASSWORD_ADMIN", "BACKUP_ADMIN", "CONNECTION_ADMIN"];

/**
 * Stands in for MySQL 8.4, of which this machine has no package. It speaks MySQL's protocol over a socket, with TLS and
 * `caching_sha2_password` (mysql-protocol.ts), to the same client that the function uses, and keeps accounts with two
 * passwords (RETAIN CURRENT PASSWORD, DISCARD OLD PASSWORD, REPLACE, PASSWORD HISTORY, PASSWORD REQUIRE CURRENT,
 * FAILED_LOGIN_ATTEMPTS, validate_password's length), locks, hosts, resource limits, static and dynamic global
 * privileges, privileges on databases, partial revokes, roles and default roles, in the columns of MySQL's grant
 * tables, and named locks. It understands exactly the statements that the driver sends, answers error 1064 to any
 * other, and is written after MySQL's manual: that a real server does the same has not been tried. Privileges on tables,
 * columns and routines and proxies are not there; MariaDB keeps those in the same tables, and is real in these tests.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/alter-user.html
 */
export async function startMysqlFake(): Promise<MysqlFake> {
  const state = new MysqlState();
  const admin = { username: "admin", password: "administrator-password-1" };
  const own = state.create({ user: admin.username, host: "%" });
  own.password = admin.password;
  own.privileges.set("", new Set(staticPrivileges));
  for (const privilege of dynamicPrivileges) own.dynamic.set(privilege, true);
  const { authority, certificate, key } = makeCertificates();
  const version = "8.4.3";
  const logIn = (user: string, matches: (password: string) => boolean) =>
    sessionOf(state, state.logIn(user, matches));
  const server = serveMysql({ version, tls: { cert: certificate, key }, logIn });
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ version, host: "localhost", port, caPem: authority, admin, state },
    sql: (statement) => sessionOf(state, own).query(statement),
    logIn: (username, password) => isLetIn({ port, username, password, authority }),
    log: () => state.log.join("\n"),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function isLetIn(login: {
  port: number;
  username: string;
  password: string;
  authority: string;
}): Promise<boolean> {
  const { port, username: user, password, authority: ca } = login;
  try {
    await (await createConnection({ host: "localhost", port, user, password, ssl: { ca } })).end();
    return true;
  } catch (error) {
    if ([1045, 3118].includes((error as { errno?: number }).errno ?? 0)) return false;
    throw error;
  }
}

function sessionOf(state: MysqlState, own: MysqlAccount): MysqlBackendSession {
  const session = {};
  const free = () => {
    for (const [name, holder] of state.locks) if (holder === session) state.locks.delete(name);
  };
  return {
    async query(sql) {
      state.log.push(sql.replace(/(BY|REPLACE) '(?:[^']|'')*'/g, "$1 <secret>"));
      if (sql.startsWith("SET SESSION sql_mode")) return undefined;
      if (/^(CREATE|ALTER) USER /.test(sql)) return void changeAccounts(state, own, sql);
      if (/^(GRANT|REVOKE) /.test(sql)) return void changeGrants(state, own, sql);
      return select(state, own, session, sql);
    },
    close: free,
  };
}

async function select(
  state: MysqlState,
  own: MysqlAccount,
  session: object,
  sql: string,
): Promise<ResultRows> {
  if (sql.startsWith("SELECT CURRENT_USER()"))
    return [{ account: `${own.user}@${own.host}`, version: "8.4.3" }];
  const lock = /^SELECT (GET|RELEASE)_LOCK\('([^']+)'(?:, (\d+))?/.exec(sql);
  if (lock?.[1] === "RELEASE") return [{ got: state.locks.delete(lock[2]!) ? 1 : 0 }];
  if (lock) return [{ got: await takeLock(state, session, lock[2]!, Number(lock[3])) }];
  if (!hasGlobal(own, "SELECT"))
    throw new MysqlFailure(1142, "42000", `SELECT command denied to user '${own.user}' for table 'user'`);
  const table = /^SELECT \* FROM mysql\.(\w+) WHERE /.exec(sql)?.[1];
  if (table) return tableRows(state, table, sql);
  const user = unescaped(/FROM mysql\.user WHERE User = '((?:[^']|'')*)' ORDER BY Host$/.exec(sql)?.[1]);
  if (user !== undefined) return accountRows(state, user);
  const pairs = /WHERE \(User, Host\) IN \((.*)\)\s+AND JSON_CONTAINS_PATH/s.exec(sql)?.[1];
  if (pairs === undefined) throw syntaxError(sql);
  const isNamed = (one: MysqlAccount) =>
    pairs.includes(`('${one.user.replaceAll("'", "''")}', '${one.host}')`);
  return [{ n: state.accounts.filter((one) => isNamed(one) && one.second !== undefined).length }];
}

async function takeLock(state: MysqlState, session: object, name: string, seconds: number): Promise<number> {
  const deadline = Date.now() + seconds * 1000;
  while (state.locks.has(name)) {
    if (Date.now() >= deadline) return 0;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  state.locks.set(name, session);
  return 1;
}
