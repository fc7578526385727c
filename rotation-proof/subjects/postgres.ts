import { Client } from "pg";
import { DatabaseCredential } from "../../components/model/credential";
import { RotationSettings, TlsSettings } from "../../components/model/rotation-settings";
import { connectByPg, postgresDriver } from "../../rotation-lambdas/drivers/postgres";
import { alternatingUsers } from "../../rotation-lambdas/strategies/alternating-users";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { superuserManaged } from "../../rotation-lambdas/strategies/superuser-managed";
import { Driver } from "../../rotation-lambdas/driver";
import { Strategy } from "../../rotation-lambdas/strategy";
import { ProofPostgres, startProofPostgres } from "../servers/postgres";
import { CaseOptions, Subject, SubjectCase } from "../subject";
import { giveRights, rightsDifferences } from "./postgres-rights";

const admin = { username: "proof_admin", password: "admin-password-1" };

/** An administrator as RDS's master user is: no superuser, CREATEROLE and what it may pass on. */
const createAdmin = `DO $$ BEGIN
  CREATE ROLE ${admin.username} LOGIN CREATEROLE CREATEDB PASSWORD '${admin.password}';
EXCEPTION WHEN duplicate_object THEN END $$`;

type MakeStrategy = (driver: Driver) => Strategy<DatabaseCredential>;

/** PostgreSQL with one of the strategies. @param startServer @default the PostgreSQL that npm installed */
export function postgresSubject(
  strategy: RotationSettings["strategy"],
  make: MakeStrategy,
  startServer: () => Promise<ProofPostgres> = startProofPostgres,
): Subject {
  const isAlternating = strategy === "alternating-users";
  return {
    engine: "postgres",
    strategy,
    promise: isAlternating ? "current" : "current-or-pending",
    previousWorks: isAlternating,
    canSeed: true,
    async start() {
      const server = await startServer();
      await server.sql(createAdmin);
      const asAdmin = await connect(server, admin);
      const tls = { mode: "verify-full", caPem: server.authority } as const;
      const shared = { server, asAdmin, strategy, make, tls, byPg: connectByPg(tls) };
      return {
        testedAgainst: `PostgreSQL ${server.version}, over TLS`,
        newCase: (name, options) => newCase(shared, name, options),
        async stop() {
          await asAdmin.end();
          await server.stop();
        },
      };
    },
  };
}

/** The subjects that every run of the tests proves. */
export const postgresSubjects: readonly Subject[] = [
  postgresSubject("single-user", singleUser),
  postgresSubject("alternating-users", alternatingUsers),
  postgresSubject("superuser-managed", superuserManaged),
];

interface Shared {
  readonly server: ProofPostgres;
  readonly asAdmin: Client;
  readonly strategy: RotationSettings["strategy"];
  readonly make: MakeStrategy;
  readonly tls: TlsSettings;
  readonly byPg: ReturnType<typeof connectByPg>;
}

async function newCase(shared: Shared, name: string, options: CaseOptions): Promise<SubjectCase> {
  const { server, strategy, make, tls, byPg } = shared;
  const since = server.logged();
  const place = { engine: "postgres", host: server.host, port: server.port, dbname: "postgres" };
  const masterarn = await options.secrets.create(`${name}/admin`, { ...place, ...admin });
  const user = { username: name, password: `first-password-of-${name}` };
  const login = { ...place, ...user, masterarn };
  if (!options.isSeeded) await createUser(shared, user);
  const secretArn = await options.secrets.create(`${name}/database`, options.isSeeded ? undefined : login);
  const { password: _generated, ...seed } = login;
  return {
    secretArn,
    settings: { strategy, tls, ...(options.isSeeded ? { seed } : {}) },
    strategy: (recorder) => make(postgresDriver(recorder.wrap("connect", byPg))),
    logIn: (secretString) => logIn(server, JSON.parse(secretString)),
    orphans: (values) => orphans(server, name, values),
    ...(strategy === "alternating-users"
      ? { rightsDifferences: (values: readonly string[]) => rightsDifferences(server, usernames(values)) }
      : {}),
    serverLog: async () => server.log(since),
  };
}

async function createUser({ server, asAdmin, strategy }: Shared, user: typeof admin): Promise<void> {
  await asAdmin.query(`CREATE ROLE ${user.username} LOGIN`);
  // A password that was never in a statement: the log must not hold it.
  const { scramVerifier } = await import("../../rotation-lambdas/drivers/postgres/scram-verifier");
  await asAdmin.query(`ALTER ROLE ${user.username} PASSWORD '${scramVerifier(user.password)}'`);
  if (strategy === "alternating-users") await giveRights(server, asAdmin, user.username);
}

async function orphans(server: ProofPostgres, name: string, values: readonly string[]): Promise<string[]> {
  const roles = await server.sql("SELECT rolname FROM pg_roles WHERE rolname = $1 OR rolname LIKE $2", [
    name,
    `${name}\\_clone%`,
  ]);
  const known = usernames(values);
  return roles.map(({ rolname }) => rolname).filter((role) => !known.includes(role));
}

function usernames(values: readonly string[]): string[] {
  return values.map((value) => JSON.parse(value).username);
}

async function logIn(server: ProofPostgres, { username, password }: DatabaseCredential): Promise<boolean> {
  try {
    await (await connect(server, { username, password })).end();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === "28P01") return false;
    throw error;
  }
}

async function connect(
  { host, port, authority }: ProofPostgres,
  login: { username: string; password: string },
): Promise<Client> {
  const client = new Client({
    ...{ host, port, database: "postgres", ssl: { ca: authority } },
    ...{ user: login.username, password: login.password },
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return client;
}
