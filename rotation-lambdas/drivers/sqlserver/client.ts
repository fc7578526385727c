import { Connection, ConnectionConfiguration, Request } from "tedious";
import { TlsSettings } from "../../../components/model/rotation-settings";
import { Login } from "../../driver";
import { RotationError } from "../../rotation-error";
import { trustedRoots } from "../../tls-options";

/** The part of a client of SQL Server that the driver needs. */
export interface SqlServerClient {
  /** One batch; the rows of all its results. */
  query(sql: string): Promise<{ readonly rows: readonly any[] }>;
  end(): Promise<void>;
}

/** @param timeoutMs for the connection, and then for each batch */
export type ConnectSqlServer = (login: Login, timeoutMs: number) => Promise<SqlServerClient>;

/** Connects by `tedious`, which is kept from logging in when the server turns encryption down. */
export function connectByTedious(settings: TlsSettings = {}): ConnectSqlServer {
  let encryption: Encryption | undefined;
  return async (login, timeoutMs) => {
    encryption ??= encryptionOptions(settings);
    const connection = new Connection(configuration(login, timeoutMs, encryption));
    if (encryption.encrypt) refusePlainText(connection);
    const numbers: number[] = [];
    connection.on("errorMessage", ({ number }) => numbers.push(number));
    // A connection that breaks while idle is reported by the next batch, not by ending the process.
    connection.on("error", () => undefined);
    await new Promise<void>((resolve, reject) => {
      connection.connect((error) => (error ? reject(withNumber(error, numbers.at(-1))) : resolve()));
    }).catch((error: unknown) => {
      connection.close();
      throw error;
    });
    return { query: (sql) => runBatch(connection, sql), end: () => closed(connection) };
  };
}

type Encryption = Pick<
  NonNullable<ConnectionConfiguration["options"]>,
  "encrypt" | "trustServerCertificate" | "cryptoCredentialsDetails"
>;

/** Exactly what the mode says. @throws RotationError `tls` for `verify-ca`, which the client cannot do */
function encryptionOptions(settings: TlsSettings): Encryption {
  const mode = settings.mode ?? "verify-full";
  if (mode === "disable") return { encrypt: false };
  if (mode === "require") return { encrypt: true, trustServerCertificate: true };
  if (mode === "verify-ca")
    throw new RotationError("tls", `"tls.mode" verify-ca is not offered for SQL Server: use verify-full`);
  const cryptoCredentialsDetails = { ca: [...trustedRoots(settings)], minVersion: "TLSv1.2" as const };
  return { encrypt: true, trustServerCertificate: false, cryptoCredentialsDetails };
}

function configuration(login: Login, timeoutMs: number, encryption: Encryption): ConnectionConfiguration {
  const { host, port = 1433, database = "master", username, password } = login;
  return {
    server: host,
    authentication: { type: "default", options: { userName: username, password } },
    options: {
      ...{ port, database, connectTimeout: timeoutMs, requestTimeout: timeoutMs, cancelTimeout: 1000 },
      ...{ rowCollectionOnRequestCompletion: true, appName: "strongroom-rotation", ...encryption },
    },
  };
}

/** The server's answer before the login, as tedious has read it. */
interface PreLogin {
  readonly encryptionString?: string;
}

type Negotiate = (answer: PreLogin, signal: AbortSignal) => Promise<void>;

/** tedious goes on in plain text when the server, or somebody between, says that it has no encryption. */
function refusePlainText(connection: Connection): void {
  const inner = connection as unknown as { performTlsNegotiation?: Negotiate };
  const negotiate = inner.performTlsNegotiation;
  if (!negotiate) throw new RotationError("unsupported", "sqlserver: another version of tedious is needed");
  inner.performTlsNegotiation = async (answer, signal) => {
    if (answer.encryptionString !== "ON" && answer.encryptionString !== "REQ")
      throw Object.assign(new Error("the server offers no encryption"), { code: "EENCRYPT" });
    await negotiate.call(connection, answer, signal);
  };
}

function withNumber(error: Error, number: number | undefined): Error {
  return number === undefined ? error : Object.assign(error, { number });
}

function runBatch(connection: Connection, sql: string): Promise<{ rows: readonly any[] }> {
  return new Promise((resolve, reject) => {
    const request = new Request(sql, (error, _count, rows: readonly Column[][] = []) => {
      if (error) reject(error);
      else resolve({ rows: rows.map(toObject) });
    });
    connection.execSqlBatch(request);
  });
}

interface Column {
  readonly metadata: { readonly colName: string };
  readonly value: unknown;
}

function toObject(columns: readonly Column[]): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ metadata, value }) => [metadata.colName, value]));
}

function closed(connection: Connection): Promise<void> {
  return new Promise((resolve) => {
    connection.once("end", () => resolve());
    connection.close();
  });
}
