import { strict as assert } from "assert";
import { RequestContext, Statement } from "../../iam";
import { compileStatement } from "../../iam/compiled-statement";
import { prepareEvaluation } from "../../iam/evaluation";
import { NAMED } from "../../iam/principal-match";
import { ACCOUNT, allow, read, ROLE_TO_ASSUME, SECRET, user } from "./worlds";

const TEAM = "arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/team}/*";

const cases: readonly {
  name: string;
  statement: Statement;
  action?: string;
  arn?: string;
  team?: string;
  applies: boolean;
}[] = [
  { name: "everything", statement: allow(), applies: true },
  {
    name: "the action, in another case",
    statement: allow({ Action: "SecretsManager:getsecretvalue" }),
    applies: true,
  },
  {
    name: "an action asked for in another case",
    statement: allow({ Action: "secretsmanager:GetSecretValue" }),
    action: "SECRETSMANAGER:GETSECRETVALUE",
    applies: true,
  },
  { name: "a star in the action", statement: allow({ Action: "secretsmanager:Get*" }), applies: true },
  {
    name: "a question mark in the action",
    statement: allow({ Action: "secretsmanager:?etSecretValue" }),
    applies: true,
  },
  { name: "a star in the service", statement: allow({ Action: "secrets*:GetSecretValue" }), applies: true },
  {
    name: "another action",
    statement: allow({ Action: ["secretsmanager:PutSecretValue", "kms:*"] }),
    applies: false,
  },
  {
    name: "one of several actions",
    statement: allow({ Action: ["kms:*", "secretsmanager:GetSecretValue"] }),
    applies: true,
  },
  { name: "NotAction, another", statement: allow({ NotAction: ["iam:*", "kms:Decrypt"] }), applies: true },
  { name: "NotAction, this one", statement: allow({ NotAction: "secretsmanager:*" }), applies: false },
  { name: "NotAction, every one", statement: allow({ NotAction: "*" }), applies: false },
  { name: "neither action", statement: { Effect: "Allow", Resource: "*" }, applies: false },
  { name: "the resource", statement: allow({ Resource: ["arn:aws:s3:::bucket", SECRET] }), applies: true },
  {
    name: "the resource in another case",
    statement: allow({ Resource: SECRET.toUpperCase() }),
    applies: false,
  },
  { name: "NotResource, another", statement: allow({ NotResource: "arn:aws:s3:::bucket" }), applies: true },
  { name: "NotResource, this one", statement: allow({ NotResource: SECRET }), applies: false },
  { name: "a variable with a value", statement: allow({ Resource: TEAM }), team: "orders", applies: true },
  { name: "a variable without a value", statement: allow({ Resource: TEAM }), applies: false },
  {
    name: "NotResource, a variable with a value",
    statement: allow({ NotResource: TEAM }),
    team: "orders",
    applies: false,
  },
  {
    name: "NotResource, a variable without a value excludes nothing",
    statement: allow({ NotResource: TEAM }),
    applies: true,
  },
  { name: "no resource, a secret", statement: { Effect: "Allow", Action: "*" }, applies: false },
  {
    name: "no resource, a role",
    statement: { Effect: "Allow", Action: "*" },
    arn: ROLE_TO_ASSUME,
    applies: true,
  },
  {
    name: "a condition that does not hold",
    statement: allow({ Condition: { Bool: { "aws:SecureTransport": "true" } } }),
    applies: false,
  },
];

describe("a statement", () => {
  for (const {
    name,
    statement,
    action = "secretsmanager:GetSecretValue",
    arn = SECRET,
    team,
    applies,
  } of cases) {
    it(`${name}: ${applies ? "applies" : "does not apply"}`, () => {
      const context: RequestContext = team === undefined ? {} : { "aws:principaltag/team": team };
      const request = read(user(), context, { action, resource: { arn, accountId: ACCOUNT } });
      const compiled = compileStatement(statement, 0, true);
      assert.equal(
        compiled.applies(prepareEvaluation(request, false)),
        applies ? NAMED.directly : NAMED.notAtAll,
      );
    });
  }
});
