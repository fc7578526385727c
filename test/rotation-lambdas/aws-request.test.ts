import { SignatureV4 } from "@smithy/signature-v4";
import { strict as assert } from "assert";
import { createHash, createHmac } from "crypto";
import { AddressInfo, createServer } from "net";
import {
  AwsRequest,
  requestTimedOut,
  sendAwsRequest,
  signedHeaders,
} from "../../rotation-lambdas/aws-request";

const now = new Date("2026-11-24T05:06:07.089Z");

function request(change: Partial<AwsRequest> = {}): AwsRequest {
  return {
    endpoint: new URL("https://secretsmanager.eu-west-1.amazonaws.com/"),
    service: "secretsmanager",
    region: "eu-west-1",
    target: "secretsmanager.GetSecretValue",
    body: `{"SecretId":"größe"}`,
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret/key+" },
    timeoutMs: 300,
    ...change,
  };
}

/** The hash that the reference signer asks for. */
class Sha256 {
  private readonly hash;
  constructor(key?: any) {
    this.hash = key ? createHmac("sha256", key) : createHash("sha256");
  }
  update(data: any) {
    this.hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.hash.digest());
  }
}

describe("signed AWS requests", () => {
  const cases: Record<string, Partial<AwsRequest>> = {
    "the regional endpoint": {},
    "temporary credentials": {
      credentials: { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "s", sessionToken: "to/ken==" },
    },
    "an endpoint with a port and a path": { endpoint: new URL("http://127.0.0.1:4566/vpce/vpce-0abc") },
    "a path that is escaped": { endpoint: new URL("http://localhost:1/a%20b/(c)") },
  };
  for (const [what, change] of Object.entries(cases)) {
    it(`carry the signature of AWS's own signer: ${what}`, async () => {
      const input = request(change);
      const { authorization, ...headers } = signedHeaders(input, now);
      const { credentials, region, service, endpoint, body } = input;
      const signer = new SignatureV4({
        credentials,
        region,
        service,
        sha256: Sha256 as any,
        applyChecksum: false,
      });
      const { hostname, pathname: path, protocol } = endpoint;
      const expected: any = await signer.sign(
        { method: "POST", protocol, hostname, path, headers: { ...headers }, body } as any,
        { signingDate: now },
      );
      assert.equal(authorization, expected.headers["authorization"]);
    });
  }

  it("end when nothing answers in time", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as AddressInfo;
    const started = Date.now();
    await assert.rejects(sendAwsRequest(request({ endpoint: new URL(`http://127.0.0.1:${port}/`) })), {
      code: requestTimedOut,
    });
    assert.ok(Date.now() - started < 1500);
    silent.close();
  });
});
