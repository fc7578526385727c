import { strict as assert } from "assert";
import * as http from "http";
import { STS } from "@aws-sdk/client-sts";
import { KMS } from "@aws-sdk/client-kms";
import { failureOf } from "../../../../support/failure";
import { MANAGEMENT, ORDERS, startCloud, TestCloud } from "../../../../support/local-cloud";

interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

describe("signature version 4", () => {
  let cloud: TestCloud;

  before(async () => {
    cloud = await startCloud();
  });

  after(() => cloud.close());

  /** A request as the SDK signs it, caught before it is sent. */
  async function signed(): Promise<Sent> {
    const sts = new STS(cloud.clientConfig(ORDERS));
    let caught: Sent | undefined;
    sts.middlewareStack.add(
      (next: any) => (args: any) => {
        const { method, path, headers, body } = args.request;
        caught = { method, path, headers: { ...headers }, body };
        return next(args);
      },
      { step: "finalizeRequest", priority: "low", name: "catchLast" },
    );
    await sts.getCallerIdentity({}).catch(() => undefined);
    return caught!;
  }

  function send({ method, path, headers, body }: Sent): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(cloud.url);
      const request = http.request({ hostname, port, method, path, headers }, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve({ status: response.statusCode!, body: text }));
      });
      request.on("error", reject);
      request.end(body);
    });
  }

  const codeOf = ({ status, body }: Answer) => [
    status,
    /<Code>(.*?)<\/Code>/.exec(body)?.[1],
    /<Message>(.*?)<\/Message>/.exec(body)?.[1]?.replace(/&quot;/g, '"'),
  ];

  it("accepts what the SDK signs", async () => {
    const answer = await send(await signed());
    assert.equal(answer.status, 200);
    assert.match(answer.body, new RegExp(`<Account>${ORDERS}</Account>`));
  });

  const CHANGES: readonly [string, (sent: Sent) => void, unknown[]][] = [
    [
      "a changed body",
      (sent) => {
        sent.body = sent.body.replace("GetCallerIdentity", "GetSessionToken");
        sent.headers["content-length"] = String(sent.body.length);
      },
      [403, "SignatureDoesNotMatch", MISMATCH],
    ],
    [
      "a body changed together with its claimed hash left alone",
      (sent) => {
        sent.body += "&X=1";
        sent.headers["content-length"] = String(sent.body.length);
      },
      [403, "SignatureDoesNotMatch", MISMATCH],
    ],
    [
      "another path",
      (sent) => {
        sent.path = "/other";
      },
      [403, "SignatureDoesNotMatch", MISMATCH],
    ],
    [
      "an endpoint put before the signed path",
      (sent) => {
        sent.path = "/vpce/vpce-0123/";
      },
      [403, "SignatureDoesNotMatch", MISMATCH],
    ],
    [
      "a parameter added to the query",
      (sent) => {
        sent.path = "/?a=b";
      },
      [403, "SignatureDoesNotMatch", MISMATCH],
    ],
    [
      "a changed signed header",
      (sent) => {
        sent.headers["x-amz-user-agent"] = "other";
      },
      [403, "SignatureDoesNotMatch", MISMATCH],
    ],
    [
      "a flipped signature",
      (sent) => {
        sent.headers["authorization"] = sent.headers["authorization"]!.replace(
          /Signature=(.)/,
          (_, digit) => `Signature=${digit === "0" ? "1" : "0"}`,
        );
      },
      [403, "SignatureDoesNotMatch", MISMATCH],
    ],
    [
      "another Region in the scope",
      (sent) => {
        sent.headers["authorization"] = sent.headers["authorization"]!.replace("/eu-west-1/", "/eu-west-2/");
      },
      [403, "SignatureDoesNotMatch", MISMATCH],
    ],
    [
      "another account's key id",
      (sent) => {
        sent.headers["authorization"] = sent.headers["authorization"]!.replace(ORDERS, MANAGEMENT);
      },
      [403, "SignatureDoesNotMatch", MISMATCH],
    ],
    [
      "an unknown key",
      (sent) => {
        sent.headers["authorization"] = sent.headers["authorization"]!.replace(`AKIA${ORDERS}`, "AKIANOBODY");
      },
      [403, "InvalidClientTokenId", "The security token included in the request is invalid."],
    ],
    [
      "a session token with a long-term key",
      (sent) => {
        sent.headers["x-amz-security-token"] = "token";
      },
      [403, "InvalidClientTokenId", "The security token included in the request is invalid."],
    ],
    [
      "no signature",
      (sent) => {
        delete sent.headers["authorization"];
      },
      [403, "MissingAuthenticationToken", "Missing Authentication Token"],
    ],
    [
      "a signature without its headers",
      (sent) => {
        sent.headers["authorization"] = sent.headers["authorization"]!.replace(/SignedHeaders=[^,]*,/, "");
      },
      [400, "IncompleteSignature", "Authorization header requires 'SignedHeaders' parameter."],
    ],
    [
      "a credential without Region",
      (sent) => {
        sent.headers["authorization"] = sent.headers["authorization"]!.replace("/eu-west-1/", "/");
      },
      [
        400,
        "IncompleteSignature",
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term",
      ],
    ],
  ];
  for (const [name, change, expected] of CHANGES) {
    it(`refuses ${name}`, async () => {
      const sent = await signed();
      change(sent);
      assert.deepEqual(codeOf(await send(sent)), expected);
    });
  }

  it("refuses a request of ten minutes ago and one of the future", async () => {
    for (const [offset, words] of [
      [-600_000, /^Signature expired: /],
      [600_000, /^Signature not yet current: /],
    ] as const) {
      const sts = new STS({ ...cloud.clientConfig(ORDERS), systemClockOffset: offset });
      const [status, name, message] = await failureOf(sts.getCallerIdentity({}));
      assert.deepEqual([status, name], [403, "SignatureDoesNotMatch"]);
      assert.match(message, words);
    }
  });

  it("accepts the machine's time also when the cloud's clock is days ahead", async () => {
    await cloud.advance(3 * 86_400);
    await new STS(cloud.clientConfig(ORDERS)).getCallerIdentity({});
  });

  it("answers in awsJson's own codes and statuses", async () => {
    const config = cloud.clientConfig({ accessKeyId: `AKIA${ORDERS}`, secretAccessKey: "wrong" });
    assert.deepEqual(await failureOf(new KMS(config).listKeys({})), [
      400,
      "InvalidSignatureException",
      MISMATCH,
    ]);
    const unknown = cloud.clientConfig({ accessKeyId: "AKIANOBODY", secretAccessKey: "wrong" });
    assert.equal((await failureOf(new KMS(unknown).listKeys({})))[1], "UnrecognizedClientException");
    const headers = { "x-amz-target": "TrentService.ListKeys", "content-type": "application/x-amz-json-1.1" };
    assert.deepEqual(await send({ method: "POST", path: "/", headers, body: "{}" }), {
      status: 400,
      body: JSON.stringify({
        __type: "MissingAuthenticationTokenException",
        message: "Missing Authentication Token",
      }),
    });
  });

  it("answers 501 for services it does not know", async () => {
    const kms = new KMS({
      ...cloud.clientConfig(ORDERS),
      signingRegion: "eu-west-1",
      signingName: "ssm",
    } as never);
    const [status, name] = await failureOf(kms.listKeys({}));
    assert.deepEqual([status, name], [501, "InvalidAction"]);
  });
});
