import { strict as assert } from "assert";
import { AddressInfo, createServer, Server } from "net";
import { TlsSettings } from "../../../../components/model/rotation-settings";
import { connectByTedious, sqlServerDriver } from "../../../../rotation-lambdas/drivers/sqlserver";
import { TimeBudget } from "../../../../rotation-lambdas/time-budget";

const encryption = { off: 0, on: 1, none: 2 } as const;
const [preLogin, login7, tabular] = [0x12, 0x10, 0x04];

/** The beginning of the TDS protocol: an answer to PRELOGIN, and an error for the login. */
class TdsServer {
  readonly received: number[] = [];
  private readonly server: Server;

  constructor(encrypt: number, error: number) {
    this.server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", (packet: Buffer) => {
        this.received.push(packet[0]!);
        if (packet[0] === preLogin) socket.write(framed(preLoginAnswer(encrypt)));
        if (packet[0] === login7) socket.end(framed(errorAnswer(error)));
      });
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, "localhost", resolve));
    return (this.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

function framed(payload: Buffer): Buffer {
  const head = Buffer.from([tabular, 1, 0, 0, 0, 0, 1, 0]);
  head.writeUInt16BE(payload.length + head.length, 2);
  return Buffer.concat([head, payload]);
}

function preLoginAnswer(encrypt: number): Buffer {
  return Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, encrypt]);
}

function errorAnswer(number: number): Buffer {
  const text = Buffer.from("Login failed for user 'app' with password secret-1", "utf16le");
  const body = Buffer.alloc(6);
  body.writeUInt32LE(number, 0);
  body.writeUInt8(14, 5);
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length / 2);
  const token = Buffer.concat([body, length, text, Buffer.from([0, 0, 1, 0, 0, 0])]);
  const head = Buffer.from([0xaa, 0, 0]);
  head.writeUInt16LE(token.length, 1);
  return Buffer.concat([head, token, Buffer.from([0xfd, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])]);
}

describe("the client of SQL Server", () => {
  async function attempt(encrypt: number, tls: TlsSettings, error = 18456) {
    const server = new TdsServer(encrypt, error);
    const port = await server.listen();
    const login = { host: "localhost", port, username: "app", password: "secret-1" };
    const failure = await sqlServerDriver(connectByTedious(tls))
      .connect(login, TimeBudget.within(5000))
      .then(
        () => assert.fail("logged in"),
        ({ code, message }: { code: string; message: string }) => ({ code, message }),
      );
    await server.close();
    assert.equal(failure.message.includes("secret-1"), false);
    return [failure.code, server.received.includes(login7)];
  }

  for (const mode of ["verify-full", "require"] as const) {
    for (const answer of ["off", "none"] as const) {
      it(`sends no login when the server's encryption is ${answer}: ${mode}`, async () => {
        assert.deepEqual(await attempt(encryption[answer], { mode }), ["tls", false]);
      });
    }
  }

  it("sends no login to a server that breaks the TLS that it offers", async () => {
    const [code, sent] = await attempt(encryption.on, { mode: "verify-full" });
    assert.deepEqual([["tls", "unreachable", "timeout"].includes(String(code)), sent], [true, false]);
  });

  const numbers: Record<number, string> = {
    18456: "authentication",
    18486: "locked",
    4060: "invalid-secret",
  };
  for (const [number, code] of Object.entries(numbers)) {
    it(`tells error ${number} of a login as ${code}`, async () => {
      assert.deepEqual(await attempt(encryption.none, { mode: "disable" }, Number(number)), [code, true]);
    });
  }

  it("does not offer verify-ca, which it could not keep", async () => {
    assert.deepEqual(await attempt(encryption.on, { mode: "verify-ca" }), ["tls", false]);
  });

  it("tells a port that nobody listens on as unreachable", async () => {
    const session = sqlServerDriver(connectByTedious({ mode: "disable" })).connect(
      { host: "localhost", port: 9, username: "app", password: "secret-1" },
      TimeBudget.within(5000),
    );
    await assert.rejects(session, { code: "unreachable" });
  });
});
