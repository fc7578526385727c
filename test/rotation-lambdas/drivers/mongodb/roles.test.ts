import { strict as assert } from "assert";
import { MongoClient } from "mongodb";
import { connectByMongodb, mongoDriver } from "../../../../rotation-lambdas/drivers/mongodb";
import { alternatingUsers } from "../../../../rotation-lambdas/strategies/alternating-users";
import { singleUser } from "../../../../rotation-lambdas/strategies/single-user";
import { superuserManaged } from "../../../../rotation-lambdas/strategies/superuser-managed";
import { MongoRolesFake } from "../../../../rotation-proof/servers/mongodb-roles-fake";
import { failureOfRotation } from "../../../support/bad-input";
import { FakeSecrets } from "../../../support/fake-secrets";

const strategies = {
  "alternating-users": alternatingUsers,
  "single-user": singleUser,
  "superuser-managed": superuserManaged,
};

describe("users of MongoDB with roles", function () {
  this.timeout(20000);
  let fake: MongoRolesFake;
  let counter = 0;
  before(async () => void (fake = await MongoRolesFake.start()));
  after(() => fake.stop());
  afterEach(() => void (fake.failure = undefined));

  interface Start {
    readonly strategy?: keyof typeof strategies;
    readonly username?: string;
    readonly user?: object;
    readonly value?: object | string;
    readonly admin?: object;
  }

  function start({
    strategy = "alternating-users",
    username = `user_${++counter}`,
    user,
    value,
    admin,
  }: Start = {}) {
    fake.put(username, { pwd: "first-password-1", roles: ["readWrite"], ...user });
    const secrets = new FakeSecrets();
    const { host, port } = fake;
    const masterarn = secrets.add("admin", { engine: "mongo", host, port, ...fake.admin, ...admin });
    const first = { engine: "mongo", host, port, username, password: "first-password-1", masterarn };
    const secretArn = secrets.add("user", typeof value === "string" ? value : { ...first, ...value });
    const settings = { strategy, tls: { mode: "disable" } } as const;
    const driver = mongoDriver(connectByMongodb(settings.tls));
    const hidden = ["first-password-1", fake.admin.password];
    return { settings, strategy: strategies[strategy](driver), secrets, secretArn, hidden, username };
  }

  async function logIn(username: string, password: string): Promise<boolean> {
    const auth = { username, password };
    const client = new MongoClient(`mongodb://127.0.0.1:${fake.port}/?directConnection=true`, {
      auth,
      authSource: "admin",
    });
    return client.connect().then(
      () => client.close().then(() => true),
      (error: { code?: number }) =>
        client.close().then(() => (error.code === 18 ? false : assert.fail(String(error)))),
    );
  }

  const rightsOf = (name: string) => {
    const { credential: _, name: __, ...rights } = fake.users.get(name)!;
    return rights;
  };

  it("get a clone with all that the original has, and both ways", async () => {
    const user = {
      roles: [
        { role: "readWrite", db: "orders" },
        { role: "orders_app", db: "orders" },
        { role: "read", db: "admin" },
      ],
      customData: { team: "orders", nested: { a: [1, 2] } },
      authenticationRestrictions: [{ clientSource: ["127.0.0.1/32"] }],
    };
    const rotation = start({ user });
    assert.equal(await failureOfRotation(rotation), "promoted");
    const clone = `${rotation.username}_clone`;
    assert.equal(rotation.secrets.value(rotation.secretArn, "AWSCURRENT").username, clone);
    assert.deepEqual(new Set(rightsOf(clone).roles), new Set(rightsOf(rotation.username).roles));
    assert.deepEqual({ ...rightsOf(clone), roles: 0 }, { ...rightsOf(rotation.username), roles: 0 });
    fake.put(clone, { roles: ["read", "orders_app"], authenticationRestrictions: [], customData: {} });
    assert.equal(await failureOfRotation(rotation), "promoted");
    assert.deepEqual(new Set(rightsOf(rotation.username).roles), new Set(rightsOf(clone).roles));
    assert.deepEqual(rightsOf(rotation.username).authenticationRestrictions, []);
    const { username, password } = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
    assert.equal(await logIn(username, password), true);
  });

  it("that can already log in but differ are made equal", async () => {
    const rotation = start();
    const { secrets, secretArn, username } = rotation;
    const half = () =>
      fake.put(`${username}_clone`, { pwd: secrets.value(secretArn, "AWSPENDING").password, roles: [] });
    assert.equal(await failureOfRotation({ ...rotation, before: { setSecret: half } }), "promoted");
    assert.deepEqual(rightsOf(`${username}_clone`).roles, rightsOf(username).roles);
  });

  it("fail the test when their rights change in between", async () => {
    const rotation = start();
    const weaken = () => fake.put(`${rotation.username}_clone`, { roles: ["read"] });
    assert.equal(
      await failureOfRotation({ ...rotation, before: { testSecret: weaken } }),
      "testSecret: conflict",
    );
  });

  it("keep their mechanisms when their own password changes", async () => {
    const user = { roles: ["changeOwnPassword"], mechanisms: ["SCRAM-SHA-256"] };
    const rotation = start({ strategy: "single-user", user });
    assert.equal(await failureOfRotation(rotation), "promoted");
    assert.deepEqual(rightsOf(rotation.username).mechanisms, ["SCRAM-SHA-256"]);
    const { password } = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
    assert.ok(!fake.log.join("\n").includes(password));
  });

  const refusals: Record<string, readonly [Start, string]> = {
    "no JSON": [{ value: "first-password-1" }, "createSecret: invalid-secret"],
    "no host": [{ value: { host: undefined } }, "createSecret: invalid-secret"],
    "no administrator": [{ value: { masterarn: undefined } }, "setSecret: invalid-secret"],
    "an administrator without rights": [
      { admin: { username: "weak", password: "first-password-1" } },
      "setSecret: permission",
    ],
    "an administrator that is refused": [
      { admin: { password: "wrong-password-1" } },
      "setSecret: authentication",
    ],
    "an administrator as the user": [{ user: { roles: ["userAdmin"] } }, "setSecret: policy-refused"],
    "a user that may not change itself": [{ strategy: "single-user" }, "setSecret: permission"],
    "a wrong password": [
      { strategy: "single-user", value: { password: "somebody-elses-1" } },
      "setSecret: authentication",
    ],
    "a name too long for its clone": [{ username: "u".repeat(126) }, "createSecret: unsupported"],
  };
  for (const [what, [input, expected]] of Object.entries(refusals)) {
    it(`answer ${expected} and change nothing: ${what}`, async () => {
      fake.put("weak", { pwd: "first-password-1", roles: [] });
      const rotation = start(input);
      const before = [...fake.users.keys()];
      assert.equal(await failureOfRotation(rotation), expected);
      assert.deepEqual([...fake.users.keys()], before);
      assert.equal(await logIn(rotation.username, "first-password-1"), true);
    });
  }

  it("answer unsupported for a secondary", async () => {
    const rotation = start({ strategy: "superuser-managed" });
    const before = { setSecret: () => void (fake.failure = 10107) };
    assert.equal(await failureOfRotation({ ...rotation, before }), "setSecret: unsupported");
  });

  const names = ["o'brien\"s", "a,b=c", "$where", "größe-注文", "app_clone", "{$gt: ''}"];
  for (const username of names) {
    it(`rotate under the name ${username}`, async () => {
      const rotation = start({ username });
      assert.equal(await failureOfRotation(rotation), "promoted");
      const value = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
      assert.equal(value.username, username.endsWith("_clone") ? "app" : `${username}_clone`);
      assert.equal(await logIn(value.username, value.password), true);
    });
  }
});
