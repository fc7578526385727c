import { createHash } from "crypto";
import { CallQuery, callQueryByHttps } from "../../rotation-lambdas/aws-query";
import { connectByIoredis, redisDriver } from "../../rotation-lambdas/drivers/redis";
import { elastiCacheUsers } from "../../rotation-lambdas/strategies/elasticache";
import { ElastiCacheFake, startElastiCacheFake } from "../servers/elasticache-fake";
import { CaseOptions, Subject, SubjectCase } from "../subject";

/** Users of ElastiCache, changed by its API. */
export const elastiCacheSubjects: readonly Subject[] = [
  {
    ...{ engine: "elasticache", strategy: "dual-password", promise: "current", canSeed: true },
    async start() {
      const fake = await startElastiCacheFake();
      return {
        testedAgainst: `a fake of ElastiCache's user API before Redis ${fake.redis.version}, over TLS`,
        newCase: (name, options) => newCase(fake, name, options),
        stop: () => fake.stop(),
      };
    },
  },
];

async function newCase(
  fake: ElastiCacheFake,
  username: string,
  { secrets, isSeeded }: CaseOptions,
): Promise<SubjectCase> {
  const password = "first-password-1";
  const user_arn = await fake.addUser(username, password);
  const secretArn = await secrets.create(
    `${username}/user`,
    isSeeded ? undefined : { username, password, user_arn },
  );
  const { host, port, caPem } = fake.redis;
  const tls = { caPem };
  const connect = connectByIoredis(tls);
  const elastiCache = { userArn: user_arn, userName: username, endpoint: { host, port } };
  return {
    secretArn,
    settings: { strategy: "dual-password", tls, elastiCache },
    strategy: (recorder) => {
      const call: CallQuery = (service, action, ...rest) =>
        recorder.wrap(action, callQueryByHttps)(service, action, ...rest);
      const driver = redisDriver(recorder.wrap("redis", connect));
      return elastiCacheUsers({ call, environment: fake.environment, driver, pauseMs: 20 });
    },
    logIn: async (text) => fake.redis.logIn(username, (JSON.parse(text) as { password: string }).password),
    orphans: async (values) => {
      const known = values.map((text) => hashOf((JSON.parse(text) as { password: string }).password));
      const hashes = await fake.hashesOf(username);
      const strangers = isSeeded && values.length < 2 ? [] : hashes.filter((hash) => !known.includes(hash));
      return [
        ...strangers.map(() => "a password that no value holds"),
        ...(hashes.length > 1 && values.length > 0 ? [`${hashes.length} passwords`] : []),
      ];
    },
    serverLog: () => fake.redis.log(),
  };
}

function hashOf(password: string): string {
  return createHash("sha256").update(password).digest("hex");
}
