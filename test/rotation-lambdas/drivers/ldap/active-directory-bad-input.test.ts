import { strict as assert } from "assert";
import { activeDirectoryDriver, connectByLdapts } from "../../../../rotation-lambdas/drivers/ldap";
import { unicodePwd } from "../../../../rotation-lambdas/drivers/ldap/active-directory";
import { singleUser } from "../../../../rotation-lambdas/strategies/single-user";
import { superuserManaged } from "../../../../rotation-lambdas/strategies/superuser-managed";
import {
  ActiveDirectoryFake,
  startActiveDirectoryFake,
} from "../../../../rotation-proof/servers/active-directory-fake";
import { AdUser } from "../../../../rotation-proof/servers/active-directory-users";
import { failureOfRotation } from "../../../support/bad-input";
import { FakeSecrets } from "../../../support/fake-secrets";

const strategies = { "single-user": singleUser, "superuser-managed": superuserManaged };

describe("Active Directory, given bad input", function () {
  this.timeout(20000);
  let fake: ActiveDirectoryFake;
  let counter = 0;
  before(async () => {
    fake = await startActiveDirectoryFake();
    fake.directory.addUser("administrator", "administrator-password-1", true);
    fake.directory.addUser("weak", "weak-password-1");
  });
  after(() => fake.stop());
  afterEach(() => void (fake.directory.shortestPassword = 8));

  interface Start {
    readonly strategy?: keyof typeof strategies;
    readonly name?: string;
    readonly username?: (user: AdUser) => string;
    readonly value?: object;
    readonly state?: AdUser["state"];
    readonly admin?: object;
    readonly tls?: object;
    readonly shortestPassword?: number;
  }

  function start(input: Start) {
    const { strategy = "single-user", name = `bad_${++counter}`, value, admin } = input;
    const user = fake.directory.addUser(name, "first-password-1");
    user.state = input.state ?? "enabled";
    fake.directory.shortestPassword = input.shortestPassword ?? 8;
    const { host, port, caPem } = fake;
    const server = { engine: "active-directory", host, port };
    const secrets = new FakeSecrets();
    const byAdmin = { username: "CORP\\administrator", password: "administrator-password-1", ...admin };
    const masterarn = secrets.add("admin", { ...server, ...byAdmin });
    const username = input.username?.(user) ?? user.userPrincipalName;
    const first = { ...server, username, password: "first-password-1", masterarn };
    const secretArn = secrets.add("user", { ...first, ...value });
    const settings = { strategy, tls: { caPem, ...input.tls } };
    const isEncrypted = !("mode" in settings.tls) || settings.tls.mode !== "disable";
    const driver = activeDirectoryDriver(connectByLdapts(settings.tls), isEncrypted);
    const hidden = ["first-password-1", "administrator-password-1", "weak-password-1"];
    return { settings, strategy: strategies[strategy](driver), secrets, secretArn, hidden, user };
  }

  const refusals: Record<string, readonly [Start, string]> = {
    "a wrong password": [{ value: { password: "somebody-elses-1" } }, "setSecret: authentication"],
    "an account that is locked out": [{ state: "locked" }, "setSecret: locked"],
    "an account that is disabled": [{ state: "disabled" }, "setSecret: locked"],
    "a password that has expired": [{ state: "expired" }, "setSecret: policy-refused"],
    "a policy that refuses the new password": [{ shortestPassword: 64 }, "setSecret: policy-refused"],
    "plain LDAP": [{ tls: { mode: "disable" } }, "setSecret: tls"],
    "an administrator that may not reset": [
      {
        strategy: "superuser-managed",
        admin: { username: "weak@corp.example", password: "weak-password-1" },
      },
      "setSecret: permission",
    ],
    "no administrator": [
      { strategy: "superuser-managed", value: { masterarn: undefined } },
      "setSecret: invalid-secret",
    ],
    "an account of another name": [
      { value: { username: "nobody@corp.example" } },
      "setSecret: authentication",
    ],
  };
  for (const [what, [input, expected]] of Object.entries(refusals)) {
    it(`answers ${expected} and changes nothing: ${what}`, async () => {
      const rotation = start(input);
      assert.equal(await failureOfRotation(rotation), expected);
      assert.equal(rotation.user.password, "first-password-1");
    });
  }

  const names: Record<string, (user: AdUser) => string> = {
    "its user principal name": (user) => user.userPrincipalName,
    "its domain and name": (user) => `CORP\\${user.sAMAccountName}`,
    "its distinguished name": (user) => user.dn,
    "another spelling": (user) => user.userPrincipalName.toUpperCase(),
  };
  for (const [what, username] of Object.entries(names)) {
    for (const strategy of ["single-user", "superuser-managed"] as const) {
      it(`rotates a user under ${what}, ${strategy}`, async () => {
        const rotation = start({ username, strategy });
        assert.equal(await failureOfRotation(rotation), "promoted");
        const { password } = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
        assert.equal(rotation.user.password, password);
      });
    }
  }

  for (const name of [`o'brien"s`, "*)(cn=*", "größe-注文", "back\\slash"]) {
    it(`rotates a user whose name is ${name}`, async () => {
      const rotation = start({ name });
      assert.equal(await failureOfRotation(rotation), "promoted");
      assert.notEqual(rotation.user.password, "first-password-1");
    });
  }

  it("does not lock the account by its own look at the pending password", async () => {
    const rotation = start({});
    for (let turn = 0; turn < 6; turn++) assert.equal(await failureOfRotation(rotation), "promoted");
    assert.equal(rotation.user.state, "enabled");
  });

  it("writes a password as UTF-16 in quotes", () => {
    assert.equal(unicodePwd("aß").toString("hex"), "22006100df002200");
  });
});
