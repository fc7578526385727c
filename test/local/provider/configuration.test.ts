import { strict as assert } from "assert";
import { FakeAws, startFakeAws } from "./fake-aws";
import { ProviderSession, startSession } from "./provider-session";
import { UNKNOWN } from "./wire-values";

const session1 = (n: number) => ({
  Credentials: {
    AccessKeyId: `ASIA${n}`,
    SecretAccessKey: "s",
    SessionToken: "t",
    Expiration: "2099-01-01T00:00:00Z",
  },
});

describe("Configure", () => {
  let aws: FakeAws;
  let session: ProviderSession;

  beforeEach(async () => {
    aws = await startFakeAws();
    aws.answers["GetCallerIdentity"] = { Account: "222222222222", Arn: "arn", UserId: "u" };
    session = await startSession({
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: "AKIATEST",
      AWS_SECRET_ACCESS_KEY: "secret",
    });
  });
  afterEach(async () => {
    session.stop();
    await aws.close();
    delete process.env["AWS_ENDPOINT_URL"];
  });

  it("checks the credentials, as the account they are for", async () => {
    await session.configure({ region: "eu-west-1" });
    assert.deepEqual(
      aws.calls.map(({ operation, accessKeyId }) => [operation, accessKeyId]),
      [["GetCallerIdentity", "AKIATEST"]],
    );
  });

  it("takes each role in turn, once for every client", async () => {
    let count = 0;
    aws.answers["AssumeRole"] = () => session1((count += 1));
    aws.answers["CreateKey"] = { error: "Stop", message: "here" };
    await session.configure({
      region: "eu-west-1",
      assumeRoles: JSON.stringify([
        { roleArn: "arn:hub" },
        { roleArn: "arn:spoke", sessionName: "deploy", externalId: "x" },
      ]),
    });
    await assert.rejects(session.create("aws:kms/key:Key", {}));
    assert.deepEqual(
      aws.calls.map(({ operation, accessKeyId, input }) => [
        operation,
        accessKeyId,
        input["RoleArn"],
        input["RoleSessionName"],
      ]),
      [
        ["AssumeRole", "AKIATEST", "arn:hub", "pulumi-local-provider"],
        ["AssumeRole", "ASIA1", "arn:spoke", "deploy"],
        ["GetCallerIdentity", "ASIA2", undefined, undefined],
        ["CreateKey", "ASIA2", undefined, undefined],
      ],
    );
  });

  it("refuses another account than the allowed ones", async () => {
    await assert.rejects(
      session.configure({ region: "eu-west-1", allowedAccountIds: '["111111111111"]' }),
      /configuring the AWS provider: AWS account ID not allowed: 222222222222/,
    );
  });

  it("accepts an allowed account", async () => {
    await session.configure({ region: "eu-west-1", allowedAccountIds: '["222222222222"]' });
  });

  it("refuses to be without a Region", async () => {
    const { AWS_REGION, AWS_DEFAULT_REGION, ...rest } = process.env;
    process.env = rest;
    try {
      await assert.rejects(session.configure({}), /needs a Region/);
    } finally {
      Object.assign(process.env, {
        ...(AWS_REGION && { AWS_REGION }),
        ...(AWS_DEFAULT_REGION && { AWS_DEFAULT_REGION }),
      });
    }
  });

  it("sends a service to its own endpoint", async () => {
    const other = await startFakeAws();
    other.answers["CreateKey"] = { error: "Stop", message: "here" };
    await session.configure({ region: "eu-west-1", endpoints: JSON.stringify([{ kms: other.url }]) });
    await assert.rejects(session.create("aws:kms/key:Key", {}), /Stop: here/);
    await other.close();
  });

  it("refuses work before it", async () => {
    await assert.rejects(session.create("aws:kms/key:Key", {}), /not configured yet/);
  });
});

describe("Invoke", () => {
  let aws: FakeAws;
  let session: ProviderSession;

  before(async () => {
    aws = await startFakeAws();
    aws.answers["GetCallerIdentity"] = { Account: "222222222222", Arn: "arn:me", UserId: "u" };
    session = await startSession({
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: "AKIATEST",
      AWS_SECRET_ACCESS_KEY: "secret",
    });
    await session.configure({ region: "eu-west-1" });
  });
  after(async () => {
    session.stop();
    await aws.close();
    delete process.env["AWS_ENDPOINT_URL"];
  });

  const cases: { token: string; args: Record<string, unknown>; expected: Record<string, unknown> }[] = [
    {
      token: "aws:index/getCallerIdentity:getCallerIdentity",
      args: {},
      expected: { accountId: "222222222222", arn: "arn:me", userId: "u", id: "222222222222" },
    },
    {
      token: "aws:index/getRegion:getRegion",
      args: {},
      expected: {
        id: "eu-west-1",
        name: "eu-west-1",
        region: "eu-west-1",
        description: "eu-west-1",
        endpoint: "ec2.eu-west-1.amazonaws.com",
      },
    },
    {
      token: "aws:index/getPartition:getPartition",
      args: {},
      expected: {
        id: "aws",
        partition: "aws",
        dnsSuffix: "amazonaws.com",
        reverseDnsPrefix: "com.amazonaws",
      },
    },
  ];
  for (const { token, args, expected } of cases) {
    it(token, async () => {
      assert.deepEqual(await session.invoke(token, args), expected);
    });
  }

  it("aws:iam/getPolicyDocument:getPolicyDocument", async () => {
    const statements = [
      {
        sid: "Read",
        actions: ["secretsmanager:GetSecretValue"],
        resources: ["*"],
        principals: [{ type: "AWS", identifiers: ["arn:aws:iam::1:root", "arn:aws:iam::2:root"] }],
        conditions: [{ test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o-1"] }],
      },
    ];
    const { json, minifiedJson } = await session.invoke("aws:iam/getPolicyDocument:getPolicyDocument", {
      statements,
    });
    assert.equal(json, JSON.stringify(JSON.parse(minifiedJson as string), null, 2));
    assert.deepEqual(JSON.parse(minifiedJson as string), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Read",
          Effect: "Allow",
          Principal: { AWS: ["arn:aws:iam::1:root", "arn:aws:iam::2:root"] },
          Action: "secretsmanager:GetSecretValue",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
        },
      ],
    });
  });

  it("keeps what is not known yet out of AWS", async () => {
    const { outputs } = await session.create("aws:kms/key:Key", { policy: UNKNOWN }, true);
    assert.equal(outputs["policy"], UNKNOWN);
  });
});
