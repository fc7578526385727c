import { closeQuietly } from "../../close-quietly";
import { createHash } from "crypto";
import { Driver, Login, Session, UserAdministration } from "../../driver";
import { RotationError } from "../../rotation-error";
import { TimeBudget } from "../../time-budget";
import { guardedClient, StatementRules } from "../guarded-client";
import { ConnectPostgres, PostgresClient } from "../postgres/client";
import { quoteIdentifier } from "../postgres/quoting";
import { toRotationError } from "../postgres/sqlstate";

/** Longest time for a connection and for a statement. Milliseconds. */
const callMs = 8000;

const statements: StatementRules = {
  callMs,
  givesBack: () => false,
  firstWords: /^[A-Z]+(?: USER)?/,
  toRotationError,
};

/**
 * Redshift, provisioned and serverless, for single users. Alternating users are not offered: what a user holds lies in
 * the catalogues of every database and in groups, roles and default privileges, of which one session sees its own
 * database only, so that the two could not be proved equal.
 */
export function redshiftDriver(connect: ConnectPostgres): Driver {
  return {
    engines: ["redshift"],
    maxUsernameBytes: 127,
    async connect(login, budget) {
      const timeoutMs = budget.sliceMs(callMs, "login");
      const { port = 5439, database = "dev" } = login;
      const raw = await connect({ ...login, port, database }, timeoutMs).catch((cause: unknown) => {
        throw toRotationError(cause, `login as ${login.username}`);
      });
      return openSession(raw, login, budget);
    },
  };
}

async function openSession(raw: PostgresClient, login: Login, budget: TimeBudget): Promise<Session> {
  const client = guardedClient(raw, login, budget, statements);
  try {
    const { rows } = await client.query("SELECT current_user AS own, version() AS version");
    if (!String(rows[0]?.version).includes("Redshift"))
      throw new RotationError("unsupported", `redshift: the server is not Redshift: correct "engine"`);
    const own = String(rows[0]?.own);
    return {
      changeOwnPassword: (password) => setPassword(client, "ALTER", own, password),
      passwordPolicy: async () => ({ kind: "none", why: "the server gets a hash, which it does not judge" }),
      users: redshiftUsers(client, own),
      close: () => closeQuietly(raw),
    };
  } catch (error) {
    await closeQuietly(raw);
    throw error;
  }
}

function redshiftUsers(client: PostgresClient, own: string): UserAdministration {
  return {
    async ensure(username, password) {
      if (username !== username.toLowerCase())
        throw new RotationError("unsupported", "redshift: user names are kept in lower case: store it so");
      const { rows } = await client.query("SELECT usesuper FROM pg_user WHERE usename = $1", [username]);
      if (rows[0]?.usesuper || username === own) {
        const what = `user ${username} exists and is an administrator: rotate it as a single user`;
        throw new RotationError("policy-refused", `redshift: ${what}`);
      }
      await setPassword(client, rows[0] ? "ALTER" : "CREATE", username, password);
    },
  };
}

/**
 * Sends the MD5 form, so that no password reaches a statement: the password and the user's name, hashed, after `md5`.
 * The server takes a SHA-256 form too, but the login that it then asks for is not in PostgreSQL's protocol.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html
 */
async function setPassword(
  client: PostgresClient,
  verb: "CREATE" | "ALTER",
  username: string,
  password: string,
): Promise<void> {
  const hash = createHash("md5").update(`${password}${username}`).digest("hex");
  await client.query(`${verb} USER ${quoteIdentifier(username)} PASSWORD 'md5${hash}'`);
}
