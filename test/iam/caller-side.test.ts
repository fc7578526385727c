import { strict as assert } from "assert";
import { PolicyWorld, PrincipalElement, RequestPrincipal } from "../../iam";
import { outcome } from "./outcome";
import { ACCOUNT, allow, attached, OTHER_ACCOUNT, read, root, session, user, world } from "./worlds";

const reader = session();
const alice = user();

const silent = { Action: "s3:*" };
const identityAllows = { identity: [attached("identity", allow())] };
const identitySilent = { identity: [attached("identity", allow(silent))] };
const boundaryAllows = { boundary: attached("boundary", allow()) };
const boundarySilent = { boundary: attached("boundary", allow(silent)) };
const sessionAllows = { session: [attached("session", allow())] };
const sessionSilent = { session: [attached("session", allow(silent))] };

function resource(Principal: PrincipalElement): Partial<PolicyWorld> {
  return { resource: attached("resource", allow({ Principal })) };
}

interface Case {
  readonly name: string;
  readonly principal: RequestPrincipal;
  readonly given: Partial<PolicyWorld>;
  readonly expected: string;
}

const BY_RESOURCE = "allowed by resource[0]";
const BY_IDENTITY = "allowed by identity[0]";
const BY_BOTH = "allowed by resource[0] + identity[0]";
const NO_IDENTITY = "not allowed by identity (identity)";
const NO_BOUNDARY = "not allowed by boundary (boundary)";
const NO_SESSION = "not allowed by session (session)";

const naming = {
  user: resource({ AWS: alice.arn }),
  session: resource({ AWS: reader.sessionArn }),
  role: resource({ AWS: reader.roleArn }),
  account: resource({ AWS: ACCOUNT }),
  everyone: resource("*"),
  another: resource({ AWS: user(ACCOUNT, "bob").arn }),
};

const sameAccount: readonly Case[] = [
  {
    name: "no resource policy, identity allows",
    principal: alice,
    given: identityAllows,
    expected: BY_IDENTITY,
  },
  { name: "no policy at all", principal: alice, given: {}, expected: "not allowed by identity ()" },
  { name: "identity silent", principal: alice, given: identitySilent, expected: NO_IDENTITY },
  {
    name: "identity allows, boundary silent",
    principal: alice,
    given: { ...identityAllows, ...boundarySilent },
    expected: NO_BOUNDARY,
  },
  {
    name: "identity allows, session silent",
    principal: reader,
    given: { ...identityAllows, ...sessionSilent },
    expected: NO_SESSION,
  },
  {
    name: "identity, boundary and session allow",
    principal: reader,
    given: { ...identityAllows, ...boundaryAllows, ...sessionAllows },
    expected: BY_IDENTITY,
  },
  {
    name: "boundary allows alone",
    principal: alice,
    given: boundaryAllows,
    expected: "not allowed by identity ()",
  },
  {
    name: "session allows alone",
    principal: reader,
    given: { ...identitySilent, ...sessionAllows },
    expected: NO_IDENTITY,
  },
  {
    name: "names the user, identity silent",
    principal: alice,
    given: { ...naming.user, ...identitySilent },
    expected: BY_RESOURCE,
  },
  {
    name: "names the user, boundary silent",
    principal: alice,
    given: { ...naming.user, ...boundarySilent },
    expected: BY_RESOURCE,
  },
  {
    name: "names the session, boundary silent",
    principal: reader,
    given: { ...naming.session, ...boundarySilent },
    expected: BY_RESOURCE,
  },
  {
    name: "names the session, session silent",
    principal: reader,
    given: { ...naming.session, ...sessionSilent },
    expected: BY_RESOURCE,
  },
  {
    name: "names the role, identity silent",
    principal: reader,
    given: { ...naming.role, ...identitySilent },
    expected: BY_RESOURCE,
  },
  {
    name: "names the role, boundary silent",
    principal: reader,
    given: { ...naming.role, ...boundarySilent },
    expected: NO_BOUNDARY,
  },
  {
    name: "names the role, session silent",
    principal: reader,
    given: { ...naming.role, ...sessionSilent },
    expected: NO_SESSION,
  },
  {
    name: "names the role, boundary and session allow",
    principal: reader,
    given: { ...naming.role, ...boundaryAllows, ...sessionAllows },
    expected: BY_RESOURCE,
  },
  {
    name: "names the account, identity silent",
    principal: reader,
    given: { ...naming.account, ...identitySilent },
    expected: NO_IDENTITY,
  },
  {
    name: "names the account, identity allows",
    principal: reader,
    given: { ...naming.account, ...identityAllows },
    expected: BY_BOTH,
  },
  {
    name: "names the account, boundary silent",
    principal: reader,
    given: { ...naming.account, ...identityAllows, ...boundarySilent },
    expected: NO_BOUNDARY,
  },
  {
    name: "names everyone, identity silent",
    principal: reader,
    given: { ...naming.everyone, ...identitySilent },
    expected: BY_RESOURCE,
  },
  {
    name: "names everyone, boundary silent",
    principal: reader,
    given: { ...naming.everyone, ...boundarySilent },
    expected: BY_RESOURCE,
  },
  {
    name: "names everyone, session silent",
    principal: reader,
    given: { ...naming.everyone, ...sessionSilent },
    expected: BY_RESOURCE,
  },
  {
    name: "names another user, identity allows",
    principal: alice,
    given: { ...naming.another, ...identityAllows },
    expected: BY_IDENTITY,
  },
  {
    name: "names another user, identity silent",
    principal: alice,
    given: { ...naming.another, ...identitySilent },
    expected: NO_IDENTITY,
  },
  { name: "root, no policy", principal: root(), given: {}, expected: "allowed as root" },
  { name: "root, named by its account", principal: root(), given: naming.account, expected: BY_RESOURCE },
];

const there = session(OTHER_ACCOUNT);
const across: Record<string, Partial<PolicyWorld>> = {
  account: resource({ AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` }),
  role: resource({ AWS: there.roleArn }),
  session: resource({ AWS: there.sessionArn }),
  everyone: resource("*"),
  own: resource({ AWS: ACCOUNT }),
};

const crossAccount: readonly Case[] = [
  { name: "no resource policy", principal: there, given: identityAllows, expected: "no-resource-policy" },
  {
    name: "resource policy for its own account only",
    principal: there,
    given: { ...across.own, ...identityAllows },
    expected: "not allowed by resource (resource)",
  },
  {
    name: "names the account, identity allows",
    principal: there,
    given: { ...across.account, ...identityAllows },
    expected: BY_BOTH,
  },
  {
    name: "names the account, identity silent",
    principal: there,
    given: { ...across.account, ...identitySilent },
    expected: NO_IDENTITY,
  },
  {
    name: "names the role, identity silent",
    principal: there,
    given: { ...across.role, ...identitySilent },
    expected: NO_IDENTITY,
  },
  {
    name: "names the session, identity silent",
    principal: there,
    given: { ...across.session, ...identitySilent },
    expected: NO_IDENTITY,
  },
  {
    name: "names everyone, identity silent",
    principal: there,
    given: { ...across.everyone, ...identitySilent },
    expected: NO_IDENTITY,
  },
  {
    name: "names everyone, identity allows",
    principal: there,
    given: { ...across.everyone, ...identityAllows },
    expected: BY_BOTH,
  },
  {
    name: "names the session, boundary silent",
    principal: there,
    given: { ...across.session, ...identityAllows, ...boundarySilent },
    expected: NO_BOUNDARY,
  },
  {
    name: "names the session, session silent",
    principal: there,
    given: { ...across.session, ...identityAllows, ...sessionSilent },
    expected: NO_SESSION,
  },
  {
    name: "all allow",
    principal: there,
    given: { ...across.role, ...identityAllows, ...boundaryAllows, ...sessionAllows },
    expected: BY_BOTH,
  },
  {
    name: "root, account named",
    principal: root(OTHER_ACCOUNT),
    given: across.account!,
    expected: BY_RESOURCE,
  },
  {
    name: "root, account not named",
    principal: root(OTHER_ACCOUNT),
    given: across.own!,
    expected: "not allowed by resource (resource)",
  },
];

describe("decide", () => {
  describe("in the resource's account", () => itDecides(sameAccount));
  describe("from another account", () => itDecides(crossAccount));
});

function itDecides(cases: readonly Case[]): void {
  for (const { name, principal, given, expected } of cases) {
    it(`${name}: ${expected}`, () => {
      assert.equal(outcome(read(principal), world(given)), expected);
    });
  }
}
