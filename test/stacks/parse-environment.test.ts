import { strict as assert } from "assert";
import { ConfigurationError, DATABASE_ENGINES, Problem } from "../../components/model";
import { parseEnvironment, requireEnvironment } from "../../stacks/parse-environment";
import { committedConfiguration } from "../support/local-environment";

/** The committed environment `local` with one thing changed. */
function changed(change: (configuration: any) => void): unknown {
  const configuration = structuredClone(committedConfiguration("local"));
  change(configuration);
  return configuration;
}

/** Renames the last secret, and takes away the reader that would miss it. */
function rename(configuration: any, name: string): void {
  configuration.secrets[3].name = name;
  configuration.readers.pop();
}

function problemsOf(given: unknown): readonly Problem[] {
  const reading = parseEnvironment("local", given);
  return reading.kind === "problems" ? reading.problems : [];
}

type Case = readonly [name: string, change: (it: any) => void, path: string, expected: string, got: string];

const accountId = "an account id: twelve digits, in quotes";
const region = "a Region of AWS, such as eu-west-1";
const tag = "1 to 256 letters, digits, spaces and + - = . _ : / @ (it becomes a tag)";
const secretsAdmin = "a secret that has no administrator's secret itself";

const values: readonly Case[] = [
  [
    "an account id of eleven digits",
    (it) => (it.central.accountId = "11111111111"),
    "central.accountId",
    accountId,
    '"11111111111"',
  ],
  [
    "an account id without quotes",
    (it) => (it.workloads.orders.accountId = 222222222222),
    "workloads.orders.accountId",
    accountId,
    "222222222222",
  ],
  [
    "an organisation's id",
    (it) => (it.organization.id = "strongroom"),
    "organization.id",
    "an organisation's id, such as o-a1b2c3d4e5",
    '"strongroom"',
  ],
  ["an unknown Region", (it) => (it.regions.primary = "eu-west-9"), "regions.primary", region, '"eu-west-9"'],
  [
    "an unknown replica Region",
    (it) => it.regions.replicas.push("mars-1"),
    "regions.replicas[1]",
    region,
    '"mars-1"',
  ],
  [
    "a replica in the primary Region",
    (it) => it.regions.replicas.push("eu-west-1"),
    "regions.replicas[1]",
    "a Region other than the primary",
    '"eu-west-1"',
  ],
  [
    "a replica Region twice",
    (it) => it.regions.replicas.push("eu-central-1"),
    "regions.replicas[1]",
    "a Region that is not listed before",
    '"eu-central-1"',
  ],
  [
    "a Region of another partition",
    (it) => it.regions.replicas.push("cn-north-1"),
    "regions.replicas[1]",
    "a Region of partition aws",
    '"cn-north-1"',
  ],
  [
    "a network in an unknown Region",
    (it) => (it.workloads.orders.networks.here = it.workloads.orders.networks["eu-west-1"]),
    "workloads.orders.networks.here",
    region,
    '"here"',
  ],
  [
    "a network elsewhere",
    (it) => (it.workloads.orders.networks["us-east-1"] = it.workloads.orders.networks["eu-west-1"]),
    "workloads.orders.networks.us-east-1",
    "a Region of this environment (eu-west-1, eu-central-1)",
    '"us-east-1"',
  ],
  [
    "a workload without a network",
    (it) => (it.workloads.orders.networks = {}),
    "workloads.orders.networks",
    "a VPC in at least one Region",
    "none",
  ],
  [
    "a VPC's id",
    (it) => (it.workloads.orders.networks["eu-west-1"].vpcId = "orders"),
    "workloads.orders.networks.eu-west-1.vpcId",
    "an id that begins with vpc-",
    '"orders"',
  ],
  [
    "no subnets",
    (it) => (it.workloads.orders.networks["eu-west-1"].subnetIds = []),
    "workloads.orders.networks.eu-west-1.subnetIds",
    "a list of at least 1",
    "[]",
  ],
  [
    "an address block",
    (it) => (it.workloads.orders.networks["eu-west-1"].cidr = "10.20.0.0/33"),
    "workloads.orders.networks.eu-west-1.cidr",
    "an IPv4 block, such as 10.20.0.0/16",
    '"10.20.0.0/33"',
  ],
  [
    "a secret's name that ends like an ARN",
    (it) => rename(it, "payments/api-key-secret"),
    "secrets[3].name",
    "a name that does not end in a hyphen and six characters",
    '"payments/api-key-secret"',
  ],
  [
    "a secret's name with a space",
    (it) => rename(it, "api key"),
    "secrets[3].name",
    "1 to 512 characters of A-Z a-z 0-9 / _ + = . @ -",
    '"api key"',
  ],
  [
    "two secrets of one name",
    (it) => rename(it, "orders/database"),
    "secrets[3].name",
    "a name that no secret before has",
    '"orders/database"',
  ],
  [
    "a grant to an account outside the organisation",
    (it) => (it.secrets[1].grants[0].workload = "444444444444"),
    "secrets[1].grants[0].workload",
    "an account of this organisation, under workloads (orders, billing)",
    '"444444444444"',
  ],
  [
    "a grant to everyone",
    (it) => (it.secrets[1].grants[0].roles = ["*"]),
    "secrets[1].grants[0].roles[0]",
    "a role's name, with path and without role/",
    '"*"',
  ],
  [
    "two grants to one workload",
    (it) => it.secrets[1].grants.push({ workload: "orders", roles: ["x"] }),
    "secrets[1].grants[1].workload",
    "one grant for each workload",
    '"orders" again',
  ],
  [
    "a grant to nobody",
    (it) => (it.secrets[1].grants[0].roles = []),
    "secrets[1].grants[0].roles",
    "a list of at least 1",
    "[]",
  ],
  [
    "an owner that no tag holds",
    (it) => (it.secrets[1].owner = "me & you"),
    "secrets[1].owner",
    tag,
    '"me & you"',
  ],
  [
    "an unknown data class",
    (it) => (it.secrets[1].dataClass = "secret"),
    "secrets[1].dataClass",
    "one of internal, confidential, cardholder-data, health-data",
    '"secret"',
  ],
  [
    "no rotation and no reason",
    (it) => (it.secrets[3].rotation = { kind: "never" }),
    "secrets[3].rotation.reason",
    tag,
    "nothing",
  ],
  [
    "an unknown kind of rotation",
    (it) => (it.secrets[3].rotation.kind = "sometimes"),
    "secrets[3].rotation.kind",
    "one of never, scheduled, iam-access-key, http-api-key, elasticache, ssh-key-pair",
    '"sometimes"',
  ],
  [
    "rotateEvery 0",
    (it) => (it.secrets[2].rotation.rotateEvery = 0),
    "secrets[2].rotation.rotateEvery",
    "a whole number from 1 to 1000",
    "0",
  ],
  [
    "rotateEvery 1001",
    (it) => (it.secrets[2].rotation.rotateEvery = 1001),
    "secrets[2].rotation.rotateEvery",
    "a whole number from 1 to 1000",
    "1001",
  ],
  [
    "rotateEvery as text",
    (it) => (it.secrets[2].rotation.rotateEvery = "30"),
    "secrets[2].rotation.rotateEvery",
    "a whole number from 1 to 1000",
    '"30"',
  ],
  [
    "a schedule that never fires",
    (it) => (it.secrets[1].rotation.schedule = "cron(0 3 31 2 ? *)"),
    "secrets[1].rotation.schedule",
    "a schedule that fires",
    '"cron(0 3 31 2 ? *)"',
  ],
  [
    "a rate under 4 hours",
    (it) => (it.secrets[1].rotation.schedule = "rate(3 hours)"),
    "secrets[1].rotation.schedule",
    "a rate of 4 hours to 999 days, such as rate(30 days)",
    '"rate(3 hours)"',
  ],
  [
    "a cron schedule under 4 hours",
    (it) => (it.secrets[1].rotation.schedule = "cron(0 0/2 * * ? *)"),
    "secrets[1].rotation.schedule",
    "at least 4 hours between two runs (these are 2 apart at times)",
    '"cron(0 0/2 * * ? *)"',
  ],
  [
    "schedule and rotateEvery",
    (it) => (it.secrets[1].rotation.rotateEvery = 30),
    "secrets[1].rotation",
    "either schedule or rotateEvery",
    "both",
  ],
  [
    "neither schedule nor rotateEvery",
    (it) => delete it.secrets[1].rotation.schedule,
    "secrets[1].rotation",
    "either schedule or rotateEvery",
    "neither",
  ],
  [
    "a window over midnight",
    (it) => (it.secrets[0].rotation.windowHours = 22),
    "secrets[0].rotation.windowHours",
    "at most 21 with this schedule",
    "22",
  ],
  [
    "a window longer than a day",
    (it) => (it.secrets[1].rotation.windowHours = 25),
    "secrets[1].rotation.windowHours",
    "a whole number from 1 to 24",
    "25",
  ],
  [
    "a database that is not declared",
    (it) => (it.secrets[2].rotation.database = "billing"),
    "secrets[2].rotation.database",
    "an entry of databases (orders)",
    '"billing"',
  ],
  [
    "a port",
    (it) => (it.databases.orders.port = 65536),
    "databases.orders.port",
    "a whole number from 1 to 65535",
    "65536",
  ],
  [
    "an engine without a rotation function",
    (it) => (it.databases.orders.engine = "db2"),
    "databases.orders.engine",
    `one of ${DATABASE_ENGINES.join(", ")}`,
    '"db2"',
  ],
  [
    "an administrator's secret that does not exist",
    (it) => (it.secrets[2].rotation.admin = "orders/root"),
    "secrets[2].rotation.admin",
    "the name of a secret declared here",
    '"orders/root"',
  ],
  [
    "an administrator that has an administrator",
    (it) => (it.secrets[2].rotation.admin = "orders/database"),
    "secrets[2].rotation.admin",
    secretsAdmin,
    '"orders/database"',
  ],
  [
    "a secret as its own administrator",
    (it) => (it.secrets[2].rotation.admin = "orders/reporting"),
    "secrets[2].rotation.admin",
    secretsAdmin,
    '"orders/reporting"',
  ],
  [
    "alternating users without an administrator",
    (it) => delete it.secrets[1].rotation.admin,
    "secrets[1].rotation.admin",
    "the secret of an administrator, which alternating users need",
    "nothing",
  ],
  [
    "a reader of a secret that it is not granted",
    (it) => it.readers[1].secrets.push("orders/database"),
    "readers[1].secrets[1]",
    "a secret granted to billing-service of billing",
    '"orders/database"',
  ],
  [
    "a reader that nobody may be",
    (it) => (it.readers[0].trust = {}),
    "readers[0].trust",
    "at least one service or principal",
    "none",
  ],
  [
    "a reader that everybody may be",
    (it) => (it.readers[0].trust.principals = ["*"]),
    "readers[0].trust.principals[0]",
    "the ARN of a principal",
    '"*"',
  ],
  [
    "a recovery window of 0 days",
    (it) => (it.recoveryWindowDays = 0),
    "recoveryWindowDays",
    "a whole number from 7 to 30",
    "0",
  ],
  [
    "an unknown key",
    (it) => (it.secrets[1].replicate = true),
    "secrets[1].replicate",
    "no such key (known: name, description, owner, dataClass, rotation, grants)",
    "true",
  ],
  [
    "a missing key",
    (it) => delete it.deployRole,
    "deployRole",
    "a role's name, with path and without role/",
    "nothing",
  ],
  ["a missing section", (it) => delete it.regions, "regions", "an object with primary, replicas", "nothing"],
  ["a list for an object", (it) => (it.workloads = []), "workloads", "entries by name", "[]"],
];

describe("an environment's configuration", () => {
  for (const [name, change, path, expected, got] of values)
    it(`refuses ${name}`, () => {
      assert.deepEqual(problemsOf(changed(change)), [{ path, expected, got }]);
    });

  it("is refused when there is none", () => {
    const expected = "an object with organization, central, deployRole, regions, workloads, secrets";
    assert.deepEqual(problemsOf(undefined), [{ path: "(top)", expected, got: "nothing" }]);
  });

  it("is refused with every problem at once", () => {
    const given = changed((it) => {
      it.central.accountId = "1";
      it.regions.replicas = ["eu-west-1"];
      it.secrets[0].name = "orders/database";
      it.secrets[1].grants[0].workload = "nobody";
      it.secrets[2].rotation.rotateEvery = 0;
      it.surplus = 1;
    });
    const paths = problemsOf(given).map(({ path }) => path);
    assert.deepEqual(paths.sort(), [
      "central.accountId",
      "regions.replicas[0]",
      "secrets[1].grants[0].workload",
      "secrets[1].name",
      "secrets[1].rotation.admin",
      "secrets[2].rotation.admin",
      "secrets[2].rotation.rotateEvery",
      "surplus",
    ]);
  });

  it("is refused when a secret's policy would be longer than AWS takes", () => {
    const roles = Array.from({ length: 400 }, (_, index) => `service-of-a-rather-long-name-${index}`);
    const [problem, ...others] = problemsOf(changed((it) => (it.secrets[1].grants[0].roles = roles)));
    assert.deepEqual(others, []);
    assert.equal(problem?.path, "secrets[1].grants");
    assert.equal(problem.expected, "a smaller policy of the secret");
    assert.match(problem.got, /^\d{5} characters, but AWS allows 20480/);
  });

  it("never shows more than the beginning of a value", () => {
    const [problem] = problemsOf(changed((it) => (it.organization.id = "x".repeat(500))));
    assert.equal(problem?.got.length, 80);
  });

  it("names file and problems in one error", () => {
    const given = changed((it) => (it.deployRole = ""));
    assert.throws(
      () => requireEnvironment("local", given),
      (error: unknown) =>
        error instanceof ConfigurationError &&
        error.message ===
          "strongroom:environment in Pulumi.local.yaml: 1 problem\n" +
            '  deployRole: expected a role\'s name, with path and without role/, got ""',
    );
  });

  for (const name of ["local", "example"])
    it(`is sound in Pulumi.${name}.yaml`, () => {
      assert.deepEqual(problemsOf(committedConfiguration(name)), []);
    });

  it("becomes an environment with the defaults filled in and the names followed", () => {
    const { keyAlias, protect, recoveryWindowDays, secrets } = requireEnvironment(
      "local",
      committedConfiguration("local"),
    );
    assert.deepEqual(
      { keyAlias, protect, recoveryWindowDays },
      { keyAlias: "strongroom-secrets", protect: true, recoveryWindowDays: 30 },
    );
    assert.deepEqual(secrets[1], {
      name: "orders/database",
      description: "Login of the orders service",
      owner: "team-orders@example.com",
      dataClass: "cardholder-data",
      grants: [
        {
          workload: "orders",
          accountId: "222222222222",
          roleNames: ["orders-service"],
          vpcIds: ["vpc-0a0000000000000a1", "vpc-0a0000000000000a2"],
        },
      ],
      rotation: {
        kind: "scheduled",
        strategy: "alternating-users",
        schedule: { kind: "rate", expression: "rate(30 days)", hours: 720 },
        spread: true,
        rotateImmediately: false,
        windowHours: undefined,
        database: {
          engine: "postgres",
          host: "127.0.0.1",
          port: 54321,
          dbname: "orders",
          tls: { authorityFile: ".strongroom/run/database-authority.pem" },
        },
        username: "orders_app",
        admin: "orders/database-admin",
        firstValue: "rotation",
      },
    });
  });
});
