import { strict as assert } from "assert";
import { anyOrganization as untoldOrganization } from "../../../../policies/organization";
import { secretPolicyNotPublic } from "../../../../policies/rules/secrets/secret-policy-not-public";
import { buildGraph } from "../../../../policies/stack/graph";
import { isAboutThePublic } from "../../../../policies/waivers/public-findings";
import { Case, testRule } from "../../support/cases";
import { policy, resource, Said, unknownText } from "../../support/stack";

import { tooComplex } from "../../support/too-complex";

const fix = "Name the principals, or bind the statement to the organisation with aws:PrincipalOrgID.";
const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
const secret = resource("secret", "orders", { props: { arn, name: "orders" } });
const attached = (document: unknown, block: unknown = true) =>
  resource("secretPolicy", "access", {
    props: { secretArn: arn, policy: document, blockPublicPolicy: block },
  });

const read = { Effect: "Allow", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" };
const everybody = "anybody, without credentials";
const anyAccount = "any AWS account";
const anyOrganization = "any AWS account of another organisation";

/** Statements, and who they let in that nobody named. */
const documents: readonly (readonly [string, readonly object[], string | undefined])[] = [
  ["a wildcard", [read], everybody],
  ["a wildcard in a list", [{ ...read, Principal: { AWS: ["111111111111", "*"] } }], everybody],
  ["a wildcard to administer", [{ ...read, Action: "secretsmanager:PutResourcePolicy" }], everybody],
  [
    "a wildcard for an action that gives nothing away",
    [{ ...read, Action: "secretsmanager:ListSecretVersionIds" }],
    undefined,
  ],
  [
    "everything but one action",
    [{ Effect: "Allow", Principal: "*", NotAction: "secretsmanager:GetSecretValue", Resource: "*" }],
    everybody,
  ],
  [
    "a wildcard of the organisation",
    [when({ StringEquals: { "aws:PrincipalOrgID": "o-strongroom" } })],
    undefined,
  ],
  [
    "the organisation by its path",
    [when({ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-strongroom/*" } })],
    undefined,
  ],
  [
    "the organisation's path for all values: none passes",
    [when({ "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-strongroom/*" } })],
    everybody,
  ],
  [
    "the organisation, if there is one",
    [when({ StringEqualsIfExists: { "aws:PrincipalOrgID": "o-strongroom" } })],
    everybody,
  ],
  ["any organisation", [when({ StringLike: { "aws:PrincipalOrgID": "o-*" } })], anyOrganization],
  ["any organisation but one", [when({ StringNotEquals: { "aws:PrincipalOrgID": "o-other" } })], everybody],
  [
    "one account by condition",
    [when({ StringEquals: { "aws:PrincipalAccount": "222222222222" } })],
    undefined,
  ],
  ["not one account", [when({ StringNotEquals: { "aws:PrincipalAccount": "222222222222" } })], everybody],
  [
    "one role by ARN",
    [when({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/*" } })],
    undefined,
  ],
  [
    "a role of any account",
    [when({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/orders-service" } })],
    anyAccount,
  ],
  ["one VPC", [when({ StringEquals: { "aws:SourceVpc": "vpc-0a0000000000000a1" } })], undefined],
  [
    "one VPC, if there is one",
    [when({ StringEqualsIfExists: { "aws:SourceVpc": "vpc-0a0000000000000a1" } })],
    everybody,
  ],
  ["any VPC", [when({ StringLike: { "aws:SourceVpc": "vpc-*" } })], everybody],
  ["one network", [when({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })], undefined],
  ["every network", [when({ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } })], everybody],
  ["a secure transport only", [when({ Bool: { "aws:SecureTransport": "true" } })], everybody],
  ["multi-factor authentication only", [when({ Bool: { "aws:MultiFactorAuthPresent": "true" } })], everybody],
  ["a user agent", [when({ StringEquals: { "aws:UserAgent": "orders/1.0" } })], everybody],
  [
    "a tag of the caller's own choice",
    [when({ StringEquals: { "aws:PrincipalTag/team": "orders" } })],
    everybody,
  ],
  [
    "a version stage of the caller's own choice",
    [when({ "ForAnyValue:StringEquals": { "secretsmanager:VersionStage": "AWSCURRENT" } })],
    everybody,
  ],
  [
    "two conditions of which one holds",
    [when({ StringEquals: { "aws:UserAgent": "x", "aws:PrincipalOrgID": "o-strongroom" } })],
    undefined,
  ],
  [
    "a wildcard and a Deny to all others",
    [
      read,
      { ...read, Effect: "Deny", Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-strongroom" } } },
    ],
    undefined,
  ],
  [
    "a wildcard and a Deny with a hole",
    [
      read,
      {
        ...read,
        Effect: "Deny",
        Condition: {
          StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-strongroom" },
          Bool: { "aws:SecureTransport": "false" },
        },
      },
    ],
    everybody,
  ],
  [
    "a Deny of one action only",
    [
      { ...read, Action: "secretsmanager:*" },
      { ...read, Effect: "Deny" },
    ],
    everybody,
  ],
  ["an AWS service", [{ ...read, Principal: { Service: "rds.amazonaws.com" } }], undefined],
  [
    "named principals",
    [{ ...read, Principal: { AWS: "arn:aws:iam::222222222222:role/orders-service" } }],
    undefined,
  ],
  ["one secret by its ARN", [{ ...read, Resource: arn }], everybody],
  ["only a Deny", [{ ...read, Effect: "Deny" }], undefined],
];

function when(condition: object): object {
  return { ...read, Condition: condition };
}

const byDocument = documents.map(([name, statements, who]): Case => ({
  name,
  stack: [secret, attached(policy(...statements))],
  says:
    who === undefined
      ? []
      : [{ on: "access", violation: `the policy of SecretPolicy "access" lets in ${who}. ${fix}` }],
}));

testRule(secretPolicyNotPublic, [
  ...byDocument,
  {
    name: "the secret's own policy",
    stack: [resource("secret", "orders", { props: { policy: policy(read) } })],
    says: [{ on: "orders", violation: `the policy of Secret "orders" lets in ${everybody}. ${fix}` }],
  },
  {
    name: "an empty policy is none",
    stack: [resource("secret", "orders", { props: { policy: "" } })],
    says: [],
  },
  {
    name: "the policy of a secret of another stack",
    stack: [attached(policy(read))],
    says: [{ on: "access", violation: `the policy of SecretPolicy "access" lets in ${everybody}. ${fix}` }],
  },
  ...[false, undefined].map((block): Case => ({
    name: `blockPublicPolicy ${block}`,
    stack: [secret, attached(policy({ ...read, Principal: { AWS: "111111111111" } }), block ?? null)],
    says: [
      {
        on: "access",
        violation: 'SecretPolicy "access" does not block public policies. Set blockPublicPolicy to true.',
      },
    ],
  })),
  {
    name: "blockPublicPolicy that is not known",
    stack: [secret, attached(policy({ ...read, Principal: { AWS: "111111111111" } }), unknownText)],
    says: [
      {
        on: "access",
        undecided:
          'whether SecretPolicy "access" blocks public policies is not known / the value of `blockPublicPolicy`',
      },
    ],
  },
  {
    name: "more conditions than are tried",
    stack: [secret, attached(policy({ ...read, ...tooComplex }))],
    says: [
      {
        on: "access",
        undecided:
          'the policy of SecretPolicy "access" has too many conditions to try them all / a policy with fewer condition values',
      },
    ],
  },
  {
    name: "blockPublicPolicy where it is not asked for",
    stack: [secret, attached(policy({ ...read, Principal: { AWS: "111111111111" } }), false)],
    config: { requireBlockPublicPolicy: false },
    says: [],
  },
  {
    name: "a policy that is not known, beside one that is public",
    stack: [
      secret,
      resource("secretPolicy", "later", {
        props: { secretArn: arn, policy: unknownText, blockPublicPolicy: true },
        from: { policy: [secret] },
      }),
      attached(policy(read)),
    ],
    says: [
      {
        on: "later",
        undecided: 'the policy of SecretPolicy "later" is not known / the outputs of Secret "orders"',
      },
      { on: "access", violation: `the policy of SecretPolicy "access" lets in ${everybody}. ${fix}` },
    ],
  },
  {
    name: "text that is no policy",
    stack: [secret, attached("{")],
    says: [unreadable("it is not JSON")],
  },
  {
    name: "NotPrincipal with Allow, which AWS refuses",
    stack: [
      secret,
      attached(
        policy({ ...read, Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::111111111111:root" } }),
      ),
    ],
    says: [unreadable('Statement[0].NotPrincipal: only with "Deny"')],
  },
]);

function unreadable(reason: string): Said {
  const fact = `AWS refuses the policy of SecretPolicy "access": ${reason}`;
  return { on: "access", violation: `${fact}. Write a policy that AWS accepts.` };
}

describe("a finding of SM-09", () => {
  it("is about the public where the document is, not where only the guard against it is missing", () => {
    const found = secretPolicyNotPublic.check(
      buildGraph([secret, attached(policy(read), false)]),
      { requireBlockPublicPolicy: true },
      untoldOrganization,
    );
    assert.deepEqual(
      found.map((one) => "isPublic" in one && one.isPublic),
      [false, false],
    );
    assert.deepEqual(
      found.map((one) => one.kind === "violation" && isAboutThePublic(secretPolicyNotPublic, one)),
      [false, true],
    );
  });
});
