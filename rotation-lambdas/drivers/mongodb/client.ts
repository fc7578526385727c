import { MongoClient } from "mongodb";
import { TlsSettings } from "../../../components/model/rotation-settings";
import { Login } from "../../driver";
import { openSocket } from "../../open-socket";
import { tlsTrust } from "../../tls-options";

/** A document of an answer. */
export type MongoDocument = Readonly<Record<string, any>>;

/** The part of a MongoDB client that the driver needs. */
export interface MongoSession {
  /** One command to the login's authentication database. A value is BSON, so that no text becomes an operator. */
  command(command: MongoDocument): Promise<MongoDocument>;
  end(): Promise<void>;
}

/** @param timeoutMs for the connection, and then for each command */
export type ConnectMongo = (login: Login, timeoutMs: number) => Promise<MongoSession>;

/** The database of users, where the secret names none. */
export const defaultDatabase = "admin";

/**
 * Connects by `mongodb` to exactly this host, never to another of its replica set. The package tries an address again
 * until its time is up and then does not say why, so that a connection of our own goes first.
 */
export function connectByMongodb(settings: TlsSettings = {}): ConnectMongo {
  let trust: ReturnType<typeof tlsTrust> | undefined;
  return async ({ host, port = 27017, database = defaultDatabase, username, password }, timeoutMs) => {
    trust ??= tlsTrust(settings);
    (await openSocket({ host, port }, trust, timeoutMs)).destroy();
    const client = new MongoClient(`mongodb://${urlHost(host)}:${port}/`, {
      ...{
        directConnection: true,
        auth: { username, password },
        authSource: database,
        appName: "strongroom",
      },
      ...{ serverSelectionTimeoutMS: timeoutMs, connectTimeoutMS: timeoutMs, socketTimeoutMS: timeoutMs },
      ...{ retryReads: false, retryWrites: false, maxPoolSize: 1, monitorCommands: false },
      ...(trust ? { tls: true, ...trust } : { tls: false }),
    });
    try {
      await client.connect();
    } catch (error) {
      client.close().catch(() => undefined);
      throw error;
    }
    const users = client.db(database);
    return { command: (command) => users.command(command), end: () => client.close() };
  };
}

function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : encodeURIComponent(host);
}
