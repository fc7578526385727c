import { databaseHandler } from "../database-handler";
import { connectByIoredis, redisDriver } from "../drivers/redis";

/** Rotates secrets of Redis and Valkey; see `RotationSettings` for the environment variable it reads. */
export const handler = databaseHandler(
  (settings) => redisDriver(connectByIoredis(settings.tls)),
  process.env,
);
