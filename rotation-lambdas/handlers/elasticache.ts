import { callQueryByHttps } from "../aws-query";
import { connectByIoredis, redisDriver } from "../drivers/redis";
import { elastiCacheUsers } from "../strategies/elasticache";
import { strategyHandler } from "../strategy-handler";

/** Rotates passwords of ElastiCache users; see `RotationSettings` for the environment variable it reads. */
export const handler = strategyHandler(
  {
    section: "elastiCache",
    strategies: ["dual-password"],
    strategy: ({ tls }, refused) => {
      const driver = refused.counting(redisDriver(connectByIoredis(tls)));
      return elastiCacheUsers({ call: callQueryByHttps, environment: process.env, driver });
    },
  },
  process.env,
);
