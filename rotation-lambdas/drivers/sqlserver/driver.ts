import { closeQuietly } from "../../close-quietly";
import { Driver, Login, Session, UserAdministration } from "../../driver";
import { RotationError } from "../../rotation-error";
import { TimeBudget } from "../../time-budget";
import { guardedClient, StatementRules } from "../guarded-client";
import { withAppLock } from "./app-lock";
import { ConnectSqlServer, SqlServerClient } from "./client";
import { toRotationError } from "./error-numbers";
import { readPasswordPolicy } from "./password-policy";
import { quoteIdentifier, quoteText } from "./quoting";
import { readLogin } from "./rights";
import { isPowerful, sqlServerTwins } from "./twins";

/** Longest time for a connection and for a batch. Milliseconds. */
const callMs = 8000;

const statements: StatementRules = {
  callMs,
  givesBack: (sql) => sql.startsWith("EXEC sp_releaseapplock"),
  firstWords: /^[A-Z]+(?: (?:LOGIN|USER|SERVER ROLE))?/,
  toRotationError,
};

/** SQL Server 2016. */
const oldestMajor = 13;

/** `authentication_type` of a user that the database itself lets in. */
const containedUser = 2;

/**
 * SQL Server 2016 and later, on RDS and self-managed: logins, and users of contained databases (those as single users
 * only). Passwords go over the connection as they are; the server keeps them out of its traces.
 */
export function sqlServerDriver(connect: ConnectSqlServer): Driver {
  return {
    engines: ["sqlserver"],
    maxUsernameBytes: 512,
    maxUsernameCharacters: 128,
    async connect(login, budget) {
      const timeoutMs = budget.sliceMs(callMs, "login");
      const raw = await connect(login, timeoutMs).catch((cause: unknown) => {
        throw toRotationError(cause, `login as ${login.username}`);
      });
      return openSession(raw, login, budget);
    },
  };
}

async function openSession(raw: SqlServerClient, login: Login, budget: TimeBudget): Promise<Session> {
  const client = guardedClient(raw, login, budget, statements);
  try {
    const { rows } = await client.query(
      `SET LOCK_TIMEOUT 5000; SELECT CAST(SERVERPROPERTY('ProductMajorVersion') AS int) AS major,
       (SELECT authentication_type FROM sys.database_principals WHERE principal_id = USER_ID()) AS authentication`,
    );
    if (Number(rows[0]?.major) < oldestMajor)
      throw new RotationError("unsupported", "sqlserver: SQL Server 2016 or later is needed");
    const isContained = Number(rows[0]?.authentication) === containedUser;
    return {
      changeOwnPassword: (password) => changeOwnPassword(client, login, password, isContained),
      passwordPolicy: (username) => readPasswordPolicy(client, username),
      ...(isContained ? {} : { users: sqlServerUsers(client, login), twins: sqlServerTwins(client) }),
      close: () => closeQuietly(raw),
    };
  } catch (error) {
    await closeQuietly(raw);
    throw error;
  }
}

/** Everybody may change the own password who knows the old one. */
async function changeOwnPassword(
  client: SqlServerClient,
  { username, password: oldPassword }: Login,
  password: string,
  isContained: boolean,
): Promise<void> {
  const who = `${isContained ? "USER" : "LOGIN"} ${quoteIdentifier(username)}`;
  const change = `PASSWORD = ${quoteText(password)} OLD_PASSWORD = ${quoteText(oldPassword)}`;
  await withAppLock(client, [username], async () => void (await client.query(`ALTER ${who} WITH ${change}`)));
}

function sqlServerUsers(client: SqlServerClient, admin: Login): UserAdministration {
  return {
    ensure: (username, password) =>
      withAppLock(client, [username], async () => {
        const existing = await readLogin(client, username);
        if (username === admin.username || (existing && isPowerful(existing))) {
          const what = `login ${username} exists and is an administrator: rotate it as a single user`;
          throw new RotationError("policy-refused", `sqlserver: ${what}`);
        }
        const name = quoteIdentifier(username);
        const login = `LOGIN ${name} WITH PASSWORD = ${quoteText(password)}`;
        if (existing) return void (await client.query(`ALTER ${login}`));
        if (admin.database === undefined || admin.database === "master")
          return void (await client.query(`CREATE ${login}`));
        // Both or none: a login without its user is refused by an error that is not about the password.
        const both = `CREATE ${login}; CREATE USER ${name} FOR LOGIN ${name}`;
        await client.query(`SET XACT_ABORT ON; BEGIN TRANSACTION; ${both}; COMMIT`);
      }),
  };
}
