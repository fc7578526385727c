import { closeQuietly } from "../../close-quietly";
import { Driver, Login, Session, UserAdministration } from "../../driver";
import { RotationError } from "../../rotation-error";
import { TimeBudget } from "../../time-budget";
import { ConnectMongo, defaultDatabase, MongoSession } from "./client";
import { toRotationError } from "./server-error";
import { mongoTwins } from "./twins";
import { Command, findUser, isPowerful } from "./user";

/** Longest time for a connection and for a command. Milliseconds. */
const callMs = 8000;

/**
 * MongoDB 4.2 and later, and DocumentDB 5.0. The secret's `dbname` is the database of its user, which is `admin` in
 * DocumentDB always. The server takes passwords only as they are, inside TLS, and leaves them out of its log.
 *
 * @see https://www.mongodb.com/docs/manual/reference/command/nav-user-management/
 */
export function mongoDriver(connect: ConnectMongo): Driver {
  return {
    engines: ["mongo", "mongodb", "docdb"],
    maxUsernameBytes: 128,
    async connect(login, budget): Promise<Session> {
      const doing = `login as ${login.username}`;
      const session = await connect(login, budget.sliceMs(callMs, doing)).catch((cause: unknown) => {
        throw toRotationError(cause, doing);
      });
      const command = guarded(session, login, budget);
      const { username, database = defaultDatabase } = login;
      return {
        changeOwnPassword: (password) => changePassword(command, database, username, password),
        passwordPolicy: async () => ({ kind: "none", why: "the server has no password policy" }),
        users: mongoUsers(command, database, username),
        twins: mongoTwins(command, database, username),
        close: () => closeQuietly(session),
      };
    },
  };
}

/** Commands with a check of the budget before each and errors that carry no text of the server. */
function guarded(session: MongoSession, { username }: Login, budget: TimeBudget): Command {
  return async (command) => {
    const doing = `${Object.keys(command)[0]} as ${username}`;
    budget.sliceMs(callMs, doing);
    return session.command(command).catch((cause: unknown) => {
      throw toRotationError(cause, doing);
    });
  };
}

/** Without its mechanisms named, a user restricted to one would get all of them. */
async function changePassword(command: Command, database: string, user: string, pwd: string): Promise<void> {
  const { mechanisms = [] } = (await findUser(command, database, user).catch(unlessHidden)) ?? {};
  await command({ updateUser: user, pwd, ...(mechanisms.length > 0 ? { mechanisms } : {}) });
}

function unlessHidden(error: unknown): undefined {
  if (error instanceof RotationError && ["permission", "unsupported"].includes(error.code)) return undefined;
  throw error;
}

function mongoUsers(command: Command, database: string, self: string): UserAdministration {
  return {
    async ensure(username, password) {
      const user = await findUser(command, database, username);
      if (username === self || (user && isPowerful(user))) {
        const what = `user ${username} exists and is an administrator`;
        throw new RotationError("policy-refused", `mongodb: ${what}: store its first value by hand`);
      }
      if (user) await changePassword(command, database, username, password);
      else await command({ createUser: username, pwd: password, roles: [] });
    },
  };
}
