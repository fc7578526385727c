import { readFileSync } from "fs";
import { Client, ClientConfig } from "pg";
import { createSecureContext, rootCertificates, SecureContext } from "tls";
import { TlsSettings } from "../../../components/model/rotation-settings";
import { Login } from "../../driver";
import { RotationError } from "../../rotation-error";

/** The part of a PostgreSQL client that the driver needs. */
export interface PostgresClient {
  query(sql: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly any[] }>;
  end(): Promise<void>;
}

/** @param timeoutMs for the connection, and then for each statement */
export type ConnectPostgres = (login: Login, timeoutMs: number) => Promise<PostgresClient>;

/** Where Lambda's Node runtimes keep the roots of RDS; Node itself does not load them. */
const lambdaRdsRoots = "/var/runtime/ca-cert.pem";

/**
 * Connects by `pg`. Roots: the system's, those of RDS where the runtime has them, and the settings' own.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
export function connectByPg(settings: TlsSettings = {}): ConnectPostgres {
  let ssl: ReturnType<typeof tlsOptions> | undefined;
  return async ({ host, port = 5432, database = "postgres", username: user, password }, timeoutMs) => {
    ssl ??= tlsOptions(settings);
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

/** Exactly what the mode says; `pg` never falls back to plain text once `ssl` is set. */
export function tlsOptions(settings: TlsSettings): NonNullable<ClientConfig["ssl"]> {
  const mode = settings.mode ?? "verify-full";
  if (mode === "disable") return false;
  if (mode === "require") return { rejectUnauthorized: false };
  const extra = extraRoots(settings);
  const chain = {
    rejectUnauthorized: true,
    ...(extra.length > 0 ? { secureContext: contextWith(extra) } : {}),
  };
  return mode === "verify-ca" ? { ...chain, checkServerIdentity: () => undefined } : chain;
}

/** Made once: reading hundreds of roots takes longer than a login. */
function contextWith(extra: readonly string[]): SecureContext {
  return createSecureContext({ ca: [...rootCertificates, ...extra], minVersion: "TLSv1.2" });
}

function extraRoots({ caFile, caPem }: TlsSettings): string[] {
  return [
    ...(caPem === undefined ? [] : [caPem]),
    ...(caFile === undefined ? [] : [requiredFile(caFile)]),
    ...readIfThere(lambdaRdsRoots),
  ];
}

function requiredFile(file: string): string {
  const [text] = readIfThere(file);
  if (text === undefined) throw new RotationError("tls", `postgres: "tls.caFile" cannot be read: ${file}`);
  return text;
}

function readIfThere(file: string): string[] {
  try {
    return [readFileSync(file, "utf8")];
  } catch {
    return [];
  }
}
