import { DatabaseCredential } from "../../components/model/credential";
import {
  RotationSettings,
  RotationStrategyName,
  TlsSettings,
} from "../../components/model/rotation-settings";
import { Driver } from "../../rotation-lambdas/driver";
import { LoginOverlap } from "../../rotation-lambdas/login-overlap";
import { alternatingUsers } from "../../rotation-lambdas/strategies/alternating-users";
import { dualPassword } from "../../rotation-lambdas/strategies/dual-password";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { superuserManaged } from "../../rotation-lambdas/strategies/superuser-managed";
import { Strategy } from "../../rotation-lambdas/strategy";
import { CrashRecorder } from "../crash-recorder";
import { ServerLog } from "./server-log";
import { CaseOptions, Subject, SubjectCase } from "../subject";

/** A running server of one engine, as the proof of any strategy needs it. */
export interface ProofDatabase {
  readonly testedAgainst: string;
  /** `engine`, `host`, `port` and `dbname` of its secrets. */
  readonly place: { readonly engine: string; readonly host: string; readonly port: number };
  readonly admin: { readonly username: string; readonly password: string };
  readonly tls: TlsSettings;
  /** Strategies whose secrets name no administrator, unless they begin without a value. @default none */
  readonly withoutAdmin?: readonly RotationStrategyName[];
  /** A case's user as its secret has it. @default the case's name */
  userOf?(name: string): string;
  /** The driver, whose client's calls go through `recorder`. */
  driver(recorder: CrashRecorder): Driver;
  /** A user with rights of every kind, by statements whose log does not show its password. */
  createUser(username: string, password: string): Promise<void>;
  logIn(username: string, password: string): Promise<boolean>;
  /** Names of the users that are there and begin with `prefix`. */
  usersLike(prefix: string): Promise<readonly string[]>;
  /** How many passwords the server accepts for a user; absent where it is always one. */
  passwordsOf?(username: string): Promise<number>;
  /** What the catalogues say that one may do and the other not, by none of the code under test. */
  rightsDifferences?(usernames: readonly string[]): Promise<readonly string[]>;
  /** What was logged since it was last asked; absent when the server keeps no log. */
  newLog?(): Promise<string>;
  stop(): Promise<void>;
}

type MakeStrategy = (driver: Driver, overlap: LoginOverlap) => Strategy<DatabaseCredential>;

const strategies: Readonly<Record<RotationStrategyName, MakeStrategy>> = {
  "single-user": singleUser,
  "alternating-users": alternatingUsers,
  "dual-password": dualPassword,
  "superuser-managed": superuserManaged,
};

/** A database with one of the strategies. */
export function databaseSubject(
  engine: string,
  strategy: RotationStrategyName,
  start: () => Promise<ProofDatabase>,
  { canSeed = true }: Pick<Subject, "canSeed"> = {},
): Subject {
  const isAlternating = strategy === "alternating-users";
  return {
    engine,
    strategy,
    promise: isAlternating || strategy === "dual-password" ? "current" : "current-or-pending",
    previousWorks: isAlternating,
    canSeed,
    async start() {
      const database = await start();
      const log = new ServerLog(async () => (await database.newLog?.()) ?? "");
      return {
        testedAgainst: database.testedAgainst,
        newCase: (name, options) => newCase(database, log, strategy, name, options),
        stop: () => database.stop(),
      };
    },
  };
}

async function newCase(
  database: ProofDatabase,
  log: ServerLog,
  strategy: RotationStrategyName,
  name: string,
  { secrets, isSeeded, overlapMs = 0 }: CaseOptions,
): Promise<SubjectCase> {
  const { place, admin, tls } = database;
  const since = await log.mark();
  const masterarn = await secrets.create(`${name}/admin`, { ...place, ...admin });
  const user = { username: database.userOf?.(name) ?? name, password: `first-password-of-${name}` };
  const byAdmin = isSeeded || !database.withoutAdmin?.includes(strategy) ? { masterarn } : {};
  const { password: _none, ...seed } = { ...place, ...user, ...byAdmin };
  if (!isSeeded) await database.createUser(user.username, user.password);
  const first = isSeeded ? undefined : { ...place, ...user, ...byAdmin };
  const settings: RotationSettings = { strategy, tls, ...(isSeeded ? { seed } : {}) };
  return {
    secretArn: await secrets.create(`${name}/database`, first),
    settings,
    strategy: (recorder) => strategies[strategy](database.driver(recorder), { overlapMs }),
    logIn: (text) => {
      const { username, password } = JSON.parse(text) as typeof user;
      return database.logIn(username, password);
    },
    orphans: (values) => orphans(database, user.username, values),
    ...(strategy === "alternating-users" && database.rightsDifferences
      ? {
          rightsDifferences: async (values: readonly string[]) =>
            database.rightsDifferences!(usernames(values)),
        }
      : {}),
    serverLog: () => log.since(since),
  };
}

async function orphans(
  database: ProofDatabase,
  name: string,
  values: readonly string[],
): Promise<readonly string[]> {
  const known = usernames(values);
  const there = await database.usersLike(name);
  const mine = there.filter((user) => user === name || user.startsWith(`${name}_clone`));
  const strangers = mine.filter((user) => !known.includes(user)).map((user) => `user ${user}`);
  const passwords = await Promise.all(mine.map(async (user) => (await database.passwordsOf?.(user)) ?? 1));
  const second = mine
    .filter((_user, index) => passwords[index]! > 1)
    .map((user) => `a second password of ${user}`);
  return [...strangers, ...second];
}

function usernames(values: readonly string[]): string[] {
  return [...new Set(values.map((value) => (JSON.parse(value) as { username: string }).username))];
}
