import { Driver, Login, Session } from "../../driver";
import { RotationError } from "../../rotation-error";
import { TimeBudget } from "../../time-budget";
import { RedisAcl, Send } from "./acl";
import { ConnectRedis, RedisClient } from "./client";
import { isWithoutAclFile, isWithoutConfigFile, toRotationError } from "./reply-error";

/** Longest time for a connection and for a command. Milliseconds. */
const callMs = 5000;

/**
 * Redis 6 and later, and Valkey, whose users are in the server's own ACL. Each server has its own: replicas and the
 * nodes of a cluster are not changed with the primary.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
 */
export function redisDriver(connect: ConnectRedis): Driver {
  return {
    engines: ["redis", "valkey"],
    maxUsernameBytes: 256,
    async connect(login, budget) {
      const doing = `login as ${login.username}`;
      const client = await connect(login, budget.sliceMs(callMs, doing)).catch((cause: unknown) => {
        throw toRotationError(cause, doing);
      });
      try {
        await client.command("AUTH", login.username, login.password);
        return openSession(client, login, budget);
      } catch (cause) {
        await closeQuietly(client);
        throw toRotationError(cause, doing);
      }
    },
  };
}

function openSession(client: RedisClient, login: Login, budget: TimeBudget): Session {
  const acl = new RedisAcl(guarded(client, login, budget), login.username);
  return {
    changeOwnPassword: (password) => acl.changeOwnPassword(password),
    passwordPolicy: async () => ({ kind: "none", why: "the server has no password policy" }),
    users: acl,
    dual: acl,
    close: () => closeQuietly(client),
  };
}

/** The client's commands, with a check of the budget before each and errors that carry no text of the server. */
function guarded(client: RedisClient, { username }: Login, budget: TimeBudget): Send {
  return async (name, ...args) => {
    const doing = `${name} ${args[0] ?? ""} as ${username}`;
    budget.sliceMs(callMs, doing);
    try {
      return await client.command(name, ...args);
    } catch (cause) {
      if (isWithoutAclFile(cause) || isWithoutConfigFile(cause)) throw cause;
      if ((cause as Error)?.message?.startsWith("ERR unknown command")) {
        throw new RotationError("unsupported", "redis: version 6 or later is needed");
      }
      throw toRotationError(cause, doing);
    }
  };
}

async function closeQuietly(client: RedisClient): Promise<void> {
  await client.end().catch(() => undefined);
}
