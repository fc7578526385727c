import { connectByIoredis, redisDriver } from "../../rotation-lambdas/drivers/redis";
import { startRedis } from "../servers/redis";
import { Subject } from "../subject";
import { databaseSubject, ProofDatabase } from "./database-subject";

/** Redis and Valkey, by each strategy that their ACL allows. */
export const redisSubjects: readonly Subject[] = (
  ["dual-password", "superuser-managed", "single-user"] as const
).map((strategy) =>
  databaseSubject("redis", strategy, startProofRedis, { canSeed: strategy !== "single-user" }),
);

async function startProofRedis(): Promise<ProofDatabase> {
  const server = await startRedis();
  const { version, host, port, caPem, admin } = server;
  const connect = connectByIoredis({ caPem });
  const users = async () => (await server.command("ACL", "USERS")) as string[];
  return {
    testedAgainst: `Redis ${version}, over TLS`,
    place: { engine: "redis", host, port },
    ...{ admin, tls: { caPem }, withoutAdmin: ["single-user"] },
    driver: (recorder) => redisDriver(recorder.wrap("redis", connect)),
    createUser: async (username, password) =>
      void (await server.command("ACL", "SETUSER", username, "on", `>${password}`, "~*", "+@all")),
    logIn: (username, password) => server.logIn(username, password),
    usersLike: async (prefix) => (await users()).filter((user) => user.startsWith(prefix)),
    passwordsOf: async (username) => {
      const reply = (await server.command("ACL", "GETUSER", username)) as unknown[];
      return (reply[reply.indexOf("passwords") + 1] as string[]).length;
    },
    newLog: () => server.newLog(),
    stop: () => server.stop(),
  };
}
