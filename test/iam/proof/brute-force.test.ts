import { strict as assert } from "assert";
import fc from "fast-check";
import {
  AccessRequest,
  decide,
  PolicyWorld,
  RequestContext,
  RequestPrincipal,
  Statement,
} from "../../../iam";
import { Access, AccessWorld, Endpoint, NamedPrincipal, proveAccess } from "../../../iam/proof";
import { attached } from "../worlds";
import {
  arnOfRole,
  BILLING,
  KEY,
  ORDERS,
  ORGANIZATION,
  role,
  SECRET,
  SECRETS,
  user,
  world,
} from "./access-worlds";

/** More with `PROOF_RUNS=5000`. */
const RUNS = Number(process.env.PROOF_RUNS ?? 150);

const endpoints: readonly Endpoint[] = [
  { id: "vpce-1", vpcId: "vpc-1", accountId: ORDERS, region: "eu-west-1", service: "secretsmanager" },
];

const principals = fc.constantFrom<Statement["Principal"]>(
  "*",
  { AWS: ORDERS },
  { AWS: SECRETS },
  { AWS: arnOfRole("api") },
  { AWS: [arnOfRole("own", SECRETS), BILLING] },
  { AWS: `arn:aws:sts::${ORDERS}:assumed-role/api/nightly` },
  { Service: "lambda.amazonaws.com" },
);

const tests = fc.constantFrom<readonly [string, string, string | readonly string[]]>(
  ["StringEquals", "aws:PrincipalOrgID", ORGANIZATION],
  ["StringNotEquals", "aws:PrincipalOrgID", ORGANIZATION],
  ["StringEquals", "aws:SourceVpce", "vpce-1"],
  ["StringNotEquals", "aws:SourceVpce", ["vpce-1", "vpce-2"]],
  ["StringLike", "aws:SourceVpc", "vpc-*"],
  ["StringNotEqualsIfExists", "aws:SourceVpc", "vpc-1"],
  ["IpAddress", "aws:SourceIp", ["10.0.0.0/8", "203.0.113.0/24"]],
  ["NotIpAddressIfExists", "aws:SourceIp", "203.0.113.0/25"],
  ["Bool", "aws:ViaAWSService", "true"],
  ["BoolIfExists", "aws:MultiFactorAuthPresent", "true"],
  ["Bool", "aws:MultiFactorAuthPresent", "false"],
  ["StringEquals", "secretsmanager:VersionStage", "AWSCURRENT"],
  ["StringNotLike", "secretsmanager:VersionStage", "AWSP*"],
  ["StringEquals", "aws:PrincipalTag/team", "orders"],
  ["StringEquals", "aws:PrincipalTag/team", "${aws:ResourceTag/team}"],
  ["StringEquals", "aws:ResourceTag/team", "${aws:PrincipalTag/team}"],
  ["Null", "aws:PrincipalTag/team", "true"],
  ["ArnLike", "aws:PrincipalArn", `arn:aws:iam::*:role/a*`],
  ["ArnNotEquals", "aws:PrincipalArn", arnOfRole("api")],
  ["StringEquals", "kms:ViaService", "secretsmanager.eu-west-1.amazonaws.com"],
  ["StringEquals", "kms:CallerAccount", ORDERS],
  ["StringEquals", "kms:EncryptionContext:SecretARN", SECRET],
  ["Null", "aws:SourceVpce", "false"],
  ["DateLessThan", "aws:CurrentTime", "2026-06-01T00:00:00Z"],
  ["DateGreaterThan", "aws:TokenIssueTime", "2026-03-01T00:00:00Z"],
  ["ForAnyValue:StringLike", "aws:PrincipalOrgPaths", `${ORGANIZATION}/*`],
  ["ForAllValues:StringEquals", "aws:CalledVia", "cloudformation.amazonaws.com"],
  ["StringEquals", "aws:PrincipalType", "AssumedRole"],
  ["StringLike", "aws:UserAgent", "aws-cli*"],
);

const conditions = fc.array(tests, { maxLength: 2 }).map((list) => {
  const block: Record<string, Record<string, string | readonly string[]>> = {};
  for (const [operator, key, value] of list) (block[operator] ??= {})[key] = value;
  return list.length === 0 ? {} : { Condition: block };
});

const effects = fc.constantFrom<Statement["Effect"]>("Allow", "Allow", "Deny");
const actions = fc.constantFrom(
  "*",
  "secretsmanager:*",
  "secretsmanager:GetSecretValue",
  "kms:Decrypt",
  "kms:*",
);
const resources = fc.constantFrom("*", SECRET, KEY, `arn:aws:secretsmanager:*:${SECRETS}:secret:orders/*`);

const ofCallers = fc
  .tuple(effects, actions, resources, conditions)
  .map(([Effect, Action, Resource, more]): Statement => ({ Effect, Action, Resource, ...more }));
const ofResources = fc
  .tuple(principals, ofCallers)
  .map(([Principal, statement]): Statement => ({ ...statement, Principal, Resource: "*" }));
const limits = fc.array(ofCallers, { maxLength: 1 }).map((list) => attached("limits", everything, ...list));
const everything: Statement = { Effect: "Allow", Action: "*", Resource: "*" };
const identities = fc.oneof(
  fc.constant([attached("all", everything)]),
  fc.array(ofCallers, { minLength: 1, maxLength: 2 }).map((list) => [attached("some", everything, ...list)]),
  fc.array(ofCallers, { minLength: 1, maxLength: 2 }).map((list) => [attached("few", ...list)]),
);

const people = fc
  .tuple(identities, identities, identities, fc.option(limits, { nil: undefined }))
  .map(([one, two, three, boundary]): readonly NamedPrincipal[] => [
    role("api", { identity: one, tags: { team: "orders" }, ...(boundary && { boundary }) }),
    role("own", { identity: two, accountId: SECRETS }),
    user("alice", { identity: three, tags: { Team: "billing" } }),
  ]);

const worlds = fc
  .record({
    people,
    secretPolicy: fc.array(ofResources, { maxLength: 3 }),
    keyPolicy: fc.array(ofResources, { maxLength: 2 }),
    scp: limits,
    rcp: limits.map(({ source, policy }) => ({ source, policy })),
    endpoint: fc.option(fc.array(ofResources, { minLength: 1, maxLength: 2 }), { nil: undefined }),
    hasGrant: fc.boolean(),
    hasTags: fc.boolean(),
  })
  .map(({ people: named, secretPolicy, keyPolicy, scp, endpoint, hasGrant, hasTags }): AccessWorld => {
    const base = world();
    const owner: Statement = { Effect: "Allow", Principal: { AWS: SECRETS }, Action: "kms:*", Resource: "*" };
    const open: Statement = { Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" };
    const grant = { grantId: "g", granteePrincipal: arnOfRole("api"), operations: ["Decrypt"] };
    return {
      ...base,
      accounts: base.accounts.map((account) =>
        account.id === ORDERS ? { ...account, scps: [[scp]] } : account,
      ),
      principals: named,
      secrets: [
        {
          id: "s",
          name: "s",
          copies: [
            {
              region: "eu-west-1",
              accountId: SECRETS,
              arn: SECRET,
              key: KEY,
              tags: hasTags ? { team: "orders" } : {},
              ...(secretPolicy.length > 0 && { policy: attached("secret", ...secretPolicy) }),
            },
          ],
        },
      ],
      keys: [
        {
          ...base.keys[0]!,
          policy: attached("key", owner, ...(keyPolicy.length > 0 ? keyPolicy : [open])),
          grants: hasGrant ? [grant] : [],
        },
      ],
      endpoints: endpoints.map((one) =>
        endpoint ? { ...one, policy: attached("endpoint", ...endpoint) } : one,
      ),
    };
  });

/** What the request space is made of: every combination is decided. */
const networks: readonly RequestContext[] = [
  { "aws:sourceip": "198.51.100.77" },
  { "aws:sourceip": "10.1.2.3" },
  { "aws:sourceip": "203.0.113.10" },
  { "aws:sourceip": "203.0.113.200" },
  { "aws:sourcevpce": "vpce-1", "aws:sourcevpc": "vpc-1" },
  { "aws:sourcevpce": "vpce-2", "aws:sourcevpc": "vpc-9" },
  { "aws:sourcevpce": "vpce-3", "aws:sourcevpc": "vpc-8" },
  { "aws:viaawsservice": "true", "aws:calledvia": ["cloudformation.amazonaws.com"] },
  { "aws:viaawsservice": "true", "aws:calledvia": ["athena.amazonaws.com"] },
];
const stages = ["AWSCURRENT", "AWSPREVIOUS", "AWSPENDING", "mine", undefined];
const times = ["2026-01-02T00:00:00.000Z", "2026-03-02T00:00:00.000Z", "2026-07-01T00:00:00.000Z"];
const agents = [undefined, "aws-cli/2", "boto3"];

interface Caller {
  readonly principal: RequestPrincipal;
  readonly context: RequestContext;
  readonly mfas: readonly (string | undefined)[];
  readonly issued: readonly (number | undefined)[];
}

function callersOf(one: NamedPrincipal): readonly Caller[] {
  const { arn, accountId, tags } = one;
  const context = {
    "aws:principalarn": arn,
    "aws:principalaccount": accountId,
    "aws:principalorgid": ORGANIZATION,
    "aws:principalorgpaths": [`${ORGANIZATION}/r-ab12/`],
    ...Object.fromEntries(
      Object.entries(tags).map(([name, value]) => [`aws:principaltag/${name.toLowerCase()}`, value]),
    ),
  };
  if (one.kind === "user") {
    const mfas = [undefined, "true", "false"];
    return [
      {
        principal: { kind: "user", accountId, arn },
        context: { ...context, "aws:principaltype": "User" },
        mfas,
        issued: [undefined, 1000],
      },
    ];
  }
  return ["any-session", "nightly"].map((name) => {
    const sessionArn = `arn:aws:sts::${accountId}:assumed-role/${arn.split("/").at(-1)!}/${name}`;
    const principal = { kind: "role-session", accountId, roleArn: arn, sessionArn } as const;
    return {
      principal,
      context: { ...context, "aws:principaltype": "AssumedRole" },
      mfas: ["true", "false"],
      issued: [1000, 30 * 3600_000],
    };
  });
}

function* requests({ principal, context, mfas, issued }: Caller, given: AccessWorld) {
  const copy = given.secrets[0]!.copies[0]!;
  const tags: RequestContext = copy.tags.team === undefined ? {} : { "aws:resourcetag/team": copy.tags.team };
  for (const network of networks)
    for (const stage of stages)
      for (const mfa of mfas)
        for (const time of times)
          for (const age of issued)
            for (const agent of agents) {
              const shared = {
                ...context,
                ...(mfa === undefined ? {} : { "aws:multifactorauthpresent": mfa }),
                "aws:currenttime": time,
                ...(age === undefined
                  ? {}
                  : { "aws:tokenissuetime": new Date(Date.parse(time) - age).toISOString() }),
                ...(agent === undefined ? {} : { "aws:useragent": agent }),
              };
              const first: AccessRequest = {
                principal,
                action: "secretsmanager:GetSecretValue",
                resource: { arn: SECRET, accountId: SECRETS },
                context: {
                  ...shared,
                  ...tags,
                  "aws:viaawsservice": "false",
                  ...network,
                  ...(stage === undefined ? {} : { "secretsmanager:versionstage": stage }),
                },
              };
              const via = network["aws:calledvia"] ?? [];
              const second: AccessRequest = {
                principal,
                action: "kms:Decrypt",
                resource: { arn: KEY, accountId: SECRETS },
                context: {
                  ...shared,
                  "aws:viaawsservice": "true",
                  "aws:calledvia": [...via, "secretsmanager.amazonaws.com"],
                  "kms:viaservice": "secretsmanager.eu-west-1.amazonaws.com",
                  "kms:calleraccount": context["aws:principalaccount"]!,
                  "kms:encryptioncontext:secretarn": SECRET,
                  "kms:encryptioncontext:secretversionid": "00000000-0000-4000-8000-000000000000",
                },
              };
              yield { first, second, endpointId: network["aws:sourcevpce"] };
            }
}

function worldsOf(given: AccessWorld, one: NamedPrincipal) {
  const known = (document: unknown) => document as PolicyWorld["resource"];
  const scps = given.accounts.find(({ id }) => id === one.accountId)?.scps as PolicyWorld["scps"];
  const base: PolicyWorld = {
    identity: one.identity as PolicyWorld["identity"],
    ...(one.boundary && { boundary: known(one.boundary)! }),
    ...(scps && { scps }),
  };
  const { policy } = given.secrets[0]!.copies[0]!;
  const { policy: keyPolicy, grants } = given.keys[0]!;
  return {
    secret: { ...base, ...(policy && { resource: known(policy)! }) },
    key: { ...base, resource: known(keyPolicy)!, grants },
  };
}

/** Whether some request of the enumerated space gets through. */
function canRead(given: AccessWorld, one: NamedPrincipal): boolean {
  const { secret, key } = worldsOf(given, one);
  for (const caller of callersOf(one)) {
    for (const { first, second, endpointId } of requests(caller, given)) {
      const endpoint = given.endpoints.find(({ id }) => id === endpointId)?.policy as PolicyWorld["endpoint"];
      const through = endpoint === undefined ? secret : { ...secret, endpoint };
      if (decide(first, through).allowed && decide(second, key).allowed) return true;
    }
  }
  return false;
}

function accessOf(accesses: readonly Access[], arn: string): Access | undefined {
  return accesses.find(({ who }) => who.kind === "principal" && who.arn === arn);
}

describe("the proof against every request of a small space", function () {
  this.timeout(600_000);

  it("finds the same readers, and each with a call that succeeds", () => {
    fc.assert(
      fc.property(worlds, (given) => {
        const accesses = proveAccess(given).direct("s")[0]!.accesses.read;
        for (const one of given.principals) {
          const access = accessOf(accesses, one.arn);
          assert.equal(access !== undefined, canRead(given, one), `${one.arn} reads`);
          assert.deepEqual(access?.cannotTell ?? [], []);
        }
        for (const access of accesses) {
          if (access.cannotTell.length > 0) continue;
          assert.deepEqual(
            access.witness?.steps.map(({ request, world: documents }) => decide(request, documents).allowed),
            [true, true],
            `witness of ${JSON.stringify(access.who)} ${JSON.stringify(access.under.map((c) => c.map(({ text }) => text)))}`,
          );
        }
      }),
      { numRuns: RUNS },
    );
  });
});
