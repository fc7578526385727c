import { trustPolicyNarrow } from "../../../../policies/rules/identity/trust-policy-narrow";
import { Case, testRule } from "../../support/cases";
import { role, when } from "../../support/identity";
import { policy, resource, unknownText } from "../../support/stack";
import { tooComplex } from "../../support/too-complex";

const fix =
  "Name who may assume the role, and hold it with aws:PrincipalOrgID, sts:ExternalId, aws:SourceAccount or the " +
  "subject of the token.";
const github = "token.actions.githubusercontent.com";
const gitlab = "gitlab.com";
const eks = "oidc.eks.eu-west-1.amazonaws.com/id/ABC";

function assume(principal: unknown, more: object = {}, action: unknown = "sts:AssumeRole") {
  return { Effect: "Allow", Principal: principal, Action: action, ...more };
}
const aws = (principal: string | readonly string[], more: object = {}) => assume({ AWS: principal }, more);
const service = (name: string | readonly string[], more: object = {}) => assume({ Service: name }, more);
const token = (issuer: string, conditions: object) => {
  const provider =
    issuer.includes("amazonaws.com") && !issuer.includes("/")
      ? issuer
      : `arn:aws:iam::111111111111:oidc-provider/${issuer}`;
  return assume({ Federated: provider }, { Condition: conditions }, "sts:AssumeRoleWithWebIdentity");
};
const subject = (issuer: string, operator: string, value: string | readonly string[]) =>
  token(issuer, {
    StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" },
    [operator === "StringEquals" ? "StringLike" : operator]: { [`${issuer}:sub`]: value },
  });

const stranger = (account: string) =>
  `lets in account ${account}, in whatever organisation it is, without external id or MFA`;
const anyAccount = "lets in any AWS account";
const anyToken = (issuer: string) => `lets in any token of ${issuer}`;
const confused = (name: string) => `lets ${name} in for any account`;

/** Statements of a trust policy of account 111111111111, and what they leave open. */
const documents: readonly (readonly [string, readonly object[], readonly string[]])[] = [
  ["a service", [service("lambda.amazonaws.com")], []],
  [
    "its own account, and a Deny of every service",
    [aws("arn:aws:iam::111111111111:root"), service("*", { Effect: "Deny" })],
    [],
  ],
  [
    "its own account, and a Deny of every action",
    [aws("arn:aws:iam::111111111111:root"), assume({ AWS: "*" }, { Effect: "Deny" }, "sts:*")],
    [],
  ],
  ["its own account", [aws("arn:aws:iam::111111111111:root")], []],
  ["its own account by number", [aws("111111111111")], []],
  ["a role of its own account", [aws("arn:aws:iam::111111111111:role/ci")], []],
  ["everybody", [assume("*")], [anyAccount]],
  ["everybody, in a list", [aws(["111111111111", "*"])], [anyAccount]],
  [
    "everybody of the organisation",
    [aws("*", when("StringEquals", "aws:PrincipalOrgID", "o-strongroom"))],
    [],
  ],
  [
    "everybody of the organisation, if of any",
    [aws("*", when("StringEqualsIfExists", "aws:PrincipalOrgID", "o-strongroom"))],
    [anyAccount],
  ],
  [
    "everybody of any organisation",
    [aws("*", when("StringLike", "aws:PrincipalOrgID", "o-*"))],
    [anyAccount],
  ],
  [
    "everybody but an organisation",
    [aws("*", when("StringNotEquals", "aws:PrincipalOrgID", "o-other"))],
    [anyAccount],
  ],
  [
    "everybody with a guessable id",
    [aws("*", when("StringEquals", "sts:ExternalId", "guess"))],
    [anyAccount],
  ],
  [
    "everybody, and all denied but the organisation",
    [
      aws("*"),
      { ...aws("*", when("StringNotEquals", "aws:PrincipalOrgID", "o-strongroom")), Effect: "Deny" },
    ],
    [],
  ],
  ["every service", [service("*")], ["lets in every AWS service"]],
  ["every action", [assume({ AWS: "111111111111" }, {}, "*")], ["allows every action"]],
  [
    "every action of STS, among others",
    [assume({ AWS: "111111111111" }, {}, ["sts:TagSession", "STS:*"])],
    ["allows every action"],
  ],
  ["another account", [aws("222222222222")], [stranger("222222222222")]],
  ["a role of another account", [aws("arn:aws:iam::222222222222:role/ci")], [stranger("222222222222")]],
  [
    "two other accounts",
    [aws(["222222222222", "333333333333"])],
    [stranger("222222222222"), stranger("333333333333")],
  ],
  [
    "another account with an external id",
    [aws("222222222222", when("StringEquals", "sts:ExternalId", "x-1"))],
    [],
  ],
  [
    "another account with whatever external id",
    [aws("222222222222", when("StringLike", "sts:ExternalId", "*"))],
    [stranger("222222222222")],
  ],
  [
    "another account with another external id",
    [aws("222222222222", when("StringNotEquals", "sts:ExternalId", "x-1"))],
    [stranger("222222222222")],
  ],
  [
    "another account with an external id, if any",
    [aws("222222222222", when("StringEqualsIfExists", "sts:ExternalId", "x-1"))],
    [stranger("222222222222")],
  ],
  ["another account with MFA", [aws("222222222222", when("Bool", "aws:MultiFactorAuthPresent", "true"))], []],
  [
    "another account with MFA, if said",
    [aws("222222222222", when("BoolIfExists", "aws:MultiFactorAuthPresent", "true"))],
    [stranger("222222222222")],
  ],
  [
    "another account with MFA of an age",
    [aws("222222222222", when("Bool", "aws:MultiFactorAuthPresent", "false"))],
    [stranger("222222222222")],
  ],
  [
    "another account of the organisation",
    [aws("222222222222", when("StringEquals", "aws:PrincipalOrgID", "o-strongroom"))],
    [],
  ],
  ["another account, denied", [aws("222222222222"), { ...aws("222222222222"), Effect: "Deny" }], []],
  [
    "another account without MFA denied",
    [
      aws("222222222222"),
      { ...aws("222222222222", when("BoolIfExists", "aws:MultiFactorAuthPresent", "false")), Effect: "Deny" },
    ],
    [],
  ],
  [
    "another account with MFA said to be missing denied",
    [
      aws("222222222222"),
      { ...aws("222222222222", when("Bool", "aws:MultiFactorAuthPresent", "false")), Effect: "Deny" },
    ],
    [stranger("222222222222")],
  ],
  [
    "a service that acts for many",
    [service("scheduler.amazonaws.com")],
    [confused("scheduler.amazonaws.com")],
  ],
  [
    "two of them",
    [service(["states.amazonaws.com", "rolesanywhere.amazonaws.com"])],
    [confused("rolesanywhere.amazonaws.com"), confused("states.amazonaws.com")],
  ],
  [
    "one that acts for many, for one account",
    [service("scheduler.amazonaws.com", when("StringEquals", "aws:SourceAccount", "111111111111"))],
    [],
  ],
  [
    "one that acts for many, for one source",
    [service("bedrock.amazonaws.com", when("ArnLike", "aws:SourceArn", "arn:aws:bedrock:*:111111111111:*"))],
    [],
  ],
  [
    "one that acts for many, for the organisation",
    [service("vpc-flow-logs.amazonaws.com", when("StringEquals", "aws:SourceOrgID", "o-strongroom"))],
    [],
  ],
  [
    "one that acts for many, for any source",
    [service("bedrock.amazonaws.com", when("ArnLike", "aws:SourceArn", "arn:aws:*:*:*:*"))],
    [confused("bedrock.amazonaws.com")],
  ],
  [
    "one that acts for many, for one account if said",
    [service("scheduler.amazonaws.com", when("StringEqualsIfExists", "aws:SourceAccount", "111111111111"))],
    [confused("scheduler.amazonaws.com")],
  ],
  [
    "one that acts for many, for all but one account",
    [service("scheduler.amazonaws.com", when("StringNotEquals", "aws:SourceAccount", "222222222222"))],
    [confused("scheduler.amazonaws.com")],
  ],
  ["GitHub, one branch", [subject(github, "StringEquals", "repo:acme/app:ref:refs/heads/main")], []],
  ["GitHub, one organisation", [subject(github, "StringLike", "repo:acme/*")], []],
  ["GitHub, every repository", [subject(github, "StringLike", "repo:*")], [anyToken(github)]],
  [
    "GitHub, every main branch",
    [subject(github, "StringLike", "repo:*:ref:refs/heads/main")],
    [anyToken(github)],
  ],
  [
    "GitHub, one repository among two patterns",
    [subject(github, "StringLike", ["repo:acme/app:*", "*"])],
    [anyToken(github)],
  ],
  ["GitHub, all but one", [subject(github, "StringNotLike", "repo:evil/*")], [anyToken(github)]],
  [
    "GitHub, the audience only",
    [token(github, { StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" } })],
    [anyToken(github)],
  ],
  ["GitHub, nothing", [token(github, {})], [anyToken(github)]],
  [
    "GitHub, the subject denied again",
    [
      token(github, {}),
      { ...token(github, { StringNotLike: { [`${github}:sub`]: "repo:acme/*" } }), Effect: "Deny" },
    ],
    [],
  ],
  [
    "GitHub, denied for everybody else's",
    [
      token(github, {}),
      {
        ...assume("*", { Condition: { StringNotLike: { [`${github}:sub`]: "repo:acme/*" } } }, "sts:*"),
        Effect: "Deny",
      },
    ],
    [],
  ],
  [
    "GitLab, one project",
    [subject(gitlab, "StringEquals", "project_path:acme/app:ref_type:branch:ref:main")],
    [],
  ],
  ["GitLab, every project", [subject(gitlab, "StringLike", "project_path:*")], [anyToken(gitlab)]],
  ["a cluster, one service account", [subject(eks, "StringEquals", "system:serviceaccount:apps:orders")], []],
  [
    "a cluster, every service account",
    [subject(eks, "StringLike", "system:serviceaccount:*")],
    [anyToken(eks)],
  ],
  [
    "two issuers, one open",
    [subject(github, "StringEquals", "repo:acme/app:*"), subject(gitlab, "StringLike", "*")],
    [anyToken(gitlab)],
  ],
  [
    "Cognito, one pool",
    [
      token("cognito-identity.amazonaws.com", {
        StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:1" },
      }),
    ],
    [],
  ],
  [
    "Cognito, every pool",
    [token("cognito-identity.amazonaws.com", {})],
    [anyToken("cognito-identity.amazonaws.com")],
  ],
  [
    "SAML",
    [assume({ Federated: "arn:aws:iam::111111111111:saml-provider/idp" }, {}, "sts:AssumeRoleWithSAML")],
    [],
  ],
];

const violations = (facts: readonly string[], name = "worker"): Case["says"] =>
  facts.map((fact) => ({ on: name, violation: `the trust policy of Role "${name}" ${fact}. ${fix}` }));
const trusting = (...statements: readonly object[]) => [
  role("worker", { assumeRolePolicy: policy(...statements) }),
];

testRule(trustPolicyNarrow, [
  ...documents.map(([name, statements, facts]): Case => ({
    name,
    stack: trusting(...statements),
    says: violations(facts),
  })),
  {
    name: "accounts of the organisation",
    stack: trusting(aws(["222222222222", "333333333333"])),
    organization: { accounts: ["222222222222"] },
    says: violations([stranger("333333333333")]),
  },
  {
    name: "accounts that are trusted",
    stack: trusting(aws(["222222222222", "333333333333"])),
    config: { trustedAccounts: ["333333333333"] },
    says: violations([stranger("222222222222")]),
  },
  {
    name: "other services, when told",
    stack: trusting(service(["scheduler.amazonaws.com", "config.amazonaws.com"])),
    config: { confusedDeputyServices: ["config.amazonaws.com"] },
    says: violations([confused("config.amazonaws.com")]),
  },
  {
    name: "an account that may be its own",
    stack: [
      resource("role", "worker", { props: { assumeRolePolicy: policy(aws("222222222222")) }, account: null }),
    ],
    says: [
      {
        on: "worker",
        undecided:
          'whether account 222222222222 in the trust policy of Role "worker" owns the role is not known / an account in the provider\'s settings',
      },
    ],
  },
  {
    name: "a wildcard of a role of an unknown account",
    stack: [resource("role", "worker", { props: { assumeRolePolicy: policy(aws("*")) }, account: null })],
    says: violations([anyAccount]),
  },
  { name: "a role without a document", stack: [resource("role", "worker")], says: [] },
  {
    name: "a document that is not known does not silence the next",
    stack: [role("later", { assumeRolePolicy: unknownText }), ...trusting(aws("*"))],
    says: [
      {
        on: "later",
        undecided: 'the trust policy of Role "later" is not known / the value of `assumeRolePolicy`',
      },
      ...violations([anyAccount]),
    ],
  },
  {
    name: "a document that AWS refuses",
    stack: trusting({ Effect: "Allow", NotPrincipal: { AWS: "222222222222" }, Action: "sts:AssumeRole" }),
    says: [
      {
        on: "worker",
        violation:
          'AWS refuses the trust policy of Role "worker": Statement[0].NotPrincipal: not allowed in a policy of kind trust; Statement[0].NotPrincipal: only with "Deny". Write a policy that AWS accepts.',
      },
    ],
  },
  {
    name: "more conditions than are tried, for anybody",
    stack: trusting(aws("*", tooComplex)),
    says: [
      {
        on: "worker",
        undecided:
          'the trust policy of Role "worker" has too many conditions to try them all / a policy with fewer condition values',
      },
    ],
  },
  {
    name: "more conditions than are tried",
    stack: trusting(
      aws("222222222222", {
        Condition: {
          StringEquals: Object.fromEntries(
            Array.from({ length: 12 }, (_, index) => [`aws:PrincipalTag/t${index}`, ["a", "b", "c"]]),
          ),
          DateLessThan: { "aws:CurrentTime": "2001-01-01T00:00:00Z" },
        },
      }),
    ),
    says: [
      {
        on: "worker",
        undecided:
          'the trust policy of Role "worker" has too many conditions to try them all / a policy with fewer condition values',
      },
    ],
  },
]);
