import { readFileSync } from "node:fs";
import { Client, DatabaseError } from "pg";
import { Login, LoginSource, VersionedLogin } from "./login";

export interface Answer {
  readonly user: string;
  readonly versionId: string;
  /** How many logins the database had refused before this one. */
  readonly retries: number;
}

/**
 * Logs in anew and asks the database who logged in. A refused login is tried again with the secret's current
 * value, then with the value of a rotation that is under way.
 *
 * @throws DatabaseError when every login is refused; the driver's error when the database is not reached
 */
export async function query(source: LoginSource): Promise<Answer> {
  const candidates = [() => source.current(), () => source.refresh(), () => source.pending()];
  let refused: unknown;
  for (const [retries, candidate] of candidates.entries()) {
    const login = await candidate();
    if (login === undefined) break;
    try {
      return { ...(await ask(login)), retries };
    } catch (error) {
      if (!isRefusedLogin(error)) throw error;
      refused = error;
    }
  }
  throw refused;
}

async function ask({ login, versionId }: VersionedLogin): Promise<Omit<Answer, "retries">> {
  const client = new Client(connectionOf(login));
  client.on("error", () => undefined); // a connection that breaks while idle also fails the query below
  try {
    await client.connect();
    const { rows } = await client.query<{ user: string }>("select session_user as user");
    return { user: rows[0]!.user, versionId };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** TLS against the authority in the file PGSSLROOTCERT; without the variable as PGSSLMODE says. */
function connectionOf({ host, port, dbname: database, username: user, password }: Login) {
  const authority = process.env.PGSSLROOTCERT;
  const ssl = authority ? { ca: readFileSync(authority, "utf8") } : undefined;
  return { host, port, database, user, password, ssl, connectionTimeoutMillis: 5_000 };
}

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html class 28 */
function isRefusedLogin(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === "28P01" || error.code === "28000");
}
