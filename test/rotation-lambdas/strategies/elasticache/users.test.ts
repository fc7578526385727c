import { strict as assert } from "assert";
import { ElastiCacheSettings } from "../../../../components/model/elasticache-settings";
import { RotationSettings } from "../../../../components/model/rotation-settings";
import { callQueryByHttps } from "../../../../rotation-lambdas/aws-query";
import { connectByIoredis, redisDriver } from "../../../../rotation-lambdas/drivers/redis";
import { elastiCacheUsers } from "../../../../rotation-lambdas/strategies/elasticache";
import { ElastiCacheFake, startElastiCacheFake } from "../../../../rotation-proof/servers/elasticache-fake";
import { Unavailable } from "../../../../rotation-proof/subject";
import { failureOfRotation, preflightOf } from "../../../support/bad-input";
import { FakeSecrets } from "../../../support/fake-secrets";

describe("users of ElastiCache", function () {
  this.timeout(20000);
  let fake: ElastiCacheFake;
  let counter = 0;
  before(async function () {
    try {
      fake = await startElastiCacheFake();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      console.log(`      skipped: ${error.message}`);
      this.skip();
    }
  });
  after(() => fake?.stop());

  interface Start {
    readonly value?: object | string;
    readonly elastiCache?: Partial<ElastiCacheSettings>;
    readonly tls?: object;
  }

  async function start({ value, elastiCache, tls }: Start = {}) {
    const username = `user_${++counter}`;
    const user_arn = await fake.addUser(username, "first-password-1");
    const { host, port, caPem } = fake.redis;
    const secrets = new FakeSecrets();
    const first = { username, password: "first-password-1", user_arn, note: "kept" };
    const secretArn = secrets.add("cache", typeof value === "string" ? value : { ...first, ...value });
    const target = { userArn: user_arn, userName: username, endpoint: { host, port }, ...elastiCache };
    const settings: RotationSettings = {
      strategy: "dual-password",
      tls: tls ?? { caPem },
      elastiCache: target,
    };
    const driver = redisDriver(connectByIoredis(settings.tls));
    const options = {
      call: callQueryByHttps,
      environment: fake.environment,
      driver,
      pauseMs: 20,
      propagationPausesMs: [10, 20],
    };
    const hidden = ["first-password-1"];
    return { settings, strategy: elastiCacheUsers(options), secrets, secretArn, hidden, username };
  }

  it("keep the secret's other fields and lose the old password", async () => {
    const rotation = await start();
    assert.equal(await failureOfRotation(rotation), "promoted");
    const { note, password } = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
    assert.equal(note, "kept");
    assert.equal((await fake.hashesOf(rotation.username)).length, 1);
    assert.equal(await fake.redis.logIn(rotation.username, password), true);
  });

  it("fail the test when the cluster does not accept the new password, which the API has", async () => {
    const rotation = await start();
    const lose = () =>
      fake.redis
        .command("ACL", "SETUSER", rotation.username, "resetpass", ">first-password-1")
        .then(() => undefined);
    const outcome = failureOfRotation({ ...rotation, before: { testSecret: lose } });
    assert.equal(await outcome, "testSecret: authentication");
    assert.equal(await fake.redis.logIn(rotation.username, "first-password-1"), true);
  });

  it("are checked beforehand without a change", async () => {
    const [rotation, foreign] = [await start(), await start({ elastiCache: { userArn: otherArn } })];
    assert.deepEqual([await preflightOf(rotation), await preflightOf(foreign)], ["passed", "policy-refused"]);
  });

  const otherArn = "arn:aws:elasticache:eu-west-1:222222222222:user:id-user_1";
  const refusals: Record<string, readonly [Start, string]> = {
    "no JSON": [{ value: "first-password-1" }, "createSecret: invalid-secret"],
    "no ARN": [{ value: { user_arn: undefined } }, "createSecret: invalid-secret"],
    "another user in the secret": [{ value: { username: "somebody" } }, "createSecret: policy-refused"],
    "another ARN in the secret": [{ value: { user_arn: otherArn } }, "createSecret: policy-refused"],
    "a wrong password": [{ value: { password: "somebody-elses-1" } }, "setSecret: authentication"],
    "an unknown authority": [{ tls: {} }, "setSecret: tls"],
    "a closed port": [
      { elastiCache: { endpoint: { host: "127.0.0.1", port: 1 } } },
      "setSecret: unreachable",
    ],
  };
  for (const [what, [input, expected]] of Object.entries(refusals)) {
    it(`answer ${expected} and change nothing: ${what}`, async () => {
      const rotation = await start(input);
      const before = await fake.hashesOf(rotation.username);
      assert.equal(await failureOfRotation(rotation), expected);
      assert.deepEqual(await fake.hashesOf(rotation.username), before);
    });
  }

  const failures: Record<string, string> = {
    AccessDenied: "setSecret: permission",
    InvalidUserState: "setSecret: locked",
    ServiceUnavailable: "promoted",
    Throttling: "promoted",
  };
  for (const [code, expected] of Object.entries(failures)) {
    it(`answer ${expected} when ModifyUser fails with ${code}`, async () => {
      const rotation = await start();
      fake.failNext(code);
      assert.equal(await failureOfRotation(rotation), expected);
      assert.equal((await fake.hashesOf(rotation.username)).length, 1);
    });
  }
});
