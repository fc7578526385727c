import { createHash } from "crypto";
import { ConnectPostgres, PostgresClient } from "../../rotation-lambdas/drivers/postgres";

/** A stand-in for Redshift. */
export interface RedshiftFake {
  readonly host: "localhost";
  readonly port: 5439;
  readonly admin: { readonly username: string; readonly password: string };
  /** User -> its MD5 form, and whether it is a superuser. */
  readonly users: Map<string, { hash: string; isSuper: boolean }>;
  /** What the driver is given in place of the client library. */
  readonly connect: ConnectPostgres;
  createUser(username: string, password: string, isSuper?: boolean): void;
  logIn(username: string, password: string): Promise<boolean>;
  /** Every statement as it came. */
  readonly log: string[];
}

/**
 * Stands in for Redshift, which no package has, at the client's interface: users with passwords in their MD5 form, that
 * may change their own and, as superusers, those of others. It understands exactly the four statements that the driver
 * sends and is written after AWS's manual; the protocol and TLS are PostgreSQL's, which are tried on real servers.
 */
export function startRedshiftFake(): RedshiftFake {
  const users: RedshiftFake["users"] = new Map();
  const log: string[] = [];
  const hashOf = (username: string, password: string) =>
    `md5${createHash("md5")
      .update(password + username)
      .digest("hex")}`;
  const createUser = (username: string, password: string, isSuper = false) =>
    void users.set(username, { hash: hashOf(username, password), isSuper });
  const isLetIn = (username: string, password: string) =>
    users.get(username)?.hash === hashOf(username, password);
  const admin = { username: "admin", password: "Administrator-password-1" };
  createUser(admin.username, admin.password, true);
  return {
    ...{ host: "localhost", port: 5439, admin, users, log, createUser },
    logIn: async (username, password) => isLetIn(username, password),
    connect: async ({ username, password }) => {
      if (!isLetIn(username, password)) throw failure("28000");
      return session(username, users, log);
    },
  };
}

function failure(code: string): Error {
  return Object.assign(new Error("refused"), { code });
}

function session(own: string, users: RedshiftFake["users"], log: string[]): PostgresClient {
  let isOpen = true;
  return {
    async query(sql, values = []) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!isOpen) throw failure("ECONNRESET");
      log.push(`${sql} ${values.join()}`);
      if (sql.startsWith("SELECT current_user"))
        return { rows: [{ own, version: "PostgreSQL 8.0.2 on i686-pc-linux-gnu, Redshift 1.0.1" }] };
      if (sql.includes("FROM pg_user")) {
        const user = users.get(String(values[0]));
        return { rows: user ? [{ usesuper: user.isSuper }] : [] };
      }
      const change = /^(CREATE|ALTER) USER "((?:[^"]|"")+)" PASSWORD '(md5[0-9a-f]{32})'$/.exec(sql);
      if (!change) throw failure("42601");
      const name = change[2]!.replaceAll('""', '"');
      if (name !== own && !users.get(own)?.isSuper) throw failure("42501");
      if ((change[1] === "CREATE") === users.has(name)) throw failure("42710");
      users.set(name, { isSuper: users.get(name)?.isSuper ?? false, hash: change[3]! });
      return { rows: [] };
    },
    end: async () => void (isOpen = false),
  };
}
