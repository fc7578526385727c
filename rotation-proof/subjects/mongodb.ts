import { connectByMongodb, mongoDriver } from "../../rotation-lambdas/drivers/mongodb";
import { startFerret } from "../servers/ferretdb";
import { Subject } from "../subject";
import { databaseSubject, ProofDatabase } from "./database-subject";

/** Users of MongoDB's protocol, by each strategy; FerretDB's have no roles. */
export const mongoSubjects: readonly Subject[] = (
  ["single-user", "alternating-users", "superuser-managed"] as const
).map((strategy) => databaseSubject("mongodb", strategy, startProofMongo));

async function startProofMongo(): Promise<ProofDatabase> {
  const server = await startFerret();
  const { version, host, port, caPem, admin } = server;
  const connect = connectByMongodb({ caPem });
  return {
    testedAgainst: `FerretDB ${version} (users without roles), over TLS`,
    place: { engine: "mongo", host, port },
    ...{ admin, tls: { caPem }, withoutAdmin: ["single-user"] },
    driver: (recorder) => mongoDriver(recorder.wrap("mongodb", connect)),
    createUser: async (user, pwd) => void (await server.command({ createUser: user, pwd, roles: [] })),
    logIn: (username, password) => server.logIn(username, password),
    usersLike: async (prefix) => {
      const { users } = await server.command({ usersInfo: 1 });
      return (users as { user: string }[]).map(({ user }) => user).filter((user) => user.startsWith(prefix));
    },
    newLog: async () => server.newLog(),
    stop: () => server.stop(),
  };
}
