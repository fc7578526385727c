import { connectByMongodb, mongoDriver } from "../../../../rotation-lambdas/drivers/mongodb";
import { startFerret } from "../../../../rotation-proof/servers/ferretdb";
import { connectsAsAsked } from "../../../support/connection-conformance";

describe("MongoDB", () => {
  connectsAsAsked(
    (tls) => mongoDriver(connectByMongodb(tls)),
    async () => {
      const good = await startFerret();
      const otherHost = await startFerret({ certificate: (made) => made.otherHost });
      const selfSigned = await startFerret({ certificate: (made) => made.selfSigned });
      return { good, otherHost, selfSigned, login: good.admin };
    },
  );
});
