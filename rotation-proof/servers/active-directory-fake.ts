import { readFileSync } from "fs";
import { AddressInfo, createServer as createPlainServer, Server, Socket } from "net";
import { createServer } from "tls";
import { ActiveDirectory, AdUser, LdapResult } from "./active-directory-users";
import { BerElement, childrenOf, element, enumerated, readElement, text } from "./ber";
import { CertificateFiles, Certificates, makeCertificates } from "./certificates";
import { temporaryFolder } from "./server-process";

export interface AdOptions {
  /** What the server shows. @default the good certificate */
  readonly certificate?: (made: Certificates) => CertificateFiles;
}

/**
 * The part of Active Directory that a password's rotation touches, over LDAPS and, to be refused, plain LDAP. It covers:
 * simple binds by distinguished name, user principal name and `DOMAIN\name`, with the reasons that AD puts into the text
 * of a refusal (wrong password, locked out after five of them, disabled, expired); the root entry's naming context;
 * searches by equality; `unicodePwd` as UTF-16 in quotes, changed by its owner (delete the old and add the new in one
 * operation) or reset by a user that may; the policies of length and history; refusal without TLS. It knows no
 * replication between controllers, Kerberos, minimum age or fine-grained policies.
 */
export interface ActiveDirectoryFake {
  readonly host: "127.0.0.1";
  /** LDAPS. */
  readonly port: number;
  readonly plainPort: number;
  readonly caPem: string;
  readonly base: string;
  readonly directory: ActiveDirectory;
  stop(): Promise<void>;
}

export async function startActiveDirectoryFake(options: AdOptions = {}): Promise<ActiveDirectoryFake> {
  const { folder, remove } = temporaryFolder("active-directory");
  const certificates = makeCertificates(folder);
  const files = (options.certificate ?? ((made) => made.server))(certificates);
  const directory = new ActiveDirectory();
  const open = new Set<Socket>();
  const serve = (isEncrypted: boolean) => (socket: Socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket)).on("error", () => undefined);
    new Connection(socket, directory, isEncrypted).start();
  };
  const tls = { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
  const secure = createServer(tls, serve(true)).on("tlsClientError", () => undefined);
  const plain = createPlainServer(serve(false));
  const [port, plainPort] = [await listen(secure), await listen(plain)];
  return {
    ...{ host: "127.0.0.1", port, plainPort, caPem: certificates.caPem, base: directory.base, directory },
    stop: async () => {
      for (const socket of open) socket.destroy();
      await Promise.all([secure, plain].map((server) => new Promise((done) => server.close(done))));
      remove();
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** One client's conversation. */
class Connection {
  private received = Buffer.alloc(0);
  private user: AdUser | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly directory: ActiveDirectory,
    private readonly isEncrypted: boolean,
  ) {}

  start(): void {
    this.socket.on("data", (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      try {
        this.answerAll();
      } catch {
        this.socket.destroy(); // what is no LDAP, such as a TLS handshake
      }
    });
  }

  private answerAll(): void {
    for (let message; (message = readElement(this.received));) {
      this.received = this.received.subarray(message.size);
      this.answer(message);
    }
  }

  private answer(message: BerElement): void {
    const [id, operation] = childrenOf(message);
    const reply = (...parts: readonly Buffer[]) => {
      for (const part of parts) this.socket.write(element(0x30, element(0x02, id!.content), part));
    };
    const parts = operation!.tag === 0x42 ? [] : childrenOf(operation!);
    switch (operation!.tag) {
      case 0x42:
        return void this.socket.end();
      case 0x60:
        return reply(result(0x61, this.bind(parts)));
      case 0x63:
        return reply(...this.search(parts));
      case 0x66:
        return reply(result(0x67, this.modify(parts)));
      default:
        return reply(result(0x78, { code: 2, text: "not covered" }));
    }
  }

  private bind([, name, password]: readonly BerElement[]): LdapResult {
    const outcome = this.directory.bind(String(name!.content), String(password!.content));
    this.user = "user" in outcome ? outcome.user : undefined;
    return "user" in outcome ? { code: 0, text: "" } : outcome;
  }

  private search([base, , , , , , filter]: readonly BerElement[]): readonly Buffer[] {
    const done = (code: number) => result(0x65, { code, text: "" });
    if (String(base!.content) === "") {
      const context = element(0x30, text("defaultNamingContext"), element(0x31, text(this.directory.base)));
      return [element(0x64, text(""), element(0x30, context)), done(0)];
    }
    if (!this.user) return [done(1)];
    if (filter!.tag !== 0xa3) return [done(53)];
    const [attribute, value] = childrenOf(filter!).map(({ content }) => String(content));
    const found = this.directory.find(attribute!, value!);
    return [...found.map(({ dn }) => element(0x64, text(dn), element(0x30))), done(0)];
  }

  private modify([name, changes]: readonly BerElement[]): LdapResult {
    const list = childrenOf(changes!).map((change) => {
      const [operation, attribute] = childrenOf(change);
      const [type, values] = childrenOf(attribute!);
      const contents = childrenOf(values!).map(({ content }) => content);
      return { operation: operation!.content[0]!, attribute: String(type!.content), value: contents[0] };
    });
    return this.directory.modify(this.user, this.isEncrypted, String(name!.content), list);
  }
}

function result(tag: number, { code, text: said }: LdapResult): Buffer {
  return element(tag, enumerated(code), text(""), text(said));
}
