import { strict as assert } from "assert";
import { Statement } from "../../../iam";
import {
  admitsPrincipal,
  admittedBy,
  Mentions,
  mentionsKey,
  mentionsOf,
} from "../../../iam/proof/policy-mentions";
import { allow, attached, deny } from "../worlds";
import { arnOfRole, BILLING, ORDERS, reading, SECRETS } from "./access-worlds";

const [a, b] = [arnOfRole("a"), arnOfRole("b")];
const asking = (operator: string, values: string | readonly string[]): Partial<Statement> => ({
  Condition: { [operator]: { "aws:PrincipalArn": values } },
});

describe("whom a resource's policy names", () => {
  // Made anew each time, so that what an earlier test has worked out is not known.
  let policy: ReturnType<typeof attached>;
  beforeEach(() => {
    policy = attached(
      "p",
      reading({ AWS: [a, BILLING, "AROAEXAMPLE"], Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] }),
      reading({ Service: "lambda.amazonaws.com" }),
      reading({ AWS: b }, { Action: "secretsmanager:PutSecretValue" }),
      deny({ Principal: "*" }),
    );
  });
  const admitted = (document: Parameters<typeof admittedBy>[0]) => {
    const {
      everyone,
      accounts,
      arns,
      services,
      openings: list,
    } = admittedBy(document, "secretsmanager:getsecretvalue");
    return [
      everyone,
      [...accounts],
      [...arns],
      [...services],
      list.map(({ accountId }) => accountId ?? "all"),
    ];
  };

  it("is said of its statements about the action that allow", () => {
    assert.deepEqual(admitted(policy), [
      false,
      [BILLING, ORDERS],
      [a, "AROAEXAMPLE"],
      ["lambda.amazonaws.com", "ec2.amazonaws.com"],
      [BILLING],
    ]);
    assert.deepEqual(admitted(attached("p", reading("*"))), [true, [], [], [], ["all"]]);
  });

  it("is no one by a statement that names nobody, or that names whom it does not mean", () => {
    const nobody = [false, [], [], [], []];
    assert.deepEqual(admitted(attached("p", allow())), nobody);
    assert.deepEqual(admitted(attached("p", allow({ NotPrincipal: { AWS: a } }))), nobody);
  });

  it("is no one without a policy, and everyone of one that is not known", () => {
    assert.deepEqual(
      [admitted(undefined), admitted({ source: "p", unknown: "not made" })],
      [
        [false, [], [], [], []],
        [true, [], [], [], ["all"]],
      ],
    );
  });

  it("is worked out once", () => {
    assert.equal(admittedBy(policy, "a:b"), admittedBy(policy, "a:b"));
  });

  it("lets a principal of another account in by an opening of everyone or its account", () => {
    const of = (...statements: readonly Statement[]) =>
      admitsPrincipal(admittedBy(attached("p", ...statements), "secretsmanager:getsecretvalue"), ORDERS, a);
    assert.deepEqual(
      [
        of(reading("*")),
        of(reading({ AWS: ORDERS })),
        of(reading({ AWS: BILLING })),
        of(reading({ AWS: a })),
        of(reading("*", asking("StringEquals", b))),
        of(reading({ AWS: BILLING }), reading({ AWS: ORDERS })),
        admitsPrincipal(admittedBy({ source: "p", unknown: "x" }, "a:b"), ORDERS, a),
      ],
      [true, true, false, false, false, true, true],
    );
  });
});

describe("what a document says that tells callers apart", () => {
  const SECRETS_ONLY = { AWS: SECRETS };
  const NONE: Mentions = { arnAtoms: [], accountAtoms: [], organizationAtoms: [], names: [] };
  const asking = (key: string, value: string) => ({ Condition: { StringEquals: { [key]: value } } });
  const says = ({ arnAtoms, accountAtoms, organizationAtoms, names }: Mentions) => [
    ...[arnAtoms, accountAtoms, organizationAtoms].map((atoms) => atoms.map(({ text }) => text).join()),
    names.join(),
  ];
  // Made anew each time, so that what an earlier test has worked out is not known.
  let policy: ReturnType<typeof attached>;
  beforeEach(() => {
    policy = attached(
      "p",
      reading({ AWS: [SECRETS, arnOfRole("a")] }, asking("aws:PrincipalArn", "arn")),
      reading("*", asking("aws:PrincipalAccount", "account")),
      deny({ Principal: "*", ...asking("kms:CallerAccount", "caller") }),
      deny({ NotPrincipal: { AWS: arnOfRole("b") }, ...asking("aws:PrincipalOrgID", "o-a") }),
      reading({ AWS: arnOfRole("c") }, { Action: "secretsmanager:PutSecretValue" }),
      reading("*", asking("aws:PrincipalArn", "${aws:userid}")),
      reading("*", {
        Condition: { StringEquals: { "aws:PrincipalArn": ["with a variable", "${aws:userid}"] } },
      }),
      reading("*", { Condition: { Null: { "aws:PrincipalArn": "false" } } }),
      reading("*", asking("aws:SourceIp", "x")),
    );
  });

  it("are atoms and names of the statements about the action", () => {
    assert.deepEqual(says(mentionsOf(policy, "secretsmanager:getsecretvalue")), [
      "arn",
      "account,caller",
      "o-a",
      `${SECRETS},${arnOfRole("a")},${arnOfRole("b")}`,
    ]);
    assert.deepEqual(mentionsOf({ source: "p", unknown: "not made" }, "a:b"), NONE);
    assert.equal(mentionsOf(policy, "a:b"), mentionsOf(policy, "a:b"));
  });

  it("has a key that is the same for the same", () => {
    const of = (...statements: readonly Statement[]) =>
      mentionsKey(mentionsOf(attached("p", ...statements), "secretsmanager:getsecretvalue"));
    const different = [
      of(),
      of(reading(SECRETS_ONLY)),
      of(reading({ AWS: [SECRETS, BILLING] })),
      of(reading("*", asking("aws:PrincipalArn", "x"))),
      of(reading("*", asking("aws:PrincipalArn", "y"))),
      of(reading("*", asking("aws:PrincipalAccount", "x"))),
      of(reading("*", asking("aws:PrincipalOrgID", "x"))),
      of(reading("*", asking("aws:PrincipalOrgID", "x")), reading("*", asking("aws:PrincipalArn", "x"))),
    ];
    assert.equal(new Set(different).size, different.length);
    assert.equal(of(reading(SECRETS_ONLY)), of(deny({ Principal: SECRETS_ONLY })));
    assert.equal(
      of(reading("*", asking("kms:CallerAccount", "x"))),
      of(reading("*", asking("aws:PrincipalAccount", "x"))),
    );
  });
});
