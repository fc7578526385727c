import { Path, Resource } from "../../../../policies/stack/resource";
import { secretsStaySecret } from "../../../../policies/rules/credentials/secrets-stay-secret";
import { testRule, violates, waits } from "../../support/cases";
import { resource, resourceOfType, unknownObject, unknownText } from "../../support/stack";

const fix =
  "Give the name or the ARN of the secret instead, and let the program that needs the value read it when it runs.";
const kept = (where: string, label = 'Function "it"') => [
  violates("it", `${label}: ${where} lies open and is given what Pulumi keeps as a secret. ${fix}`),
];
const comes = (source: string, where = "environment.variables.LOGIN") => [
  violates("it", `Function "it": ${where} lies open and comes from ${source}. ${fix}`),
];
const copied = (source: string, where = "environment.variables.LOGIN") => [
  violates("it", `Function "it": ${where} lies open and holds the value of ${source}. ${fix}`),
];
const unclear = (source: string) => [
  waits(
    "it",
    `whether environment.variables.LOGIN of Function "it" comes from a secret is not known / the outputs of ${source}`,
  ),
];
const fn = (
  value: unknown,
  sketch: { secretPaths?: readonly Path[]; from?: Record<string, readonly Resource[]> } = {},
) => resource("function", "it", { props: { environment: { variables: { LOGIN: value } } }, ...sketch });
const path: Path = ["environment", "variables", "LOGIN"];
const random = resource("randomPassword", "generated", { props: { result: unknownText } });
const version = (secretString: unknown) =>
  resource("secretVersion", "orders", { props: { secretString, arn: unknownText } });
const from = (...sources: readonly Resource[]) => ({ from: { environment: sources } });
const value = "correct horse";
const build = (variable: object, secretPaths: readonly Path[]) =>
  resource("buildProject", "it", {
    props: { environment: { environmentVariables: [variable] } },
    secretPaths,
  });
const variablePath: Path = ["environment", "environmentVariables", 0, "value"];

const sinks: readonly (readonly [string, Path])[] = [
  ["aws:lambda/function:Function", ["environment", "variables", "A"]],
  ["aws:ecs/taskDefinition:TaskDefinition", ["containerDefinitions"]],
  ["aws:codebuild/project:Project", ["environment", "environmentVariables", 0, "value"]],
  ["aws:codebuild/project:Project", ["source", "buildspec"]],
  ["aws:codebuild/project:Project", ["secondarySources", 0, "location"]],
  ["aws:ec2/instance:Instance", ["userData"]],
  ["aws:ec2/instance:Instance", ["userDataBase64"]],
  ["aws:ec2/launchTemplate:LaunchTemplate", ["userData"]],
  ["aws:ec2/launchConfiguration:LaunchConfiguration", ["userData"]],
  ["aws:ec2/launchConfiguration:LaunchConfiguration", ["userDataBase64"]],
  ["aws:ssm/parameter:Parameter", ["insecureValue"]],
  ["aws:ssm/document:Document", ["content"]],
  ["aws:cloudwatch/eventTarget:EventTarget", ["input"]],
  ["aws:apigateway/stage:Stage", ["variables", "A"]],
  ["aws:amplify/app:App", ["environmentVariables", "A"]],
  ["aws:amplify/branch:Branch", ["environmentVariables", "A"]],
  ["aws:apprunner/service:Service", ["sourceConfiguration", "imageRepository", "imageConfiguration"]],
  ["aws:batch/jobDefinition:JobDefinition", ["containerProperties"]],
  ["aws:cloudformation/stack:Stack", ["parameters", "A"]],
  ["aws:cloudformation/stack:Stack", ["templateBody"]],
  ["aws:dynamodb/tableItem:TableItem", ["item"]],
  ["aws:elasticbeanstalk/environment:Environment", ["settings", 0, "value"]],
  ["aws:glue/job:Job", ["defaultArguments", "--a"]],
  ["aws:s3/bucketObject:BucketObject", ["content"]],
  ["aws:s3/bucketObjectv2:BucketObjectv2", ["content"]],
  ["aws:sagemaker/model:Model", ["primaryContainer", "environment", "A"]],
  ["aws:sfn/stateMachine:StateMachine", ["definition"]],
  ["aws:sns/topic:Topic", ["tags", "A"]],
  ["aws:sns/topic:Topic", ["description"]],
];
const at = ([first = "", ...others]: Path): unknown => {
  const member = others.length === 0 ? value : at(others);
  return typeof first === "number" ? [member] : { [first]: member };
};
const text = (where: Path) =>
  where
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .slice(1);

testRule(secretsStaySecret, [
  ...sinks.map(([type, where]) => ({
    name: `a secret in ${text(where)} of ${type}`,
    stack: [
      resourceOfType(type, "it", { props: at(where) as Record<string, unknown>, secretPaths: [where] }),
    ],
    says: kept(text(where), `${type.split(":").at(-1)} "it"`),
  })),
  ...[
    ["aws:secretsmanager/secretVersion:SecretVersion", "secretString"],
    ["aws:rds/instance:Instance", "password"],
    ["aws:lambda/function:Function", "handler"],
  ].map(([type = "", property = ""]) => ({
    name: `a secret in ${property} of ${type} is none of its business`,
    stack: [resourceOfType(type, "it", { props: { [property]: value }, secretPaths: [[property]] })],
    says: [],
  })),
  { name: "no secret", stack: [fn(value, { secretPaths: [] })], says: [] },
  { name: "nobody said which are secrets", stack: [fn(value)], says: [] },
  {
    name: "another secret",
    stack: [fn(value, { secretPaths: [["environment", "variables", "LOGI"], ["kmsKeyArn"]] })],
    says: [],
  },
  {
    name: "everything around it is one",
    stack: [fn(value, { secretPaths: [["environment"]] })],
    says: kept("environment.variables.LOGIN"),
  },
  {
    name: "a secret that only says where one is",
    stack: [fn("arn:aws:secretsmanager:eu-west-1:1:secret:x", { secretPaths: [path] })],
    says: [],
  },
  {
    name: "a secret that is not known",
    stack: [fn(unknownText, { secretPaths: [path] })],
    says: kept("environment.variables.LOGIN"),
  },
  { name: "redacted in a state", stack: [fn("[secret]")], says: kept("environment.variables.LOGIN") },
  {
    name: "everything around it redacted",
    stack: [resource("function", "it", { props: { environment: "[secret]" } })],
    says: kept("environment"),
  },

  {
    name: "a secure parameter",
    stack: [
      resource("parameter", "it", { props: { type: "SecureString", value }, secretPaths: [["value"]] }),
    ],
    says: [],
  },
  {
    name: "a plain one: the SDK marks value in any case",
    stack: [resource("parameter", "it", { props: { type: "String", value }, secretPaths: [["value"]] })],
    says: [],
  },
  {
    name: "the open property of a secure one",
    stack: [
      resource("parameter", "it", {
        props: { type: "SecureString", insecureValue: value },
        secretPaths: [["insecureValue"]],
      }),
    ],
    says: kept("insecureValue", 'Parameter "it"'),
  },
  {
    name: "a plain one that comes from a password",
    stack: [
      random,
      resource("parameter", "it", {
        props: { type: "String", value: unknownText },
        from: { value: [random] },
      }),
    ],
    says: [
      violates("it", `Parameter "it": value lies open and comes from RandomPassword "generated". ${fix}`),
    ],
  },
  {
    name: "one of no type that does",
    stack: [
      random,
      resource("parameter", "it", { props: { value: unknownText }, from: { value: [random] } }),
    ],
    says: [
      violates("it", `Parameter "it": value lies open and comes from RandomPassword "generated". ${fix}`),
    ],
  },
  {
    name: "a secure one that does",
    stack: [
      random,
      resource("parameter", "it", {
        props: { type: "SecureString", value: unknownText },
        from: { value: [random] },
      }),
    ],
    says: [],
  },
  {
    name: "one of unknown type that may be secure",
    stack: [
      random,
      resource("parameter", "it", {
        props: { type: unknownText, value: unknownText },
        from: { value: [random] },
      }),
    ],
    says: [],
  },

  {
    name: "a build's plain variable",
    stack: [build({ name: "A", value, type: "PLAINTEXT" }, [variablePath])],
    says: kept("environment.environmentVariables[0].value", 'Project "it"'),
  },
  {
    name: "a build's variable of unknown type",
    stack: [build({ name: "A", value, type: unknownText }, [variablePath])],
    says: kept("environment.environmentVariables[0].value", 'Project "it"'),
  },
  {
    name: "a build's variable that names a secret",
    stack: [build({ name: "A", value, type: "SECRETS_MANAGER" }, [variablePath])],
    says: [],
  },

  {
    name: "an unknown value that comes from a password",
    stack: [random, fn(unknownText, from(random))],
    says: comes('RandomPassword "generated"'),
  },
  { name: "a known one", stack: [random, fn("db.internal", from(random))], says: [] },
  {
    name: "from a login profile",
    stack: [fn(unknownText, from(resourceOfType("aws:iam/userLoginProfile:UserLoginProfile", "robot")))],
    says: comes('UserLoginProfile "robot"'),
  },
  {
    name: "from a random name, which is none",
    stack: [fn(unknownText, from(resource("randomString", "suffix")))],
    says: [],
  },
  { name: "from a queue", stack: [fn(unknownText, from(resource("key", "k")))], says: [] },
  {
    name: "the password among others",
    stack: [fn(unknownText, from(resource("key", "k"), version(unknownText), random))],
    says: comes('RandomPassword "generated"'),
  },
  {
    name: "unknown variables altogether",
    stack: [resource("function", "it", { props: { environment: unknownObject }, ...from(random) })],
    says: comes('RandomPassword "generated"', "environment"),
  },
  {
    name: "from a version of which the value is known: it is the ARN",
    stack: [version("correct horse battery"), fn(unknownText, from(version("correct horse battery")))],
    says: [],
  },
  {
    name: "from a version of which it is not",
    stack: [fn(unknownText, from(version(unknownText)))],
    says: unclear('SecretVersion "orders"'),
  },
  {
    name: "from a version of which it is redacted",
    stack: [fn(unknownText, from(version("[secret]")))],
    says: unclear('SecretVersion "orders"'),
  },
  {
    name: "from an access key",
    stack: [fn(unknownText, from(resource("accessKey", "robot", { props: { secret: unknownText } })))],
    says: unclear('AccessKey "robot"'),
  },
  {
    name: "from a key of TLS",
    stack: [
      fn(
        unknownText,
        from(
          resourceOfType("tls:index/privateKey:PrivateKey", "host", {
            props: { privateKeyPem: unknownText },
          }),
        ),
      ),
    ],
    says: unclear('PrivateKey "host"'),
  },

  {
    name: "the value of a version",
    stack: [version("correct horse battery"), fn("correct horse battery")],
    says: copied('SecretVersion "orders"'),
  },
  {
    name: "in the middle of a text",
    stack: [version("hunter22hunter"), fn("postgres://orders:hunter22hunter@db/orders")],
    says: copied('SecretVersion "orders"'),
  },
  {
    name: "in base64",
    stack: [version("hunter22hunter"), fn(Buffer.from("login hunter22hunter").toString("base64"))],
    says: copied('SecretVersion "orders"'),
  },
  {
    name: "in a JSON text",
    stack: [version("correct horse battery"), fn(JSON.stringify({ a: "correct horse battery" }))],
    says: copied('SecretVersion "orders"'),
  },
  {
    name: "the password of a version in JSON",
    stack: [
      version(JSON.stringify({ username: "orders_app", password: "hunter22hunter" })),
      fn("hunter22hunter"),
    ],
    says: copied('SecretVersion "orders"'),
  },
  {
    name: "its user name is no secret",
    stack: [
      version(JSON.stringify({ username: "orders_app", password: "hunter22hunter" })),
      fn("orders_app"),
    ],
    says: [],
  },
  {
    name: "a value of eight characters",
    stack: [version("hunter22"), fn("hunter22")],
    says: copied('SecretVersion "orders"'),
  },
  { name: "a shorter one is everywhere", stack: [version("hunter2"), fn("hunter2")], says: [] },
  { name: "a part of a word is not the value", stack: [version("hunter22"), fn("xhunter22x")], says: [] },
  {
    name: "the result of a password",
    stack: [
      resource("randomPassword", "generated", { props: { result: "q7Zp2Xv9Lk4Tn8Wb" } }),
      fn("q7Zp2Xv9Lk4Tn8Wb"),
    ],
    says: copied('RandomPassword "generated"'),
  },
  ...[
    ["aws:secretsmanager/secretVersion:SecretVersion", "secretBinary"],
    ["random:index/randomPassword:RandomPassword", "bcryptHash"],
    ["aws:iam/accessKey:AccessKey", "secret"],
    ["aws:iam/accessKey:AccessKey", "sesSmtpPasswordV4"],
    ["aws:iam/userLoginProfile:UserLoginProfile", "password"],
    ["tls:index/privateKey:PrivateKey", "privateKeyPem"],
    ["tls:index/privateKey:PrivateKey", "privateKeyOpenssh"],
  ].map(([type = "", property = ""]) => ({
    name: `the ${property} of a ${type}`,
    stack: [resourceOfType(type, "source", { props: { [property]: "hunter22" } }), fn("hunter22")],
    says: copied(`${type.split(":").at(-1)} "source"`),
  })),
  {
    name: "the whole value of a version in JSON",
    stack: [version('{"username": "orders_app"}'), fn('{"username": "orders_app"}')],
    says: copied('SecretVersion "orders"'),
  },
  {
    name: "a stack output that is not encrypted",
    stack: [
      version("hunter22"),
      resource("stack", "dev", { props: { a: "x", login: "hunter22" }, secretPaths: [["a"]] }),
    ],
    says: [
      violates("dev", `Stack "dev": login lies open and holds the value of SecretVersion "orders". ${fix}`),
    ],
  },
  {
    name: "a stack output that is",
    stack: [
      version("hunter22"),
      resource("stack", "dev", { props: { login: "hunter22" }, secretPaths: [["login"]] }),
    ],
    says: [],
  },
  {
    name: "a stack output of which nobody knows",
    stack: [version("hunter22"), resource("stack", "dev", { props: { login: "hunter22" } })],
    says: [],
  },
  {
    name: "a source does not betray itself",
    stack: [
      resource("secretVersion", "it", { props: { secretString: "hunter22", description: "hunter22" } }),
    ],
    says: [],
  },
  {
    name: "what is kept as a secret is said once",
    stack: [version("hunter22"), fn("hunter22", { secretPaths: [path] })],
    says: kept("environment.variables.LOGIN"),
  },
]);
