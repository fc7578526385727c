import { strict as assert } from "assert";
import { createServer, Server } from "net";
import { TlsSettings } from "../../components/model/rotation-settings";
import { Driver } from "../../rotation-lambdas/driver";
import { RotationError } from "../../rotation-lambdas/rotation-error";
import { TimeBudget } from "../../rotation-lambdas/time-budget";
import { Unavailable } from "../../rotation-proof/subject";

/** A server with a certificate of its kind. */
export interface TlsServer {
  readonly port: number;
  /** Without TLS. */
  readonly plainPort: number;
  readonly caPem: string;
  stop(): Promise<void>;
}

export interface ConnectionServers {
  readonly good: TlsServer;
  readonly otherHost: TlsServer;
  readonly selfSigned: TlsServer;
  /** Of each server. */
  readonly login: { readonly username: string; readonly password: string };
}

/** What a step's error says: its code, or `accepted`. Fails when it shows one of the secrets. */
export async function codeOf(work: Promise<unknown>, secrets: readonly string[]): Promise<string> {
  try {
    await work;
    return "accepted";
  } catch (error) {
    assert.ok(error instanceof RotationError, `${(error as Error).name}: ${(error as Error).message}`);
    const shown = `${error.message}\n${error.stack}`;
    assert.deepEqual(
      secrets.filter((secret) => shown.includes(secret)),
      [],
    );
    return error.code;
  }
}

/** What every driver must answer when it is refused, misled or left waiting. */
export function connectsAsAsked(
  driverWith: (tls: TlsSettings) => Driver,
  start: () => Promise<ConnectionServers>,
  isPlainAllowed = true,
): void {
  describe("connections", function () {
    this.timeout(30000);
    let servers: ConnectionServers | undefined;
    let silent: Server;
    before(async function () {
      silent = createServer(() => undefined);
      await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
      try {
        servers = await start();
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        console.log(`      skipped: ${error.message}`);
        this.skip();
      }
    });
    after(async () => {
      silent.close();
      if (!servers) return;
      for (const { stop } of [servers.good, servers.otherHost, servers.selfSigned]) await stop();
    });

    type Ask = (all: ConnectionServers) => { tls: TlsSettings; port: number; change?: object };
    const silentPort = () => (silent.address() as { port: number }).port;
    const plain = isPlainAllowed ? "accepted" : "tls";
    const cases: Record<string, readonly [Ask, string]> = {
      "a known authority": [({ good }) => ({ tls: { caPem: good.caPem }, port: good.port }), "accepted"],
      "an unknown authority": [({ good }) => ({ tls: {}, port: good.port }), "tls"],
      "another host's certificate": [
        ({ otherHost }) => ({ tls: { caPem: otherHost.caPem }, port: otherHost.port }),
        "tls",
      ],
      "another host's certificate, which is allowed": [
        ({ otherHost }) => ({ tls: { mode: "verify-ca", caPem: otherHost.caPem }, port: otherHost.port }),
        "accepted",
      ],
      "a self-signed certificate": [
        ({ selfSigned }) => ({ tls: { caPem: selfSigned.caPem }, port: selfSigned.port }),
        "tls",
      ],
      "a self-signed certificate, which is allowed": [
        ({ selfSigned }) => ({ tls: { mode: "require" }, port: selfSigned.port }),
        "accepted",
      ],
      "a server without TLS": [({ good }) => ({ tls: { mode: "require" }, port: good.plainPort }), "tls"],
      "plain text that was asked for": [
        ({ good }) => ({ tls: { mode: "disable" }, port: good.plainPort }),
        plain,
      ],
      "a wrong password": [
        ({ good }) => ({
          tls: { caPem: good.caPem },
          port: good.port,
          change: { password: "wrong-password-1" },
        }),
        "authentication",
      ],
      "an unknown user": [
        ({ good, login }) => ({
          ...{ tls: { caPem: good.caPem }, port: good.port },
          change: { username: login.username.replace(/admin/, "nobody") },
        }),
        "authentication",
      ],
      "a closed port": [() => ({ tls: { mode: "require" }, port: 1 }), "unreachable"],
      "a port that never answers": [
        () => ({ tls: { mode: "disable" }, port: silentPort() }),
        isPlainAllowed ? "timeout" : "tls",
      ],
      "a port that never begins TLS": [() => ({ tls: { mode: "require" }, port: silentPort() }), "tls"],
    };
    for (const [what, [ask, expected]] of Object.entries(cases)) {
      it(`${expected}: ${what}`, async () => {
        const { tls, port, change } = ask(servers!);
        const login = { host: "127.0.0.1", port, ...servers!.login, ...change };
        const isPatient = expected !== "timeout" && !what.includes("never");
        const budget = new TimeBudget(Date.now() + (isPatient ? 20000 : 700));
        const work = driverWith(tls)
          .connect(login, budget)
          .then((session) => session.close());
        assert.equal(await codeOf(work, [servers!.login.password, "wrong-password-1"]), expected);
      });
    }
  });
}
