import Redis, { AbstractConnector } from "ioredis";
import { Socket } from "net";
import { TlsSettings } from "../../../components/model/rotation-settings";
import { Login } from "../../driver";
import { openSocket } from "../../open-socket";
import { tlsTrust } from "../../tls-options";

/** The part of a Redis client that the driver needs. */
export interface RedisClient {
  /** One command, its arguments as separate strings on the wire, so that none of them can start another. */
  command(name: string, ...args: readonly string[]): Promise<unknown>;
  end(): Promise<void>;
}

/**
 * Opens a connection that is not logged in yet.
 *
 * @param timeoutMs for the connection, and then for each command
 */
export type ConnectRedis = (server: Pick<Login, "host" | "port">, timeoutMs: number) => Promise<RedisClient>;

/** Connects by `ioredis`, once: no reconnection, no repeated command, and nothing sent that was not asked for. */
export function connectByIoredis(settings: TlsSettings = {}): ConnectRedis {
  let trust: ReturnType<typeof tlsTrust> | undefined;
  return async ({ host, port = 6379 }, timeoutMs) => {
    trust ??= tlsTrust(settings);
    const socket = await openSocket({ host, port }, trust, timeoutMs);
    const redis = new Redis({
      ...{ Connector: connectorOf(socket), lazyConnect: true, commandTimeout: timeoutMs },
      ...{ retryStrategy: () => null, maxRetriesPerRequest: 0, autoResendUnfulfilledCommands: false },
      ...{ enableReadyCheck: false, disableClientInfo: true, enableOfflineQueue: false },
    });
    let failure: unknown;
    redis.on("error", (error) => (failure = error));
    try {
      await redis.connect();
    } catch (error) {
      redis.disconnect();
      throw failure ?? error;
    }
    return {
      command: (name, ...args) => redis.call(name, ...args),
      end: async () => redis.disconnect(),
    };
  };
}

/** The package's own connection does not tell a server without TLS from one that does not answer. */
function connectorOf(socket: Socket) {
  return class extends AbstractConnector {
    constructor() {
      super(1000);
    }

    override async connect(): Promise<Socket> {
      this.stream = socket;
      return socket;
    }
  };
}
