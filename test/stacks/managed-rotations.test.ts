import { strict as assert } from "assert";
import { Problem } from "../../components/model";
import { deploy } from "../../stacks/deploy";
import { parseEnvironment, requireEnvironment } from "../../stacks/parse-environment";
import { standInFiles } from "../support/deployment-files";
import { committedConfiguration } from "../support/local-environment";
import { inputsOf, recordResources, settled } from "../support/pulumi-mocks";

const arn = (accountId: string, region = "eu-west-1", name = "rds!cluster-1-AbCdEf") =>
  `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}`;
const sound = { secretArn: arn("111111111111"), rotateEvery: 7 };

function withManaged(managedRotations: object): any {
  return { ...structuredClone(committedConfiguration("local")), managedRotations };
}

function problemsOf(given: unknown): readonly Problem[] {
  const reading = parseEnvironment("local", given);
  return reading.kind === "problems" ? reading.problems : [];
}

describe("managed rotations of an environment", () => {
  const managed =
    "the ARN of a secret that RDS or Redshift manages, whose name begins with rds! or redshift!";
  const cases: readonly (readonly [string, object, string, string, string])[] = [
    [
      "a secret of somebody's own",
      { ...sound, secretArn: arn("111111111111", "eu-west-1", "orders/database-AbCdEf") },
      ".secretArn",
      managed,
      `"${arn("111111111111", "eu-west-1", "orders/database-AbCdEf")}"`.slice(0, 77),
    ],
    ["a database's name", { ...sound, secretArn: "orders" }, ".secretArn", managed, '"orders"'],
    [
      "an account that is not of the environment",
      { ...sound, secretArn: arn("444444444444") },
      ".secretArn",
      "a secret of the central account or of a workload's",
      '"444444444444"',
    ],
    ["no schedule", { secretArn: sound.secretArn }, "", "either schedule or rotateEvery", "neither"],
    [
      "a schedule that AWS refuses",
      { secretArn: sound.secretArn, schedule: "rate(3 hours)" },
      ".schedule",
      "a rate of 4 hours to 999 days, such as rate(30 days)",
      '"rate(3 hours)"',
    ],
    [
      "a window over midnight",
      { secretArn: sound.secretArn, schedule: "cron(0 23 ? * SUN *)", windowHours: 2 },
      ".windowHours",
      "at most 1 with this schedule",
      "2",
    ],
    [
      "a function's key",
      { ...sound, rotateImmediately: true },
      ".rotateImmediately",
      "no such key (known: secretArn, schedule, rotateEvery, spread, windowHours)",
      "true",
    ],
  ];
  for (const [name, it_, path, expected, got] of cases)
    it(`are refused with ${name}`, () => {
      const problems = problemsOf(withManaged({ orders: it_ }));
      assert.deepEqual(
        problems.map((problem) => ({ ...problem, got: problem.got.slice(0, 77) })),
        [{ path: `managedRotations.orders${path}`, expected, got: got.slice(0, 77) }],
      );
    });

  it("are scheduled in the account and the Region of their secret, without a function", async () => {
    const created = recordResources();
    const managedRotations = {
      "orders-master": { ...sound, spread: false, windowHours: 3 },
      warehouse: {
        secretArn: arn("222222222222", "eu-central-1", "redshift!warehouse-admin-AbCdEf"),
        schedule: "cron(0 3 ? * SUN *)",
      },
    };
    deploy(requireEnvironment("local", withManaged(managedRotations)), standInFiles);
    await settled();
    const rotations = inputsOf(created, "aws:secretsmanager/secretRotation:SecretRotation");
    assert.deepEqual(
      { "orders-master": rotations["orders-master"], warehouse: rotations["warehouse"] },
      {
        "orders-master": {
          secretId: sound.secretArn,
          rotateImmediately: false,
          rotationRules: { automaticallyAfterDays: 7, duration: "3h" },
          region: "eu-west-1",
        },
        warehouse: {
          secretId: managedRotations.warehouse.secretArn,
          rotateImmediately: false,
          rotationRules: { scheduleExpression: "cron(0 3 ? * SUN *)" },
          region: "eu-central-1",
        },
      },
    );
    const providerOf = (name: string) =>
      created.find((it) => it.name === name && it.type.endsWith(":SecretRotation"))?.provider ?? "";
    assert.match(providerOf("orders-master"), /::central::/);
    assert.match(providerOf("warehouse"), /::orders::/);
  });
});
