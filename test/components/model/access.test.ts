import { strict as assert } from "assert";
import { compilePolicy, decide, PolicyDocument, RequestContext } from "../../../iam";
import {
  endpointPolicy,
  keyPolicy,
  readerPolicy,
  rotationRolePolicy,
  secretPolicy,
} from "../../../components/model";
import { grantedArns, readerAccess } from "../../../stacks/environment-documents";
import { localEnvironment } from "../../support/local-environment";

const environment = localEnvironment();
const { organizationId, centralAccountId, secrets, workloads } = environment;
const central = { accountId: centralAccountId, region: "eu-west-1" };
const secretArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/database-AbCdEf";
const otherArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:payments/api-key-AbCdEf";
const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/mrk-0123456789abcdef0123456789abcdef";

const attached = (source: string, document: PolicyDocument) => ({ source, policy: compilePolicy(document) });
const allowAll = attached("all", {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
});
const databaseSecretPolicy = secretPolicy({ organizationId, grants: secrets[1]!.grants });
const secretsKeyPolicy = keyPolicy({ location: central, organizationId, secrets });
const ordersService = readerPolicy(
  readerAccess(environment, {
    workload: "orders",
    roleName: "orders-service",
    secretNames: ["orders/database"],
    trust: {},
  }),
);

interface Asked {
  readonly accountId: string;
  readonly role: string;
  readonly identity?: PolicyDocument;
  readonly action: string;
  readonly resource: string;
  readonly policy: PolicyDocument;
  readonly endpoint?: PolicyDocument;
  readonly context: RequestContext;
}

function allows(asked: Asked): boolean {
  const roleArn = `arn:aws:iam::${asked.accountId}:role/${asked.role}`;
  const sessionArn = `arn:aws:sts::${asked.accountId}:assumed-role/${asked.role}/session`;
  const principal = { kind: "role-session", accountId: asked.accountId, roleArn, sessionArn } as const;
  const decision = decide(
    {
      principal,
      action: asked.action,
      resource: { arn: asked.resource, accountId: centralAccountId },
      context: {
        "aws:principalarn": roleArn,
        "aws:principalaccount": asked.accountId,
        "aws:principalorgid": organizationId,
        "aws:principalisawsservice": "false",
        ...asked.context,
      },
    },
    {
      identity: [asked.identity === undefined ? allowAll : attached("identity", asked.identity)],
      resource: attached("resource", asked.policy),
      endpoint: asked.endpoint && attached("endpoint", asked.endpoint),
    },
  );
  return decision.allowed;
}

const reads = { action: "secretsmanager:GetSecretValue", resource: secretArn, policy: databaseSecretPolicy };
const inVpc = { "aws:sourcevpc": "vpc-0a0000000000000a1" };
const decrypts = { action: "kms:Decrypt", resource: keyArn, policy: secretsKeyPolicy };
const throughService = (arn: string, account: string) => ({
  "kms:viaservice": "secretsmanager.eu-west-1.amazonaws.com",
  "kms:calleraccount": account,
  "kms:encryptioncontext:secretarn": arn,
});
const orders = { accountId: "222222222222", role: "orders-service" };
const centralAdmin = { accountId: centralAccountId, role: "admin" };
const ownEndpoint = endpointPolicy({
  organizationId,
  secretArns: grantedArns(environment, workloads[0]!, "eu-west-1"),
});
const rotation = rotationRolePolicy({
  location: central,
  secretName: "orders/database",
  adminSecretName: "orders/database-admin",
  functionName: "rotate",
  replicaRegions: ["eu-central-1"],
  inVpc: false,
});
const rotates = {
  ...centralAdmin,
  role: "rotate",
  identity: rotation,
  policy: databaseSecretPolicy,
  context: {},
};

describe("what the documents of the environment local allow together", () => {
  const cases: readonly (readonly [name: string, asked: Asked, allowed: boolean])[] = [
    [
      "orders-service reads in its VPC",
      { ...orders, ...reads, identity: ordersService, context: inVpc },
      true,
    ],
    [
      "orders-service reads in its other Region's VPC",
      { ...orders, ...reads, context: { "aws:sourcevpc": "vpc-0a0000000000000a2" } },
      true,
    ],
    ["not from elsewhere", { ...orders, ...reads, context: {} }, false],
    [
      "not from another workload's VPC",
      { ...orders, ...reads, context: { "aws:sourcevpc": "vpc-0b0000000000000b1" } },
      false,
    ],
    [
      "not when its account has left the organisation",
      { ...orders, ...reads, context: { ...inVpc, "aws:principalorgid": "o-elsewhere00" } },
      false,
    ],
    ["through its endpoint", { ...orders, ...reads, endpoint: ownEndpoint, context: inVpc }, true],
    [
      "no other secret through its endpoint",
      { ...orders, ...reads, resource: otherArn, endpoint: ownEndpoint, context: inVpc },
      false,
    ],
    ["no writing", { ...orders, ...reads, action: "secretsmanager:PutSecretValue", context: inVpc }, false],
    ["no other role of its account", { ...orders, ...reads, role: "orders-api", context: inVpc }, false],
    [
      "no role of that name under a path",
      { ...orders, ...reads, role: "x/orders-service", context: inVpc },
      false,
    ],
    [
      "no role of that name in billing",
      { ...reads, accountId: "333333333333", role: "orders-service", context: inVpc },
      false,
    ],
    [
      "orders-service decrypts its secret through the service",
      {
        ...orders,
        ...decrypts,
        identity: ordersService,
        context: throughService(secretArn, orders.accountId),
      },
      true,
    ],
    [
      "no other secret",
      { ...orders, ...decrypts, context: throughService(otherArn, orders.accountId) },
      false,
    ],
    [
      "nothing directly",
      { ...orders, ...decrypts, context: { "kms:encryptioncontext:secretarn": secretArn } },
      false,
    ],
    [
      "no grant",
      {
        ...orders,
        ...decrypts,
        action: "kms:CreateGrant",
        context: throughService(secretArn, orders.accountId),
      },
      false,
    ],
    [
      "an administrator of the central account decrypts through the service",
      { ...centralAdmin, ...decrypts, context: throughService(secretArn, centralAccountId) },
      true,
    ],
    [
      "but not directly",
      { ...centralAdmin, ...decrypts, context: { "kms:encryptioncontext:secretarn": secretArn } },
      false,
    ],
    ["and makes no grant", { ...centralAdmin, ...decrypts, action: "kms:CreateGrant", context: {} }, false],
    [
      "but can change the key's policy",
      { ...centralAdmin, ...decrypts, action: "kms:PutKeyPolicy", context: {} },
      true,
    ],
    [
      "the rotation role writes its secret",
      { ...rotates, action: "secretsmanager:PutSecretValue", resource: secretArn },
      true,
    ],
    [
      "no other secret's value",
      { ...rotates, action: "secretsmanager:PutSecretValue", resource: otherArn },
      false,
    ],
    [
      "not its administrator's",
      {
        ...rotates,
        action: "secretsmanager:PutSecretValue",
        resource: secretArn.replace("database", "database-admin"),
      },
      false,
    ],
    [
      "but reads that",
      {
        ...rotates,
        action: "secretsmanager:GetSecretValue",
        resource: secretArn.replace("database", "database-admin"),
      },
      true,
    ],
    [
      "and changes no policy",
      { ...rotates, action: "secretsmanager:PutResourcePolicy", resource: secretArn },
      false,
    ],
  ];
  for (const [name, asked, allowed] of cases)
    it(`${allowed ? "yes" : "no"}: ${name}`, () => assert.equal(allows(asked), allowed));
});
