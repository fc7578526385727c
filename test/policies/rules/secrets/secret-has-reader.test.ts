import { secretHasReader } from "../../../../policies/rules/secrets/secret-has-reader";
import { Case, testRule } from "../../support/cases";
import { allow, deny, role, rolePolicy, trust } from "../../support/identity";
import { policy, resource, resourceOfType, unknownText } from "../../support/stack";

const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
const secret = resource("secret", "orders", { props: { arn, name: "orders" } });
const unread: Case["says"] = [
  {
    on: "orders",
    violation:
      'nothing of this stack may read Secret "orders". Grant it to whoever needs it, or delete it: a secret that nobody needs can only leak.',
  },
];
const untold: Case["says"] = [
  {
    on: "orders",
    undecided: 'whether anybody may read Secret "orders" is not known / the outputs of Secret "orders"',
  },
];
const get = "secretsmanager:GetSecretValue";
const reading = (...statements: readonly object[]) => [
  secret,
  role("app"),
  rolePolicy("app", "app", policy(...statements)),
];
const sharing = (document: unknown) => [
  secret,
  resource("secretPolicy", "access", { props: { secretArn: arn, policy: document } }),
];
const to = (principal: unknown, more: object = {}) =>
  policy({ Effect: "Allow", Principal: principal, Action: get, Resource: "*", ...more });

const rotating = (...statements: readonly object[]) => [
  secret,
  resource("role", "rotate", {
    props: { name: "rotate", arn: "arn:aws:iam::111111111111:role/rotate", assumeRolePolicy: trust },
  }),
  rolePolicy("rotate", "rotate", policy(...statements)),
  resource("function", "rotate", {
    props: { arn: "arn:f", role: "arn:aws:iam::111111111111:role/rotate" },
    from: { environment: [secret] },
  }),
  resource("secretRotation", "monthly", { props: { secretId: arn, rotationLambdaArn: "arn:f" } }),
];

testRule(secretHasReader, [
  { name: "a secret alone", stack: [secret], says: unread },
  {
    name: "a role that reads it",
    stack: reading(allow(get, "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-??????")),
    says: [],
  },
  { name: "a role that reads it by its whole ARN", stack: reading(allow(get, arn)), says: [] },
  {
    name: "a role that reads everything of a path",
    stack: reading(allow("secretsmanager:Get*", "arn:aws:secretsmanager:*:*:secret:ord*")),
    says: [],
  },
  { name: "a role that reads everything", stack: reading(allow(get)), says: [] },
  {
    name: "a role that reads another secret",
    stack: reading(allow(get, "arn:aws:secretsmanager:eu-west-1:111111111111:secret:billing-??????")),
    says: unread,
  },
  {
    name: "a role that reads a longer name",
    stack: reading(allow(get, "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-new-??????")),
    says: unread,
  },
  {
    name: "a role that only describes it",
    stack: reading(allow("secretsmanager:DescribeSecret", arn)),
    says: unread,
  },
  { name: "a role to which it is denied", stack: reading(allow(get, arn), deny(get, arn)), says: unread },
  { name: "an administrator is no reader", stack: reading(allow("*")), says: unread },
  { name: "its own rotation", stack: rotating(allow(get, arn)), says: unread },
  {
    name: "its own rotation, and a reader",
    stack: [...rotating(allow(get, arn)), role("app"), rolePolicy("app", "app", policy(allow(get, arn)))],
    says: [],
  },
  {
    name: "a policy that nothing attaches",
    stack: [secret, resource("policy", "read", { props: { policy: policy(allow(get, arn)) } })],
    says: [],
  },
  { name: "another account", stack: sharing(to({ AWS: "222222222222" })), says: [] },
  {
    name: "another account of the organisation",
    stack: sharing(
      to({ AWS: "222222222222" }, { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-strongroom" } } }),
    ),
    says: [],
  },
  {
    name: "another account that may only describe",
    stack: sharing(to({ AWS: "222222222222" }, { Action: "secretsmanager:DescribeSecret" })),
    says: unread,
  },
  {
    name: "its own account, which leaves it to IAM",
    stack: sharing(to({ AWS: "111111111111" })),
    says: unread,
  },
  {
    name: "the root of its own account, which leaves it to IAM too",
    stack: sharing(to({ AWS: "arn:aws:iam::111111111111:root" })),
    says: unread,
  },
  {
    name: "a role of its own account by name",
    stack: sharing(to({ AWS: "arn:aws:iam::111111111111:role/app" })),
    says: [],
  },
  {
    name: "a denial only",
    stack: sharing(policy({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" })),
    says: unread,
  },
  {
    name: "everybody of the organisation",
    stack: sharing(to("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-strongroom" } } })),
    says: [],
  },
  { name: "a policy that is not known", stack: sharing(unknownText), says: untold },
  { name: "a policy that AWS refuses", stack: sharing("{"), says: unread },
  {
    name: "a task that is computed from it",
    stack: [
      secret,
      resource("taskDefinition", "app", {
        props: { containerDefinitions: unknownText },
        from: { containerDefinitions: [secret] },
      }),
    ],
    says: [],
  },
  {
    name: "a policy of a role that is computed from it",
    stack: [
      secret,
      role("app"),
      resource("rolePolicy", "app", {
        props: { role: "app", policy: unknownText },
        from: { policy: [secret] },
      }),
    ],
    says: untold,
  },
  {
    name: "a known policy of a role that is computed from it and does not read it",
    stack: [
      secret,
      role("app"),
      resource("rolePolicy", "app", {
        props: { role: "app", policy: policy(allow("secretsmanager:DescribeSecret", arn)) },
        from: { policy: [secret] },
      }),
    ],
    says: unread,
  },
  {
    name: "what belongs to the secret",
    stack: [
      secret,
      resource("secretVersion", "v", { props: { secretId: unknownText }, from: { secretId: [secret] } }),
      resource("permission", "p", { props: { sourceArn: unknownText }, from: { sourceArn: [secret] } }),
      resource("keyPolicy", "k", { props: { policy: unknownText }, from: { policy: [secret] } }),
    ],
    says: unread,
  },
  {
    name: "a resource that no rule knows does not count",
    stack: [
      secret,
      resourceOfType("aws:sns/topic:Topic", "t", { props: { name: unknownText }, from: { name: [secret] } }),
    ],
    says: unread,
  },
  {
    name: "a secret that a service owns",
    stack: [resource("secret", "orders", { props: { name: "rds!db-1", owningService: "rds" } })],
    says: [],
  },
  {
    name: "a secret of another stack",
    stack: [
      resource("secretPolicy", "access", {
        props: {
          secretArn: arn,
          policy: policy({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }),
        },
      }),
    ],
    says: [],
  },
  {
    name: "a secret without a known name",
    stack: [
      resource("secret", "orders", { props: { name: unknownText, arn: unknownText } }),
      role("app"),
      rolePolicy("app", "app", policy(allow(get, arn))),
    ],
    says: unread,
  },
  {
    name: "two secrets, one read",
    stack: [...reading(allow(get, arn)), resource("secret", "billing", { props: { name: "billing" } })],
    says: [{ on: "billing", violation: unreadText("billing") }],
  },
]);

function unreadText(name: string): string {
  return `nothing of this stack may read Secret "${name}". Grant it to whoever needs it, or delete it: a secret that nobody needs can only leak.`;
}
