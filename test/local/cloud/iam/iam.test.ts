import { strict as assert } from "assert";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import { BILLING, ORDERS, startCloud, TestCloud } from "../../../support/local-cloud";

const policy = (Action: string | string[], Effect = "Allow") =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource: "*" }] });
const trust = (AWS: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" }],
  });
const ROOT = `arn:aws:iam::${ORDERS}:root`;

describe("iam", () => {
  let cloud: TestCloud;
  let iam: IAM;

  beforeEach(async () => {
    cloud = await startCloud();
    iam = new IAM(cloud.clientConfig(ORDERS));
  });

  afterEach(() => cloud.close());

  const failure = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => assert.fail("it was allowed"),
      (caught: Error & { $metadata: { httpStatusCode: number } }) => caught,
    );
    return [error.$metadata.httpStatusCode, error.name, error.message];
  };
  const newRole = (RoleName: string, principal = ROOT) =>
    iam.createRole({ RoleName, AssumeRolePolicyDocument: trust(principal) });

  it("answers a role as it was created", async () => {
    await iam.createPolicy({ PolicyName: "bound", PolicyDocument: policy("*") });
    await iam.createRole({
      RoleName: "reader",
      Path: "/apps/",
      AssumeRolePolicyDocument: trust(ROOT),
      Description: "reads & <writes>",
      MaxSessionDuration: 7200,
      PermissionsBoundary: `arn:aws:iam::${ORDERS}:policy/bound`,
      Tags: [{ Key: "team", Value: "red" }],
    });
    const { RoleId, CreateDate, ...role } = (await iam.getRole({ RoleName: "Reader" })).Role!;
    assert.match(RoleId!, /^AROA[A-Z2-7]{17}$/);
    assert.ok(Math.abs(CreateDate!.getTime() - Date.now()) < 5000);
    assert.deepEqual(role, {
      Path: "/apps/",
      RoleName: "reader",
      Arn: `arn:aws:iam::${ORDERS}:role/apps/reader`,
      AssumeRolePolicyDocument: encodeURIComponent(trust(ROOT)),
      Description: "reads & <writes>",
      MaxSessionDuration: 7200,
      PermissionsBoundary: {
        PermissionsBoundaryType: "Policy",
        PermissionsBoundaryArn: `arn:aws:iam::${ORDERS}:policy/bound`,
      },
      Tags: [{ Key: "team", Value: "red" }],
      RoleLastUsed: {},
    });
  });

  const errors: readonly [string, () => Promise<unknown>, unknown[]][] = [
    [
      "a role that is not there",
      () => iam.getRole({ RoleName: "none" }),
      [404, "NoSuchEntityException", "The role with name none cannot be found."],
    ],
    [
      "a second role of a name",
      () => newRole("reader"),
      [409, "EntityAlreadyExistsException", "Role with name reader already exists."],
    ],
    [
      "a principal that does not exist",
      () => newRole("other", `arn:aws:iam::${ORDERS}:role/none`),
      [
        400,
        "MalformedPolicyDocumentException",
        `Invalid principal in policy: "AWS":"arn:aws:iam::${ORDERS}:role/none"`,
      ],
    ],
    [
      "an unknown managed policy",
      () => iam.attachRolePolicy({ RoleName: "reader", PolicyArn: `arn:aws:iam::${ORDERS}:policy/none` }),
      [
        404,
        "NoSuchEntityException",
        `Policy arn:aws:iam::${ORDERS}:policy/none does not exist or is not attachable.`,
      ],
    ],
    [
      "an inline policy that is not there",
      () => iam.getRolePolicy({ RoleName: "reader", PolicyName: "none" }),
      [404, "NoSuchEntityException", "The role policy with name none cannot be found."],
    ],
    [
      "too long an inline policy",
      () =>
        iam.putRolePolicy({
          RoleName: "reader",
          PolicyName: "long",
          PolicyDocument: policy(Array.from({ length: 700 }, (_, i) => `iam:Action${i}`)),
        }),
      [409, "LimitExceededException", "Maximum policy size of 10240 bytes exceeded for role reader"],
    ],
    [
      "a name with a space",
      () => iam.getRole({ RoleName: "a b" }),
      [
        400,
        "ValidationError",
        "1 validation error detected: Value 'a b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
      ],
    ],
    [
      "a policy version that is not there",
      () =>
        iam.getPolicyVersion({ PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess", VersionId: "v9" }),
      [
        404,
        "NoSuchEntityException",
        "Policy arn:aws:iam::aws:policy/AdministratorAccess version v9 does not exist or is not attachable.",
      ],
    ],
    [
      "what is not modelled",
      () => iam.createGroup({ GroupName: "team" }),
      [501, "InvalidAction", "iam: CreateGroup is not modelled by the local cloud."],
    ],
  ];
  for (const [name, work, expected] of errors) {
    it(`refuses ${name}`, async () => {
      await newRole("reader");
      assert.deepEqual(await failure(work()), expected);
    });
  }

  it("deletes a role only without policies", async () => {
    await newRole("reader");
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await iam.attachRolePolicy({ RoleName: "reader", PolicyArn });
    await iam.putRolePolicy({ RoleName: "reader", PolicyName: "inline", PolicyDocument: policy("*") });
    const attempt = () => failure(iam.deleteRole({ RoleName: "reader" }));
    assert.deepEqual(await attempt(), [
      409,
      "DeleteConflictException",
      "Cannot delete entity, must detach all policies first.",
    ]);
    await iam.detachRolePolicy({ RoleName: "reader", PolicyArn });
    assert.deepEqual(await attempt(), [
      409,
      "DeleteConflictException",
      "Cannot delete entity, must delete policies first.",
    ]);
    await iam.deleteRolePolicy({ RoleName: "reader", PolicyName: "inline" });
    await iam.deleteRole({ RoleName: "reader" });
    assert.equal((await failure(iam.getRole({ RoleName: "reader" })))[0], 404);
  });

  it("keeps five versions of a managed policy and never deletes the default", async () => {
    const { Policy } = await iam.createPolicy({ PolicyName: "read", PolicyDocument: policy("a:B") });
    const PolicyArn = Policy!.Arn!;
    for (const action of ["a:C", "a:D", "a:E"]) {
      await iam.createPolicyVersion({ PolicyArn, PolicyDocument: policy(action) });
    }
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: policy("a:F"), SetAsDefault: true });
    assert.equal(
      (await failure(iam.createPolicyVersion({ PolicyArn, PolicyDocument: policy("a:G") })))[1],
      "LimitExceededException",
    );
    const { Versions } = await iam.listPolicyVersions({ PolicyArn });
    assert.deepEqual(
      Versions!.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion]),
      [
        ["v5", true],
        ["v4", false],
        ["v3", false],
        ["v2", false],
        ["v1", false],
      ],
    );
    assert.equal(
      (await failure(iam.deletePolicyVersion({ PolicyArn, VersionId: "v5" })))[1],
      "DeleteConflictException",
    );
    assert.equal((await failure(iam.deletePolicy({ PolicyArn })))[1], "DeleteConflictException");
    const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn, VersionId: "v5" });
    assert.equal(decodeURIComponent(PolicyVersion!.Document!), policy("a:F"));
  });

  it("judges a user's key by inline, managed and boundary policies", async () => {
    await iam.createUser({ UserName: "jane" });
    const { AccessKey: key } = await iam.createAccessKey({ UserName: "jane" });
    const jane = new IAM(
      cloud.clientConfig({ accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! }),
    );
    const list = () => jane.listRoles({});
    const because =
      "arn:aws:iam::222222222222:user/jane is not authorized to perform: iam:ListRoles on resource: *";
    const denied = (reason: string) => [403, "AccessDenied", `User: ${because} ${reason}`];
    assert.deepEqual(
      await failure(list()),
      denied("because no identity-based policy allows the iam:ListRoles action"),
    );
    await iam.attachUserPolicy({
      UserName: "jane",
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
    await list();
    await iam.createPolicy({ PolicyName: "bound", PolicyDocument: policy("s3:*") });
    await iam.putUserPermissionsBoundary({
      UserName: "jane",
      PermissionsBoundary: `arn:aws:iam::${ORDERS}:policy/bound`,
    });
    assert.deepEqual(
      await failure(list()),
      denied("because no permissions boundary allows the iam:ListRoles action"),
    );
    await iam.deleteUserPermissionsBoundary({ UserName: "jane" });
    await iam.putUserPolicy({
      UserName: "jane",
      PolicyName: "no",
      PolicyDocument: policy("iam:List*", "Deny"),
    });
    assert.deepEqual(await failure(list()), denied("with an explicit deny in an identity-based policy"));
    await iam.updateAccessKey({ UserName: "jane", AccessKeyId: key!.AccessKeyId!, Status: "Inactive" });
    assert.deepEqual(await failure(list()), [
      403,
      "InvalidClientTokenId",
      "The security token included in the request is invalid.",
    ]);
  });

  it("does not trust a role made anew under the name of one that was trusted", async () => {
    const caller = new IAM(cloud.clientConfig(BILLING));
    const trusted = { RoleName: "caller", AssumeRolePolicyDocument: trust(`arn:aws:iam::${BILLING}:root`) };
    await caller.createRole(trusted);
    await newRole("reader", `arn:aws:iam::${BILLING}:role/caller`);
    const { RoleId } = (await caller.getRole({ RoleName: "caller" })).Role!;
    await caller.deleteRole({ RoleName: "caller" });
    await caller.createRole(trusted);
    const { Role } = await iam.getRole({ RoleName: "reader" });
    assert.equal(decodeURIComponent(Role!.AssumeRolePolicyDocument!), trust(RoleId!));
    const { Credentials: keys } = await new STS(cloud.clientConfig(BILLING)).assumeRole({
      RoleArn: `arn:aws:iam::${BILLING}:role/caller`,
      RoleSessionName: "test",
    });
    const session = {
      accessKeyId: keys!.AccessKeyId!,
      secretAccessKey: keys!.SecretAccessKey!,
      sessionToken: keys!.SessionToken!,
    };
    const RoleArn = `arn:aws:iam::${ORDERS}:role/reader`;
    const attempt = new STS(cloud.clientConfig(session)).assumeRole({ RoleArn, RoleSessionName: "test" });
    assert.equal((await failure(attempt))[1], "AccessDenied");
  });

  it("pages its lists", async () => {
    for (const name of ["a", "b", "c"]) await newRole(name);
    const first = await iam.listRoles({ MaxItems: 2 });
    const second = await iam.listRoles({ MaxItems: 2, Marker: first.Marker });
    assert.deepEqual(
      [first, second].map(({ Roles, IsTruncated }) => [Roles!.map(({ RoleName }) => RoleName), IsTruncated]),
      [
        [["a", "b"], true],
        [["c"], false],
      ],
    );
  });

  it("adds, replaces and removes tags whatever the case of their keys", async () => {
    await newRole("reader");
    await iam.tagRole({
      RoleName: "reader",
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "2" },
      ],
    });
    await iam.tagRole({ RoleName: "reader", Tags: [{ Key: "A", Value: "3" }] });
    await iam.untagRole({ RoleName: "reader", TagKeys: ["B"] });
    assert.deepEqual((await iam.listRoleTags({ RoleName: "reader" })).Tags, [{ Key: "A", Value: "3" }]);
  });
});
