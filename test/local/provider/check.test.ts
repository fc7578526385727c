import { strict as assert } from "assert";
import { ProviderSession, startSession } from "./provider-session";
import { UNKNOWN, archiveOf, outputOf, resourceOf, secretOf, textAsset } from "./wire-values";

const SECRET = "aws:secretsmanager/secret:Secret";
const POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy";
const KEY = "aws:kms/key:Key";
const ROLE = "aws:iam/role:Role";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const FUNCTION = "aws:lambda/function:Function";

describe("Check", () => {
  let session: ProviderSession;

  before(async () => {
    session = await startSession({});
    await session.configure({
      region: "eu-west-1",
      skipCredentialsValidation: "true",
      defaultTags: JSON.stringify({ tags: { team: "platform", stage: "test" } }),
    });
  });
  after(() => session.stop());

  it("fills in defaults, the Region and all tags, and lists what it filled in", async () => {
    const { inputs, failures } = await session.check(SECRET, {
      name: "orders/database",
      tags: { stage: "prod" },
    });
    assert.deepEqual(failures, []);
    assert.deepEqual(inputs, {
      name: "orders/database",
      tags: { stage: "prod" },
      tagsAll: { team: "platform", stage: "prod" },
      region: "eu-west-1",
      recoveryWindowInDays: 30,
      forceOverwriteReplicaSecret: false,
      __defaults: ["forceOverwriteReplicaSecret", "recoveryWindowInDays", "region", "tagsAll"],
    });
  });

  describe("names", () => {
    it("is the logical name and seven hexadecimal digits of the seed", async () => {
      const first = await session.check(SECRET, {}, { name: "database", seed: "a" });
      const again = await session.check(SECRET, {}, { name: "database", seed: "a" });
      const other = await session.check(SECRET, {}, { name: "database", seed: "b" });
      assert.match(first.inputs["name"], /^database-[0-9a-f]{7}$/);
      assert.equal(again.inputs["name"], first.inputs["name"]);
      assert.notEqual(other.inputs["name"], first.inputs["name"]);
    });

    it("keeps a name that it made up earlier", async () => {
      const olds = { name: "database-0123456", __defaults: ["name"] };
      const { inputs } = await session.check(SECRET, {}, { name: "database", olds, seed: "c" });
      assert.equal(inputs["name"], "database-0123456");
    });

    it("makes a new name when the program gave the old one", async () => {
      const olds = { name: "given", __defaults: [] };
      const { inputs } = await session.check(SECRET, {}, { name: "database", olds, seed: "c" });
      assert.match(inputs["name"], /^database-[0-9a-f]{7}$/);
    });

    it("begins an alias with alias/", async () => {
      const { inputs } = await session.check("aws:kms/alias:Alias", { targetKeyId: "key" }, { name: "main" });
      assert.match(inputs["name"], /^alias\/main-[0-9a-f]{7}$/);
    });

    it("shortens the logical name to what AWS takes", async () => {
      const { inputs, failures } = await session.check(
        ROLE,
        { assumeRolePolicy: "{}" },
        { name: "r".repeat(100) },
      );
      assert.deepEqual(failures, []);
      assert.equal(inputs["name"].length, 64);
    });
  });

  describe("documents", () => {
    it("turns a document with one unknown part into an unknown text", async () => {
      const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Resource: UNKNOWN }] };
      const { inputs, failures } = await session.check(POLICY, { secretArn: "arn", policy });
      assert.deepEqual(failures, []);
      assert.equal(inputs["policy"], UNKNOWN);
    });

    it("writes a document given as an object as text", async () => {
      const { inputs } = await session.check(POLICY, { secretArn: "arn", policy: { Version: "2012-10-17" } });
      assert.equal(inputs["policy"], '{"Version":"2012-10-17"}');
    });

    it("turns a text with an unknown inside into an unknown text", async () => {
      const { inputs } = await session.check(POLICY, {
        secretArn: "arn",
        policy: `{"Resource":"${UNKNOWN}/*"}`,
      });
      assert.equal(inputs["policy"], UNKNOWN);
    });
  });

  describe("wire forms", () => {
    it("keeps secrets secret", async () => {
      const { inputs } = await session.check(SECRET, { name: "a", description: secretOf("hidden") });
      assert.deepEqual(inputs["description"], secretOf("hidden"));
    });

    it("keeps a property secret whose part is", async () => {
      const { inputs } = await session.check(SECRET, {
        name: "a",
        tags: { owner: outputOf("me", { secret: true }) },
      });
      assert.deepEqual(inputs["tags"], secretOf({ owner: "me" }));
    });

    it("takes an output without a value as unknown", async () => {
      const { inputs } = await session.check(SECRET, { name: "a", kmsKeyId: outputOf(undefined) });
      assert.equal(inputs["kmsKeyId"], UNKNOWN);
    });

    it("takes a resource as its id", async () => {
      const { inputs } = await session.check("aws:iam/rolePolicy:RolePolicy", {
        role: resourceOf("reader"),
        policy: "{}",
      });
      assert.equal(inputs["role"], "reader");
    });

    it("hands an archive on as it is", async () => {
      const code = archiveOf({ assets: { "index.js": textAsset("exports.handler = 1") } });
      const { inputs } = await session.check(FUNCTION, {
        code,
        role: "arn:aws:iam::111111111111:role/r",
        runtime: "nodejs22.x",
        handler: "index.handler",
      });
      assert.deepEqual(inputs["code"], code);
    });

    it("takes numbers and truths written as text", async () => {
      const { inputs } = await session.check(KEY, { deletionWindowInDays: "7", multiRegion: "true" });
      assert.deepEqual([inputs["deletionWindowInDays"], inputs["multiRegion"]], [7, true]);
    });
  });

  const refused: {
    name: string;
    token: string;
    inputs: Record<string, unknown>;
    property: string;
    reason: RegExp;
  }[] = [
    {
      name: "a missing argument",
      token: POLICY,
      inputs: { policy: "{}" },
      property: "secretArn",
      reason: /missing required argument: "secretArn"/,
    },
    {
      name: "an argument that does not exist",
      token: SECRET,
      inputs: { nmae: "x" },
      property: "nmae",
      reason: /takes no "nmae"/,
    },
    {
      name: "a policy that is not JSON",
      token: POLICY,
      inputs: { secretArn: "a", policy: "{" },
      property: "policy",
      reason: /contains an invalid JSON document/,
    },
    {
      name: "a text where a list belongs",
      token: ENDPOINT,
      inputs: { vpcId: "v", subnetIds: "s" },
      property: "subnetIds",
      reason: /must be a list/,
    },
    {
      name: "a name with a space",
      token: SECRET,
      inputs: { name: "a b" },
      property: "name",
      reason: /only letters, digits/,
    },
    {
      name: "a recovery window of 6 days",
      token: SECRET,
      inputs: { recoveryWindowInDays: 6 },
      property: "recoveryWindowInDays",
      reason: /0 or in the range \(7 - 30\), got 6/,
    },
    {
      name: "a recovery window of 31 days",
      token: SECRET,
      inputs: { recoveryWindowInDays: 31 },
      property: "recoveryWindowInDays",
      reason: /got 31/,
    },
    {
      name: "a deletion window of 6 days",
      token: KEY,
      inputs: { deletionWindowInDays: 6 },
      property: "deletionWindowInDays",
      reason: /\(7 - 30\), got 6/,
    },
    {
      name: "a key rotation of 89 days",
      token: KEY,
      inputs: { enableKeyRotation: true, rotationPeriodInDays: 89 },
      property: "rotationPeriodInDays",
      reason: /\(90 - 2560\), got 89/,
    },
    {
      name: "an alias without alias/",
      token: "aws:kms/alias:Alias",
      inputs: { name: "x", targetKeyId: "k" },
      property: "name",
      reason: /begins with "alias\/"/,
    },
    {
      name: "rotation by days and by schedule",
      token: ROTATION,
      inputs: {
        secretId: "s",
        rotationRules: { automaticallyAfterDays: 1, scheduleExpression: "rate(1 day)" },
      },
      property: "rotationRules.automaticallyAfterDays",
      reason: /exactly one of/,
    },
    {
      name: "rotation after 1001 days",
      token: ROTATION,
      inputs: { secretId: "s", rotationRules: { automaticallyAfterDays: 1001 } },
      property: "rotationRules.automaticallyAfterDays",
      reason: /\(1 - 1000\), got 1001/,
    },
    {
      name: "subnets of a gateway endpoint",
      token: ENDPOINT,
      inputs: { vpcId: "v", subnetIds: ["s"] },
      property: "subnetIds",
      reason: /Interface/,
    },
    {
      name: "two values of one version",
      token: "aws:secretsmanager/secretVersion:SecretVersion",
      inputs: { secretId: "s", secretString: "a", secretBinary: "YQ==" },
      property: "secretBinary",
      reason: /only one of/,
    },
  ];
  for (const { name, token, inputs, property, reason } of refused) {
    it(`refuses ${name}`, async () => {
      const { failures } = await session.check(token, inputs);
      assert.deepEqual(
        failures.map((failure) => failure.property),
        [property],
      );
      assert.match(failures[0]!.reason, reason);
    });
  }

  const accepted: { name: string; token: string; inputs: Record<string, unknown> }[] = [
    { name: "deletion at once", token: SECRET, inputs: { recoveryWindowInDays: 0 } },
    { name: "the shortest recovery window", token: SECRET, inputs: { recoveryWindowInDays: 7 } },
    { name: "the longest recovery window", token: SECRET, inputs: { recoveryWindowInDays: 30 } },
    { name: "an unknown recovery window", token: SECRET, inputs: { recoveryWindowInDays: UNKNOWN } },
    {
      name: "the ends of a rotation",
      token: ROTATION,
      inputs: { secretId: UNKNOWN, rotationRules: { automaticallyAfterDays: 1000 } },
    },
    {
      name: "rotation by schedule",
      token: ROTATION,
      inputs: { secretId: "s", rotationRules: { scheduleExpression: "rate(4 hours)", duration: "2h" } },
    },
  ];
  for (const { name, token, inputs } of accepted) {
    it(`accepts ${name}`, async () => {
      assert.deepEqual((await session.check(token, inputs)).failures, []);
    });
  }

  it("takes the inputs of a resource type that is not modelled as they are", async () => {
    const inputs = { name: "a", nested: { list: [UNKNOWN, 1] } };
    assert.deepEqual(await session.check("aws:foo/bar:Baz", inputs), { inputs, failures: [] });
  });

  it("names a function that is not modelled", async () => {
    await assert.rejects(
      session.invoke("aws:ec2/getVpc:getVpc", {}),
      /aws:ec2\/getVpc:getVpc is not modelled/,
    );
  });
});
