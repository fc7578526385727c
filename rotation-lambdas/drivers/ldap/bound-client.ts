import { Login } from "../../driver";
import { RotationError } from "../../rotation-error";
import { TimeBudget } from "../../time-budget";
import { ConnectLdap, LdapClient } from "./client";
import { isNoSuchEntry, toRotationError } from "./result-code";

/** Longest time for a connection and for an operation. Milliseconds. */
const callMs = 8000;

/** A connection that is bound as the login's user, with a check of the budget before each operation. */
export async function bindAs(connect: ConnectLdap, login: Login, budget: TimeBudget): Promise<LdapClient> {
  const doing = `bind as ${login.username}`;
  if (login.password === "" || login.username === "") {
    throw new RotationError("invalid-secret", "ldap: a bind without a name or a password would be anonymous");
  }
  const client = await connect(login, budget.sliceMs(callMs, doing)).catch((cause: unknown) => {
    throw toRotationError(cause, doing);
  });
  try {
    await client.bind(login.username, login.password);
    return guarded(client, login, budget);
  } catch (cause) {
    await endQuietly(client);
    throw toRotationError(cause, doing);
  }
}

function guarded(client: LdapClient, { username }: Login, budget: TimeBudget): LdapClient {
  const run = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const doing = `${what} as ${username}`;
    budget.sliceMs(callMs, doing);
    try {
      return await work();
    } catch (cause) {
      throw toRotationError(cause, doing);
    }
  };
  const absent = (cause: unknown) => {
    if (isNoSuchEntry(cause)) return undefined;
    throw cause;
  };
  return {
    bind: (name, password) => run("bind", () => client.bind(name, password)),
    add: (name, attributes) => run("add", () => client.add(name, attributes)),
    modify: (name, changes) => run("modify", () => client.modify(name, changes)),
    extended: (oid, value) => run("extended operation", () => client.extended(oid, value)),
    read: (name, attributes) => run("search", () => client.read(name, attributes).catch(absent)),
    find: (base, attribute, value) => run("search", () => client.find(base, attribute, value)),
    end: () => endQuietly(client),
  };
}

async function endQuietly(client: LdapClient): Promise<void> {
  const waited = new Promise<void>((resolve) => setTimeout(resolve, 1000).unref());
  await Promise.race([client.end().catch(() => undefined), waited]);
}
