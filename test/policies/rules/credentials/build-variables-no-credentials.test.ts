import { buildVariablesNoCredentials } from "../../../../policies/rules/credentials/build-variables-no-credentials";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownArray, unknownText } from "../../support/stack";

const fix =
  "Give the variable the type SECRETS_MANAGER and the secret's name, and sign in to the source with a connection.";
const project = (props: Record<string, unknown>, extra: object = {}) => [
  resource("buildProject", "orders", { props, ...extra }),
];
const variables = (...environmentVariables: readonly object[]) =>
  project({ environment: { environmentVariables } });
const says = (where: string, why: string) => [
  violates("orders", `Project "orders": ${where} ${why}. ${fix}`),
];
const byName = "has the name of a credential, and its value lies open";
const password = { name: "DB_PASSWORD", value: "correct horse" };
const withPassword = "https://robot:hunter22@github.com/example/orders.git";

testRule(buildVariablesNoCredentials, [
  { name: "no environment", stack: project({}), says: [] },
  { name: "no variables", stack: variables(), says: [] },
  { name: "settings", stack: variables({ name: "STAGE", value: "production" }), says: [] },
  {
    name: "a plain password by default",
    stack: variables(password),
    says: says("environment.environmentVariables[0].value", byName),
  },
  {
    name: "a plain password",
    stack: variables({ ...password, type: "PLAINTEXT" }),
    says: says("environment.environmentVariables[0].value", byName),
  },
  ...["SECRETS_MANAGER", "PARAMETER_STORE"].map((type) => ({
    name: `a password by ${type}`,
    stack: variables({ ...password, type }),
    says: [],
  })),
  {
    name: "of a type that is not known",
    stack: variables({ ...password, type: unknownText }),
    says: says("environment.environmentVariables[0].value", byName),
  },
  {
    name: "the second of two",
    stack: variables({ name: "STAGE", value: "x" }, password),
    says: says("environment.environmentVariables[1].value", byName),
  },
  {
    name: "an access key under any name",
    stack: variables({ name: "WHO", value: "AKIA" + "QYLPMN5HFIQR7XYA" }),
    says: says("environment.environmentVariables[0].value", "contains an access key id of AWS"),
  },
  {
    name: "an access key under a name that is not known",
    stack: variables({ name: unknownText, value: "AKIA" + "QYLPMN5HFIQR7XYA" }),
    says: says("environment.environmentVariables[0].value", "contains an access key id of AWS"),
  },
  {
    name: "an unknown value",
    stack: variables({ name: "DB_PASSWORD", value: unknownText }, { name: "QUEUE", value: unknownText }),
    says: [
      waits(
        "orders",
        'whether environment.environmentVariables[0].value of Project "orders" holds a credential is not known / the value of `environment`',
      ),
    ],
  },
  {
    name: "unknown variables",
    stack: project({ environment: { environmentVariables: unknownArray } }),
    says: [],
  },
  {
    name: "a source",
    stack: project({ source: { type: "GITHUB", location: "https://github.com/example/orders.git" } }),
    says: [],
  },
  {
    name: "a source with a password",
    stack: project({ source: { location: withPassword } }),
    says: says("source.location", "contains a URL with a password"),
  },
  {
    name: "another source with a password",
    stack: project({ secondarySources: [{ location: "x" }, { location: withPassword }] }),
    says: says("secondarySources[1].location", "contains a URL with a password"),
  },
  {
    name: "a password in a member that is no address",
    stack: project({ source: { gitCloneDepth: 1, reportBuildStatus: true, sourceIdentifier: withPassword } }),
    says: [],
  },
  {
    name: "build commands that set a password",
    stack: project({ source: { buildspec: "env:\n  variables:\n    DB_PASSWORD: correct-horse\n" } }),
    says: says("source.buildspec, where DB_PASSWORD", byName),
  },
  {
    name: "build commands that name a secret",
    stack: project({
      source: {
        buildspec:
          "env:\n  secrets-manager:\n    DB_PASSWORD: orders/database:password\n\n  parameter-store:\n    TOKEN: /t\n  variables:\n    STAGE: test\n",
      },
    }),
    says: [],
  },
  {
    name: "build commands that name one and set another",
    stack: project({
      source: {
        buildspec: "  secrets-manager:\n    DB_PASSWORD: orders:password\n  variables:\n    API_TOKEN: abc\n",
      },
    }),
    says: says("source.buildspec, where API_TOKEN", byName),
  },
  {
    name: "build commands that take a variable",
    stack: project({ source: { buildspec: "commands: login --password ${SECRET}" } }),
    says: [],
  },
  {
    name: "what secretlint knows",
    stack: variables({
      name: "W",
      value: "https://hooks.slack.com/services/" + "T0ABCDEFG/B0ABCDEFG/a1B2c3D4e5F6g7H8i9J0k1L2",
    }),
    says: says(
      "environment.environmentVariables[0].value",
      "contains a credential that secretlint knows (slack)",
    ),
  },
  {
    name: "what Pulumi keeps as a secret is TAINT-01's",
    stack: project(
      { environment: { environmentVariables: [password] } },
      { secretPaths: [["environment", "environmentVariables", 0, "value"]] },
    ),
    says: [],
  },
]);
