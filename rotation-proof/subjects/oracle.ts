import { connectByOracledb, ConnectOracle, oracleDriver } from "../../rotation-lambdas/drivers/oracle";
import { OracleFake, startOracleFake } from "../servers/oracle-fake";
import { Subject } from "../subject";
import { databaseSubject, ProofDatabase } from "./database-subject";

/** Oracle by each strategy, against a stand-in. */
export const oracleSubjects: readonly Subject[] = (
  ["single-user", "alternating-users", "dual-password", "superuser-managed"] as const
).map((strategy) =>
  databaseSubject("oracle", strategy, () => startProofOracle(strategy === "dual-password" ? 1 : 0)),
);

/** @param rollover PASSWORD_ROLLOVER_TIME of the users' profile, in days */
async function startProofOracle(rollover: number): Promise<ProofDatabase> {
  const fake = startOracleFake();
  fake.state.profiles.set("DEFAULT", { rollover, reuse: 0 });
  const byOracledb = connectByOracledb();
  const connect: ConnectOracle = (login, timeoutMs) =>
    (login.port === fake.port ? fake.connect : byOracledb)(login, timeoutMs);
  const users = () => [...fake.state.users.keys()];
  return {
    testedAgainst: "a stand-in for Oracle Database 19c at the client's interface",
    place: {
      engine: "oracle",
      host: fake.host,
      port: fake.port,
      dbname: fake.service,
    } as ProofDatabase["place"],
    admin: fake.admin,
    tls: {},
    driver: (recorder) => oracleDriver(recorder.wrap("oracle", connect)),
    createUser: async (username, password) => createUser(fake, username.toUpperCase(), password),
    logIn: (username, password) => fake.logIn(username, password),
    usersLike: async (prefix) =>
      users()
        .map((name) => name.toLowerCase())
        .filter((name) => name.startsWith(prefix)),
    passwordsOf: async (username) =>
      fake.state.users.get(username.toUpperCase())?.rollover === undefined ? 1 : 2,
    rightsDifferences: async (usernames) => rightsDifferences(fake, usernames),
    newLog: async () => fake.state.log.splice(0).join("\n"),
    stop: async () => undefined,
  };
}

function createUser(fake: OracleFake, name: string, password: string): void {
  fake.state.create(name, password);
  for (const statement of [
    `GRANT CREATE SESSION TO "${name}"`,
    `GRANT CREATE TABLE TO "${name}" WITH ADMIN OPTION`,
    `GRANT "APP_ROLE" TO "${name}" WITH ADMIN OPTION`,
    `GRANT SELECT ON "SHOP"."ORDERS" TO "${name}" WITH GRANT OPTION`,
    `GRANT UPDATE ("TOTAL") ON "SHOP"."ORDERS" TO "${name}"`,
    `ALTER USER "${name}" QUOTA UNLIMITED ON "USERS"`,
  ])
    fake.sql(statement);
}

function rightsDifferences({ state }: OracleFake, usernames: readonly string[]): readonly string[] {
  if (usernames.length < 2) return [];
  const [one, other] = usernames.map((name) => {
    const user = state.users.get(name.toUpperCase());
    const rows = [...(user?.rows ?? [])].filter(([, list]) => list.length > 0).sort();
    return JSON.stringify([
      user?.settings,
      rows.map(([name, list]) => [name, list.map((row) => JSON.stringify(row)).sort()]),
    ]);
  });
  return one === other ? [] : [`${one} against ${other}`];
}
