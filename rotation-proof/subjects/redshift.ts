import { connectByPg, ConnectPostgres } from "../../rotation-lambdas/drivers/postgres";
import { redshiftDriver } from "../../rotation-lambdas/drivers/redshift";
import { startRedshiftFake } from "../servers/redshift-fake";
import { Subject } from "../subject";
import { databaseSubject, ProofDatabase } from "./database-subject";

/** Redshift by each strategy that it allows, against a stand-in. */
export const redshiftSubjects: readonly Subject[] = (["single-user", "superuser-managed"] as const).map(
  (strategy) => databaseSubject("redshift", strategy, startProofRedshift),
);

async function startProofRedshift(): Promise<ProofDatabase> {
  const fake = startRedshiftFake();
  const byPg = connectByPg();
  const connect: ConnectPostgres = (login, timeoutMs) =>
    (login.port === fake.port ? fake.connect : byPg)(login, timeoutMs);
  return {
    testedAgainst: "a stand-in for Redshift at the client's interface",
    place: { engine: "redshift", host: fake.host, port: fake.port },
    admin: fake.admin,
    tls: {},
    driver: (recorder) => redshiftDriver(recorder.wrap("redshift", connect)),
    createUser: async (username, password) => fake.createUser(username, password),
    logIn: (username, password) => fake.logIn(username, password),
    usersLike: async (prefix) => [...fake.users.keys()].filter((name) => name.startsWith(prefix)),
    newLog: async () => fake.log.splice(0).join("\n"),
    stop: async () => undefined,
  };
}
