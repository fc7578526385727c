import { strict as assert } from "assert";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { Lambda } from "@aws-sdk/client-lambda";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { STS } from "@aws-sdk/client-sts";
import { AccessWorld, NamedPrincipal, proveAccess } from "../../../iam/proof";
import { Statement } from "../../../iam";
import { services } from "../../../local/cloud/services";
import { Credentials, SECRETS, startCloud, TestCloud } from "../../support/local-cloud";
import { zip } from "../../local/cloud/lambda/rig";
import { allow, attached, deny, document } from "../worlds";
import { role, secret, user, whoText, world } from "./access-worlds";

const VALUE = "the value";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const ACTOR = `arn:aws:iam::${SECRETS}:user/x`;
const READER = `arn:aws:iam::${SECRETS}:role/reader`;
const IDLE = `arn:aws:iam::${SECRETS}:role/idle`;
const USER = `arn:aws:iam::${SECRETS}:user/u`;
const POLICY = `arn:aws:iam::${SECRETS}:policy/common`;
const BOUNDARY = `arn:aws:iam::${SECRETS}:policy/bounds`;
const MADE = `arn:aws:iam::${SECRETS}:role/made-role`;
const MADE_USER = `arn:aws:iam::${SECRETS}:user/made-user`;
const FUNCTION = `arn:aws:lambda:eu-west-1:${SECRETS}:function:rotate`;
const everything = JSON.stringify(document(allow()));
const nothing = document(allow({ Action: "s3:ListAllMyBuckets" }));
const bounds = attached("boundary", allow({ Action: "s3:ListAllMyBuckets" }));
/** Gives the credentials it runs with to whoever invokes it. */
const LEAK =
  "exports.handler = async () => ({ accessKeyId: process.env.AWS_ACCESS_KEY_ID, " +
  "secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY, sessionToken: process.env.AWS_SESSION_TOKEN });";
const HARMLESS = "exports.handler = async () => 0;";

/** A cloud with one secret under a key of its own, and what the proof is told of them. */
interface Estate {
  readonly cloud: TestCloud;
  readonly admin: Clients;
  readonly secretArn: string;
  readonly keyArn: string;
  readonly given: Partial<AccessWorld>;
}

/** Clients of somebody. */
interface Clients {
  readonly who: string | Credentials;
  readonly iam: IAM;
  readonly kms: KMS;
  readonly lambda: Lambda;
  readonly secrets: SecretsManager;
  readonly sts: STS;
}

interface Case {
  readonly by: string;
  /** Statements without which the actor cannot, given the estate. */
  readonly may: (estate: Estate) => readonly Statement[];
  /** Makes what the path leads over, and tells the proof of it. */
  readonly setUp: (estate: Estate) => Promise<Partial<AccessWorld>>;
  /** What the actor can do anyway. */
  readonly has?: (estate: Estate) => readonly Statement[];
  readonly leadsTo: string;
  /** Goes the way as the actor. @returns who reads afterwards */
  readonly go: (actor: Clients, estate: Estate) => Promise<string | Credentials>;
}

const trusting = (Principal: Statement["Principal"]) =>
  document({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });
const byAccount = trusting({ AWS: `arn:aws:iam::${SECRETS}:root` });
const byLambda = trusting({ Service: "lambda.amazonaws.com" });

const reads = ({ secretArn, keyArn }: Estate) => [
  allow({ Action: "secretsmanager:GetSecretValue", Resource: secretArn }),
  allow({ Action: "kms:Decrypt", Resource: keyArn }),
];

function clientsOf(cloud: TestCloud, who: string | Credentials): Clients {
  const config = cloud.clientConfig(who);
  return {
    who,
    iam: new IAM(config),
    kms: new KMS(config),
    lambda: new Lambda(config),
    secrets: new SecretsManager(config),
    sts: new STS(config),
  };
}

/** A role in the cloud and in the world. */
async function makeRole(
  { admin }: Estate,
  name: string,
  trust: object,
  statements: readonly Statement[],
): Promise<NamedPrincipal> {
  await admin.iam.createRole({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) });
  if (statements.length > 0) {
    const PolicyDocument = JSON.stringify(document(...statements));
    await admin.iam.putRolePolicy({ RoleName: name, PolicyName: "own", PolicyDocument });
  }
  const [statement] = [(trust as { Statement: readonly Statement[] }).Statement].flat();
  return role(name, {
    accountId: SECRETS,
    trust: attached("trust policy", statement!),
    identity: statements.length > 0 ? [attached("inline policy", ...statements)] : [],
  });
}

async function makeUser({ admin }: Estate, name: string, statements: readonly Statement[]) {
  await admin.iam.createUser({ UserName: name }).catch((error: Error) => {
    if (error.name !== "EntityAlreadyExistsException") throw error;
  });
  const { AccessKey: key } = await admin.iam.createAccessKey({ UserName: name });
  if (statements.length > 0) {
    const PolicyDocument = JSON.stringify(document(...statements));
    await admin.iam.putUserPolicy({ UserName: name, PolicyName: "own", PolicyDocument });
  }
  const principal = user(name, {
    accountId: SECRETS,
    identity: statements.length > 0 ? [attached("inline policy", ...statements)] : [],
  });
  const credentials = { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! };
  return { principal, credentials };
}

async function sessionOf({ sts }: Clients, arn: string): Promise<Credentials> {
  const { Credentials: given } = await sts.assumeRole({ RoleArn: arn, RoleSessionName: "test" });
  return {
    accessKeyId: given!.AccessKeyId!,
    secretAccessKey: given!.SecretAccessKey!,
    sessionToken: given!.SessionToken!,
  };
}

async function invoked({ admin }: Estate, name: string): Promise<Credentials> {
  const { Payload: payload } = await admin.lambda.invoke({ FunctionName: name });
  return JSON.parse(Buffer.from(payload!).toString()) as Credentials;
}

const idleRole = async (estate: Estate, more: Partial<NamedPrincipal> = {}) => ({
  principals: [{ ...(await makeRole(estate, "idle", byAccount, [])), ...more }],
});
const readingRole = async (estate: Estate, trust: object, more: Partial<NamedPrincipal> = {}) => ({
  principals: [{ ...(await makeRole(estate, "reader", trust, reads(estate))), ...more }],
});
const asIdle = (_: Clients, { admin }: Estate) => sessionOf(admin, IDLE);
const asReader = (_: Clients, { admin }: Estate) => sessionOf(admin, READER);
const one = (Action: string, Resource: string) => () => [allow({ Action, Resource })];

async function makePolicy({ admin }: Estate, name: string): Promise<void> {
  await admin.iam.createPolicy({ PolicyName: name, PolicyDocument: JSON.stringify(nothing) });
}

async function boundedReader(estate: Estate): Promise<Partial<AccessWorld>> {
  await makePolicy(estate, "bounds");
  const made = await readingRole(estate, byAccount, { boundary: bounds, boundaryArn: BOUNDARY });
  await estate.admin.iam.putRolePermissionsBoundary({ RoleName: "reader", PermissionsBoundary: BOUNDARY });
  return made;
}

const newVersion = (arn: string) => ({
  PolicyArn: arn,
  PolicyDocument: everything,
  SetAsDefault: true,
});

const cases: readonly Case[] = [
  {
    by: "sts:AssumeRole",
    may: one("sts:AssumeRole", READER),
    setUp: (estate) => readingRole(estate, byAccount),
    leadsTo: READER,
    go: (actor) => sessionOf(actor, READER),
  },
  {
    by: "iam:UpdateAssumeRolePolicy",
    may: one("iam:UpdateAssumeRolePolicy", READER),
    setUp: (estate) => readingRole(estate, byLambda),
    leadsTo: READER,
    async go(actor) {
      const trust = JSON.stringify(trusting({ AWS: ACTOR }));
      await actor.iam.updateAssumeRolePolicy({ RoleName: "reader", PolicyDocument: trust });
      return sessionOf(actor, READER);
    },
  },
  {
    by: "iam:PutRolePolicy",
    may: one("iam:PutRolePolicy", IDLE),
    setUp: idleRole,
    leadsTo: IDLE,
    async go(actor, estate) {
      await actor.iam.putRolePolicy({ RoleName: "idle", PolicyName: "p", PolicyDocument: everything });
      return asIdle(actor, estate);
    },
  },
  {
    by: "iam:AttachRolePolicy",
    may: one("iam:AttachRolePolicy", IDLE),
    setUp: idleRole,
    leadsTo: IDLE,
    async go(actor, estate) {
      await actor.iam.attachRolePolicy({ RoleName: "idle", PolicyArn: ADMINISTRATOR });
      return asIdle(actor, estate);
    },
  },
  {
    by: "iam:CreatePolicyVersion",
    may: one("iam:CreatePolicyVersion", POLICY),
    async setUp(estate) {
      await makePolicy(estate, "common");
      const made = await idleRole(estate, { managedPolicies: [POLICY] });
      await estate.admin.iam.attachRolePolicy({ RoleName: "idle", PolicyArn: POLICY });
      return made;
    },
    leadsTo: IDLE,
    async go(actor, estate) {
      await actor.iam.createPolicyVersion(newVersion(POLICY));
      return asIdle(actor, estate);
    },
  },
  {
    by: "iam:DeleteRolePermissionsBoundary",
    may: one("iam:DeleteRolePermissionsBoundary", READER),
    setUp: boundedReader,
    leadsTo: READER,
    async go(actor, estate) {
      await actor.iam.deleteRolePermissionsBoundary({ RoleName: "reader" });
      return asReader(actor, estate);
    },
  },
  {
    by: "iam:PutRolePermissionsBoundary",
    may: one("iam:PutRolePermissionsBoundary", READER),
    setUp: boundedReader,
    leadsTo: READER,
    async go(actor, estate) {
      await actor.iam.putRolePermissionsBoundary({ RoleName: "reader", PermissionsBoundary: ADMINISTRATOR });
      return asReader(actor, estate);
    },
  },
  {
    by: "iam:CreatePolicyVersion",
    may: one("iam:CreatePolicyVersion", BOUNDARY),
    setUp: boundedReader,
    leadsTo: READER,
    async go(actor, estate) {
      await actor.iam.createPolicyVersion(newVersion(BOUNDARY));
      return asReader(actor, estate);
    },
  },
  {
    by: "iam:PutUserPolicy",
    may: one("iam:PutUserPolicy", ACTOR),
    setUp: () => Promise.resolve({}),
    leadsTo: ACTOR,
    async go(actor) {
      await actor.iam.putUserPolicy({ UserName: "x", PolicyName: "p", PolicyDocument: everything });
      return actor.who;
    },
  },
  {
    by: "iam:AttachUserPolicy",
    may: one("iam:AttachUserPolicy", ACTOR),
    setUp: () => Promise.resolve({}),
    leadsTo: ACTOR,
    async go(actor) {
      await actor.iam.attachUserPolicy({ UserName: "x", PolicyArn: ADMINISTRATOR });
      return actor.who;
    },
  },
  {
    by: "iam:CreateRole and iam:PutRolePolicy",
    may: one("iam:CreateRole", MADE),
    has: one("iam:PutRolePolicy", MADE),
    setUp: () => Promise.resolve({}),
    leadsTo: MADE,
    async go(actor) {
      const trust = JSON.stringify(trusting({ AWS: ACTOR }));
      await actor.iam.createRole({ RoleName: "made-role", AssumeRolePolicyDocument: trust });
      await actor.iam.putRolePolicy({ RoleName: "made-role", PolicyName: "p", PolicyDocument: everything });
      return sessionOf(actor, MADE);
    },
  },
  {
    by: "iam:CreateUser and iam:AttachUserPolicy and iam:CreateAccessKey",
    may: one("iam:CreateUser", MADE_USER),
    has: () => [allow({ Action: ["iam:AttachUserPolicy", "iam:CreateAccessKey"], Resource: MADE_USER })],
    setUp: () => Promise.resolve({}),
    leadsTo: MADE_USER,
    async go(actor) {
      await actor.iam.createUser({ UserName: "made-user" });
      await actor.iam.attachUserPolicy({ UserName: "made-user", PolicyArn: ADMINISTRATOR });
      const { AccessKey: key } = await actor.iam.createAccessKey({ UserName: "made-user" });
      return { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! };
    },
  },
  {
    by: "iam:CreateAccessKey",
    may: one("iam:CreateAccessKey", USER),
    setUp: async (estate) => ({ principals: [(await makeUser(estate, "u", reads(estate))).principal] }),
    leadsTo: USER,
    async go(actor) {
      const { AccessKey: key } = await actor.iam.createAccessKey({ UserName: "u" });
      return { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! };
    },
  },
  {
    by: `lambda:UpdateFunctionCode on ${FUNCTION}`,
    may: one("lambda:UpdateFunctionCode", FUNCTION),
    async setUp(estate) {
      const made = await readingRole(estate, byLambda);
      await estate.admin.lambda.createFunction({
        FunctionName: "rotate",
        Role: READER,
        Code: { ZipFile: zip({ "index.js": HARMLESS }) },
        Handler: "index.handler",
        Runtime: "nodejs22.x",
      });
      return { ...made, functions: [{ arn: FUNCTION, accountId: SECRETS, roleArn: READER }] };
    },
    leadsTo: READER,
    async go(actor, estate) {
      await actor.lambda.updateFunctionCode({ FunctionName: "rotate", ZipFile: zip({ "index.js": LEAK }) });
      return invoked(estate, "rotate");
    },
  },
  {
    by: "iam:PassRole and lambda:CreateFunction",
    may: one("iam:PassRole", READER),
    has: one("lambda:CreateFunction", "*"),
    setUp: (estate) => readingRole(estate, byLambda),
    leadsTo: READER,
    async go(actor, estate) {
      await actor.lambda.createFunction({
        FunctionName: "mine",
        Role: READER,
        Code: { ZipFile: zip({ "index.js": LEAK }) },
        Handler: "index.handler",
        Runtime: "nodejs22.x",
      });
      return invoked(estate, "mine");
    },
  },
  {
    by: "secretsmanager:PutResourcePolicy",
    may: ({ secretArn }) => [allow({ Action: "secretsmanager:PutResourcePolicy", Resource: secretArn })],
    has: ({ keyArn }) => [allow({ Action: "kms:Decrypt", Resource: keyArn })],
    setUp: () => Promise.resolve({}),
    leadsTo: ACTOR,
    async go(actor, { secretArn }) {
      const policy = document(allow({ Principal: { AWS: ACTOR }, Action: "secretsmanager:GetSecretValue" }));
      await actor.secrets.putResourcePolicy({ SecretId: secretArn, ResourcePolicy: JSON.stringify(policy) });
      return actor.who;
    },
  },
  {
    by: "secretsmanager:DeleteResourcePolicy",
    may: ({ secretArn }) => [allow({ Action: "secretsmanager:DeleteResourcePolicy", Resource: secretArn })],
    has: reads,
    async setUp({ admin, secretArn, keyArn }) {
      const denial = deny({
        Principal: { AWS: ACTOR },
        Action: "secretsmanager:GetSecretValue",
      });
      // The policy can name nobody who is not there.
      await admin.iam.createUser({ UserName: "x" });
      const ResourcePolicy = JSON.stringify(document(denial));
      await admin.secrets.putResourcePolicy({ SecretId: secretArn, ResourcePolicy });
      return { secrets: [secret([denial], { arn: secretArn, key: keyArn })] };
    },
    leadsTo: ACTOR,
    async go(actor, { secretArn }) {
      await actor.secrets.deleteResourcePolicy({ SecretId: secretArn });
      return actor.who;
    },
  },
  {
    by: "secretsmanager:UpdateSecret",
    may: ({ secretArn }) => [allow({ Action: "secretsmanager:UpdateSecret", Resource: secretArn })],
    has: () => [allow({ Action: ["kms:GenerateDataKey", "kms:Encrypt", "kms:Decrypt"] })],
    async setUp(estate) {
      const { admin, given, secretArn } = estate;
      const { KeyMetadata: made } = await admin.kms.createKey({});
      const arn = made!.Arn!;
      await admin.kms.createAlias({ AliasName: "alias/other", TargetKeyId: arn });
      const reader = await makeRole(estate, "reader", byAccount, [
        allow({ Action: "secretsmanager:GetSecretValue", Resource: secretArn }),
        allow({ Action: "kms:Decrypt", Resource: arn }),
      ]);
      return { principals: [reader], keys: [...given.keys!, { ...given.keys![0]!, arn }] };
    },
    leadsTo: READER,
    async go(actor, { admin, secretArn }) {
      const { KeyMetadata: other } = await admin.kms.describeKey({ KeyId: "alias/other" });
      await actor.secrets.updateSecret({ SecretId: secretArn, KmsKeyId: other!.Arn! });
      return sessionOf(admin, READER);
    },
  },
  {
    by: "kms:PutKeyPolicy",
    may: ({ keyArn }) => [allow({ Action: "kms:PutKeyPolicy", Resource: keyArn })],
    has: ({ secretArn }) => [allow({ Action: "secretsmanager:GetSecretValue", Resource: secretArn })],
    setUp: () => Promise.resolve({}),
    leadsTo: ACTOR,
    async go(actor, { keyArn }) {
      const policy = document(allow({ Principal: { AWS: ACTOR }, Action: "kms:*" }));
      await actor.kms.putKeyPolicy({ KeyId: keyArn, Policy: JSON.stringify(policy) });
      return actor.who;
    },
  },
  {
    by: "kms:CreateGrant",
    may: ({ keyArn }) => [allow({ Action: "kms:CreateGrant", Resource: keyArn })],
    has: ({ secretArn }) => [allow({ Action: "secretsmanager:GetSecretValue", Resource: secretArn })],
    setUp: () => Promise.resolve({}),
    leadsTo: ACTOR,
    async go(actor, { keyArn }) {
      await actor.kms.createGrant({ KeyId: keyArn, GranteePrincipal: ACTOR, Operations: ["Decrypt"] });
      return actor.who;
    },
  },
];

/** Kinds of path that nobody can go in the local cloud, by an operation that it does not have. */
const notModelled: readonly (readonly [kind: string, operation: string])[] = [
  ["iam:PutGroupPolicy", "PutGroupPolicy"],
  ["iam:AttachGroupPolicy", "AttachGroupPolicy"],
  ["iam:AddUserToGroup", "AddUserToGroup"],
  ["iam:CreateLoginProfile", "CreateLoginProfile"],
  ["iam:UpdateLoginProfile", "UpdateLoginProfile"],
  ["lambda:UpdateFunctionConfiguration with a layer", "PublishLayerVersion"],
  ["sts:AssumeRoleWithWebIdentity", "AssumeRoleWithWebIdentity"],
  ["sts:AssumeRoleWithSAML", "AssumeRoleWithSAML"],
  ["iam:PassRole to EC2", "RunInstances"],
  ["iam:PassRole to Auto Scaling", "CreateAutoScalingGroup"],
  ["iam:PassRole to ECS", "RunTask"],
  ["iam:PassRole to Glue", "StartJobRun"],
  ["iam:PassRole to CodeBuild", "StartBuild"],
  ["iam:PassRole to CloudFormation", "CreateStack"],
  ["iam:PassRole to Step Functions", "StartExecution"],
];

async function makeEstate(): Promise<Estate> {
  const cloud = await startCloud();
  const admin = clientsOf(cloud, SECRETS);
  const { KeyMetadata: key } = await admin.kms.createKey({});
  const keyArn = key!.Arn!;
  const made = await admin.secrets.createSecret({
    Name: "orders/database",
    SecretString: VALUE,
    KmsKeyId: keyArn,
  });
  const delegating = attached(
    "key policy",
    allow({ Principal: { AWS: `arn:aws:iam::${SECRETS}:root` }, Action: "kms:*" }),
  );
  return {
    cloud,
    admin,
    secretArn: made.ARN!,
    keyArn,
    given: {
      secrets: [secret([], { arn: made.ARN!, key: keyArn })],
      keys: [{ arn: keyArn, accountId: SECRETS, policy: delegating, grants: [], aliases: [], tags: {} }],
    },
  };
}

/** Paths of the actor's, and where they lead. */
function pathsOf(given: Partial<AccessWorld>): readonly string[] {
  return proveAccess(world(given))
    .secret("orders/database")
    .indirect.filter(({ who }) => who.kind === "principal" && who.arn === ACTOR)
    .map(({ path, reader }) => `${path.map(({ by }) => by).join(", ")} -> ${whoText(reader)}`);
}

describe("a path to a reader, gone in the local cloud", function () {
  this.timeout(30_000);
  for (const { by, may, has, setUp, leadsTo, go } of cases) {
    it(`${by}: reads with the permission, and not without`, async () => {
      const estate = await makeEstate();
      try {
        const needed = may(estate);
        const base = [allow({ Action: "s3:ListAllMyBuckets" }), ...(has?.(estate) ?? [])];
        const { principals = [], ...made } = await setUp(estate);
        const { principal, credentials } = await makeUser(estate, "x", base);
        const actor = clientsOf(estate.cloud, credentials);
        const worldOf = (identity: readonly Statement[]) => ({
          ...estate.given,
          ...made,
          principals: [...principals, { ...principal, identity: [attached("own", ...identity)] }],
        });
        assert.deepEqual(pathsOf(worldOf(base)), []);
        await assert.rejects(go(actor, estate), { name: /AccessDenied/ });

        const PolicyDocument = JSON.stringify(document(...base, ...needed));
        await estate.admin.iam.putUserPolicy({ UserName: "x", PolicyName: "own", PolicyDocument });
        const expected = `${by} -> ${leadsTo.slice(leadsTo.indexOf("::") + 2)}`;
        assert.deepEqual(pathsOf(worldOf([...base, ...needed])), [expected]);
        const direct = actor.secrets.getSecretValue({ SecretId: estate.secretArn });
        await assert.rejects(direct, { name: /AccessDenied/ });
        const reader = clientsOf(estate.cloud, await go(actor, estate));
        const read = await reader.secrets.getSecretValue({ SecretId: estate.secretArn });
        assert.equal(read.SecretString, VALUE);
      } finally {
        await estate.cloud.close();
      }
    });
  }

  for (const [kind, operation] of notModelled) {
    it(`${kind}: cannot be gone, for there is no ${operation}`, () => {
      const modelled = services.flatMap(({ operations }) => operations.map(({ name }) => name));
      assert.equal(modelled.includes(operation), false);
    });
  }
});
