import { strict as assert } from "assert";
import { createServer, Server } from "http";
import { AddressInfo } from "net";
import { secretsManagerVersions } from "../../rotation-lambdas/secrets-manager";
import { TimeBudget } from "../../rotation-lambdas/time-budget";
import { SecretVersions } from "../../rotation-lambdas/versions";

type Answer = { status: number; body: object } | "cut" | "silence";

const failure = (type: string, status = 400): Answer => ({
  status,
  body: { __type: type, message: "secret text" },
});
const success = (body: object): Answer => ({ status: 200, body });

describe("the Secrets Manager client", () => {
  let server: Server;
  let answers: Answer[];
  let received: { target: unknown; body: any }[];

  beforeEach(async () => {
    [answers, received] = [[], []];
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      received.push({
        target: request.headers["x-amz-target"],
        body: JSON.parse(Buffer.concat(chunks).toString()),
      });
      const answer = answers.shift() ?? "cut";
      if (answer === "silence") return;
      if (answer === "cut") return void request.socket.destroy();
      response.writeHead(answer.status).end(JSON.stringify(answer.body));
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
  });
  afterEach(() => server.closeAllConnections());

  function client(budgetMs = 5000, change: Record<string, string> = {}): SecretVersions {
    const environment = {
      ...{ AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "s" },
      ...{ AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ...change },
    };
    return secretsManagerVersions(environment, new TimeBudget(Date.now() + budgetMs));
  }

  const put = { secretId: "arn", token: "t", text: "{}" };

  const calls: Record<
    string,
    { call: (versions: SecretVersions) => Promise<unknown>; sent: object; answers: [Answer, unknown][] }
  > = {
    DescribeSecret: {
      call: (versions) => versions.describe("name"),
      sent: { SecretId: "name" },
      answers: [
        [
          success({ ARN: "arn", RotationEnabled: true, VersionIdsToStages: { t: ["AWSPENDING"] } }),
          { arn: "arn", rotationEnabled: true, stages: new Map([["t", ["AWSPENDING"]]]) },
        ],
        [success({ ARN: "arn" }), { arn: "arn", stages: new Map() }],
      ],
    },
    GetSecretValue: {
      call: (versions) => versions.read("arn", { versionId: "t" }),
      sent: { SecretId: "arn", VersionId: "t" },
      answers: [
        [success({ VersionId: "t", SecretString: "text" }), { versionId: "t", text: "text" }],
        [success({ VersionId: "t", SecretBinary: "AAAA" }), { versionId: "t" }],
        [failure("com.amazonaws.secretsmanager#ResourceNotFoundException"), "absent"],
      ],
    },
    PutSecretValue: {
      call: (versions) => versions.putPending({ ...put, rotationToken: "r" }),
      sent: {
        ...{ SecretId: "arn", ClientRequestToken: "t", SecretString: "{}" },
        ...{ VersionStages: ["AWSPENDING"], RotationToken: "r" },
      },
      answers: [
        [success({}), "stored"],
        [failure("ResourceExistsException"), "exists"],
      ],
    },
    UpdateSecretVersionStage: {
      call: (versions) => versions.moveCurrent("arn", "to", "from"),
      sent: {
        SecretId: "arn",
        VersionStage: "AWSCURRENT",
        MoveToVersionId: "to",
        RemoveFromVersionId: "from",
      },
      answers: [
        [success({}), "moved"],
        [failure("InvalidParameterException"), "stale"],
      ],
    },
  };
  for (const [operation, { call, sent, answers: expected }] of Object.entries(calls)) {
    for (const [answer, result] of expected) {
      it(`${operation} answers ${JSON.stringify(result)}`, async () => {
        answers = [answer];
        assert.deepEqual(await call(client()), result);
        assert.deepEqual(received, [{ target: `secretsmanager.${operation}`, body: sent }]);
      });
    }
  }

  it("asks whether it may promote by a call that can change nothing", async () => {
    answers = [failure("InvalidParameterException"), failure("AccessDeniedException")];
    await client().checkMayMove("arn", "t");
    await assert.rejects(client().checkMayMove("arn", "t"), { code: "permission" });
    assert.deepEqual(received[0]?.body, {
      SecretId: "arn",
      VersionStage: "AWSCURRENT",
      RemoveFromVersionId: "t",
    });
  });

  const repeated: Record<string, Answer> = {
    throttling: failure("ThrottlingException"),
    "an error of the service": failure("InternalServiceError", 500),
    "an answer that is no JSON of AWS's": { status: 503, body: [] },
    "a connection that breaks": "cut",
  };
  for (const [what, answer] of Object.entries(repeated)) {
    it(`repeats a call after ${what}, and never takes it for absence`, async () => {
      answers = [answer, answer, success({ VersionId: "t", SecretString: "text" })];
      assert.deepEqual(await client().read("arn", { versionId: "t" }), { versionId: "t", text: "text" });
      answers = [answer, answer, answer, answer, answer];
      await assert.rejects(client(300).read("arn", { versionId: "t" }), {
        name: "RotationError",
        code: "unreachable",
      });
    });
  }

  const final: Record<string, string> = {
    AccessDeniedException: "permission",
    DecryptionFailure: "permission",
    ExpiredTokenException: "permission",
    InvalidRequestException: "conflict",
    SomethingNewException: "unreachable",
  };
  for (const [type, code] of Object.entries(final)) {
    it(`reports ${type} once, as ${code}, without AWS's text`, async () => {
      answers = [failure(type)];
      const message = `Secrets Manager GetSecretValue: ${type}`;
      await assert.rejects(client().read("arn", { versionId: "t" }), {
        name: "RotationError",
        code,
        message,
      });
      assert.equal(received.length, 1);
    });
  }

  it("ends within the budget when nothing answers", async () => {
    answers = ["silence"];
    const started = Date.now();
    await assert.rejects(client(300).describe("arn"), { code: "timeout" });
    assert.ok(Date.now() - started < 1500);
  });

  it("says that there are no credentials", async () => {
    await assert.rejects(client(300, { AWS_ACCESS_KEY_ID: "" }).describe("arn"), { code: "permission" });
    assert.deepEqual(received, []);
  });
});
