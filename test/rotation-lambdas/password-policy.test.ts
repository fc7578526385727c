import { strict as assert } from "assert";
import { RotationSettings } from "../../components/model/rotation-settings";
import { activeDirectoryDriver, connectByLdapts, openLdapDriver } from "../../rotation-lambdas/drivers/ldap";
import { readDomainPolicy } from "../../rotation-lambdas/drivers/ldap/password-policy";
import { connectByMysql2, mariadb, mysqlDriver } from "../../rotation-lambdas/drivers/mysql";
import { readValidatePassword } from "../../rotation-lambdas/drivers/mysql/password-policy";
import { readPasswordPolicy as readOraclePolicy } from "../../rotation-lambdas/drivers/oracle/password-policy";
import { connectByPg, postgresDriver } from "../../rotation-lambdas/drivers/postgres";
import { readPasswordPolicy as readPostgresPolicy } from "../../rotation-lambdas/drivers/postgres/password-policy";
import { connectByIoredis, redisDriver } from "../../rotation-lambdas/drivers/redis";
import { readPasswordPolicy as readSqlServerPolicy } from "../../rotation-lambdas/drivers/sqlserver/password-policy";
import { Driver } from "../../rotation-lambdas/driver";
import { brokenRules, PasswordPolicy } from "../../rotation-lambdas/password-policy";
import { preflight } from "../../rotation-lambdas/preflight";
import { Redactor } from "../../rotation-lambdas/redacting";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { superuserManaged } from "../../rotation-lambdas/strategies/superuser-managed";
import { TimeBudget } from "../../rotation-lambdas/time-budget";
import { startActiveDirectoryFake } from "../../rotation-proof/servers/active-directory-fake";
import { startMariadb } from "../../rotation-proof/servers/mariadb";
import { startOpenLdap } from "../../rotation-proof/servers/openldap";
import { startRedis } from "../../rotation-proof/servers/redis";
import { Unavailable } from "../../rotation-proof/subject";
import { FakeSecrets } from "../support/fake-secrets";
import { testPostgres } from "../support/postgres";

const first = "first-password-1";

interface Checked {
  readonly driver: Driver;
  readonly user: object;
  readonly admin?: object;
  readonly password?: RotationSettings["password"];
}

/** What `strongroom rotation check` would show of the server's password policy. */
async function checkOf({ driver, user, admin, password }: Checked) {
  const secrets = new FakeSecrets();
  const masterarn = admin && secrets.add("admin", admin);
  const value = { ...user, ...(masterarn && { masterarn }) };
  const arn = secrets.add("user", value);
  const settings: RotationSettings = { strategy: "single-user", password };
  const strategy = admin ? superuserManaged(driver) : singleUser(driver);
  const budget = TimeBudget.within(20_000);
  const tools = { versions: secrets.client(), strategy, settings, budget, redactor: new Redactor() };
  const { checks } = await preflight(tools, arn);
  assert.deepEqual(secrets.value(arn, "AWSCURRENT"), value, "nothing changed");
  assert.equal(JSON.stringify(checks).includes(first), false);
  const { result, detail, code } = checks.find(({ name }) => name === "password policy")!;
  return { result, detail, ...(code && { code }) };
}

/** Skips the test where the server's program is not installed. */
async function started<T>(test: Mocha.Context, start: () => Promise<T>): Promise<T> {
  return start().catch((error: unknown) => {
    if (error instanceof Unavailable) test.skip();
    throw error;
  });
}

describe("the password policy of a server, as the check of a function finds it", function () {
  this.timeout(60_000);

  it("is that of MariaDB's plugin, which refuses hashes unless it is told not to be strict", async function () {
    const server = await started(this, () => startMariadb({ args: ["--plugin-maturity=unknown"] }));
    try {
      await server.sql(`CREATE USER app IDENTIFIED BY '${first}'`);
      const { host, port, caPem } = server;
      const driver = mysqlDriver(connectByMysql2({ caPem }), mariadb);
      const user = { engine: "mariadb", host, port, username: "app", password: first };
      const taken = { result: "passed", detail: "the server gets a hash, which it does not judge" };
      assert.deepEqual(await checkOf({ driver, user }), taken);
      await server.sql("INSTALL SONAME 'simple_password_check'");
      const advice = "set strict_password_validation to OFF, for passwords are sent hashed";
      const detail = `mariadb: the server takes no hashed passwords: ${advice}`;
      assert.deepEqual(await checkOf({ driver, user }), { result: "failed", detail, code: "policy-refused" });
      await server.sql("SET GLOBAL strict_password_validation = 0");
      assert.deepEqual(await checkOf({ driver, user }), taken);
    } finally {
      await server.stop();
    }
  });

  it("is that of OpenLDAP's overlay: the directory's only one, or the entry's own", async function () {
    const server = await started(this, () => startOpenLdap({ hasPolicy: true }));
    try {
      const username = await server.addUser("app", first);
      const { host, port, caPem } = server;
      const driver = openLdapDriver(connectByLdapts({ caPem }));
      const user = { engine: "openldap", host, port, username, password: first };
      const unseen = "cannot tell: the server has a password-policy overlay and does not show which policy";
      assert.deepEqual(await checkOf({ driver, user }), { result: "unknown", detail: unseen });

      const client = await server.adminClient();
      const policy = (cn: string, length: number) =>
        client.add(`cn=${cn},dc=example,dc=org`, {
          ...{ objectClass: ["organizationalRole", "pwdPolicy"], cn, pwdAttribute: "userPassword" },
          ...{ pwdMinLength: String(length), pwdCheckQuality: "2" },
        });
      await policy("policy", 40);
      const source = "the password policy of the directory asks: at least";
      assert.deepEqual(await checkOf({ driver, user }), {
        result: "failed",
        detail: `20 of 20 generated passwords lack what ${source} 40 characters: change the settings' "password"`,
        code: "policy-refused",
      });
      assert.deepEqual(await checkOf({ driver, user, password: { length: 40 } }), {
        result: "passed",
        detail: `a generated password has what ${source} 40 characters`,
      });
      await policy("other", 12);
      assert.deepEqual(await checkOf({ driver, user }), { result: "unknown", detail: unseen });
      const { Attribute, Change } = await import("ldapts");
      const values = ["cn=other,dc=example,dc=org"];
      const modification = new Attribute({ type: "pwdPolicySubentry", values });
      await client.modify(username, new Change({ operation: "add", modification }));
      await client.unbind();
      assert.deepEqual(await checkOf({ driver, user }), {
        result: "passed",
        detail: `a generated password has what ${source} 12 characters`,
      });
    } finally {
      await server.stop();
    }
  });

  it("is none without an overlay, and none in Redis", async function () {
    const ldap = await started(this, () => startOpenLdap());
    const redis = await started(this, () => startRedis());
    try {
      const username = await ldap.addUser("app", first);
      await redis.command("ACL", "SETUSER", "app", "on", `>${first}`, "~*", "+@all");
      const place = ({ host, port }: { host: string; port: number }) => ({ host, port, password: first });
      const checks = [
        await checkOf({
          driver: openLdapDriver(connectByLdapts({ caPem: ldap.caPem })),
          user: { engine: "openldap", ...place(ldap), username },
        }),
        await checkOf({
          driver: redisDriver(connectByIoredis({ caPem: redis.caPem })),
          user: { engine: "redis", ...place(redis), username: "app" },
        }),
      ];
      assert.deepEqual(checks, [
        { result: "passed", detail: "the server has no password-policy overlay" },
        { result: "passed", detail: "the server has no password policy" },
      ]);
    } finally {
      await ldap.stop();
      await redis.stop();
    }
  });

  it("is hidden by PostgreSQL from an ordinary role, and asked for as the administrator then", async () => {
    const postgres = await testPostgres();
    const username = `policy_${process.pid}`;
    await postgres.sql(`DROP ROLE IF EXISTS ${username}; CREATE ROLE ${username} LOGIN PASSWORD '${first}'`);
    const { host, port, superuser } = postgres;
    const driver = postgresDriver(connectByPg({ mode: "disable" }));
    const user = { engine: "postgres", host, port, username, password: first };
    const { result, detail } = await checkOf({ driver, user });
    assert.equal(result, "unknown");
    assert.match(
      detail,
      /^cannot tell: the server does not show its policy \(postgres: .* \(SQLSTATE 42501\)\)$/,
    );
    const admin = { engine: "postgres", host, port, ...superuser };
    const none = { result: "passed", detail: "no library that judges passwords is loaded" };
    assert.deepEqual(await checkOf({ driver, user, admin }), none);
  });

  it("is that of the domain in Active Directory's stand-in, which does not show it", async () => {
    const fake = await startActiveDirectoryFake();
    try {
      const { userPrincipalName: username } = fake.directory.addUser("app", first);
      const driver = activeDirectoryDriver(connectByLdapts({ caPem: fake.caPem }), true);
      const user = {
        engine: "active-directory",
        host: fake.host,
        port: fake.port,
        username,
        password: first,
      };
      const { result, detail } = await checkOf({ driver, user });
      assert.equal(result, "unknown");
      assert.match(detail, /^cannot tell: the server does not show its policy \(ldap: .* \(result 53\)\)$/);
    } finally {
      await fake.stop();
    }
  });
});

describe("what a server says of its password policy", () => {
  const rows = (...found: object[]) => ({ query: async () => ({ rows: found }), end: async () => {} }) as any;
  const variables = (values: Record<string, string>) =>
    rows(...Object.entries(values).map(([Variable_name, Value]) => ({ Variable_name, Value })));
  const plugin = { validate_password_policy: "LOW", validate_password_length: "8" };
  const component = {
    "validate_password.policy": "MEDIUM",
    "validate_password.length": "10",
    "validate_password.mixed_case_count": "1",
    "validate_password.number_count": "2",
    "validate_password.special_char_count": "0",
  };
  const entries = (found: Record<string, Record<string, string[]>>) =>
    ({ read: async (name: string) => found[name] }) as any;
  const domain = "DC=corp";
  const policy: Record<string, string[]> = { minPwdLength: ["7"], pwdProperties: ["1"] };
  const pso: Record<string, string[]> = {
    "msDS-MinimumPasswordLength": ["20"],
    "msDS-PasswordComplexityEnabled": ["FALSE"],
  };
  const own = { user: { "msDS-ResultantPSO": ["pso"] } };
  const none = (why: string): PasswordPolicy => ({ kind: "none", why });
  const hidden = (why: string): PasswordPolicy => ({ kind: "hidden", why });
  const cases: readonly (readonly [string, () => Promise<PasswordPolicy>, PasswordPolicy])[] = [
    [
      "MySQL without the component",
      () => readValidatePassword(variables({})),
      none("validate_password is not installed"),
    ],
    [
      "MySQL's plugin, low",
      () => readValidatePassword(variables(plugin)),
      { kind: "rules", rules: { length: 8 }, source: "validate_password" },
    ],
    [
      "MySQL's component, medium",
      () => readValidatePassword(variables(component)),
      {
        kind: "rules",
        rules: { length: 10, lower: 1, upper: 1, digits: 2, special: 0 },
        source: "validate_password",
      },
    ],
    [
      "PostgreSQL with passwordcheck",
      () =>
        readPostgresPolicy(rows({ shared_preload_libraries: 'pg_stat_statements, "$libdir/passwordcheck"' })),
      none(
        "passwordcheck is loaded, and takes a verifier, of which it can only see whether it is the user's name",
      ),
    ],
    [
      "PostgreSQL with a library that may refuse verifiers",
      () => readPostgresPolicy(rows({ shared_preload_libraries: "passwordcheck,credcheck" })),
      hidden(
        "credcheck is loaded, which refuses verifiers unless credcheck.encrypted_password_allowed is on",
      ),
    ],
    [
      "SQL Server with CHECK_POLICY",
      () => readSqlServerPolicy(rows({ is_policy_checked: true }), "app"),
      hidden("the login has CHECK_POLICY on, and the policy is that of Windows"),
    ],
    [
      "SQL Server without CHECK_POLICY",
      () => readSqlServerPolicy(rows({ is_policy_checked: false }), "app"),
      none("the login has CHECK_POLICY off"),
    ],
    [
      "SQL Server for a user of a contained database",
      () => readSqlServerPolicy(rows(), "app"),
      hidden("the server does not show this login"),
    ],
    [
      "Oracle without a function",
      () => readOraclePolicy(rows({ function: "NULL" }), "APP", "APP"),
      none("the user's profile has no PASSWORD_VERIFY_FUNCTION"),
    ],
    [
      "Oracle with a function of its own",
      () => readOraclePolicy(rows({ function: "ORA12C_STRONG_VERIFY_FUNCTION" }), "APP", "SYSTEM"),
      {
        kind: "rules",
        rules: { length: 9, upper: 2, lower: 2, digits: 2, special: 2 },
        source: "ORA12C_STRONG_VERIFY_FUNCTION",
      },
    ],
    [
      "Oracle with a function of the user's",
      () => readOraclePolicy(rows({ function: "OUR_FUNCTION" }), "APP", "APP"),
      hidden("the profile's PASSWORD_VERIFY_FUNCTION is one that only the server knows"),
    ],
    [
      "Oracle for a user that is not shown",
      () => readOraclePolicy(rows(), "APP", "SYSTEM"),
      hidden("the server does not show the profile of this user"),
    ],
    [
      "Active Directory's domain",
      () => readDomainPolicy(entries({ user: {}, [domain]: policy }), "user", domain),
      { kind: "rules", rules: { length: 7, sorts: 3 }, source: "the domain's policy" },
    ],
    [
      "Active Directory's domain without complexity",
      () =>
        readDomainPolicy(
          entries({ user: {}, [domain]: { ...policy, pwdProperties: ["16"] } }),
          "user",
          domain,
        ),
      { kind: "rules", rules: { length: 7 }, source: "the domain's policy" },
    ],
    [
      "Active Directory's policy for one user",
      () => readDomainPolicy(entries({ ...own, [domain]: policy, pso }), "user", domain),
      { kind: "rules", rules: { length: 20 }, source: "the user's own policy" },
    ],
    [
      "Active Directory's policy for one user, which is hidden",
      () => readDomainPolicy(entries({ ...own, [domain]: policy }), "user", domain),
      hidden("the directory does not show the policy of this user"),
    ],
  ];
  for (const [name, read, expected] of cases)
    it(`is understood: ${name}`, async () => assert.deepEqual(await read(), expected));

  const passwords: readonly (readonly [string, object, readonly string[]])[] = [
    ["abc", { length: 4, digits: 1, letters: 3 }, ["at least 4 characters", "at least 1 digits"]],
    ["aB1!", { length: 4, lower: 1, upper: 1, digits: 1, special: 1, sorts: 4 }, []],
    [
      "ABC1",
      { lower: 1, special: 2, sorts: 3 },
      [
        "at least 1 lower-case letters",
        "at least 2 special characters",
        "at least 3 of the sorts lower case, upper case, digits and special",
      ],
    ],
  ];
  for (const [password, rules, expected] of passwords)
    it(`is kept or broken by ${password}`, () => assert.deepEqual(brokenRules(rules, password), expected));
});
