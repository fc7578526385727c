import { Connection, ConnectionAttributes, getConnection, OUT_FORMAT_OBJECT } from "oracledb";
import { TlsSettings } from "../../../components/model/rotation-settings";
import { Login } from "../../driver";
import { RotationError } from "../../rotation-error";

/** The part of a client of Oracle that the driver needs. */
export interface OracleClient {
  /** @param values for `:1`, `:2` and so on */
  query(sql: string, values?: readonly string[]): Promise<{ readonly rows: readonly any[] }>;
  /** Changes the password of the user that is logged in, by the protocol rather than by a statement. */
  changePassword(username: string, oldPassword: string, password: string): Promise<void>;
  end(): Promise<void>;
}

/** @param timeoutMs for the connection, and then for each statement */
export type ConnectOracle = (login: Login, timeoutMs: number) => Promise<OracleClient>;

/**
 * Connects by `oracledb` in its thin mode. `dbname` is the service's name. It trusts Node's roots and those that
 * NODE_EXTRA_CA_CERTS names, which for RDS on Lambda is `/var/runtime/ca-cert.pem`; others cannot be handed to it.
 *
 * @see https://node-oracledb.readthedocs.io/en/latest/user_guide/connection_handling.html#securely-encrypting-network-traffic-to-oracle-database
 */
export function connectByOracledb(settings: TlsSettings = {}): ConnectOracle {
  return async ({ host, port = 1521, database, username: user, password }, timeoutMs) => {
    checkSettings(settings, database);
    const mode = settings.mode ?? "verify-full";
    const protocol = mode === "disable" ? "tcp" : "tcps";
    const seconds = Math.max(1, Math.floor(timeoutMs / 1000));
    const attributes = {
      ...{ user, password, connectString: `${protocol}://${host}:${port}/${database}` },
      ...{
        sslServerDNMatch: mode === "verify-full",
        connectTimeout: seconds,
        transportConnectTimeout: seconds,
      },
    } as ConnectionAttributes;
    const connection = await getConnection(attributes);
    connection.callTimeout = timeoutMs;
    return {
      query: (sql, values = []) => execute(connection, sql, values),
      changePassword: (username, old, next) => connection.changePassword(username, old, next),
      end: () => connection.close(),
    };
  };
}

/** Exactly what the mode says, or nothing. @throws RotationError */
function checkSettings({ mode, caFile, caPem }: TlsSettings, database: string | undefined): void {
  if (!database || !/^[\w.$#-]+$/.test(database))
    throw new RotationError("invalid-secret", `oracle: "dbname" must be the name of a service`);
  if (mode === "require")
    throw new RotationError(
      "tls",
      `"tls.mode" require is not offered for Oracle: use verify-full or verify-ca`,
    );
  if (caFile === undefined && caPem === undefined) return;
  const advice = "set the function's NODE_EXTRA_CA_CERTS to a file in its bundle";
  throw new RotationError(
    "tls",
    `oracle: "tls.caFile" and "tls.caPem" cannot be handed to the client: ${advice}`,
  );
}

async function execute(connection: Connection, sql: string, values: readonly string[]) {
  const result = await connection.execute<Record<string, unknown>>(sql, [...values], {
    outFormat: OUT_FORMAT_OBJECT,
    maxRows: 0,
  });
  return { rows: result.rows ?? [] };
}
