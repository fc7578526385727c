import { closeQuietly } from "../../close-quietly";
import { Driver, Login, Session } from "../../driver";
import { isRefusedLogin } from "../../rotation-error";
import { TimeBudget } from "../../time-budget";
import { ConnectOracle, OracleClient } from "./client";
import { toRotationError } from "./error-numbers";
import { maxPasswordBytes, storedName } from "./names";
import { readPasswordPolicy } from "./password-policy";
import { oracleTwins } from "./twins";
import { oracleDualPasswords, oracleUsers, OracleSession } from "./users";

/** Longest time for a connection and for a statement. Milliseconds. */
const callMs = 8000;

/** Oracle Database 12.2 and later (two passwords: 19.12 and later), on RDS and self-managed. */
export function oracleDriver(connect: ConnectOracle): Driver {
  const logIn = async (login: Login, budget: TimeBudget) => {
    storedName(login.username);
    const timeoutMs = budget.sliceMs(callMs, "login");
    return connect(login, timeoutMs).catch((cause: unknown) => {
      throw toRotationError(cause, `login as ${login.username}`);
    });
  };
  return {
    engines: ["oracle"],
    maxUsernameBytes: 128,
    maxPasswordLength: maxPasswordBytes,
    async connect(login, budget) {
      const raw = await logIn(login, budget);
      const client = guarded(raw, login, budget);
      const isAccepted = async (username: string, password: string) => {
        try {
          await closeQuietly(await logIn({ ...login, username, password }, budget));
          return true;
        } catch (error) {
          if (isRefusedLogin(error)) return false;
          throw error;
        }
      };
      const own = storedName(login.username);
      return toSession(raw, { client, own, ownPassword: login.password, isAccepted }, login);
    },
  };
}

function toSession(raw: OracleClient, session: OracleSession, { username }: Login): Session {
  return {
    changeOwnPassword: (password) => session.client.changePassword(username, session.ownPassword, password),
    passwordPolicy: (name) => readPasswordPolicy(session.client, storedName(name), session.own),
    users: oracleUsers(session),
    twins: oracleTwins(session),
    dual: oracleDualPasswords(session),
    close: () => closeQuietly(raw),
  };
}

/** The client, with a check of the budget before each statement and errors that carry no text of the server. */
function guarded(client: OracleClient, { username }: Login, budget: TimeBudget): OracleClient {
  const call = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const doing = `statement as ${username}`;
    budget.sliceMs(callMs, doing);
    try {
      return await work();
    } catch (cause) {
      throw toRotationError(cause, `${doing} (${what})`);
    }
  };
  return {
    query: (sql, values) => call(firstWords(sql), () => client.query(sql, values)),
    changePassword: (user, old, next) =>
      call("change of password", () => client.changePassword(user, old, next)),
    end: () => client.end(),
  };
}

/** Enough to find the statement in this folder; never a name or a value. */
function firstWords(sql: string): string {
  return /^[A-Z]+(?: USER)?/.exec(sql)?.[0] ?? "statement";
}
