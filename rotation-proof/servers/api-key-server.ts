import { randomBytes } from "crypto";
import { readFileSync } from "fs";
import { IncomingMessage, ServerResponse } from "http";
import { createServer, request } from "https";
import { AddressInfo } from "net";
import { CertificateFiles, Certificates, makeCertificates } from "./certificates";
import { temporaryFolder } from "./server-process";

export interface StoredKey {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly secret: string;
}

export interface ApiKeyServerOptions {
  /** What the server shows. @default the good certificate */
  readonly certificate?: (made: Certificates) => CertificateFiles;
}

/**
 * A service that stands for the many with several keys an account. It covers: `POST /v1/keys` with a name (201 with id
 * and secret, the secret never again; the same answer for a known `Idempotency-Key`), `GET /v1/keys` (id and name),
 * `DELETE /v1/keys/<id>` (204 or 404) and `GET /v1/whoami`, each with `Authorization: Bearer <secret>`; 401 for an
 * unknown key, 409 above five keys an account, and a log of every request line. It knows no pages, scopes or expiry.
 */
export interface ApiKeyServer {
  readonly origin: string;
  readonly caPem: string;
  /** Keys by account. */
  keysOf(owner: string): readonly StoredKey[];
  addKey(owner: string, name: string): StoredKey;
  /** Uses a key by a connection of its own. @returns false when the server refuses */
  logIn(secret: string): Promise<boolean>;
  /** The next request is answered with this status and does nothing. */
  failNext(status: number): void;
  log(): string;
  stop(): Promise<void>;
}

const mostKeys = 5;

export async function startApiKeyServer(options: ApiKeyServerOptions = {}): Promise<ApiKeyServer> {
  const { folder, remove } = temporaryFolder("api-key");
  const certificates = makeCertificates(folder);
  const files = (options.certificate ?? ((made) => made.server))(certificates);
  const book = new KeyBook();
  const tls = { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
  const server = createServer(tls, (message, answer) => void respond(book, message, answer));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ origin, caPem: certificates.caPem },
    keysOf: (owner) => book.keys.filter((key) => key.owner === owner),
    addKey: (owner, name) => book.add(owner, name),
    logIn: (secret) => logIn(origin, certificates.caPem, secret),
    failNext: (status) => void (book.nextStatus = status),
    log: () => book.lines.join("\n"),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      remove();
    },
  };
}

class KeyBook {
  readonly keys: StoredKey[] = [];
  readonly lines: string[] = [];
  nextStatus: number | undefined;
  private readonly repeated = new Map<string, StoredKey>();

  add(owner: string, name: string, idempotencyKey?: string): StoredKey {
    const known = idempotencyKey === undefined ? undefined : this.repeated.get(idempotencyKey);
    if (known) return known;
    const key = {
      id: `key_${randomBytes(6).toString("hex")}`,
      owner,
      name,
      secret: `sk_${randomBytes(24).toString("hex")}`,
    };
    this.keys.push(key);
    if (idempotencyKey !== undefined) this.repeated.set(idempotencyKey, key);
    return key;
  }

  /** Status and document. */
  answer(
    method: string,
    path: string,
    owner: string,
    name: string,
    idempotencyKey?: string,
  ): [number, unknown] {
    const own = this.keys.filter((key) => key.owner === owner);
    if (method === "GET" && path === "/v1/whoami") return [200, { owner }];
    if (method === "GET" && path === "/v1/keys")
      return [200, { keys: own.map(({ id, name: label }) => ({ id, name: label })) }];
    if (method === "POST" && path === "/v1/keys") {
      if (own.length >= mostKeys && !this.repeated.has(idempotencyKey ?? ""))
        return [409, { error: "too many keys" }];
      const { id, secret } = this.add(owner, name, idempotencyKey);
      return [201, { key: { id, secret } }];
    }
    const index = this.keys.findIndex((key) => key.owner === owner && path === `/v1/keys/${key.id}`);
    if (method !== "DELETE" || index < 0) return [404, { error: "not found" }];
    this.keys.splice(index, 1);
    return [204, undefined];
  }
}

async function respond(book: KeyBook, message: IncomingMessage, answer: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const { method = "", url = "", headers } = message;
  book.lines.push(`${method} ${url}`);
  const signer = book.keys.find(({ secret }) => headers.authorization === `Bearer ${secret}`);
  const body = chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as { name?: string });
  const idempotencyKey = headers["idempotency-key"] as string | undefined;
  const [status, document] = book.nextStatus
    ? [book.nextStatus, { error: "asked for" }]
    : signer
      ? book.answer(method, url, signer.owner, body.name ?? "", idempotencyKey)
      : [401, { error: "unknown key" }];
  book.nextStatus = undefined;
  answer.writeHead(status, { "content-type": "application/json" });
  answer.end(document === undefined ? undefined : JSON.stringify(document));
}

function logIn(origin: string, ca: string, secret: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${secret}` };
    const call = request(`${origin}/v1/whoami`, { ca, headers, agent: false }, (answer) => {
      answer.resume();
      if (answer.statusCode === 200 || answer.statusCode === 401) resolve(answer.statusCode === 200);
      else reject(new Error(`status ${answer.statusCode}`));
    });
    call.on("error", reject);
    call.end();
  });
}
