import { connectByIoredis, redisDriver } from "../../rotation-lambdas/drivers/redis";
import { Driver } from "../../rotation-lambdas/driver";
import { dualPassword } from "../../rotation-lambdas/strategies/dual-password";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { superuserManaged } from "../../rotation-lambdas/strategies/superuser-managed";
import { RedisServer, startRedis } from "../servers/redis";
import { CaseOptions, Subject, SubjectCase, SubjectServer } from "../subject";

const strategies = {
  "dual-password": { make: dualPassword, promise: "current" },
  "superuser-managed": { make: superuserManaged, promise: "current-or-pending" },
  "single-user": { make: singleUser, promise: "current-or-pending" },
} as const;

type Name = keyof typeof strategies;

/** Redis and Valkey, by each strategy that their ACL allows. */
export const redisSubjects: readonly Subject[] = (Object.keys(strategies) as Name[]).map((strategy) => ({
  ...{
    engine: "redis",
    strategy,
    promise: strategies[strategy].promise,
    canSeed: strategy !== "single-user",
  },
  start: async () => subjectServer(await startRedis(), strategy),
}));

function subjectServer(server: RedisServer, strategy: Name): SubjectServer {
  return {
    testedAgainst: `Redis ${server.version}, over TLS`,
    newCase: (name, options) => newCase(server, strategy, name, options),
    stop: () => server.stop(),
  };
}

async function newCase(
  server: RedisServer,
  strategy: Name,
  username: string,
  { secrets, isSeeded }: CaseOptions,
): Promise<SubjectCase> {
  const { host, port, admin } = server;
  const masterarn = await secrets.create(`${username}/admin`, { engine: "redis", host, port, ...admin });
  const place = {
    engine: "redis",
    host,
    port,
    username,
    ...(strategy === "single-user" && !isSeeded ? {} : { masterarn }),
  };
  const password = "first-password-1";
  if (!isSeeded) await server.command("ACL", "SETUSER", username, "on", `>${password}`, "~*", "+@all");
  const secretArn = await secrets.create(`${username}/user`, isSeeded ? undefined : { ...place, password });
  const tls = { caPem: server.caPem };
  return {
    secretArn,
    settings: { strategy, tls, ...(isSeeded ? { seed: place } : {}) },
    strategy: (recorder) =>
      strategies[strategy].make(recordedDriver(recorder.wrap("redis", connectByIoredis(tls)))),
    logIn: (text) => logIn(server, text),
    orphans: (values) => orphans(server, username, values),
    serverLog: () => server.log(),
  };
}

function recordedDriver(connect: ReturnType<typeof connectByIoredis>): Driver {
  return redisDriver(connect);
}

async function logIn(server: RedisServer, text: string): Promise<boolean> {
  const { username, password } = JSON.parse(text) as { username: string; password: string };
  return server.logIn(username, password);
}

/** Users of this case and passwords of them that no value holds; the previous value's is gone after a rotation. */
async function orphans(
  server: RedisServer,
  name: string,
  values: readonly string[],
): Promise<readonly string[]> {
  const users = ((await server.command("ACL", "USERS")) as string[]).filter((user) => user.startsWith(name));
  const strangers = users.filter((user) => user !== name).map((user) => `user ${user}`);
  if (!users.includes(name)) return strangers;
  const reply = (await server.command("ACL", "GETUSER", name)) as unknown[];
  const hashes = reply[reply.indexOf("passwords") + 1] as string[];
  const more = hashes.length > 1 ? [`${hashes.length} passwords of ${name} for ${values.length} values`] : [];
  return [...strangers, ...more];
}
