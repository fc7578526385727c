import { connectByMongodb, mongoDriver } from "../../rotation-lambdas/drivers/mongodb";
import { alternatingUsers } from "../../rotation-lambdas/strategies/alternating-users";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { superuserManaged } from "../../rotation-lambdas/strategies/superuser-managed";
import { FerretServer, startFerret } from "../servers/ferretdb";
import { CaseOptions, Subject, SubjectCase } from "../subject";

const strategies = {
  "single-user": { make: singleUser, promise: "current-or-pending" },
  "alternating-users": { make: alternatingUsers, promise: "current", previousWorks: true },
  "superuser-managed": { make: superuserManaged, promise: "current-or-pending" },
} as const;

type Name = keyof typeof strategies;

/** Users of MongoDB's protocol, by each strategy; FerretDB's have no roles. */
export const mongoSubjects: readonly Subject[] = (Object.keys(strategies) as Name[]).map((strategy) => {
  const { make: _, ...promises } = strategies[strategy];
  return {
    ...{ engine: "mongodb", strategy, ...promises, canSeed: true },
    async start() {
      const server = await startFerret();
      return {
        testedAgainst: `FerretDB ${server.version} (users without roles), over TLS`,
        newCase: (name, options) => newCase(server, strategy, name, options),
        stop: () => server.stop(),
      };
    },
  };
});

async function newCase(
  server: FerretServer,
  strategy: Name,
  username: string,
  { secrets, isSeeded }: CaseOptions,
): Promise<SubjectCase> {
  const { host, port, admin } = server;
  const masterarn = await secrets.create(`${username}/admin`, { engine: "mongo", host, port, ...admin });
  const password = "first-password-1";
  if (!isSeeded) await server.command({ createUser: username, pwd: password, roles: [] });
  const place = {
    engine: "mongo",
    host,
    port,
    username,
    ...(strategy === "single-user" && !isSeeded ? {} : { masterarn }),
  };
  const secretArn = await secrets.create(`${username}/user`, isSeeded ? undefined : { ...place, password });
  const tls = { caPem: server.caPem };
  return {
    secretArn,
    settings: { strategy, tls, ...(isSeeded ? { seed: place } : {}) },
    strategy: (recorder) =>
      strategies[strategy].make(mongoDriver(recorder.wrap("mongodb", connectByMongodb(tls)))),
    logIn: async (text) => {
      const login = JSON.parse(text) as { username: string; password: string };
      return server.logIn(login.username, login.password);
    },
    orphans: (values) => orphans(server, username, values),
  };
}

/** Users of this case that no value names. */
async function orphans(
  server: FerretServer,
  name: string,
  values: readonly string[],
): Promise<readonly string[]> {
  const { users } = await server.command({ usersInfo: 1 });
  const known = values.map((text) => (JSON.parse(text) as { username: string }).username);
  const own = (users as { user: string }[]).filter(
    ({ user }) => user === name || user.startsWith(`${name}_clone`),
  );
  return own.filter(({ user }) => !known.includes(user)).map(({ user }) => `user ${user}`);
}
