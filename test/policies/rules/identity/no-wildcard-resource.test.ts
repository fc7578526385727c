import { noWildcardResource } from "../../../../policies/rules/identity/no-wildcard-resource";
import { Case, testRule } from "../../support/cases";
import { allow, boundaryElsewhere, deny, role, rolePolicy, when, worker } from "../../support/identity";
import { policy, unknownText } from "../../support/stack";

const fix =
  "Name the resources by ARN, or hold the statement with a condition on what the resource is, such as its tags.";
const get = "secretsmanager:GetSecretValue";
const arn = (region: string, account: string, what: string) =>
  `arn:aws:secretsmanager:${region}:${account}:${what}`;
const tagged = (operator: string, value: string) => when(operator, "aws:ResourceTag/team", value);

/** Statements of one policy, and the actions they allow on whatever there is. */
const documents: readonly (readonly [string, readonly object[], string | undefined])[] = [
  ["reading whatever there is", [allow(get)], get],
  ["reading in every Region", [allow(get, arn("*", "111111111111", "secret:*"))], get],
  [
    "reading in one Region that is not its own",
    [allow(get, arn("us-east-1", "111111111111", "secret:*"))],
    get,
  ],
  ["reading whatever another account has", [allow(get, arn("eu-west-1", "222222222222", "secret:*"))], get],
  ["reading one secret", [allow(get, arn("eu-west-1", "111111111111", "secret:orders-??????"))], undefined],
  [
    "reading secrets of one path",
    [allow(get, arn("eu-west-1", "111111111111", "secret:orders/*"))],
    undefined,
  ],
  [
    "reading everything but one secret",
    [{ Effect: "Allow", Action: get, NotResource: arn("*", "*", "secret:a-*") }],
    get,
  ],
  ["reading what a pattern covers", [allow("secretsmanager:Get*")], get],
  ["describing whatever there is", [allow("secretsmanager:DescribeSecret")], undefined],
  [
    "listing, which has no resource",
    [allow(["secretsmanager:ListSecrets", "secretsmanager:BatchGetSecretValue"])],
    undefined,
  ],
  [
    "reading parameters",
    [allow(["ssm:GetParameter", "ssm:GetParametersByPath"])],
    "ssm:GetParameter, ssm:GetParametersByPath",
  ],
  [
    "reading parameters of one path",
    [allow("ssm:GetParameter*", "arn:aws:ssm:*:111111111111:parameter/orders/*")],
    undefined,
  ],
  ["taking any role", [allow("sts:AssumeRole")], "sts:AssumeRole"],
  ["taking one role", [allow("sts:AssumeRole", "arn:aws:iam::222222222222:role/reader")], undefined],
  ["reading what has a tag", [allow(get, "*", tagged("StringEquals", "orders"))], undefined],
  [
    "reading what has the caller's tag",
    [allow(get, "*", tagged("StringEquals", "${aws:PrincipalTag/team}"))],
    undefined,
  ],
  ["reading what has not a tag", [allow(get, "*", tagged("StringNotEquals", "orders"))], get],
  ["reading what has a tag, if any", [allow(get, "*", tagged("StringEqualsIfExists", "orders"))], get],
  ["reading what has only such tags", [allow(get, "*", tagged("ForAllValues:StringEquals", "orders"))], get],
  ["reading what has whatever tag", [allow(get, "*", tagged("StringLike", "*"))], get],
  [
    "reading by the secret's id",
    [allow(get, "*", when("ArnLike", "secretsmanager:SecretId", arn("*", "*", "secret:orders-*")))],
    undefined,
  ],
  [
    "reading by whatever id",
    [allow(get, "*", when("ArnLike", "secretsmanager:SecretId", arn("*", "*", "secret:*")))],
    get,
  ],
  [
    "reading the current version",
    [allow(get, "*", when("StringEquals", "secretsmanager:VersionStage", "AWSCURRENT"))],
    get,
  ],
  ["reading from one network", [allow(get, "*", when("StringEquals", "aws:SourceVpc", "vpc-1"))], get],
  [
    "reading in an account of one's own",
    [allow(get, "*", when("StringEquals", "aws:ResourceAccount", "111111111111"))],
    get,
  ],
  [
    "reading in another account",
    [allow(get, "*", when("StringEquals", "aws:ResourceAccount", "222222222222"))],
    undefined,
  ],
  [
    "reading by one principal",
    [allow(get, "*", when("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::111111111111:role/worker"))],
    get,
  ],
  [
    "reading by another principal",
    [allow(get, "*", when("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::111111111111:role/other"))],
    undefined,
  ],
  [
    "reading, all but one path denied",
    [allow(get), { Effect: "Deny", Action: get, NotResource: arn("*", "*", "secret:orders/*") }],
    undefined,
  ],
  ["reading, one path denied", [allow(get), deny(get, arn("*", "*", "secret:orders/*"))], get],
  ["an administrator, who is IAM-01's", [allow("*")], undefined],
];

const violation = (actions: string) =>
  `the policy of RolePolicy "rights" allows ${actions} on whatever there is. ${fix}`;

testRule(noWildcardResource, [
  ...documents.map(([name, statements, actions]): Case => ({
    name,
    stack: worker(...statements),
    says: actions === undefined ? [] : [{ on: "rights", violation: violation(actions) }],
  })),
  {
    name: "other actions, when told",
    stack: worker(allow(["sqs:ReceiveMessage", get])),
    config: { actions: ["sqs:ReceiveMessage"] },
    says: [{ on: "rights", violation: violation("sqs:ReceiveMessage") }],
  },
  {
    name: "a document that is not known",
    stack: [role(), rolePolicy("rights", "worker", unknownText)],
    says: [
      { on: "rights", undecided: 'the policy of RolePolicy "rights" is not known / the value of `policy`' },
    ],
  },
  {
    name: "a boundary of another stack",
    stack: [
      role("worker", { permissionsBoundary: boundaryElsewhere }),
      rolePolicy("rights", "worker", policy(allow(get))),
    ],
    says: [
      {
        on: "rights",
        undecided:
          'the permissions boundary of Role "worker" may narrow the policy of RolePolicy "rights" and is not in this stack / the stack that holds the boundary',
      },
    ],
  },
]);
