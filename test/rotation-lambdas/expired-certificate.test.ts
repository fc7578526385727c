import { strict as assert } from "assert";
import { createServer, Server } from "tls";
import { makeCertificates } from "../../local/postgres/certificates";
import { activeDirectoryDriver, connectByLdapts, openLdapDriver } from "../../rotation-lambdas/drivers/ldap";
import { connectByMongodb, mongoDriver } from "../../rotation-lambdas/drivers/mongodb";
import { connectByIoredis, redisDriver } from "../../rotation-lambdas/drivers/redis";
import { RotationError } from "../../rotation-lambdas/rotation-error";
import { sendByHttps } from "../../rotation-lambdas/strategies/api-key";
import { connectionError } from "../../rotation-lambdas/strategies/api-key/http";
import { TimeBudget } from "../../rotation-lambdas/time-budget";
import { TlsSettings } from "../../components/model/rotation-settings";

const password = "the-secret-password-1";
const elevenYearsMs = 11 * 365 * 86_400_000;

/** Connects to `localhost` as each function does. */
const connects: Readonly<Record<string, (port: number, tls: TlsSettings) => Promise<unknown>>> = {
  redis: (port, tls) => redisDriver(connectByIoredis(tls)).connect(loginOf(port), budget()),
  openldap: (port, tls) =>
    openLdapDriver(connectByLdapts(tls)).connect(loginOf(port, "cn=app,dc=example"), budget()),
  "active-directory": (port, tls) =>
    activeDirectoryDriver(connectByLdapts(tls), true).connect(loginOf(port), budget()),
  mongodb: (port, tls) => mongoDriver(connectByMongodb(tls)).connect(loginOf(port), budget()),
  "http-api-key": (port, tls) => {
    const url = new URL(`https://localhost:${port}/v1/me`);
    const headers = { authorization: `Bearer ${password}` };
    const call = { purpose: "verify", method: "GET", url, headers, timeoutMs: 5000 } as const;
    return sendByHttps(tls)(call).catch((cause: unknown) => {
      throw connectionError(cause, "verify");
    });
  },
};

const budget = () => TimeBudget.within(8000);
const loginOf = (port: number, username = "app") => ({ host: "localhost", port, username, password });

describe("a server whose certificate has expired", function () {
  this.timeout(20_000);
  let server: Server;
  let port: number;
  let authority: string;
  let received: string;

  before(async () => {
    const made = makeCertificates(new Date(Date.now() - elevenYearsMs));
    authority = made.authority;
    server = createServer({ cert: made.certificate, key: made.key }, (socket) => {
      socket.on("error", () => undefined).on("data", (data) => (received += data.toString("latin1")));
    });
    server.on("tlsClientError", () => undefined);
    await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
    port = (server.address() as { port: number }).port;
  });
  beforeEach(() => void (received = ""));
  after(() => server.close());

  for (const [engine, connect] of Object.entries(connects))
    it(`is refused as tls before anything is sent: ${engine}`, async () => {
      const error = await connect(port, { caPem: authority }).then(
        () => assert.fail("connected"),
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof RotationError, String(error));
      assert.equal(error.code, "tls");
      assert.match(error.message, /CERT_HAS_EXPIRED/);
      assert.equal(error.message.includes(password), false);
      assert.equal(received, "");
    });
});
