import { functionVariablesNoCredentials } from "../../../../policies/rules/functions/function-variables-no-credentials";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownObject, unknownText } from "../../support/stack";

const fix =
  "Give the function the ARN of a secret in Secrets Manager and let it read the value when it runs.";
const fn = (variables: unknown, extra: object = {}) => [
  resource("function", "orders", { props: { environment: { variables } }, ...extra }),
];
const says = (variable: string, why: string) => [
  violates("orders", `Function "orders": environment.variables.${variable} ${why}. ${fix}`),
];
const byName = "has the name of a credential, and its value lies open";
const accessKey = "AKIA" + "QYLPMN5HFIQR7XYA";

testRule(functionVariablesNoCredentials, [
  { name: "no environment", stack: [resource("function", "orders")], says: [] },
  { name: "no variables", stack: fn({}), says: [] },
  {
    name: "plain settings and references",
    stack: fn({
      LOG_LEVEL: "debug",
      DB_SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3",
      DB_SECRET: "orders/database",
      PASSWORD_FILE: "/run/secrets/password",
      DB_PASSWORD: "{{resolve:secretsmanager:orders/database:SecretString:password}}",
      TOKEN_TTL_SECONDS: "3600",
    }),
    says: [],
  },
  {
    name: "a password by its name",
    stack: fn({ DB_PASSWORD: "correct horse" }),
    says: says("DB_PASSWORD", byName),
  },
  {
    name: "an access key by its form, under any name",
    stack: fn({ WHO: accessKey }),
    says: says("WHO", "contains an access key id of AWS"),
  },
  {
    name: "a random value under a name that may be a key's",
    stack: fn({ DEPLOY_KEY: "q7Zp2Xv9Lk4Tn8Wb" }),
    says: says("DEPLOY_KEY", "has the name of a key, and its random value lies open"),
  },
  { name: "no random value under such a name", stack: fn({ SORT_KEY: "created-at" }), says: [] },
  {
    name: "a password inside a JSON text",
    stack: fn({ CONFIG: JSON.stringify({ host: "db", password: "correct horse" }) }),
    says: [
      violates("orders", `Function "orders": environment.variables.CONFIG, where password ${byName}. ${fix}`),
    ],
  },
  {
    name: "a token that only secretlint knows",
    stack: fn({
      WHERE: "https://hooks.slack.com/services/" + "T0ABCDEFG/B0ABCDEFG/a1B2c3D4e5F6g7H8i9J0k1L2",
    }),
    says: says("WHERE", "contains a credential that secretlint knows (slack)"),
  },
  {
    name: "what Pulumi keeps as a secret is TAINT-01's, by itself or with all that is around it",
    stack: [
      ...fn({ DB_PASSWORD: "correct horse" }, { secretPaths: [["environment", "variables", "DB_PASSWORD"]] }),
      ...fn({ DB_PASSWORD: "correct horse" }, { secretPaths: [["environment"]] }),
    ],
    says: [],
  },
  { name: "so is what a state has redacted", stack: fn({ DB_PASSWORD: "[secret]" }), says: [] },
  {
    name: "another secret input does not hide it",
    stack: fn(
      { DB_PASSWORD: "correct horse", OTHER: "x" },
      { secretPaths: [["environment", "variables", "OTHER"]] },
    ),
    says: says("DB_PASSWORD", byName),
  },
  {
    name: "an unknown value under the name of a credential, and one under another",
    stack: fn({ DB_PASSWORD: unknownText, QUEUE_URL: unknownText, DEPLOY_KEY: unknownText }),
    says: [
      waits(
        "orders",
        'whether environment.variables.DB_PASSWORD of Function "orders" holds a credential is not known / ' +
          "the value of `environment`",
      ),
    ],
  },
  { name: "unknown variables", stack: fn(unknownObject), says: [] },
]);
