import { strict as assert } from "assert";
import { RotationSettings } from "../../../../components/model/rotation-settings";
import { connectByIoredis, redisDriver } from "../../../../rotation-lambdas/drivers/redis";
import { dualPassword } from "../../../../rotation-lambdas/strategies/dual-password";
import { singleUser } from "../../../../rotation-lambdas/strategies/single-user";
import { superuserManaged } from "../../../../rotation-lambdas/strategies/superuser-managed";
import { RedisServer, startRedis } from "../../../../rotation-proof/servers/redis";
import { failureOfRotation } from "../../../support/bad-input";
import { FakeSecrets } from "../../../support/fake-secrets";

const strategies = {
  "dual-password": dualPassword,
  "single-user": singleUser,
  "superuser-managed": superuserManaged,
};
type Name = keyof typeof strategies;

describe("Redis, given bad input", function () {
  this.timeout(30000);
  let server: RedisServer;
  let counter = 0;
  before(async () => void (server = await startRedis()));
  after(() => server.stop());

  interface Start {
    readonly strategy?: Name;
    readonly username?: string;
    readonly on?: RedisServer;
    readonly value?: object | string;
    readonly rules?: readonly string[];
    readonly settings?: Partial<RotationSettings>;
  }

  async function start(input: Start) {
    const { strategy = "dual-password", username = `bad_${++counter}`, on = server } = input;
    const secrets = new FakeSecrets();
    const { host, port, admin, caPem } = on;
    const rules = input.rules ?? ["on", ">first-password-1", "~*", "+@all"];
    if (rules.length > 0) await on.command("ACL", "SETUSER", username, ...rules);
    const masterarn = secrets.add("admin", { engine: "redis", host, port, ...admin });
    const value = { engine: "redis", host, port, username, password: "first-password-1", masterarn };
    const secretArn = secrets.add(
      "user",
      typeof input.value === "string" ? input.value : { ...value, ...input.value },
    );
    const settings = { strategy, tls: { caPem }, ...input.settings };
    const driver = redisDriver(connectByIoredis(settings.tls));
    const hidden = ["first-password-1", admin.password];
    return { settings, strategy: strategies[strategy](driver), secrets, secretArn, hidden, username };
  }

  const hashesOf = async (username: string, on = server): Promise<unknown> => {
    const reply = (await on.command("ACL", "GETUSER", username)) as unknown[] | null;
    return reply && reply[reply.indexOf("passwords") + 1];
  };

  const refusals: Record<string, readonly [Start, string]> = {
    "a value that is no JSON": [{ value: "first-password-1" }, "createSecret: invalid-secret"],
    "no host": [{ value: { host: "" } }, "createSecret: invalid-secret"],
    "no engine": [{ value: { engine: undefined } }, "createSecret: invalid-secret"],
    "another engine": [{ value: { engine: "postgres" } }, "createSecret: unsupported"],
    "a port of words": [{ value: { port: "first-password-1" } }, "createSecret: invalid-secret"],
    "a user that does not exist": [{ rules: [] }, "setSecret: authentication"],
    "a user that is off": [{ rules: ["off", ">first-password-1"] }, "setSecret: authentication"],
    "a password that is not the server's": [
      { rules: ["on", ">somebody-elses-1"] },
      "setSecret: authentication",
    ],
    "a user that may not change itself": [
      { rules: ["on", ">first-password-1", "~*", "+get"], value: { masterarn: undefined } },
      "setSecret: permission",
    ],
    "no administrator": [
      { strategy: "superuser-managed", value: { masterarn: undefined } },
      "setSecret: invalid-secret",
    ],
    "an administrator that the function may not use": [
      { settings: { adminSecretArn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:other-??????" } },
      "setSecret: policy-refused",
    ],
  };
  for (const [what, [input, expected]] of Object.entries(refusals)) {
    it(`answers ${expected} and changes nothing: ${what}`, async () => {
      const rotation = await start(input);
      const before = await hashesOf(rotation.username);
      assert.equal(await failureOfRotation(rotation), expected);
      assert.deepEqual(await hashesOf(rotation.username), before);
    });
  }

  const names: Record<string, string> = {
    quotes: `o'brien"s`,
    "a backslash and dollar signs": "a\\b$c",
    "upper case and Unicode": "Größe注文🔑",
    "another command": "app;FLUSHALL",
    "a line break's escape": "a\\r\\nFLUSHALL",
    "what ends in _clone": "app_clone",
    "250 characters": "u".repeat(250),
  };
  for (const [what, username] of Object.entries(names)) {
    it(`rotates a user whose name has ${what}`, async () => {
      const rotation = await start({ username });
      assert.equal(await failureOfRotation(rotation), "promoted");
      const { password } = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
      assert.equal(await server.logIn(username, password), true);
    });
  }

  it("refuses a pending value for another host", async () => {
    const rotation = await start({});
    const edit = () => rotation.secrets.edit(rotation.secretArn, "AWSPENDING", { host: "evil.example" });
    assert.equal(
      await failureOfRotation({ ...rotation, before: { setSecret: edit } }),
      "setSecret: conflict",
    );
  });

  it("does not change users that a restart would reset", async () => {
    const volatile = await startRedis({ users: "memory" });
    try {
      const rotation = await start({ on: volatile });
      const before = await hashesOf(rotation.username, volatile);
      assert.equal(await failureOfRotation(rotation), "setSecret: unsupported");
      assert.deepEqual(await hashesOf(rotation.username, volatile), before);
    } finally {
      await volatile.stop();
    }
  });

  for (const users of ["acl-file", "config-file"] as const) {
    it(`keeps the new password over a restart: ${users}`, async () => {
      const restarted = await startRedis({ users });
      try {
        const rotation = await start({ on: restarted, strategy: "superuser-managed" });
        assert.equal(await failureOfRotation(rotation), "promoted");
        await restarted.restart();
        const { username, password } = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
        assert.equal(await restarted.logIn(username, password), true);
        assert.equal(await restarted.logIn(username, "first-password-1"), false);
      } finally {
        await restarted.stop();
      }
    });
  }

  it("takes a third password away that a rotation left", async () => {
    const rotation = await start({ rules: ["on", ">first-password-1", ">given-up-password", "~*", "+@all"] });
    assert.equal(await failureOfRotation(rotation), "promoted");
    assert.equal(await server.logIn(rotation.username, "given-up-password"), false);
  });
});
