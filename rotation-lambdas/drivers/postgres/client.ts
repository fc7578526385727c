import { Client } from "pg";
import { TlsSettings } from "../../../components/model/rotation-settings";
import { Login } from "../../driver";
import { tlsTrust } from "../../tls-options";

/** The part of a PostgreSQL client that the driver needs. */
export interface PostgresClient {
  query(sql: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly any[] }>;
  end(): Promise<void>;
}

/** @param timeoutMs for the connection, and then for each statement */
export type ConnectPostgres = (login: Login, timeoutMs: number) => Promise<PostgresClient>;

/**
 * Connects by `pg`, which never falls back to plain text once `ssl` is set.
 */
export function connectByPg(settings: TlsSettings = {}): ConnectPostgres {
  let ssl: ReturnType<typeof tlsTrust> | undefined;
  return async ({ host, port = 5432, database = "postgres", username: user, password }, timeoutMs) => {
    ssl ??= tlsTrust(settings);
    const client = new Client({
      ...{ host, port, database, user, password, ssl },
      ...{ connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs },
      ...{ application_name: "strongroom-rotation", options: "", keepAlive: true },
    });
    // A connection that breaks while idle is reported by the next query, not by ending the process.
    client.on("error", () => undefined);
    try {
      await client.connect();
    } catch (error) {
      client.end().catch(() => undefined);
      throw error;
    }
    return {
      query: (sql, values) => client.query(sql, values as unknown[] | undefined),
      end: () => client.end(),
    };
  };
}
