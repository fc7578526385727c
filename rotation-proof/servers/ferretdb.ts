import { MongoClient, MongoServerError } from "mongodb";
import { Certificates, CertificateFiles, makeCertificates } from "./certificates";
import { ferretProgram, ferretVersion } from "./ferretdb-build";
import { freePort, startServerProcess, temporaryFolder } from "./server-process";

export interface FerretOptions {
  /** What the server shows. @default the good certificate */
  readonly certificate?: (made: Certificates) => CertificateFiles;
}

/**
 * FerretDB, which speaks MongoDB's protocol over SQLite: users without roles, SCRAM-SHA-256 log-ins and TLS are real;
 * roles, custom data and authentication restrictions it does not know.
 */
export interface FerretServer {
  readonly version: string;
  readonly host: "127.0.0.1";
  /** With TLS. */
  readonly port: number;
  readonly plainPort: number;
  readonly caPem: string;
  readonly admin: { readonly username: string; readonly password: string };
  /** One command to the database `admin` as the administrator. */
  command(command: Record<string, unknown>): Promise<Record<string, any>>;
  /** Logs in by a connection of its own. @returns false when the server refuses */
  logIn(username: string, password: string): Promise<boolean>;
  /** What it wrote since it was last asked. */
  newLog(): string;
  stop(): Promise<void>;
}

const admin = { username: "admin", password: "administrator-password-1" };

/** @throws Unavailable when FerretDB can be neither found nor built */
export async function startFerret(options: FerretOptions = {}): Promise<FerretServer> {
  const program = ferretProgram();
  const { folder, remove } = temporaryFolder("ferretdb");
  const certificates = makeCertificates(folder);
  const { certificate, key } = (options.certificate ?? ((made) => made.server))(certificates);
  const [port, plainPort] = [await freePort(), await freePort()];
  const server = await startServerProcess({
    program,
    port,
    args: [
      ...["--handler=sqlite", `--sqlite-url=file:${folder}/`, `--state-dir=${folder}`, "--telemetry=disable"],
      ...[`--listen-addr=127.0.0.1:${plainPort}`, `--listen-tls=127.0.0.1:${port}`, "--debug-addr=-"],
      ...[
        `--listen-tls-cert-file=${certificate}`,
        `--listen-tls-key-file=${key}`,
        "--test-enable-new-auth=true",
      ],
      ...[
        `--setup-username=${admin.username}`,
        `--setup-password=${admin.password}`,
        "--setup-database=admin",
      ],
    ],
  });
  const client = await connected(plainPort, admin.username, admin.password);
  return {
    ...{ version: ferretVersion, host: "127.0.0.1", port, plainPort, caPem: certificates.caPem, admin },
    command: (command) => client.db("admin").command(command),
    logIn: (username, password) =>
      connected(plainPort, username, password).then(closeAndSayYes, sayNoWhenRefused),
    newLog: () => server.newOutput(),
    stop: async () => {
      await client.close();
      await server.stop();
      remove();
    },
  };
}

async function connected(port: number, username: string, password: string): Promise<MongoClient> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    ...{ auth: { username, password }, authSource: "admin", serverSelectionTimeoutMS: 5000, maxPoolSize: 1 },
  });
  try {
    return await client.connect();
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function closeAndSayYes(client: MongoClient): Promise<true> {
  await client.close();
  return true;
}

function sayNoWhenRefused(error: unknown): false {
  if (error instanceof MongoServerError && error.code === 18) return false;
  throw error;
}
