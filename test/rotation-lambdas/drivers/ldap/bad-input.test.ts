import { strict as assert } from "assert";
import { RotationSettings } from "../../../../components/model/rotation-settings";
import { connectByLdapts, openLdapDriver } from "../../../../rotation-lambdas/drivers/ldap";
import { passwordModifyValue } from "../../../../rotation-lambdas/drivers/ldap/password-modify";
import { saltedHash } from "../../../../rotation-lambdas/drivers/ldap/salted-hash";
import { dualPassword } from "../../../../rotation-lambdas/strategies/dual-password";
import { singleUser } from "../../../../rotation-lambdas/strategies/single-user";
import { superuserManaged } from "../../../../rotation-lambdas/strategies/superuser-managed";
import { OpenLdapServer, startOpenLdap } from "../../../../rotation-proof/servers/openldap";
import { Unavailable } from "../../../../rotation-proof/subject";
import { failureOfRotation } from "../../../support/bad-input";
import { FakeSecrets } from "../../../support/fake-secrets";

const strategies = {
  "single-user": singleUser,
  "dual-password": dualPassword,
  "superuser-managed": superuserManaged,
};
type Name = keyof typeof strategies;

describe("OpenLDAP, given bad input", function () {
  this.timeout(20000);
  let server: OpenLdapServer;
  let strict: OpenLdapServer;
  let counter = 0;
  before(async function () {
    try {
      server = await startOpenLdap();
      strict = await startOpenLdap({ hasPolicy: true });
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      console.log(`      skipped: ${error.message}`);
      this.skip();
    }
  });
  after(async () => {
    await server?.stop();
    await strict?.stop();
  });

  interface Start {
    readonly strategy?: Name;
    readonly uid?: string;
    readonly value?: object | string;
    readonly on?: () => OpenLdapServer;
    readonly settings?: Partial<RotationSettings>;
    /** The administrator's secret, changed. */
    readonly admin?: object;
  }

  async function start({
    strategy = "single-user",
    uid = `bad_${++counter}`,
    value,
    on,
    settings: more,
    admin,
  }: Start) {
    const target = on?.() ?? server;
    const username = await target.addUser(uid, saltedHash("first-password-1"));
    const secrets = new FakeSecrets();
    const { host, port, caPem } = target;
    const masterarn = secrets.add("admin", { engine: "openldap", host, port, ...target.admin, ...admin });
    const first = { engine: "openldap", host, port, username, password: "first-password-1", masterarn };
    const secretArn = secrets.add("user", typeof value === "string" ? value : { ...first, ...value });
    const settings = { strategy, tls: { caPem }, ...more };
    const driver = openLdapDriver(connectByLdapts(settings.tls));
    const hidden = ["first-password-1", target.admin.password];
    return { settings, strategy: strategies[strategy](driver), secrets, secretArn, hidden, username, target };
  }

  const refusals: Record<string, readonly [Start, string]> = {
    "no JSON": [{ value: "first-password-1" }, "createSecret: invalid-secret"],
    "no user": [{ value: { username: "" } }, "createSecret: invalid-secret"],
    "another engine": [{ value: { engine: "active-directory" } }, "createSecret: unsupported"],
    "a wrong password": [{ value: { password: "somebody-elses-1" } }, "setSecret: authentication"],
    "a name that is none": [{ value: { username: "not a name" } }, "setSecret: invalid-secret"],
    "an entry that does not exist": [
      { value: { username: "uid=nobody,ou=services,dc=example,dc=org" } },
      "setSecret: authentication",
    ],
    "an administrator without rights": [
      {
        strategy: "superuser-managed",
        admin: { username: "uid=bad_7,ou=services,dc=example,dc=org", password: "first-password-1" },
      },
      "setSecret: permission",
    ],
    "an administrator of another host": [
      { strategy: "superuser-managed", admin: { host: "evil.example" } },
      "setSecret: policy-refused",
    ],
  };
  for (const [what, [input, expected]] of Object.entries(refusals)) {
    it(`answers ${expected} and changes nothing: ${what}`, async () => {
      const rotation = await start(input);
      if (what.endsWith("without rights")) {
        const weak = await server.addUser("weak", saltedHash("first-password-1"));
        rotation.secrets.edit(
          "arn:aws:secretsmanager:eu-west-1:111111111111:secret:admin-AbCdEf",
          "AWSCURRENT",
          {
            username: weak,
          },
        );
      }
      assert.equal(await failureOfRotation(rotation), expected);
      assert.equal(await server.logIn(rotation.username, "first-password-1"), true);
    });
  }

  const names: Record<string, string> = {
    quotes: "o'brien\\22s",
    "a filter inside": "*)(uid=*",
    "an escaped comma and an equals sign": "last\\2C first\\3D",
    Unicode: "größe-注文-🔑",
    "what ends in _clone": "app_clone",
  };
  for (const [what, uid] of Object.entries(names)) {
    it(`rotates an entry whose name has ${what}`, async () => {
      const rotation = await start({ uid, strategy: "superuser-managed" });
      assert.equal(await failureOfRotation(rotation), "promoted");
      const { password } = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
      assert.equal(await server.logIn(rotation.username, password), true);
    });
  }

  it("says that a password policy refuses two passwords, and changes nothing", async () => {
    const rotation = await start({ on: () => strict, strategy: "dual-password" });
    assert.equal(await failureOfRotation(rotation), "setSecret: policy-refused");
    assert.equal(await strict.logIn(rotation.username, "first-password-1"), true);
  });

  it("rotates a single user under a password policy", async () => {
    const rotation = await start({ on: () => strict });
    assert.equal(await failureOfRotation(rotation), "promoted");
  });

  it("refuses an anonymous bind that an empty password would be", async () => {
    const { port, caPem } = server;
    const driver = openLdapDriver(connectByLdapts({ caPem }));
    const login = { host: "127.0.0.1", port, username: server.admin.username, password: "" };
    const { TimeBudget } = await import("../../../../rotation-lambdas/time-budget");
    await assert.rejects(driver.connect(login, new TimeBudget(Date.now() + 5000)), {
      code: "invalid-secret",
    });
  });
});

describe("LDAP's forms of a password", () => {
  it("the password modify operation is RFC 3062's", () => {
    const value = passwordModifyValue({ user: "u", oldPassword: "ab", newPassword: "c" });
    assert.equal(value.toString("hex"), "300a" + "800175" + "81026162" + "820163");
    assert.equal(
      passwordModifyValue({ newPassword: "x".repeat(300) })
        .subarray(0, 8)
        .toString("hex"),
      "3082013082" + "82012c",
    );
  });

  it("a salted hash is the digest and then the salt", () => {
    const value = saltedHash("secret", Buffer.from("0001020304050607", "hex"));
    const bytes = Buffer.from(value.slice("{SSHA}".length), "base64");
    assert.deepEqual([bytes.length, bytes.subarray(20).toString("hex")], [28, "0001020304050607"]);
    assert.notEqual(saltedHash("secret"), saltedHash("secret"));
  });
});
