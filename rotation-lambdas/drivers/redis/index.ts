export { connectByIoredis, ConnectRedis, RedisClient } from "./client";
export { redisDriver } from "./driver";
