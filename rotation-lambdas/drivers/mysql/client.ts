import { Connection, ConnectionOptions, createConnection, SslOptions } from "mysql2";
import { isIP } from "net";
import { TlsSettings } from "../../../components/model/rotation-settings";
import { Login } from "../../driver";
import { RotationError } from "../../rotation-error";
import { trustedRoots } from "../../tls-options";

/** The part of a client of MySQL or MariaDB that the driver needs. */
export interface MysqlClient {
  query(sql: string): Promise<{ readonly rows: readonly any[] }>;
  end(): Promise<void>;
}

/** @param timeoutMs for the connection, and then for each statement */
export type ConnectMysql = (login: Login, timeoutMs: number) => Promise<MysqlClient>;

/** Connects by `mysql2`, which never falls back to plain text once `ssl` is set, nor sends a password in clear. */
export function connectByMysql2(settings: TlsSettings = {}): ConnectMysql {
  let ssl: SslOptions | false | undefined;
  return async ({ host, port = 3306, database, username: user, password }, timeoutMs) => {
    checkHost(host, settings);
    ssl ??= sslOptions(settings);
    const connection = createConnection({
      ...{ host, port, user, password, connectTimeout: timeoutMs, enableKeepAlive: true },
      ...(database === undefined ? {} : { database }),
      ...(ssl ? { ssl } : {}),
      ...{ charset: "utf8mb4", multipleStatements: false, supportBigNumbers: true, dateStrings: true },
      // None is prepared, and room for the usual 16,000 would be made for each connection.
      maxPreparedStatements: 1,
    } satisfies ConnectionOptions);
    // A connection that breaks while idle is reported by the next query, not by ending the process.
    connection.on("error", () => undefined);
    await within(timeoutMs, connection, (done) => connection.connect(done));
    return {
      async query(sql) {
        const rows = await within<unknown>(timeoutMs, connection, (done) => connection.query(sql, done));
        return { rows: Array.isArray(rows) ? rows : [] };
      },
      end: () => within(timeoutMs, connection, (done) => connection.end(done)),
    };
  };
}

/** Like every other mode, none falls back to another. */
function sslOptions(settings: TlsSettings): SslOptions | false {
  const mode = settings.mode ?? "verify-full";
  if (mode === "disable") return false;
  if (mode === "require") return { rejectUnauthorized: false };
  const ca = [...trustedRoots(settings)];
  const verifyIdentity = mode === "verify-full";
  return { ca, rejectUnauthorized: true, minVersion: "TLSv1.2", verifyIdentity } as SslOptions;
}

/** `mysql2` compares the certificate with a name only. */
function checkHost(host: string, { mode = "verify-full" }: TlsSettings): void {
  if (mode !== "verify-full" || isIP(host) === 0) return;
  const advice = `store the server's name, or choose "tls.mode" "verify-ca"`;
  throw new RotationError(
    "tls",
    `"host" is an address, which cannot be compared with a certificate: ${advice}`,
  );
}

type Done<T> = (error: Error | null, result?: T) => void;

/** A call that takes longer leaves the connection in an unknown state, so it is closed. */
function within<T = void>(ms: number, connection: Connection, call: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      connection.destroy();
      reject(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" }));
    }, ms);
    call((error, result) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve(result as T);
    });
  });
}
