import {
  connectByTedious,
  ConnectSqlServer,
  sqlServerDriver,
} from "../../rotation-lambdas/drivers/sqlserver";
import { SqlServerFake, startSqlServerFake } from "../servers/sqlserver-fake";
import { Subject } from "../subject";
import { databaseSubject, ProofDatabase } from "./database-subject";

/** SQL Server by each strategy that it allows, against a stand-in. */
export const sqlServerSubjects: readonly Subject[] = (
  ["single-user", "alternating-users", "superuser-managed"] as const
).map((strategy) => databaseSubject("sqlserver", strategy, startProofSqlServer));

async function startProofSqlServer(): Promise<ProofDatabase> {
  const fake = startSqlServerFake();
  const byTedious = connectByTedious();
  const connect: ConnectSqlServer = (login, timeoutMs) =>
    (login.port === fake.port ? fake.connect : byTedious)(login, timeoutMs);
  return {
    testedAgainst: "a stand-in for SQL Server 2022 at the client's interface",
    place: { engine: "sqlserver", host: fake.host, port: fake.port },
    admin: fake.admin,
    tls: {},
    driver: (recorder) => sqlServerDriver(recorder.wrap("sqlserver", connect)),
    createUser: async (username, password) => createUser(fake, username, password),
    logIn: (username, password) => fake.logIn(username, password),
    usersLike: async (prefix) => [...fake.state.logins.keys()].filter((name) => name.startsWith(prefix)),
    rightsDifferences: async (usernames) => rightsDifferences(fake, usernames),
    newLog: async () => fake.state.log.splice(0).join("\n"),
    stop: async () => undefined,
  };
}

function createUser(fake: SqlServerFake, name: string, password: string): void {
  const login = fake.state.createLogin(name, `${password}A`);
  login.password = password;
  fake.sql(`ALTER LOGIN [${name}] WITH DEFAULT_DATABASE = [orders], DEFAULT_LANGUAGE = [Deutsch]`);
  fake.sql(`ALTER SERVER ROLE [dbcreator] ADD MEMBER [${name}]`);
  fake.sql(`GRANT VIEW SERVER STATE TO [${name}]`);
  for (const batch of [
    `CREATE USER [${name}] FOR LOGIN [${name}] WITH DEFAULT_SCHEMA = [shop]`,
    `ALTER ROLE [db_datareader] ADD MEMBER [${name}]`,
    `GRANT UPDATE ON OBJECT::[shop].[orders]([total]) TO [${name}] WITH GRANT OPTION`,
    `DENY DELETE ON SCHEMA::[shop] TO [${name}]`,
  ])
    fake.sql(batch, "orders");
}

function rightsDifferences({ state }: SqlServerFake, usernames: readonly string[]): readonly string[] {
  if (usernames.length < 2) return [];
  const [one, other] = usernames.map((name) => {
    const login = state.logins.get(name);
    const user = state.userOf("orders", name);
    return [
      login?.options,
      login?.roles,
      login?.permissions,
      user?.schema,
      user?.roles,
      user?.permissions,
    ].map((part) => JSON.stringify(part instanceof Map || part instanceof Set ? [...part].sort() : part));
  });
  return one!.filter((line, index) => line !== other![index]);
}
