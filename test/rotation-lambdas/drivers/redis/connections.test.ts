import { connectByIoredis, redisDriver } from "../../../../rotation-lambdas/drivers/redis";
import { startRedis } from "../../../../rotation-proof/servers/redis";
import { connectsAsAsked } from "../../../support/connection-conformance";

describe("Redis", () => {
  connectsAsAsked(
    (tls) => redisDriver(connectByIoredis(tls)),
    async () => {
      const good = await startRedis();
      const otherHost = await startRedis({ certificate: (made) => made.otherHost });
      const selfSigned = await startRedis({ certificate: (made) => made.selfSigned });
      return { good, otherHost, selfSigned, login: good.admin };
    },
  );
});
