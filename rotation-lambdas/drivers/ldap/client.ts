import { Attribute, Change, Client, EqualityFilter } from "ldapts";
import * as net from "net";
import { TlsSettings } from "../../../components/model/rotation-settings";
import { Login } from "../../driver";
import { openSocket } from "../../open-socket";
import { tlsTrust } from "../../tls-options";

/** One change of an attribute; the changes of one call take effect together or not at all. */
export interface LdapChange {
  readonly operation: "add" | "delete" | "replace";
  readonly attribute: string;
  readonly values: readonly (string | Buffer)[];
}

/** The part of an LDAP client that the drivers need. Names and values travel as they are: nothing is concatenated. */
export interface LdapClient {
  /** Simple bind. An empty password would be an anonymous bind, which servers accept. */
  bind(name: string, password: string): Promise<void>;
  add(name: string, attributes: Readonly<Record<string, string | string[]>>): Promise<void>;
  modify(name: string, changes: readonly LdapChange[]): Promise<void>;
  /** An extended operation of RFC 4511, 4.12. */
  extended(oid: string, value: Buffer): Promise<void>;
  /** Attributes of one entry; `undefined` when there is none. The empty name is the server's own entry. */
  read(
    name: string,
    attributes: readonly string[],
  ): Promise<Readonly<Record<string, readonly string[]>> | undefined>;
  /** Names of the entries below `base` in which `attribute` equals `value`; two at most. */
  find(base: string, attribute: string, value: string): Promise<readonly string[]>;
  end(): Promise<void>;
}

/**
 * Opens a connection that is not bound yet, by LDAPS unless the mode is `disable`.
 *
 * @param timeoutMs for the connection, and then for each operation
 */
export type ConnectLdap = (server: Pick<Login, "host" | "port">, timeoutMs: number) => Promise<LdapClient>;

/** Connects by `ldapts`, once: its own reconnection would go on without the bind. */
export function connectByLdapts(settings: TlsSettings = {}): ConnectLdap {
  let trust: ReturnType<typeof tlsTrust> | undefined;
  return async ({ host, port }, timeoutMs) => {
    trust ??= tlsTrust(settings);
    const socket = await openSocket({ host, port: port ?? (trust ? 636 : 389) }, trust, timeoutMs);
    const useOnce = onlyOnce(socket);
    const client = new Client({
      ...{ url: "ldap://connected", timeout: timeoutMs, strictDN: false },
      createConnection: useOnce as unknown as typeof net.connect,
    });
    return wrap(client, socket);
  };
}

function onlyOnce(socket: net.Socket): () => net.Socket {
  let isUsed = false;
  return () => {
    if (isUsed) throw Object.assign(new Error("the connection is closed"), { code: "ECONNRESET" });
    isUsed = true;
    return socket;
  };
}

function wrap(client: Client, socket: net.Socket): LdapClient {
  return {
    bind: (name, password) => client.bind(name, password),
    add: (name, attributes) => client.add(name, { ...attributes }),
    modify: (name, changes) => client.modify(name, changes.map(toChange)),
    extended: async (oid, value) => void (await client.exop(oid, value)),
    async read(name, attributes) {
      const options = { scope: "base" as const, attributes: [...attributes], filter: "(objectClass=*)" };
      const { searchEntries } = await client.search(name, options);
      const [entry] = searchEntries;
      return (
        entry && Object.fromEntries(attributes.map((attribute) => [attribute, textsOf(entry[attribute])]))
      );
    },
    async find(base, attribute, value) {
      const filter = new EqualityFilter({ attribute, value });
      const options = { scope: "sub" as const, attributes: ["1.1"], sizeLimit: 2, filter };
      const { searchEntries } = await client.search(base, options);
      return searchEntries.map(({ dn }) => dn);
    },
    end: async () => {
      await client.unbind().catch(() => undefined);
      socket.destroy();
    },
  };
}

function toChange({ operation, attribute, values }: LdapChange): Change {
  const modification = new Attribute({ type: attribute, values: [...values] as string[] | Buffer[] });
  return new Change({ operation, modification });
}

function textsOf(value: unknown): readonly string[] {
  const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return values.map(String);
}
