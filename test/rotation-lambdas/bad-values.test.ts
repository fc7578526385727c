import { strict as assert } from "assert";
import { DATABASE_ENGINES, DatabaseEngine, ROTATION_STRATEGIES } from "../../components/model";
import { RotationSettings, RotationStrategyName } from "../../components/model/rotation-settings";
import { activeDirectoryDriver, connectByLdapts, openLdapDriver } from "../../rotation-lambdas/drivers/ldap";
import { connectByMongodb, mongoDriver } from "../../rotation-lambdas/drivers/mongodb";
import { connectByMysql2, mariadb, mysql, mysqlDriver } from "../../rotation-lambdas/drivers/mysql";
import { connectByOracledb, oracleDriver } from "../../rotation-lambdas/drivers/oracle";
import { connectByPg, postgresDriver } from "../../rotation-lambdas/drivers/postgres";
import { connectByIoredis, redisDriver } from "../../rotation-lambdas/drivers/redis";
import { redshiftDriver } from "../../rotation-lambdas/drivers/redshift";
import { connectByTedious, sqlServerDriver } from "../../rotation-lambdas/drivers/sqlserver";
import { Driver, Session } from "../../rotation-lambdas/driver";
import { alternatingUsers } from "../../rotation-lambdas/strategies/alternating-users";
import { dualPassword } from "../../rotation-lambdas/strategies/dual-password";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { superuserManaged } from "../../rotation-lambdas/strategies/superuser-managed";
import { RotationError } from "../../rotation-lambdas/rotation-error";
import { BadRotation, failureOfRotation } from "../support/bad-input";
import { FakeSecrets } from "../support/fake-secrets";

const drivers: Readonly<Record<DatabaseEngine, Driver>> = {
  postgres: postgresDriver(connectByPg()),
  mysql: mysqlDriver(connectByMysql2(), mysql),
  mariadb: mysqlDriver(connectByMysql2(), mariadb),
  sqlserver: sqlServerDriver(connectByTedious()),
  redshift: redshiftDriver(connectByPg()),
  oracle: oracleDriver(connectByOracledb()),
  mongodb: mongoDriver(connectByMongodb()),
  redis: redisDriver(connectByIoredis()),
  openldap: openLdapDriver(connectByLdapts()),
  "active-directory": activeDirectoryDriver(connectByLdapts(), true),
};
const strategies = {
  "single-user": singleUser,
  "alternating-users": alternatingUsers,
  "dual-password": dualPassword,
  "superuser-managed": superuserManaged,
};

const password = "the-secret-password-1";
const adminPassword = "administrator-password-1";
const host = "db.example.com";
const needsAdmin: readonly RotationStrategyName[] = ["alternating-users", "superuser-managed"];

/** The engine's driver before a server that lets the current login and the administrator in, and writes changes down. */
function watched(driver: Driver, calls: string[]): Driver {
  const change = (name: string) => async () => void calls.push(name);
  const session: Session = {
    changeOwnPassword: change("changeOwnPassword"),
    users: { ensure: change("ensure") },
    twins: { alternate: change("alternate"), differences: async () => ["everything"] },
    dual: { add: change("add"), keepOnly: change("keepOnly") },
    close: async () => {},
  };
  return {
    ...driver,
    connect: async (login) => {
      if (login.host !== host) calls.push(`sent a password to ${login.host}`);
      if ([password, adminPassword].includes(login.password)) return session;
      throw new RotationError("authentication", "refused");
    },
  };
}

interface Bad {
  readonly value?: (good: Record<string, unknown>) => object | string;
  readonly settings?: Partial<RotationSettings>;
  readonly admin?: object;
  readonly edit?: object;
  readonly onlyWith?: readonly RotationStrategyName[];
  readonly expected: string;
}

const without = (name: string): Bad => ({
  value: ({ [name]: _, ...rest }) => rest,
  expected: "createSecret: invalid-secret",
});
const changed = (change: object, expected: string): Bad => ({
  value: (good) => ({ ...good, ...change }),
  expected,
});
const arnOf = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}`;

const table: Readonly<Record<string, Bad>> = {
  "no JSON": { value: () => `password=${password}`, expected: "createSecret: invalid-secret" },
  "a JSON list": { value: () => JSON.stringify([password]), expected: "createSecret: invalid-secret" },
  "no engine": without("engine"),
  "no host": without("host"),
  "no user name": without("username"),
  "no password": without("password"),
  "an empty user name": changed({ username: "" }, "createSecret: invalid-secret"),
  "a user name that is no text": changed({ username: 7 }, "createSecret: invalid-secret"),
  "a port of words": changed({ port: password }, "createSecret: invalid-secret"),
  "port 0": changed({ port: 0 }, "createSecret: invalid-secret"),
  "port 65536, as text": changed({ port: "65536" }, "createSecret: invalid-secret"),
  "an engine of another kind": changed({ engine: "db2" }, "createSecret: unsupported"),
  "a user name of 2000 bytes": changed({ username: "u".repeat(2000) }, "createSecret: unsupported"),
  "a user name with a NUL": changed({ username: "a\0b" }, "createSecret: unsupported"),
  "no masterarn": {
    ...{ value: ({ masterarn: _, ...rest }) => rest, onlyWith: needsAdmin },
    expected: "setSecret: invalid-secret",
  },
  "itself as its administrator": {
    ...changed({ masterarn: arnOf("orders-AbCdEf") }, "setSecret: invalid-secret"),
    onlyWith: needsAdmin,
  },
  "a foreign secret as its administrator": {
    ...{ settings: { adminSecretArn: arnOf("other-??????") }, onlyWith: needsAdmin },
    expected: "setSecret: policy-refused",
  },
  "an administrator of another host": {
    ...{ admin: { host: "evil.example.com" }, onlyWith: needsAdmin },
    expected: "setSecret: policy-refused",
  },
  "a foreign secret's ARN": {
    settings: { secretArn: arnOf("other-??????") },
    expected: "createSecret: policy-refused",
  },
  "a host that was edited between steps": {
    edit: { host: "evil.example.com" },
    expected: "setSecret: conflict",
  },
  "a user that was edited between steps": { edit: { username: "admin" }, expected: "setSecret: conflict" },
  "a port that was edited between steps": { edit: { port: 1 }, expected: "setSecret: conflict" },
  "an administrator that was edited between steps": {
    edit: { masterarn: arnOf("evil-AbCdEf") },
    expected: "setSecret: conflict",
  },
};

for (const engine of DATABASE_ENGINES)
  describe(`a bad value for ${engine}`, () => {
    function rotationOf(strategy: RotationStrategyName, bad: Omit<Bad, "expected">) {
      const calls: string[] = [];
      const secrets = new FakeSecrets();
      const admin = { engine, host, username: "admin", password: adminPassword, ...bad.admin };
      const masterarn = secrets.add("admin", admin);
      const username = engine === "openldap" ? "uid=app,dc=example" : "app";
      const good = { engine, host, port: 1234, username, password, masterarn };
      const secretArn = secrets.add("orders", bad.value?.(good) ?? good);
      const edit = () => secrets.edit(secretArn, "AWSPENDING", bad.edit ?? {});
      const settings: RotationSettings = { strategy, ...bad.settings };
      const rotation: BadRotation = {
        ...{ settings, secrets, secretArn, hidden: [password, adminPassword] },
        strategy: strategies[strategy](watched(drivers[engine], calls)),
        before: bad.edit ? { setSecret: edit } : {},
      };
      return { rotation, calls };
    }

    for (const [what, bad] of Object.entries(table))
      for (const strategy of ROTATION_STRATEGIES[engine].filter((it) => bad.onlyWith?.includes(it) ?? true))
        it(`answers ${bad.expected} and changes nothing: ${what}, ${strategy}`, async () => {
          const { rotation, calls } = rotationOf(strategy, bad);
          assert.equal(await failureOfRotation(rotation), bad.expected);
          assert.deepEqual(calls, []);
        });

    it("would be seen to change something if it did", async () => {
      for (const strategy of ROTATION_STRATEGIES[engine]) {
        const { rotation, calls } = rotationOf(strategy, {});
        await failureOfRotation(rotation);
        assert.equal(calls.length, 1, strategy);
      }
    });

    for (const strategy of ROTATION_STRATEGIES[engine])
      it(`is none when the port is a text of digits: ${strategy}`, async () => {
        const { rotation } = rotationOf(strategy, { value: (good) => ({ ...good, port: "1234" }) });
        const steps = rotation.strategy;
        const current = steps.parse(JSON.stringify(rotation.secrets.value(rotation.secretArn, "AWSCURRENT")));
        assert.ok(current.ok);
        assert.equal(current.value.port, 1234);
        assert.deepEqual(
          steps.mismatches(steps.next(current.value, rotation.settings), current.value, rotation.settings),
          [],
        );
      });
  });
