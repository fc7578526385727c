import { strict as assert } from "assert";
import { AccessRequest, AttachedPolicy, PolicyWorld } from "../../iam";
import { outcome } from "./outcome";
import {
  ACCOUNT,
  allow,
  attached,
  deny,
  KEY,
  OTHER_ACCOUNT,
  read,
  ROLE_TO_ASSUME,
  root,
  session,
  user,
  world,
} from "./worlds";

const identity = [attached("identity", allow())];
const resource = attached("resource", allow({ Principal: "*" }));
const everything = attached("everything", allow());
const onlyS3 = attached("only-s3", allow({ Action: "s3:*" }));
const noSecrets = attached("no-secrets", deny({ Action: "secretsmanager:*" }));
const noKms = attached("no-kms", deny({ Action: "kms:*", Principal: "*" }));
const noSecretsForAnyone = attached("no-secrets", deny({ Action: "secretsmanager:*", Principal: "*" }));

const alice = user();
const linked = { ...session(), serviceLinked: true } as const;
const lambda = { kind: "service", service: "lambda.amazonaws.com" } as const;
const BY_RESOURCE = "allowed by resource[0]";

interface Case {
  readonly name: string;
  readonly request: AccessRequest;
  readonly given: Partial<PolicyWorld>;
  readonly expected: string;
}

function levels(...policies: readonly (readonly AttachedPolicy[])[]) {
  return policies;
}

const scps: readonly Case[] = [
  {
    name: "every level allows",
    request: read(alice),
    given: { scps: levels([everything], [onlyS3, everything]) },
    expected: BY_RESOURCE,
  },
  {
    name: "the root is silent",
    request: read(alice),
    given: { scps: levels([onlyS3], [everything]) },
    expected: "not allowed by scp (only-s3)",
  },
  {
    name: "the account is silent",
    request: read(alice),
    given: { scps: levels([everything], [everything], [onlyS3]) },
    expected: "not allowed by scp (only-s3)",
  },
  {
    name: "a level has no policy",
    request: read(alice),
    given: { scps: levels([everything], []) },
    expected: "not allowed by scp ()",
  },
  {
    name: "a level denies",
    request: read(alice),
    given: { scps: levels([everything], [everything, noSecrets]) },
    expected: "denied by scp no-secrets[0]",
  },
  {
    name: "they bind the root user",
    request: read(root()),
    given: { scps: levels([everything, noSecrets]) },
    expected: "denied by scp no-secrets[0]",
  },
  {
    name: "not a service-linked role",
    request: read(linked),
    given: { scps: levels([everything, noSecrets]) },
    expected: BY_RESOURCE,
  },
  { name: "not a service", request: read(lambda), given: { scps: levels([onlyS3]) }, expected: BY_RESOURCE },
  {
    name: "not the anonymous caller",
    request: read({ kind: "anonymous" }),
    given: { scps: levels([onlyS3]) },
    expected: BY_RESOURCE,
  },
  {
    name: "not who holds a provider's token",
    request: read({ kind: "federated", provider: "accounts.google.com" }),
    given: { scps: levels([onlyS3]) },
    expected: BY_RESOURCE,
  },
  { name: "the management account has none", request: read(alice), given: {}, expected: BY_RESOURCE },
];

const decrypt = (principal = alice) =>
  read(principal, {}, { action: "kms:Decrypt", resource: { arn: KEY, accountId: ACCOUNT } });
const fromAnotherAccount = read(session(OTHER_ACCOUNT));

const rcps: readonly Case[] = [
  {
    name: "every level allows",
    request: read(alice),
    given: { rcps: levels([everything], [everything]) },
    expected: BY_RESOURCE,
  },
  {
    name: "a level is silent",
    request: read(alice),
    given: { rcps: levels([everything], [onlyS3]) },
    expected: "not allowed by rcp (only-s3)",
  },
  {
    name: "a level denies",
    request: read(alice),
    given: { rcps: levels([everything, noSecretsForAnyone]) },
    expected: "denied by rcp no-secrets[0]",
  },
  {
    name: "they bind callers of other accounts",
    request: fromAnotherAccount,
    given: { rcps: levels([everything, noSecretsForAnyone]) },
    expected: "denied by rcp no-secrets[0]",
  },
  {
    name: "they bind services",
    request: read(lambda),
    given: { rcps: levels([everything, noSecretsForAnyone]) },
    expected: "denied by rcp no-secrets[0]",
  },
  {
    name: "they bind the anonymous caller",
    request: read({ kind: "anonymous" }),
    given: { rcps: levels([onlyS3]) },
    expected: "not allowed by rcp (only-s3)",
  },
  {
    name: "not a service-linked role",
    request: read(linked),
    given: { rcps: levels([everything, noSecretsForAnyone]) },
    expected: BY_RESOURCE,
  },
  {
    name: "they cover KMS",
    request: decrypt(),
    given: { rcps: levels([everything, noKms]) },
    expected: "denied by rcp no-kms[0]",
  },
  {
    name: "but never kms:RetireGrant",
    request: { ...decrypt(), action: "kms:RetireGrant" },
    given: { rcps: levels([everything, noKms]) },
    expected: BY_RESOURCE,
  },
  {
    name: "not a service outside their list",
    request: read(
      alice,
      {},
      {
        action: "lambda:InvokeFunction",
        resource: { arn: "arn:aws:lambda:eu-west-1:111111111111:function:f", accountId: ACCOUNT },
      },
    ),
    given: { rcps: levels([onlyS3]) },
    expected: BY_RESOURCE,
  },
  {
    name: "they cover STS",
    request: read(
      alice,
      {},
      { action: "sts:AssumeRole", resource: { arn: ROLE_TO_ASSUME, accountId: ACCOUNT } },
    ),
    given: { rcps: levels([onlyS3]) },
    expected: "not allowed by rcp (only-s3)",
  },
];

const endpointFor = (Principal: string) => attached("endpoint", allow({ Principal: { AWS: Principal } }));

const endpoints: readonly Case[] = [
  { name: "it allows", request: read(alice), given: { endpoint: endpointFor("*") }, expected: BY_RESOURCE },
  {
    name: "it allows the account",
    request: read(alice),
    given: { endpoint: endpointFor(ACCOUNT) },
    expected: BY_RESOURCE,
  },
  {
    name: "it allows another account",
    request: read(alice),
    given: { endpoint: endpointFor(OTHER_ACCOUNT) },
    expected: "not allowed by endpoint (endpoint)",
  },
  {
    name: "it is silent",
    request: read(alice),
    given: { endpoint: onlyS3 },
    expected: "not allowed by endpoint (only-s3)",
  },
  {
    name: "it denies",
    request: read(alice),
    given: { endpoint: noSecretsForAnyone },
    expected: "denied by endpoint no-secrets[0]",
  },
  {
    name: "it never grants",
    request: read(alice),
    given: { endpoint: endpointFor("*"), resource: onlyS3, identity: [] },
    expected: "not allowed by identity ()",
  },
];

describe("service control policies", () => itDecides(scps));
describe("resource control policies", () => itDecides(rcps));
describe("the VPC endpoint's policy", () => itDecides(endpoints));

function itDecides(cases: readonly Case[]): void {
  for (const { name, request, given, expected } of cases) {
    it(`${name}: ${expected}`, () => {
      const bothSides = request === fromAnotherAccount ? { identity } : {};
      assert.equal(outcome(request, world({ resource, ...bothSides, ...given })), expected);
    });
  }
}
