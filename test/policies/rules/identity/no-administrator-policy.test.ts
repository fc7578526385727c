import { noAdministratorPolicy } from "../../../../policies/rules/identity/no-administrator-policy";
import { Case, testRule } from "../../support/cases";
import { allow, boundaryElsewhere, deny, role, rolePolicy, when, worker } from "../../support/identity";
import { policy, resource, unknownText } from "../../support/stack";

const fix = "Allow the actions that are needed, on the resources that are needed.";
const everything = "every action";
const iam = "every action of IAM, with which its holder can give itself the others";
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const says = (on: string, where: string, what: string): Case["says"] => [
  { on, violation: `${where} allows ${what}. ${fix}` },
];
const rights = (what: string) => says("rights", 'the policy of RolePolicy "rights"', what);

/** Statements of one policy, and what they allow that they should not. */
const documents: readonly (readonly [string, readonly object[], string | undefined])[] = [
  ["everything", [allow("*")], everything],
  ["everything by a list", [allow(["s3:GetObject", "*"])], everything],
  ["everything by a pattern", [allow("*:*")], everything],
  ["everything on every ARN", [allow("*", "arn:*:*:*:*:*")], everything],
  ["everything of IAM", [allow("iam:*")], iam],
  [
    "everything but one service that is not IAM",
    [{ Effect: "Allow", NotAction: "s3:*", Resource: "*" }],
    everything,
  ],
  ["everything but IAM", [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }], undefined],
  ["everything on one role", [allow("*", "arn:aws:iam::111111111111:role/one")], undefined],
  ["everything of a service", [allow("s3:*")], undefined],
  ["reading IAM", [allow(["iam:Get*", "iam:List*"])], undefined],
  [
    "everything for those with MFA",
    [allow("*", "*", when("Bool", "aws:MultiFactorAuthPresent", "true"))],
    everything,
  ],
  [
    "everything in one Region",
    [allow("*", "*", when("StringEquals", "aws:RequestedRegion", "eu-west-1"))],
    everything,
  ],
  [
    "everything under a condition that nothing meets",
    [allow("*", "*", when("DateLessThan", "aws:CurrentTime", "2001-01-01T00:00:00Z"))],
    undefined,
  ],
  [
    "everything on what has a tag",
    [allow("*", "*", when("StringEquals", "aws:ResourceTag/team", "orders"))],
    undefined,
  ],
  [
    "everything on what has not a tag",
    [allow("*", "*", when("StringNotEquals", "aws:ResourceTag/team", "orders"))],
    everything,
  ],
  [
    "everything on what has a tag, if it has one",
    [allow("*", "*", when("StringEqualsIfExists", "aws:ResourceTag/team", "orders"))],
    everything,
  ],
  ["everything, and one action denied", [allow("*"), deny("s3:DeleteBucket")], everything],
  ["everything, and everything denied", [allow("*"), deny("*")], undefined],
  ["everything, and IAM denied", [allow("*"), deny("iam:*")], undefined],
  [
    "everything, and denied without MFA",
    [allow("*"), deny("*", "*", when("BoolIfExists", "aws:MultiFactorAuthPresent", "false"))],
    everything,
  ],
  ["only a denial", [deny("*")], undefined],
];

testRule(noAdministratorPolicy, [
  ...documents.map(([name, statements, what]): Case => ({
    name,
    stack: worker(...statements),
    says: what === undefined ? [] : rights(what),
  })),
  {
    name: "the denial of another policy of the role",
    stack: [...worker(allow("*")), rolePolicy("limits", "worker", policy(deny("*")))],
    says: [],
  },
  {
    name: "the denial of another role's policy does not count",
    stack: [...worker(allow("*")), role("other"), rolePolicy("limits", "other", policy(deny("*")))],
    says: rights(everything),
  },
  {
    name: "a permissions boundary of the stack",
    stack: [
      resource("policy", "boundary", { props: { arn: boundaryElsewhere, policy: policy(allow("s3:*")) } }),
      role("worker", { permissionsBoundary: boundaryElsewhere }),
      rolePolicy("rights", "worker", policy(allow("*"))),
    ],
    says: [],
  },
  {
    name: "a permissions boundary that bounds nothing",
    stack: [
      resource("policy", "boundary", { props: { arn: boundaryElsewhere, policy: policy(allow("*")) } }),
      role("worker", { permissionsBoundary: boundaryElsewhere }),
      rolePolicy("rights", "worker", policy(allow("*"))),
    ],
    says: [...says("boundary", 'the policy of Policy "boundary"', everything)]
      .concat(rights(everything))
      .reverse(),
  },
  {
    name: "a permissions boundary that AWS keeps",
    stack: [
      role("worker", { permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" }),
      rolePolicy("rights", "worker", policy(allow("*"))),
    ],
    says: [],
  },
  {
    name: "a permissions boundary of another stack",
    stack: [
      role("worker", { permissionsBoundary: boundaryElsewhere }),
      rolePolicy("rights", "worker", policy(allow("*"))),
    ],
    says: [
      {
        on: "rights",
        undecided:
          'the permissions boundary of Role "worker" may narrow the policy of RolePolicy "rights" and is not in this ' +
          "stack / the stack that holds the boundary",
      },
    ],
  },
  {
    name: "a managed policy that nothing attaches",
    stack: [resource("policy", "admin", { props: { policy: policy(allow("*")) } })],
    says: says("admin", 'the policy of Policy "admin"', everything),
  },
  {
    name: "a managed policy that two roles have: one finding",
    stack: [
      resource("policy", "admin", { props: { arn: "arn:p", policy: policy(allow("*")) } }),
      role("a"),
      role("b"),
      resource("rolePolicyAttachment", "a", { props: { role: "a", policyArn: "arn:p" } }),
      resource("rolePolicyAttachment", "b", { props: { role: "b", policyArn: "arn:p" } }),
    ],
    says: says("admin", 'the policy of Policy "admin"', everything),
  },
  {
    name: "an inline policy of the role's own",
    stack: [
      role("worker", {
        inlinePolicies: [
          { name: "x", policy: policy(allow("s3:*")) },
          { name: "y", policy: policy(allow("*")) },
        ],
      }),
    ],
    says: says("worker", 'the inline policy 2 of Role "worker"', everything),
  },
  {
    name: "policies of users and groups",
    stack: [
      resource("user", "ann", { props: { name: "ann" } }),
      resource("group", "ops", { props: { name: "ops" } }),
      resource("userPolicy", "ann", { props: { user: "ann", policy: policy(allow("*")) } }),
      resource("groupPolicy", "ops", { props: { group: "ops", policy: policy(allow("iam:*")) } }),
    ],
    says: [
      ...says("ann", 'the policy of UserPolicy "ann"', everything),
      ...says("ops", 'the policy of GroupPolicy "ops"', iam),
    ],
  },
  {
    name: "AdministratorAccess, attached by a resource",
    stack: [
      role(),
      resource("rolePolicyAttachment", "admin", { props: { role: "worker", policyArn: administrator } }),
    ],
    says: says("admin", 'AdministratorAccess, which RolePolicyAttachment "admin" attaches,', everything),
  },
  {
    name: "AdministratorAccess, attached by the role",
    stack: [role("worker", { managedPolicyArns: [administrator] })],
    says: says("worker", 'AdministratorAccess, which Role "worker" attaches,', everything),
  },
  {
    name: "AdministratorAccess of a role of another stack",
    stack: [
      resource("rolePolicyAttachment", "admin", { props: { role: "elsewhere", policyArn: administrator } }),
    ],
    says: says("admin", 'AdministratorAccess, which RolePolicyAttachment "admin" attaches,', everything),
  },
  {
    name: "IAMFullAccess",
    stack: [
      resource("user", "ann", { props: { name: "ann" } }),
      resource("userPolicyAttachment", "iam", {
        props: { user: "ann", policyArn: "arn:aws:iam::aws:policy/IAMFullAccess" },
      }),
    ],
    says: says("iam", 'IAMFullAccess, which UserPolicyAttachment "iam" attaches,', iam),
  },
  {
    name: "PowerUserAccess, and a policy that is not known here",
    stack: [
      role("worker", {
        managedPolicyArns: [
          "arn:aws:iam::aws:policy/PowerUserAccess",
          "arn:aws:iam::aws:policy/job-function/Billing",
        ],
      }),
    ],
    says: [],
  },
  {
    name: "a document that is not known does not silence the next",
    stack: [
      ...worker(allow("*")),
      resource("rolePolicy", "later", {
        props: { role: "worker", policy: unknownText },
        from: { policy: [resource("secret", "orders")] },
      }),
    ],
    says: [
      {
        on: "later",
        undecided: 'the policy of RolePolicy "later" is not known / the outputs of Secret "orders"',
      },
      ...rights(everything),
    ],
  },
  {
    name: "a redacted document",
    stack: [role(), rolePolicy("rights", "worker", "[secret]")],
    says: [
      { on: "rights", undecided: 'the policy of RolePolicy "rights" is not known / the value of `policy`' },
    ],
  },
  {
    name: "no document",
    stack: [role(), resource("rolePolicy", "rights", { props: { role: "worker" } })],
    says: [],
  },
  {
    name: "more conditions than are tried",
    stack: worker(
      allow("*", "*", {
        Condition: {
          StringEquals: Object.fromEntries(
            Array.from({ length: 14 }, (_, index) => [`aws:PrincipalTag/t${index}`, ["a", "b", "c"]]),
          ),
          DateLessThan: { "aws:CurrentTime": "2001-01-01T00:00:00Z" },
        },
      }),
    ),
    says: [
      {
        on: "rights",
        undecided:
          'the policy of RolePolicy "rights" has too many conditions to try them all / a policy with fewer condition values',
      },
    ],
  },
]);

/** Documents that AWS refuses, and what is said of them. */
const refused: readonly (readonly [string, string, string])[] = [
  ["no JSON", '{"Version": oops', "it is not JSON"],
  [
    "a key twice",
    '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}}',
    "Statement.Effect: given more than once",
  ],
  [
    "an unknown element",
    policy({ ...allow("s3:GetObject"), Resources: "*" }),
    "Statement[0].Resources: unknown element",
  ],
  [
    "an unknown operator",
    policy(allow("s3:GetObject", "*", when("StringIs", "aws:PrincipalTag/a", "b"))),
    "Statement[0].Condition.StringIs: unknown operator",
  ],
  [
    "a principal",
    policy({ ...allow("s3:GetObject"), Principal: "*" }),
    "Statement[0].Principal: not allowed in a policy of kind identity",
  ],
];

testRule(
  noAdministratorPolicy,
  refused.map(([name, document, reason]): Case => ({
    name: `AWS refuses ${name}`,
    stack: [role(), rolePolicy("rights", "worker", document)],
    says: [
      {
        on: "rights",
        violation: `AWS refuses the policy of RolePolicy "rights": ${reason}. Write a policy that AWS accepts.`,
      },
    ],
  })),
);
