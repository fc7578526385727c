import { closeQuietly } from "../../close-quietly";
import { Driver, Login, Session } from "../../driver";
import { RotationError } from "../../rotation-error";
import { TimeBudget } from "../../time-budget";
import { guardedClient, StatementRules } from "../guarded-client";
import { ConnectPostgres, PostgresClient } from "./client";
import { readPasswordPolicy } from "./password-policy";
import { quoteIdentifier } from "./quoting";
import { scramVerifier } from "./scram-verifier";
import { toRotationError } from "./sqlstate";
import { inTransaction } from "./transaction";
import { postgresTwins } from "./twins";
import { postgresUsers } from "./users";

/** Longest time for a connection and for a statement. Milliseconds. */
const callMs = 8000;

const statements: StatementRules = {
  callMs,
  givesBack: (sql) => sql === "ROLLBACK",
  firstWords: /^[A-Z]+(?: (?:ROLE|LOCAL|OWNED))?/,
  toRotationError,
};
const oldestVersion = 130000;

/** PostgreSQL 13 and later, on RDS, on Aurora and self-managed. */
export function postgresDriver(connect: ConnectPostgres): Driver {
  return {
    engines: ["postgres", "postgresql", "aurora-postgresql"],
    maxUsernameBytes: 63,
    async connect(login, budget) {
      const timeoutMs = budget.sliceMs(callMs, "login");
      const raw = await connect(login, timeoutMs).catch((cause: unknown) => {
        throw toRotationError(cause, `login as ${login.username}`);
      });
      return openSession(raw, login, budget);
    },
  };
}

async function openSession(raw: PostgresClient, login: Login, budget: TimeBudget): Promise<Session> {
  const client = guardedClient(raw, login, budget, statements);
  try {
    const { rows } = await client.query("SHOW server_version_num");
    const version = Number(rows[0].server_version_num);
    if (version < oldestVersion)
      throw new RotationError("unsupported", "postgres: version 13 or later is needed");
    return {
      changeOwnPassword: (password) => changeOwnPassword(client, login.username, password, budget),
      passwordPolicy: () => readPasswordPolicy(client),
      users: postgresUsers(client, budget),
      twins: postgresTwins(client, version, budget),
      close: () => closeQuietly(raw),
    };
  } catch (error) {
    await closeQuietly(raw);
    throw error;
  }
}

/** Every role may change its own password, unless its sessions start as another role. */
async function changeOwnPassword(
  client: PostgresClient,
  username: string,
  password: string,
  budget: TimeBudget,
): Promise<void> {
  await inTransaction(client, budget, username, async () => {
    await client.query("SET LOCAL ROLE NONE");
    await client.query(`ALTER ROLE ${quoteIdentifier(username)} PASSWORD '${scramVerifier(password)}'`);
  });
}
