import { passRoleScoped } from "../../../../policies/rules/identity/pass-role-scoped";
import { Case, testRule } from "../../support/cases";
import { allow, deny, role, rolePolicy, when, worker } from "../../support/identity";
import { unknownText } from "../../support/stack";

const fix = "Name the roles, and the services they may be passed to in a condition on iam:PassedToService.";
const one = "arn:aws:iam::111111111111:role/one";
const every = "lets it pass every role";
const anywhere = `lets it pass ${one} to every service`;
const to = (operator: string, service: string | readonly string[]) =>
  when(operator, "iam:PassedToService", service);
const lambda = "lambda.amazonaws.com";

/** Statements of one policy, and what they leave open. */
const documents: readonly (readonly [string, readonly object[], string | undefined])[] = [
  ["every role", [allow("iam:PassRole")], every],
  ["every role of the account", [allow("iam:PassRole", "arn:aws:iam::111111111111:role/*")], every],
  ["every role to one service", [allow("iam:PassRole", "*", to("StringEquals", lambda))], every],
  ["every role, by a pattern of the action", [allow("iam:Pass*")], every],
  [
    "every action but one, who is IAM-01's",
    [{ Effect: "Allow", NotAction: "iam:CreateUser", NotResource: "arn:aws:iam::111111111111:user/x" }],
    undefined,
  ],
  ["every role but one", [{ Effect: "Allow", Action: "iam:PassRole", NotResource: one }], every],
  [
    "every role with a tag",
    [allow("iam:PassRole", "*", when("StringEquals", "iam:ResourceTag/pass", "yes"))],
    undefined,
  ],
  ["every role, denied", [allow("iam:PassRole"), deny("iam:PassRole")], undefined],
  ["one role to one service", [allow("iam:PassRole", one, to("StringEquals", lambda))], undefined],
  [
    "one role to two services",
    [allow("iam:PassRole", one, to("StringEquals", [lambda, "ecs-tasks.amazonaws.com"]))],
    undefined,
  ],
  [
    "one role to one service, if it is said",
    [allow("iam:PassRole", one, to("StringEqualsIfExists", lambda))],
    undefined,
  ],
  ["one role to whatever service", [allow("iam:PassRole", one)], anywhere],
  ["one role to a pattern of all", [allow("iam:PassRole", one, to("StringLike", "*"))], anywhere],
  [
    "one role to a pattern of AWS's",
    [allow("iam:PassRole", one, to("StringLike", "*.amazonaws.com"))],
    anywhere,
  ],
  ["one role to all but one", [allow("iam:PassRole", one, to("StringNotEquals", lambda))], anywhere],
  [
    "one role with another condition",
    [allow("iam:PassRole", one, when("StringEquals", "aws:RequestedRegion", "eu-west-1"))],
    anywhere,
  ],
  ["another action on every role", [allow("iam:GetRole")], undefined],
  ["an administrator, who is IAM-01's", [allow("*")], undefined],
];

testRule(passRoleScoped, [
  ...documents.map(([name, statements, fact]): Case => ({
    name,
    stack: worker(...statements),
    says:
      fact === undefined
        ? []
        : [{ on: "rights", violation: `the policy of RolePolicy "rights" ${fact}. ${fix}` }],
  })),
  {
    name: "whatever service, when told",
    stack: worker(allow("iam:PassRole", one)),
    config: { requireService: false },
    says: [],
  },
  {
    name: "every role, still",
    stack: worker(allow("iam:PassRole")),
    config: { requireService: false },
    says: [{ on: "rights", violation: `the policy of RolePolicy "rights" ${every}. ${fix}` }],
  },
  {
    name: "a document that is not known",
    stack: [role(), rolePolicy("rights", "worker", unknownText)],
    says: [
      { on: "rights", undecided: 'the policy of RolePolicy "rights" is not known / the value of `policy`' },
    ],
  },
]);
