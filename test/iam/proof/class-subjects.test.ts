import { strict as assert } from "assert";
import {
  anonymousSubject,
  anyPolicies,
  arnCondition,
  principalOf,
  serviceSubject,
  strangerSubject,
} from "../../../iam/proof/class-subjects";
import { Frame } from "../../../iam/proof/frame";
import { Subject } from "../../../iam/proof/subject";
import { attached, allow, root, user } from "../worlds";
import { stateText } from "./state-text";

const frame = { action: "kms:Decrypt" } as Frame;
const keys = (subject: Subject, ...names: readonly string[]) =>
  names.map((name) => stateText(subject.key(name, frame)));

describe("a principal by its ARN", () => {
  const cases: Readonly<Record<string, ReturnType<typeof principalOf>>> = {
    "arn:aws:iam::1:root": { kind: "root", accountId: "1" },
    "arn:aws:iam::1:user/path/alice": { kind: "user", accountId: "1", arn: "arn:aws:iam::1:user/path/alice" },
    "arn:aws-cn:iam::1:role/path/api": {
      kind: "role-session",
      accountId: "1",
      roleArn: "arn:aws-cn:iam::1:role/path/api",
      sessionArn: "arn:aws-cn:sts::1:assumed-role/api/any-session",
    },
    "arn:aws-cn:sts::1:assumed-role/api/nightly": {
      kind: "role-session",
      accountId: "1",
      roleArn: "arn:aws-cn:iam::1:role/api",
      sessionArn: "arn:aws-cn:sts::1:assumed-role/api/nightly",
    },
    "arn:aws:sts::1:assumed-role/api": undefined,
    "arn:aws:sts::1:assumed-role/api/": undefined,
    "arn:aws:sts::1:x-assumed-role/api/nightly": undefined,
    "arn:aws:sts::1:federated-user/alice": undefined,
    "arn:aws:iam::1:assumed-role/api/nightly": undefined,
    "arn:aws:sts::1:root": undefined,
    "arn:aws:s3:::role/x": undefined,
    "arn:aws:s3:::user/x": undefined,
    "arn:aws:iam::1:group/x": undefined,
    "111111111111": undefined,
  };
  for (const [arn, principal] of Object.entries(cases))
    it(arn, () => assert.deepEqual(principalOf(arn), principal));
});

describe("a stranger", () => {
  const who = { kind: "others-of-account", accountId: "1" } as const;
  const label = [arnCondition(["a"], ["b"])];
  const scps = [[attached("scp", allow())]];
  const stranger = strangerSubject(who, user(), { organizationId: "o-a" }, scps, label);

  it("has whatever policies, and every tag", () => {
    const { key: _, ...rest } = stranger;
    assert.deepEqual(rest, {
      who,
      principal: user(),
      identity: [anyPolicies(user().arn)],
      scps,
      domain: "stranger usero-a",
      label,
    });
    assert.deepEqual(
      keys(stranger, "aws:principalorgid", "aws:principaltag/a", "aws:sourceidentity", "aws:sourceip"),
      [
        "o-a",
        "any ?* of key:aws:principaltag/a, or absent",
        "any ?* of key:aws:sourceidentity, or absent",
        "not its own",
      ],
    );
  });

  it("that is the root user has no policies", () => {
    const { identity, domain, scps: none } = strangerSubject(who, root(), {}, undefined, []);
    assert.deepEqual([identity, domain, none], [[], "stranger root", undefined]);
  });

  it("is allowed everything by policies whose source says so", () => {
    const { source, policy } = anyPolicies("x");
    assert.deepEqual(
      [source, policy.document],
      [
        "whatever policies x may have",
        { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
      ],
    );
  });

  it("is told apart by its ARN", () => {
    assert.deepEqual(
      [arnCondition(["a"]), arnCondition(["a"], ["b"])],
      [
        {
          key: "aws:PrincipalArn",
          anyOf: ["a"],
          noneOf: [],
          absent: "must not be",
          text: "aws:PrincipalArn is a",
        },
        {
          key: "aws:PrincipalArn",
          anyOf: ["a"],
          noneOf: ["b"],
          absent: "must not be",
          text: "aws:PrincipalArn is a and is not b",
        },
      ],
    );
  });
});

describe("callers without an account", () => {
  const OF_ACCOUNTS = [
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:username",
    "aws:sourceidentity",
    "kms:calleraccount",
    "aws:userid",
    "aws:principaltag/team",
  ];
  const OF_SERVICES = [
    "aws:principalisawsservice",
    "aws:principalservicename",
    "aws:principalservicenameslist",
  ];

  it("are anonymous", () => {
    const { key: _, ...rest } = anonymousSubject;
    assert.deepEqual(rest, {
      who: { kind: "anonymous" },
      principal: { kind: "anonymous" },
      identity: [],
      domain: "anonymous",
      label: [],
    });
    assert.deepEqual(
      keys(anonymousSubject, ...OF_ACCOUNTS),
      OF_ACCOUNTS.map(() => "absent"),
    );
    assert.deepEqual(keys(anonymousSubject, ...OF_SERVICES), ["false", "absent", "absent"]);
    assert.deepEqual(keys(anonymousSubject, "aws:principaltype", "aws:sourceip"), [
      "Anonymous",
      "not its own",
    ]);
  });

  const services: readonly (readonly [service: string | undefined, name: string])[] = [
    ["lambda.amazonaws.com", "lambda.amazonaws.com"],
    [undefined, "any-other.amazonaws.com"],
  ];
  for (const [service, name] of services) {
    it(`are a service: ${name}`, () => {
      const { key: _, ...rest } = serviceSubject(service);
      assert.deepEqual(rest, {
        who: { kind: "aws-service", ...(service !== undefined && { service }) },
        principal: { kind: "service", service: name },
        identity: [],
        domain: "service",
        label: [],
      });
      const subject = serviceSubject(service);
      assert.deepEqual(
        keys(subject, ...OF_ACCOUNTS),
        OF_ACCOUNTS.map(() => "absent"),
      );
      assert.deepEqual(keys(subject, ...OF_SERVICES), ["true", name, `[${name}]`]);
      assert.deepEqual(keys(subject, "aws:principaltype", "aws:sourceip"), ["not its own", "not its own"]);
    });
  }
});
