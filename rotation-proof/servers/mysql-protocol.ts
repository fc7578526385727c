import { randomBytes } from "crypto";
import { createServer, Server, Socket } from "net";
import { createSecureContext, SecureContext, TLSSocket } from "tls";
import { columnPacket, isJson, text, tokenOf, valueOf } from "./mysql-packets";

/** An error packet. */
export class MysqlFailure extends Error {
  constructor(
    readonly number: number,
    readonly sqlState: string,
    message: string,
  ) {
    super(message);
  }
}

/** Rows of one result; a value that is an object is sent as JSON, everything else as text. */
export type ResultRows = readonly Readonly<Record<string, unknown>>[];

/** What stands behind the protocol. */
export interface MysqlBackend {
  readonly version: string;
  /** PEM. @default no TLS is offered */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** The session of a user. @throws MysqlFailure when none of the user's passwords `matches` */
  logIn(user: string, matches: (password: string) => boolean): MysqlBackendSession;
}

export interface MysqlBackendSession {
  /** Rows, or nothing for a statement without. @throws MysqlFailure */
  query(sql: string): Promise<ResultRows | undefined>;
  close(): void;
}

const flags = { connectWithDb: 0x8, ssl: 0x800, lenencAuth: 0x200000 };
const capabilities = 0x1 | 0x2 | 0x4 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000 | flags.lenencAuth;
const plugin = "caching_sha2_password";

/**
 * The server's side of MySQL's protocol on 127.0.0.1: handshake 10, the change to TLS, `caching_sha2_password` by its
 * fast and (over TLS) its full path, COM_QUERY with text results, COM_PING and COM_QUIT. No prepared statements, no
 * compression, no public key for full authentication in plain text.
 *
 * @see https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html
 */
export function serveMysql(backend: MysqlBackend): Server {
  const secureContext = backend.tls && createSecureContext(backend.tls);
  return createServer((socket) => {
    socket.on("error", () => undefined);
    socket.setNoDelay(true);
    new Conversation(backend, socket, secureContext).begin();
  });
}

class Conversation {
  private socket: Socket;
  private buffer = Buffer.alloc(0);
  private sequence = 0;
  private session: MysqlBackendSession | undefined;
  private readonly nonce = Buffer.from(randomBytes(20).map((byte) => (byte % 94) + 33));
  private next: (payload: Buffer) => void = (payload) => this.readResponse(payload);

  constructor(
    private readonly backend: MysqlBackend,
    socket: Socket,
    /** Made once for all connections: it parses the certificate. */
    private readonly secureContext: SecureContext | undefined,
  ) {
    this.socket = socket;
  }

  begin(): void {
    this.listen();
    const all = capabilities | (this.secureContext ? flags.ssl : 0);
    const head = Buffer.alloc(4 + 8 + 1 + 2 + 1 + 2 + 2 + 1 + 10);
    head.writeUInt32LE(1, 0);
    this.nonce.copy(head, 4, 0, 8);
    head.writeUInt16LE(all & 0xffff, 13);
    head.writeUInt8(45, 15);
    head.writeUInt16LE(2, 16);
    head.writeUInt16LE(all >>> 16, 18);
    head.writeUInt8(21, 20);
    const tail = Buffer.concat([this.nonce.subarray(8), Buffer.from([0]), text(plugin)]);
    this.send(Buffer.concat([Buffer.from([10]), text(this.backend.version), head, tail]));
  }

  private listen(): void {
    this.socket.on("data", (chunk: Buffer) => this.take(chunk));
    this.socket.on("close", () => this.session?.close());
  }

  private take(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    while (this.buffer.length >= 4 && this.buffer.length >= 4 + this.buffer.readUIntLE(0, 3)) {
      const end = 4 + this.buffer.readUIntLE(0, 3);
      const payload = this.buffer.subarray(4, end);
      this.sequence = this.buffer[3]! + 1;
      this.buffer = this.buffer.subarray(end);
      this.next(payload);
    }
  }

  private send(payload: Buffer): void {
    const head = Buffer.alloc(4);
    head.writeUIntLE(payload.length, 0, 3);
    head.writeUInt8(this.sequence++ & 0xff, 3);
    this.socket.write(Buffer.concat([head, payload]));
  }

  private readResponse(payload: Buffer): void {
    const wanted = payload.readUInt32LE(0);
    if (wanted & flags.ssl && payload.length === 32) return this.secure();
    const userEnd = payload.indexOf(0, 32);
    const user = payload.toString("utf8", 32, userEnd);
    const length = payload[userEnd + 1]!;
    const token = payload.subarray(userEnd + 2, userEnd + 2 + length);
    if (payload.includes(text(plugin))) return this.checkToken(user, token);
    this.next = (answer) => this.checkToken(user, answer);
    this.send(Buffer.concat([Buffer.from([0xfe]), text(plugin), this.nonce, Buffer.from([0])]));
  }

  private secure(): void {
    const plain = this.socket;
    plain.removeAllListeners("data");
    plain.pause();
    // The first words of TLS may have come with the request for it.
    if (this.buffer.length > 0) plain.unshift(this.buffer);
    this.buffer = Buffer.alloc(0);
    this.socket = new TLSSocket(plain, { isServer: true, secureContext: this.secureContext! });
    this.socket.on("error", () => plain.destroy());
    this.listen();
  }

  /** The fast path in plain text; over TLS the full one, as for a password the server has not seen yet. */
  private checkToken(user: string, token: Buffer): void {
    if (!(this.socket instanceof TLSSocket) || token.length === 0) {
      return this.logIn(user, (password) => tokenOf(password, this.nonce).equals(token));
    }
    this.next = (answer) => this.logIn(user, (password) => text(password).equals(answer));
    this.send(Buffer.from([1, 4]));
  }

  private logIn(user: string, matches: (password: string) => boolean): void {
    void this.answer(async () => {
      this.session = this.backend.logIn(user, matches);
      this.next = (payload) => this.command(payload);
      return undefined;
    }).then(() => this.session ?? this.socket.end());
  }

  private command(payload: Buffer): void {
    if (payload[0] === 1) return void this.socket.end();
    if (payload[0] === 3) return void this.answer(() => this.session!.query(payload.toString("utf8", 1)));
    if (payload[0] === 14) return void this.answer(async () => undefined);
    void this.answer(async () => {
      throw new MysqlFailure(1047, "08S01", "Unknown command");
    });
  }

  private async answer(work: () => Promise<ResultRows | undefined>): Promise<void> {
    try {
      const rows = await work();
      if (rows === undefined) this.send(Buffer.from([0, 0, 0, 2, 0, 0, 0]));
      else this.sendRows(rows);
    } catch (error) {
      if (!(error instanceof MysqlFailure)) throw error;
      const head = Buffer.from([0xff, error.number & 0xff, error.number >> 8]);
      this.send(Buffer.concat([head, Buffer.from(`#${error.sqlState}${error.message}`)]));
    }
  }

  private sendRows(rows: ResultRows): void {
    const columns = Object.keys(rows[0] ?? { none: "" });
    const end = Buffer.from([0xfe, 0, 0, 2, 0]);
    this.send(Buffer.from([columns.length]));
    for (const column of columns) this.send(columnPacket(column, isJson(rows[0]?.[column])));
    this.send(end);
    for (const row of rows) this.send(Buffer.concat(columns.map((column) => valueOf(row[column]))));
    this.send(end);
  }
}
