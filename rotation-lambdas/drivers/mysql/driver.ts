import { closeQuietly } from "../../close-quietly";
import { Driver, Login, Session } from "../../driver";
import { isRefusedLogin } from "../../rotation-error";
import { TimeBudget } from "../../time-budget";
import { guardedClient, StatementRules } from "../guarded-client";
import { AccountSession, describeSession, mysqlDualPasswords, mysqlUsers } from "./accounts";
import { ConnectMysql, MysqlClient } from "./client";
import { MysqlDialect } from "./dialect";
import { toRotationError } from "./error-numbers";
import { withNamedLock } from "./named-lock";
import { mysqlTwins } from "./twins";

/** Longest time for a connection and for a statement. Milliseconds. */
const callMs = 8000;

const statements: StatementRules = {
  callMs,
  givesBack: (sql) => sql.startsWith("SELECT RELEASE_LOCK"),
  firstWords: /^[A-Z]+(?: (?:USER|SESSION|DEFAULT|PASSWORD))?/,
  toRotationError,
};

/** Longest wait of the server for a lock, less than the driver's for a statement. Seconds. */
const lockWait = 5;

/** MySQL or MariaDB, on RDS, on Aurora and self-managed. */
export function mysqlDriver(connect: ConnectMysql, dialect: MysqlDialect): Driver {
  const logIn = async (login: Login, budget: TimeBudget) => {
    const timeoutMs = budget.sliceMs(callMs, "login");
    return connect(login, timeoutMs).catch((cause: unknown) => {
      throw toRotationError(cause, `login as ${login.username}`, true);
    });
  };
  return {
    engines: dialect.engines,
    maxUsernameCharacters: dialect.maxUsernameCharacters,
    maxUsernameBytes: dialect.maxUsernameCharacters * 3,
    async connect(login, budget) {
      const raw = await logIn(login, budget);
      const isAccepted = async (username: string, password: string) => {
        try {
          await closeQuietly(await logIn({ ...login, username, password }, budget));
          return true;
        } catch (error) {
          if (isRefusedLogin(error)) return false;
          throw error;
        }
      };
      return openSession(raw, { login, dialect, budget, isAccepted });
    },
  };
}

interface Opening {
  readonly login: Login;
  readonly dialect: MysqlDialect;
  readonly budget: TimeBudget;
  readonly isAccepted: AccountSession["isAccepted"];
}

async function openSession(raw: MysqlClient, opening: Opening): Promise<Session> {
  const { login, dialect, budget, isAccepted } = opening;
  const client = guardedClient(raw, login, budget, statements);
  try {
    // Backslashes mean themselves then, and names are quoted the same way, whatever the server's default is.
    await client.query(
      `SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES', lock_wait_timeout = ${lockWait}`,
    );
    const { own, version } = await describeSession(client);
    dialect.checkVersion(version);
    const session = { client, dialect, budget, own, isAccepted };
    return {
      changeOwnPassword: (password) => changeOwnPassword(session, password, login.password),
      passwordPolicy: () => dialect.readPasswordPolicy(client),
      users: mysqlUsers(session),
      twins: mysqlTwins(client, dialect, budget),
      dual: mysqlDualPasswords(session),
      close: () => closeQuietly(raw),
    };
  } catch (error) {
    await closeQuietly(raw);
    throw error;
  }
}

async function changeOwnPassword(
  { client, dialect, budget, own }: AccountSession,
  password: string,
  oldPassword: string,
): Promise<void> {
  await withNamedLock(client, budget, [own.user], async () => {
    await dialect.checkPasswordPolicy(client);
    await dialect.changeOwnPassword(client, password, oldPassword);
  });
}
