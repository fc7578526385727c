import { strict as assert } from "assert";
import { AccessRequest, PolicyWorld, PrincipalElement, RequestPrincipal, Statement } from "../../iam";
import { outcome } from "./outcome";
import {
  ACCOUNT,
  allow,
  attached,
  document,
  KEY,
  OTHER_ACCOUNT,
  read,
  ROLE_TO_ASSUME,
  root,
  session,
  user,
  world,
} from "./worlds";
import { compilePolicy } from "../../iam";

const alice = user();
const reader = session();
const there = session(OTHER_ACCOUNT);
const identity = [attached("identity", allow())];
const silent = [attached("identity", allow({ Action: "s3:*" }))];

function decrypt(principal: RequestPrincipal): AccessRequest {
  return read(principal, {}, { action: "kms:Decrypt", resource: { arn: KEY, accountId: ACCOUNT } });
}

function assume(principal: RequestPrincipal): AccessRequest {
  const resource = { arn: ROLE_TO_ASSUME, accountId: ACCOUNT };
  return read(principal, {}, { action: "sts:AssumeRole", resource });
}

function key(Principal: PrincipalElement, given: Partial<Statement> = {}) {
  return attached("key", allow({ Principal, ...given }));
}

function trust(Principal: PrincipalElement) {
  const statement: Statement = { Effect: "Allow", Principal, Action: "sts:AssumeRole" };
  return { source: "trust", policy: compilePolicy(document(statement)) };
}

interface Case {
  readonly name: string;
  readonly request: AccessRequest;
  readonly given: Partial<PolicyWorld>;
  readonly expected: string;
}

const NOT_DELEGATED = `key-policy-does-not-delegate ${ACCOUNT}`;

const keys: readonly Case[] = [
  {
    name: "the key policy names the user, without identity policy",
    request: decrypt(alice),
    given: { resource: key({ AWS: alice.arn }) },
    expected: "allowed by key[0]",
  },
  {
    name: "the key policy names the role",
    request: decrypt(reader),
    given: { resource: key({ AWS: reader.roleArn }) },
    expected: "allowed by key[0]",
  },
  {
    name: "the key policy trusts the account, identity allows",
    request: decrypt(alice),
    given: { resource: key({ AWS: ACCOUNT }), identity },
    expected: "allowed by key[0] + identity[0]",
  },
  {
    name: "the key policy trusts the account, identity silent",
    request: decrypt(alice),
    given: { resource: key({ AWS: ACCOUNT }), identity: silent },
    expected: "not allowed by identity (identity)",
  },
  {
    name: "the key policy names someone else, identity allows",
    request: decrypt(alice),
    given: { resource: key({ AWS: reader.roleArn }), identity },
    expected: NOT_DELEGATED,
  },
  {
    name: "the key policy trusts the account for another action",
    request: decrypt(alice),
    given: { resource: key({ AWS: ACCOUNT }, { Action: "kms:Describe*" }), identity },
    expected: NOT_DELEGATED,
  },
  { name: "no key policy", request: decrypt(alice), given: { identity }, expected: NOT_DELEGATED },
  {
    name: "root, trusted",
    request: decrypt(root()),
    given: { resource: key({ AWS: ACCOUNT }) },
    expected: "allowed by key[0]",
  },
  {
    name: "root, not trusted",
    request: decrypt(root()),
    given: { resource: key({ AWS: alice.arn }) },
    expected: NOT_DELEGATED,
  },
  {
    name: "another account, both allow",
    request: decrypt(there),
    given: { resource: key({ AWS: OTHER_ACCOUNT }), identity },
    expected: "allowed by key[0] + identity[0]",
  },
  {
    name: "another account, key policy alone",
    request: decrypt(there),
    given: { resource: key({ AWS: there.roleArn }), identity: silent },
    expected: "not allowed by identity (identity)",
  },
  {
    name: "another account, identity alone",
    request: decrypt(there),
    given: { resource: key({ AWS: ACCOUNT }), identity },
    expected: `key-policy-does-not-delegate ${OTHER_ACCOUNT}`,
  },
  {
    name: "an action without a key needs no key policy",
    request: read(alice, {}, { action: "kms:ListKeys", resource: { arn: "*", accountId: ACCOUNT } }),
    given: { identity },
    expected: "allowed by identity[0]",
  },
  {
    name: "a service named by the key policy",
    request: decrypt({ kind: "service", service: "logs.amazonaws.com" }),
    given: { resource: key({ Service: "logs.amazonaws.com" }) },
    expected: "allowed by key[0]",
  },
];

const trusts: readonly Case[] = [
  {
    name: "names the user",
    request: assume(alice),
    given: { resource: trust({ AWS: alice.arn }) },
    expected: "allowed by trust[0]",
  },
  {
    name: "names the role",
    request: assume(reader),
    given: { resource: trust({ AWS: reader.roleArn }) },
    expected: "allowed by trust[0]",
  },
  {
    name: "names the account, identity silent",
    request: assume(alice),
    given: { resource: trust({ AWS: ACCOUNT }), identity: silent },
    expected: "not allowed by identity (identity)",
  },
  {
    name: "names the account, identity allows",
    request: assume(alice),
    given: { resource: trust({ AWS: ACCOUNT }), identity },
    expected: "allowed by trust[0] + identity[0]",
  },
  {
    name: "names someone else, identity allows",
    request: assume(alice),
    given: { resource: trust({ AWS: reader.roleArn }), identity },
    expected: "not allowed by resource (trust)",
  },
  {
    name: "names another account, identity allows",
    request: assume(there),
    given: { resource: trust({ AWS: OTHER_ACCOUNT }), identity },
    expected: "allowed by trust[0] + identity[0]",
  },
  {
    name: "names another account's role, identity silent",
    request: assume(there),
    given: { resource: trust({ AWS: there.roleArn }), identity: silent },
    expected: "not allowed by identity (identity)",
  },
  {
    name: "names a service",
    request: assume({ kind: "service", service: "lambda.amazonaws.com" }),
    given: { resource: trust({ Service: "lambda.amazonaws.com" }) },
    expected: "allowed by trust[0]",
  },
  {
    name: "names another service",
    request: assume({ kind: "service", service: "lambda.amazonaws.com" }),
    given: { resource: trust({ Service: "ec2.amazonaws.com" }) },
    expected: "not allowed by resource (trust)",
  },
  {
    name: "tagging the session is trusted separately",
    request: { ...assume(alice), action: "sts:TagSession" },
    given: { resource: trust({ AWS: alice.arn }), identity },
    expected: "not allowed by resource (trust)",
  },
];

describe("KMS keys", () => itDecides(keys));
describe("trust policies", () => itDecides(trusts));

function itDecides(cases: readonly Case[]): void {
  for (const { name, request, given, expected } of cases) {
    it(`${name}: ${expected}`, () => {
      assert.equal(outcome(request, world(given)), expected);
    });
  }
}
