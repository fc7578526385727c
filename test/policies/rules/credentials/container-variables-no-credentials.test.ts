import { containerVariablesNoCredentials } from "../../../../policies/rules/credentials/container-variables-no-credentials";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fix =
  "Name the secret's ARN under secrets of the container, with valueFrom, instead of a value under environment.";
const task = (containerDefinitions: unknown, extra: object = {}) => [
  resource("taskDefinition", "orders", { props: { containerDefinitions }, ...extra }),
];
const container = (members: object) => JSON.stringify([{ name: "app", image: "orders:1", ...members }]);
const says = (member: string, why: string) => [
  violates("orders", `TaskDefinition "orders": containerDefinitions, where ${member} ${why}. ${fix}`),
];
const byName = "has the name of a credential, and its value lies open";
const password = { name: "DB_PASSWORD", value: "correct horse" };

testRule(containerVariablesNoCredentials, [
  { name: "no definitions", stack: [resource("taskDefinition", "orders")], says: [] },
  { name: "no variables", stack: task(container({})), says: [] },
  {
    name: "settings and references",
    stack: task(
      container({
        environment: [
          { name: "LOG_LEVEL", value: "debug" },
          { name: "SECRET_ARN", value: "arn:aws:secretsmanager:x" },
        ],
        secrets: [{ name: "DB_PASSWORD", valueFrom: "orders-database" }],
        command: ["serve", "--password-file", "/run/secrets/password"],
      }),
    ),
    says: [],
  },
  {
    name: "a password",
    stack: task(container({ environment: [password] })),
    says: says("DB_PASSWORD", byName),
  },
  {
    name: "in each container",
    stack: task(
      JSON.stringify([{ environment: [password] }, { environment: [{ name: "API_TOKEN", value: "abc" }] }]),
    ),
    says: [...says("DB_PASSWORD", byName), ...says("API_TOKEN", byName)],
  },
  {
    name: "an access key anywhere",
    stack: task(container({ dockerLabels: { owner: "AKIA" + "QYLPMN5HFIQR7XYA" } })),
    says: says("owner", "contains an access key id of AWS"),
  },
  {
    name: "an option of a command",
    stack: task(container({ command: ["serve", "--password=correct"] })),
    says: says("password", byName),
  },
  {
    name: "an option of an entry point",
    stack: task(container({ entryPoint: ["sh", "-c", "TOKEN=abc serve"] })),
    says: says("TOKEN", byName),
  },
  {
    name: "an argument of something else",
    stack: task(container({ image: "--password correct" })),
    says: [],
  },
  {
    name: "what secretlint knows",
    stack: task(
      container({
        environment: [
          {
            name: "W",
            value: "https://hooks.slack.com/services/" + "T0ABCDEFG/B0ABCDEFG/a1B2c3D4e5F6g7H8i9J0k1L2",
          },
        ],
      }),
    ),
    says: [...says("W", "contains a credential that secretlint knows (slack)")],
  },
  {
    name: "no JSON",
    stack: task("password"),
    says: [violates("orders", `TaskDefinition "orders": containerDefinitions ${byName}. ${fix}`)],
  },
  {
    name: "what Pulumi keeps as a secret is TAINT-01's",
    stack: task(container({ environment: [password] }), { secretPaths: [["containerDefinitions"]] }),
    says: [],
  },
  { name: "so is what a state has redacted", stack: task("[secret]"), says: [] },
  {
    name: "unknown definitions",
    stack: task(unknownText),
    says: [
      waits(
        "orders",
        'whether containerDefinitions of TaskDefinition "orders" holds a credential is not known / the value of `containerDefinitions`',
      ),
    ],
  },
]);
