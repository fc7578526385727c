import { strict as assert } from "assert";
import { IAM } from "@aws-sdk/client-iam";
import { AssumeRoleCommandInput, STS } from "@aws-sdk/client-sts";
import { BILLING, Credentials, ORDERS, SECRETS, startCloud, TestCloud } from "../../../support/local-cloud";

const trusting = (principal: string, condition?: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: principal },
        Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
        ...(condition && { Condition: condition }),
      },
    ],
  });
const READER = `arn:aws:iam::${ORDERS}:role/apps/reader`;

describe("sts AssumeRole", () => {
  let cloud: TestCloud;
  let iam: IAM;

  beforeEach(async () => {
    cloud = await startCloud();
    iam = new IAM(cloud.clientConfig(ORDERS));
    await iam.createRole({
      RoleName: "reader",
      Path: "/apps/",
      AssumeRolePolicyDocument: trusting(`arn:aws:iam::${BILLING}:root`),
    });
  });

  afterEach(() => cloud.close());

  const sts = (who: string | Credentials = BILLING) => new STS(cloud.clientConfig(who));
  const assume = (changes: Partial<AssumeRoleCommandInput> = {}, who: string | Credentials = BILLING) =>
    sts(who).assumeRole({ RoleArn: READER, RoleSessionName: "test", ...changes });
  const session = async (changes: Partial<AssumeRoleCommandInput> = {}): Promise<Credentials> => {
    const { Credentials: keys } = await assume(changes);
    return {
      accessKeyId: keys!.AccessKeyId!,
      secretAccessKey: keys!.SecretAccessKey!,
      sessionToken: keys!.SessionToken!,
    };
  };
  const failure = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => assert.fail("it was allowed"),
      (caught: Error & { $metadata: { httpStatusCode: number } }) => caught,
    );
    return [error.$metadata.httpStatusCode, error.name, error.message];
  };

  it("gives a session of the role, across accounts, without the role's path in its ARN", async () => {
    const { $metadata: _, ...identity } = await new STS(
      cloud.clientConfig(await session()),
    ).getCallerIdentity({});
    const role = (await iam.getRole({ RoleName: "reader" })).Role!;
    assert.deepEqual(identity, {
      Account: ORDERS,
      Arn: `arn:aws:sts::${ORDERS}:assumed-role/reader/test`,
      UserId: `${role.RoleId}:test`,
    });
  });

  const refusals: readonly [string, Partial<AssumeRoleCommandInput>, string | undefined, unknown[]][] = [
    [
      "a malformed role ARN, before any permission",
      { RoleArn: "arn:aws:iam::1:role/reader" },
      SECRETS,
      [400, "ValidationError", "arn:aws:iam::1:role/reader is invalid"],
    ],
    [
      "a short role ARN",
      { RoleArn: "reader" },
      undefined,
      [
        400,
        "ValidationError",
        "1 validation error detected: Value 'reader' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20",
      ],
    ],
    [
      "a caller the trust policy does not name",
      {},
      SECRETS,
      [
        403,
        "AccessDenied",
        `User: arn:aws:iam::${SECRETS}:user/administrator is not authorized to perform: sts:AssumeRole on resource: ${READER} because no resource-based policy allows the sts:AssumeRole action`,
      ],
    ],
    [
      "a role that does not exist",
      { RoleArn: `arn:aws:iam::${ORDERS}:role/writer` },
      ORDERS,
      [
        403,
        "AccessDenied",
        `User: arn:aws:iam::${ORDERS}:user/administrator is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${ORDERS}:role/writer because no resource-based policy allows the sts:AssumeRole action`,
      ],
    ],
    [
      "more time than the role allows",
      { DurationSeconds: 7200 },
      undefined,
      [
        400,
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
      ],
    ],
    [
      "less than 15 minutes",
      { DurationSeconds: 899 },
      undefined,
      [
        400,
        "ValidationError",
        "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
      ],
    ],
    [
      "tag keys that differ in case only",
      {
        Tags: [
          { Key: "a", Value: "1" },
          { Key: "A", Value: "2" },
        ],
      },
      undefined,
      [
        400,
        "InvalidParameterValue",
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
      ],
    ],
    [
      "a session policy that is none",
      { Policy: "{" },
      undefined,
      [400, "MalformedPolicyDocumentException", undefined],
    ],
  ];
  for (const [name, changes, who, expected] of refusals) {
    it(`refuses ${name}`, async () => {
      const [status, code, message] = await failure(assume(changes, who));
      assert.deepEqual([status, code, expected[2] === undefined ? undefined : message], expected);
    });
  }

  it("asks for the external id that the trust policy names", async () => {
    const PolicyDocument = trusting(`arn:aws:iam::${BILLING}:root`, {
      StringEquals: { "sts:ExternalId": "secret-17" },
    });
    await iam.updateAssumeRolePolicy({ RoleName: "reader", PolicyDocument });
    await assume({ ExternalId: "secret-17" });
    assert.deepEqual((await failure(assume({ ExternalId: "secret-18" })))[1], "AccessDenied");
    assert.deepEqual((await failure(assume()))[1], "AccessDenied");
  });

  it("limits the session to its session policy", async () => {
    await iam.putRolePolicy({
      RoleName: "reader",
      PolicyName: "all",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "iam:*", Resource: "*" }],
      }),
    });
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "iam:GetRole", Resource: "*" }],
    });
    const limited = new IAM(cloud.clientConfig(await session({ Policy })));
    await limited.getRole({ RoleName: "reader" });
    assert.deepEqual(await failure(limited.listRoles({})), [
      403,
      "AccessDenied",
      `User: arn:aws:sts::${ORDERS}:assumed-role/reader/test is not authorized to perform: iam:ListRoles on resource: * because no session policy allows the iam:ListRoles action`,
    ]);
  });

  it("ends with its time", async () => {
    const keys = await session({ DurationSeconds: 900 });
    await cloud.advance(899);
    await sts(keys).getCallerIdentity({});
    await cloud.advance(2);
    assert.deepEqual(await failure(sts(keys).getCallerIdentity({})), [
      403,
      "ExpiredToken",
      "The security token included in the request is expired",
    ]);
  });

  it("carries tags and source identity into the context, transitive ones also into the next role", async () => {
    await iam.createRole({
      RoleName: "second",
      AssumeRolePolicyDocument: trusting(`arn:aws:iam::${ORDERS}:root`, {
        StringEquals: { "aws:PrincipalTag/team": "red", "aws:SourceIdentity": "jane" },
      }),
    });
    await iam.putRolePolicy({
      RoleName: "reader",
      PolicyName: "chain",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:*", Resource: "*" }],
      }),
    });
    const request = {
      SourceIdentity: "jane",
      Tags: [{ Key: "team", Value: "red" }],
      TransitiveTagKeys: ["Team"],
    };
    const first = await session(request);
    const second = { RoleArn: `arn:aws:iam::${ORDERS}:role/second` };
    const answer = await assume(second, first);
    assert.equal(answer.SourceIdentity, "jane");
    assert.deepEqual(
      (await failure(assume({ ...second, Tags: request.Tags }, first)))[1],
      "InvalidParameterValue",
    );
    assert.deepEqual(await failure(assume({ ...second, DurationSeconds: 3601 }, first)), [
      400,
      "ValidationError",
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    ]);
    assert.deepEqual((await failure(assume(second, await session())))[1], "AccessDenied");
  });

  it("answers 501 for what it does not model", async () => {
    assert.deepEqual(await failure(sts().getSessionToken({})), [
      501,
      "InvalidAction",
      "sts: GetSessionToken is not modelled by the local cloud.",
    ]);
  });
});
