import { strict as assert } from "assert";
import * as fc from "fast-check";
import { compilePolicy, decide, PolicyWorld, RequestPrincipal, Statement } from "../../iam";
import { outcome } from "./outcome";
import {
  ACCOUNT,
  allow,
  attached,
  deny,
  document,
  OTHER_ACCOUNT,
  read,
  root,
  SECRET,
  session,
  user,
  world,
} from "./worlds";

const anonymous = { kind: "anonymous" } as const;
const rotation = { kind: "service", service: "secretsmanager.amazonaws.com" } as const;
const identity = [attached("identity", allow())];

const outsiders: readonly {
  name: string;
  principal: RequestPrincipal;
  given: Partial<PolicyWorld>;
  expected: string;
}[] = [
  {
    name: "anonymous, no resource policy",
    principal: anonymous,
    given: {},
    expected: "anonymous-not-allowed",
  },
  {
    name: "anonymous, everyone",
    principal: anonymous,
    given: { resource: attached("r", allow({ Principal: "*" })) },
    expected: "allowed by r[0]",
  },
  {
    name: "anonymous, the account",
    principal: anonymous,
    given: { resource: attached("r", allow({ Principal: { AWS: ACCOUNT } })) },
    expected: "anonymous-not-allowed",
  },
  {
    name: "anonymous, everyone in the organisation",
    principal: anonymous,
    given: {
      resource: attached(
        "r",
        allow({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-strongroom" } } }),
      ),
    },
    expected: "anonymous-not-allowed",
  },
  {
    name: "service, no resource policy",
    principal: rotation,
    given: {},
    expected: "not allowed by resource ()",
  },
  {
    name: "service, named",
    principal: rotation,
    given: { resource: attached("r", allow({ Principal: { Service: rotation.service } })) },
    expected: "allowed by r[0]",
  },
  {
    name: "service, another account's condition",
    principal: rotation,
    given: {
      resource: attached(
        "r",
        allow({
          Principal: { Service: rotation.service },
          Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
        }),
      ),
    },
    expected: "not allowed by resource (r)",
  },
  {
    name: "service, identity policies count for nothing",
    principal: rotation,
    given: { identity },
    expected: "not allowed by resource ()",
  },
];

describe("decide", () => {
  for (const { name, principal, given, expected } of outsiders) {
    it(`${name}: ${expected}`, () => {
      assert.equal(outcome(read(principal), world(given)), expected);
    });
  }

  it("answers a cross-account read with the statements of both sides", () => {
    const there = session(OTHER_ACCOUNT);
    const decision = decide(
      read(there, { "aws:principalarn": there.roleArn, "aws:sourcevpc": "vpc-1" }),
      world({
        identity: [
          attached("inline policy read", deny({ Action: "s3:*" }), allow({ Sid: "Read", Resource: SECRET })),
        ],
        resource: attached(
          "policy of the secret",
          allow({
            Sid: "Grant",
            Principal: { AWS: OTHER_ACCOUNT },
            Condition: {
              ArnEquals: { "aws:PrincipalArn": there.roleArn },
              StringEquals: { "aws:SourceVpc": ["vpc-1", "vpc-2"] },
            },
          }),
        ),
      }),
    );
    assert.deepEqual(decision, {
      allowed: true,
      by: {
        kind: "statements",
        statements: [
          { source: "policy of the secret", index: 0, sid: "Grant" },
          { source: "inline policy read", index: 1, sid: "Read" },
        ],
      },
    });
  });

  it("denies by NotPrincipal whoever has a permissions boundary", () => {
    const resource = attached("resource", deny({ NotPrincipal: { AWS: [ACCOUNT, user().arn] } }));
    const boundary = attached("boundary", allow());
    assert.deepEqual(
      [world({ identity, resource }), world({ identity, resource, boundary })].map((each) =>
        outcome(read(user()), each),
      ),
      ["allowed by identity[0]", "denied by resource resource[0]"],
    );
  });

  it("reads variables in documents of the current version only", () => {
    const statement = allow({ Resource: "arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/team}/*" });
    const allowed = (["2012-10-17", "2008-10-17", undefined] as const).map((Version) => {
      const policy = compilePolicy({ ...(Version && { Version }), Statement: statement });
      const request = read(user(), { "aws:principaltag/team": "orders" });
      return decide(request, world({ identity: [{ source: "identity", policy }] })).allowed;
    });
    assert.deepEqual(allowed, [true, false, false]);
  });
});

const ACTIONS = [
  "secretsmanager:GetSecretValue",
  "secretsmanager:*",
  "secretsmanager:Put*",
  "*",
  "kms:Decrypt",
];
const RESOURCES = ["*", SECRET, "arn:aws:secretsmanager:*:*:secret:orders/*", "arn:aws:s3:::bucket"];
const PRINCIPALS = [
  "*",
  ACCOUNT,
  OTHER_ACCOUNT,
  user().arn,
  session().roleArn,
  session(OTHER_ACCOUNT).sessionArn,
];

const condition = fc.record({
  operator: fc.constantFrom("StringEquals", "StringNotEquals", "StringLike", "StringEqualsIfExists"),
  value: fc.constantFrom("a", "b", "*", "${aws:other}"),
});

function statements(effect: "Allow" | "Deny", withPrincipal: boolean): fc.Arbitrary<Statement> {
  return fc
    .record({
      Action: fc.subarray(ACTIONS, { minLength: 1 }),
      Resource: fc.subarray(RESOURCES, { minLength: 1 }),
      AWS: fc.subarray(PRINCIPALS, { minLength: 1 }),
      condition: fc.option(condition),
    })
    .map(({ Action, Resource, AWS, condition: limits }) => ({
      Effect: effect,
      ...(withPrincipal ? { Principal: { AWS } } : {}),
      Action,
      Resource,
      ...(limits && { Condition: { [limits.operator]: { "aws:key": limits.value } } }),
    }));
}

function policies(withPrincipal: boolean, source: string) {
  const either = fc.oneof(statements("Allow", withPrincipal), statements("Deny", withPrincipal));
  const everything = allow(withPrincipal ? { Principal: "*" } : {});
  const lists = fc.oneof(
    { weight: 2, arbitrary: fc.constant([everything]) },
    { weight: 3, arbitrary: fc.array(either, { maxLength: 4 }) },
  );
  return lists.map((list) => attached(source, ...list));
}

const requests = fc
  .record({
    principal: fc.constantFrom<RequestPrincipal>(
      user(),
      session(),
      root(),
      session(OTHER_ACCOUNT),
      anonymous,
      rotation,
    ),
    key: fc.option(fc.constantFrom("a", "b")),
  })
  .map(({ principal, key }) => read(principal, key === null ? {} : { "aws:key": key, "aws:other": "a" }));

const worlds: fc.Arbitrary<PolicyWorld> = fc
  .record({
    identity: fc.array(policies(false, "identity"), { maxLength: 2 }),
    boundary: fc.option(policies(false, "boundary"), { nil: undefined }),
    session: fc.option(fc.array(policies(false, "session"), { minLength: 1, maxLength: 2 }), {
      nil: undefined,
    }),
    resource: fc.option(policies(true, "resource"), { nil: undefined }),
    endpoint: fc.option(policies(true, "endpoint"), { nil: undefined }),
  })
  .map(({ identity: policiesOfCaller, boundary, session: ofSession, resource, endpoint }) => ({
    identity: policiesOfCaller,
    ...(boundary && { boundary }),
    ...(ofSession && { session: ofSession }),
    ...(resource && { resource }),
    ...(endpoint && { endpoint }),
  }));

describe("any decision", () => {
  it("is a denial when a document denies everything to everyone", () => {
    const denying = attached("denying", deny({ Principal: "*" }));
    fc.assert(
      fc.property(
        requests,
        worlds,
        fc.constantFrom("identity", "resource", "endpoint"),
        (request, given, place) => {
          const documents = place === "identity" ? [...given.identity, denying] : denying;
          assert.equal(decide(request, { ...given, [place]: documents }).allowed, false);
        },
      ),
    );
  });

  it("stays allowed when an Allow is added", () => {
    fc.assert(
      fc.property(requests, worlds, statements("Allow", false), (request, given, more) => {
        fc.pre(decide(request, given).allowed);
        const wider = { ...given, identity: [...given.identity, attached("more", more)] };
        assert.equal(decide(request, wider).allowed, true);
      }),
    );
  });

  it("stays allowed when the resource's policy gets another Allow", () => {
    fc.assert(
      fc.property(requests, worlds, statements("Allow", true), (request, given, more) => {
        fc.pre(decide(request, given).allowed);
        const before = given.resource?.policy.document.Statement ?? [];
        const all = [...(before as readonly Statement[]), more];
        assert.equal(decide(request, { ...given, resource: attached("resource", ...all) }).allowed, true);
      }),
    );
  });

  it("stays denied when a Deny is added", () => {
    fc.assert(
      fc.property(requests, worlds, statements("Deny", false), (request, given, more) => {
        fc.pre(!decide(request, given).allowed);
        const narrower = { ...given, identity: [...given.identity, attached("more", more)] };
        assert.equal(decide(request, narrower).allowed, false);
      }),
    );
  });

  it("is the same for the same documents", () => {
    fc.assert(
      fc.property(requests, worlds, (request, given) => {
        const copies = given.identity.map(({ source, policy }) => ({
          source,
          policy: compilePolicy(document(...(policy.document.Statement as readonly Statement[]))),
        }));
        assert.deepEqual(decide(request, { ...given, identity: copies }), decide(request, given));
      }),
    );
  });
});
