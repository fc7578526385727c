import { strict as assert } from "assert";
import * as pulumi from "@pulumi/pulumi";
import { Problem } from "../../components/model";
import { deploy } from "../../stacks/deploy";
import { readContract } from "../../stacks/contract";
import { parseEnvironment, requireEnvironment } from "../../stacks/parse-environment";
import { codeFolder, standInFiles } from "../support/deployment-files";
import { committedConfiguration } from "../support/local-environment";
import { Created, inputsOf, recordResources, settled, valueOf } from "../support/pulumi-mocks";

const hostKey = `SHA256:${"a".repeat(43)}`;
const api = {
  origin: "https://api.example.com",
  create: {
    method: "POST",
    path: "/v1/keys",
    headers: { authorization: "Bearer {{admin.token}}" },
    body: { name: "{{label}}" },
    key: "/secret",
    id: "/id",
  },
  list: { method: "GET", path: "/v1/keys", items: "/keys", id: "/id", label: "/name" },
  verify: { method: "GET", path: "/v1/me", headers: { authorization: "Bearer {{key}}" } },
  revoke: { method: "DELETE", path: "/v1/keys/{{id}}", expect: [204] },
};
const hostAliases = [["127.0.0.1", "db_1.orders.example.", "::1"]];
const cacheUser = { user: "cart", userName: "cart-service", endpoint: { host: "cache.example" } };

/** A rotation of each kind that is no login of `databases`. */
const rotations: Readonly<Record<string, any>> = {
  mailer: { kind: "iam-access-key", rotateEvery: 30, user: "service/mailer", graceHours: 48 },
  partner: {
    ...{ kind: "iam-access-key", rotateEvery: 30, user: "partner", account: "444444444444" },
    changedBy: "own-key",
  },
  provider: { kind: "http-api-key", rotateEvery: 90, admin: "orders/provider-admin", api },
  cart: { kind: "elasticache", schedule: "rate(14 days)", ...cacheUser, firstValue: "rotation" },
  host: { kind: "ssh-key-pair", rotateEvery: 30, hostKeys: [hostKey], authorizedKeysFile: "/etc/ssh/keys" },
};

const secretOf = (name: string, rotation: object) => ({
  ...{ name: `orders/${name}`, description: name, owner: "team", dataClass: "confidential" },
  rotation,
});

/** The committed environment with these secrets after its four. */
function withSecrets(secrets: Readonly<Record<string, object>>, change = (_: any) => {}): any {
  const configuration = structuredClone(committedConfiguration("local"));
  const never = { kind: "never", reason: "changed by hand" };
  configuration.central.network = {
    subnetIds: ["subnet-0a0000000000000a1"],
    securityGroupIds: ["sg-0a0000000000000a1"],
  };
  configuration.secrets.push(secretOf("provider-admin", never));
  for (const [name, rotation] of Object.entries(secrets))
    configuration.secrets.push(secretOf(name, rotation));
  change(configuration);
  return configuration;
}

function problemsOf(given: unknown): readonly Problem[] {
  const reading = parseEnvironment("local", given);
  return reading.kind === "problems" ? reading.problems : [];
}

describe("rotations of every kind in an environment's configuration", () => {
  type Case = readonly [name: string, rotation: object, path: string, expected: string, got: string];
  const { mailer, partner, provider, cart, host } = rotations;
  const cases: readonly Case[] = [
    [
      "an access key of a user that is none",
      { ...mailer, user: "mailer/" },
      "user",
      "the name of a user of IAM, with its path and without user/",
      '"mailer/"',
    ],
    [
      "an access key of another account, made by the function",
      { ...partner, changedBy: "function" },
      "changedBy",
      "own-key, as the function may not make keys for users of another account",
      '"function"',
    ],
    ["a grace that is none", { ...mailer, graceHours: -1 }, "graceHours", "0 to 8760", "-1"],
    [
      "an access key with a database",
      { ...mailer, database: "orders" },
      "database",
      "no such key (known: user, account, changedBy, deleteOld, graceHours, schedule, rotateEvery, spread, " +
        "rotateImmediately, windowHours)",
      '"orders"',
    ],
    [
      "a provider's address with a path",
      { ...provider, api: { ...api, origin: "https://api.example.com/v1" } },
      "api.origin",
      "a scheme and a host, such as https://api.example.com",
      '"https://api.example.com/v1"',
    ],
    [
      "an API that a crash would leave keys in",
      { ...provider, api: { ...api, list: undefined } },
      "api.list",
      "a list unless isIdempotent, for else a crash would leave a key that nobody revokes",
      "nothing",
    ],
    [
      "an API without a way to revoke",
      { ...provider, api: { ...api, revoke: undefined } },
      "api.revoke",
      "an object",
      "nothing",
    ],
    [
      "a request with a method that is none",
      { ...provider, api: { ...api, verify: { ...api.verify, method: "HEAD" } } },
      "api.verify.method",
      "one of GET, POST, PUT, PATCH, DELETE",
      '"HEAD"',
    ],
    [
      "a request with headers left empty",
      { ...provider, api: { ...api, verify: { ...api.verify, headers: null } } },
      "api.verify.headers",
      "texts",
      "nothing",
    ],
    [
      "a misspelt key of a request",
      { ...provider, api: { ...api, verify: { ...api.verify, expected: [200] } } },
      "api.verify.expected",
      "no such key (known: method, path, headers, body, expect)",
      "[200]",
    ],
    [
      "a misspelt key of an API",
      { ...provider, api: { ...api, renew: {} } },
      "api.renew",
      "no such key (known: origin, create, list, verify, revoke, isIdempotent, deleteOld)",
      "{}",
    ],
    [
      "an administrator's field without an administrator",
      { ...provider, admin: undefined },
      "admin",
      "the secret of an administrator, which {{admin.…}} reads",
      "nothing",
    ],
    [
      "an administrator that is not declared",
      { ...provider, admin: "orders/nobody" },
      "admin",
      "the name of a secret declared here",
      '"orders/nobody"',
    ],
    [
      "a user of ElastiCache by its ARN",
      { ...cart, user: "arn:aws:elasticache:eu-west-1:111111111111:user:cart" },
      "user",
      "the id of a user of ElastiCache in the central account: letters, digits, _ and -",
      '"arn:aws:elasticache:eu-west-1:111111111111:user:cart"',
    ],
    [
      "a user of ElastiCache without a cluster to try",
      { ...cart, endpoint: undefined },
      "endpoint",
      "an object with host",
      "nothing",
    ],
    [
      "a host key in another form",
      { ...host, hostKeys: ["MD5:aa"] },
      "hostKeys[0]",
      "a fingerprint as `ssh-keygen -lf` prints it, SHA256:…",
      '"MD5:aa"',
    ],
    ["no host key", { ...host, hostKeys: [] }, "hostKeys", "a list of at least 1", "[]"],
    ["two schedules", { ...host, schedule: "rate(10 days)" }, "", "either schedule or rotateEvery", "both"],
    [
      "a window longer than the schedule",
      { ...cart, schedule: "rate(4 hours)", windowHours: 5 },
      "windowHours",
      "at most 4 with this schedule",
      "5",
    ],
  ];
  for (const [name, rotation, path, expected, got] of cases)
    it(`refuse ${name}`, () => {
      const here = `secrets[5].rotation${path === "" ? "" : `.${path}`}`;
      assert.deepEqual(problemsOf(withSecrets({ one: rotation })), [{ path: here, expected, got }]);
    });

  it("are refused with every problem at once", () => {
    const given = withSecrets({
      mailer: { ...mailer, user: "", deleteOld: "never" },
      provider: { ...provider, admin: "nobody", api: { ...api, origin: "x", verify: {} } },
      cart: { ...cart, userName: "", windowHours: 0 },
      host: { ...host, hostKeys: [hostKey, "x"], authorizedKeysFile: "keys/" },
    });
    assert.deepEqual(
      problemsOf(given)
        .map(({ path }) => path)
        .sort(),
      [
        "secrets[5].rotation.deleteOld",
        "secrets[5].rotation.user",
        "secrets[6].rotation.admin",
        "secrets[6].rotation.api.origin",
        "secrets[6].rotation.api.verify.method",
        "secrets[6].rotation.api.verify.path",
        "secrets[7].rotation.userName",
        "secrets[7].rotation.windowHours",
        "secrets[8].rotation.authorizedKeysFile",
        "secrets[8].rotation.hostKeys[1]",
      ],
    );
  });

  const logins: readonly Case[] = [
    [
      "a strategy that the engine does not know",
      { strategy: "dual-password" },
      "strategy",
      "single-user or alternating-users or superuser-managed with postgres",
      '"dual-password"',
    ],
    [
      "a superuser's rotation without the superuser",
      { strategy: "superuser-managed", admin: undefined },
      "admin",
      "the secret of an administrator, which superuser-managed needs",
      "nothing",
    ],
  ];
  const hostName = "a host name or address, without scheme and port";
  const aliases: readonly Case[] = [
    ["no group of aliases", { hostAliases: [] }, "hostAliases", "a list of at least 1", "[]"],
    [
      "one host that is an alias",
      { hostAliases: "db.example" },
      "hostAliases",
      "a list of at least 1",
      '"db.example"',
    ],
    [
      "a group of one host",
      { hostAliases: [["db.example"]] },
      "hostAliases[0]",
      "a list of at least 2",
      '["db.example"]',
    ],
    [
      "a port",
      { hostAliases: [["a.example", "b.example:5432"]] },
      "hostAliases[0][1]",
      hostName,
      '"b.example:5432"',
    ],
    [
      "a scheme",
      { hostAliases: [["https://a.example", "::1"]] },
      "hostAliases[0][0]",
      hostName,
      '"https://a.example"',
    ],
    [
      "an empty name",
      { hostAliases: [["a.example", "a..example"]] },
      "hostAliases[0][1]",
      hostName,
      '"a..example"',
    ],
    [
      "aliases without an administrator",
      {
        strategy: "single-user",
        admin: undefined,
        firstValue: "out-of-band",
        hostAliases: [["a.example", "10.0.0.1"]],
      },
      "hostAliases",
      "an admin beside it: only an administrator's secret may name the server otherwise",
      '[["a.example","10.0.0.1"]]',
    ],
  ];
  for (const [name, change, path, expected, got] of [...logins, ...aliases])
    it(`refuse ${name}`, () => {
      const given = withSecrets({}, ({ secrets }) => Object.assign(secrets[2].rotation, change));
      assert.deepEqual(problemsOf(given), [{ path: `secrets[2].rotation.${path}`, expected, got }]);
    });
});

describe("the deployment of rotations of every kind", () => {
  let created: Created[];
  let exported: any;
  let settings: Readonly<Record<string, any>>;
  let functions: Readonly<Record<string, any>>;
  before(async () => {
    created = recordResources();
    const given = withSecrets(rotations, ({ secrets }) => (secrets[2].rotation.hostAliases = hostAliases));
    const environment = requireEnvironment("local", given);
    const rotationCode = Object.fromEntries(
      ["postgres", "iam-access-key", "http-api-key", "elasticache", "ssh-key-pair"].map((engine) => [
        engine,
        codeFolder,
      ]),
    );
    const outputs = deploy(environment, { ...standInFiles, rotationCode });
    await settled();
    exported = await valueOf(pulumi.output(outputs as Record<string, unknown>));
    functions = inputsOf(created, "aws:lambda/function:Function");
    settings = Object.fromEntries(
      Object.entries(functions).map(([name, { environment: env }]) => [
        name,
        JSON.parse(env.variables.STRONGROOM_ROTATION),
      ]),
    );
  });

  const pattern = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-??????`;
  const expected: Readonly<Record<string, object>> = {
    mailer: { accessKey: { userName: "mailer", graceHours: 48 } },
    partner: { accessKey: { userName: "partner", changedBy: "own-key" } },
    provider: {
      adminSecretArn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/provider-admin-AbCdEf",
      apiKey: { ...api, changedBy: "admin" },
    },
    cart: {
      elastiCache: {
        userArn: "arn:aws:elasticache:eu-west-1:111111111111:user:cart",
        userName: "cart-service",
        endpoint: { host: "cache.example" },
      },
    },
    host: { ssh: { hostKeys: [hostKey], authorizedKeysFile: "/etc/ssh/keys" } },
  };
  for (const [name, rest] of Object.entries(expected))
    it(`tells the function of ${name} what to rotate`, () => {
      const secretArn = pattern(`orders/${name}`);
      assert.deepEqual(settings[`orders/${name}`], { strategy: "dual-password", secretArn, ...rest });
    });

  it("tells the function of a login which hosts are one server, where it is said", () => {
    const said = Object.entries(settings).filter(([, one]) => one.hostAliases !== undefined);
    const names = said.map(([name, one]) => [name, one.hostAliases]);
    assert.deepEqual(names, [["orders/reporting", hostAliases]]);
  });

  const statements = (name: string): readonly any[] =>
    JSON.parse(inputsOf(created, "aws:iam/rolePolicy:RolePolicy")[`orders/${name}`].policy).Statement;
  const resources = (name: string, sid: string) =>
    statements(name).flatMap(({ Sid, Resource }) => (Sid === sid ? [Resource] : []));

  it("gives each function the one user and the one administrator's secret that it needs", () => {
    const names = Object.keys(rotations);
    const users = names.map((name) => [name, resources(name, "ChangeUser")]);
    const admins = names.map((name) => [name, resources(name, "ReadAdminSecret")]);
    assert.deepEqual(Object.fromEntries(users), {
      mailer: ["arn:aws:iam::111111111111:user/service/mailer"],
      partner: [],
      provider: [],
      cart: ["arn:aws:elasticache:eu-west-1:111111111111:user:cart"],
      host: [],
    });
    const none = { mailer: [], partner: [], cart: [], host: [] };
    assert.deepEqual(Object.fromEntries(admins), { ...none, provider: [pattern("orders/provider-admin")] });
  });

  it("puts into the network what is reached through it, and not what AWS or a provider answers", () => {
    const inside = Object.keys(rotations).filter((name) => functions[`orders/${name}`].vpcConfig);
    assert.deepEqual(inside, ["cart", "host"]);
  });

  it("schedules each, and exports who makes the first value", () => {
    const rules = inputsOf(created, "aws:secretsmanager/secretRotation:SecretRotation");
    assert.deepEqual(
      Object.keys(rotations).filter((name) => !rules[`orders/${name}`]),
      [],
    );
    assert.deepEqual(rules["orders/cart"].rotationRules, { scheduleExpression: "rate(14 days)" });
    const { secrets } = readContract("local", exported);
    const first = Object.keys(rotations).map((name) => secrets[`orders/${name}`]!.firstValue);
    assert.deepEqual(first, ["out-of-band", "out-of-band", "out-of-band", "rotation", "out-of-band"]);
  });
});
