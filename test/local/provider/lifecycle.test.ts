import { strict as assert } from "assert";
import { ServiceError } from "@grpc/grpc-js";
import { FakeAws, startFakeAws } from "./fake-aws";
import { ProviderSession, initFailure, startSession } from "./provider-session";
import { UNKNOWN, secretOf } from "./wire-values";

const KEY = "aws:kms/key:Key";
const SECRET = "aws:secretsmanager/secret:Secret";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
const ARN = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:a-AbCdEf";

const KEY_ANSWERS = {
  CreateKey: { KeyMetadata: { KeyId: "mrk-1" } },
  EnableKeyRotation: {},
  DescribeKey: {
    KeyMetadata: {
      KeyId: "mrk-1",
      Arn: "arn:key",
      KeySpec: "SYMMETRIC_DEFAULT",
      KeyState: "Enabled",
      Enabled: true,
      KeyUsage: "ENCRYPT_DECRYPT",
      MultiRegion: true,
      Description: "d",
    },
  },
  GetKeyPolicy: { Policy: '{"a":1}' },
  GetKeyRotationStatus: { KeyRotationEnabled: true, RotationPeriodInDays: 365 },
  ListResourceTags: { Tags: [{ TagKey: "team", TagValue: "platform" }] },
};

describe("the life of a resource", () => {
  let aws: FakeAws;
  let session: ProviderSession;

  beforeEach(async () => {
    aws = await startFakeAws();
    session = await startSession({
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: "AKIATEST",
      AWS_SECRET_ACCESS_KEY: "secret",
    });
    await session.configure({ region: "eu-west-1", skipCredentialsValidation: "true", maxRetries: "1" });
  });
  afterEach(async () => {
    session.stop();
    await aws.close();
    delete process.env["AWS_ENDPOINT_URL"];
  });

  const operations = (): string[] => aws.calls.map((call) => call.operation);

  it("previews a creation without a request, and what AWS decides is unknown", async () => {
    const { id, outputs } = await session.create(SECRET, { name: "a", region: "eu-west-1" }, true);
    assert.equal(id, "");
    assert.deepEqual(outputs, {
      name: "a",
      region: "eu-west-1",
      arn: UNKNOWN,
      policy: UNKNOWN,
      replicas: UNKNOWN,
      tagsAll: UNKNOWN,
    });
    assert.deepEqual(aws.calls, []);
  });

  it("previews a resource of a type that is not modelled, and names the type when it is to be made", async () => {
    const inputs = { engine: "postgres", password: UNKNOWN };
    const made = await session.create("aws:rds/instance:Instance", inputs, true);
    assert.deepEqual(made, { id: "", outputs: inputs });
    await assert.rejects(
      session.create("aws:rds/instance:Instance", inputs),
      /aws:rds\/instance:Instance is not modelled by the local provider/,
    );
  });

  it("creates a key and completes it", async () => {
    Object.assign(aws.answers, KEY_ANSWERS);
    const inputs = {
      region: "eu-west-1",
      multiRegion: true,
      enableKeyRotation: true,
      policy: '{ "a": 1 }',
      tags: { team: "platform" },
      tagsAll: { team: "platform" },
    };
    const { id, outputs } = await session.create(KEY, inputs);
    assert.equal(id, "mrk-1");
    assert.deepEqual(outputs, {
      ...inputs,
      arn: "arn:key",
      keyId: "mrk-1",
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      description: "d",
      isEnabled: true,
      keyUsage: "ENCRYPT_DECRYPT",
      rotationPeriodInDays: 365,
    });
    assert.deepEqual(operations().slice(0, 2), ["CreateKey", "EnableKeyRotation"]);
    assert.deepEqual(aws.calls[0]!.input, {
      MultiRegion: true,
      Policy: '{ "a": 1 }',
      Tags: [{ TagKey: "team", TagValue: "platform" }],
    });
  });

  it("works in the resource's own Region", async () => {
    Object.assign(aws.answers, KEY_ANSWERS);
    await session.create(KEY, { region: "eu-central-1" });
    assert.deepEqual([...new Set(aws.calls.map((call) => call.region))], ["eu-central-1"]);
  });

  it("does not lose a key whose rotation could not be enabled", async () => {
    Object.assign(aws.answers, KEY_ANSWERS, {
      EnableKeyRotation: { error: "AccessDeniedException", message: "not you" },
      GetKeyRotationStatus: { KeyRotationEnabled: false },
    });
    const failure = await session.create(KEY, { region: "eu-west-1", enableKeyRotation: true }).then(
      () => assert.fail("must fail"),
      (error: ServiceError) => error,
    );
    const { id, outputs, reasons } = initFailure(failure);
    assert.deepEqual([id, outputs["enableKeyRotation"]], ["mrk-1", false]);
    const reason =
      'creating aws:kms/key:Key "thing": EnableKeyRotation: AccessDeniedException: not you (HTTP 400, request id request-1)';
    assert.deepEqual(reasons, [reason]);
    assert.equal(failure.details, reason);
  });

  it("says operation, code, message and request of a refusal", async () => {
    aws.answers["CreateKey"] = { error: "LimitExceededException", message: "too many" };
    await assert.rejects(session.create(KEY, {}), {
      details:
        'creating aws:kms/key:Key "thing": CreateKey: LimitExceededException: too many (HTTP 400, request id request-1)',
    });
  });

  it("says nothing when nobody answers, but the cause", async () => {
    await aws.close();
    await assert.rejects(
      session.create(KEY, {}),
      /creating aws:kms\/key:Key "thing": CreateKey: .*ECONNREFUSED/,
    );
    aws = await startFakeAws();
  });

  it("repeats while a principal is not known yet", async () => {
    let attempts = 0;
    aws.answers["PutResourcePolicy"] = () => {
      attempts += 1;
      return attempts < 3
        ? {
            error: "MalformedPolicyDocumentException",
            message: "This resource policy contains an unsupported principal.",
          }
        : { ARN };
    };
    aws.answers["GetResourcePolicy"] = { ResourcePolicy: "{}" };
    const inputs = { secretArn: ARN, policy: "{}", blockPublicPolicy: true };
    const { id, outputs } = await session.create("aws:secretsmanager/secretPolicy:SecretPolicy", inputs);
    assert.deepEqual({ id, outputs, attempts }, { id: ARN, outputs: inputs, attempts: 3 });
    assert.deepEqual(aws.calls[0]!.input, { SecretId: ARN, ResourcePolicy: "{}", BlockPublicPolicy: true });
  });

  describe("a secret", () => {
    const described = (regions: readonly string[], extra: object = {}) => ({
      ARN,
      Name: "a",
      ReplicationStatus: regions.map((Region) => ({ Region, KmsKeyId: `key-${Region}`, Status: "InSync" })),
      ...extra,
    });

    it("is deleted after its replicas", async () => {
      let replicas = ["eu-central-1", "us-east-1"];
      Object.assign(aws.answers, {
        DescribeSecret: () => described(replicas),
        RemoveRegionsFromReplication: () => {
          replicas = [];
          return { ARN };
        },
        DeleteSecret: { ARN },
      });
      await session.remove(SECRET, ARN, { recoveryWindowInDays: 7 });
      assert.deepEqual(
        aws.calls
          .filter((call) => call.operation !== "DescribeSecret")
          .map(({ operation, input }) => ({ operation, input })),
        [
          {
            operation: "RemoveRegionsFromReplication",
            input: { SecretId: ARN, RemoveReplicaRegions: ["eu-central-1", "us-east-1"] },
          },
          { operation: "DeleteSecret", input: { SecretId: ARN, RecoveryWindowInDays: 7 } },
        ],
      );
    });

    it("with a window of 0 days is deleted at once", async () => {
      Object.assign(aws.answers, { DescribeSecret: described([]), DeleteSecret: { ARN } });
      await session.remove(SECRET, ARN, { recoveryWindowInDays: 0 });
      assert.deepEqual(aws.calls[1]!.input, { SecretId: ARN, ForceDeleteWithoutRecovery: true });
    });

    it("that is gone is deleted already", async () => {
      aws.answers["DescribeSecret"] = { error: "ResourceNotFoundException", message: "no" };
      await session.remove(SECRET, ARN, {});
      assert.deepEqual(operations(), ["DescribeSecret"]);
    });

    it("loses and gets a replica when its key changes", async () => {
      let replicas = ["eu-central-1", "us-east-1"];
      Object.assign(aws.answers, {
        DescribeSecret: () => described(replicas),
        RemoveRegionsFromReplication: () => {
          replicas = ["us-east-1"];
          return { ARN };
        },
        ReplicateSecretToRegions: { ARN },
        GetResourcePolicy: { ARN },
      });
      const kept = { region: "us-east-1", kmsKeyId: "key-us-east-1" };
      await session.update(SECRET, ARN, {
        olds: { name: "a", replicas: [{ region: "eu-central-1", kmsKeyId: "key-eu-central-1" }, kept] },
        news: { name: "a", replicas: [{ region: "eu-central-1", kmsKeyId: "other" }, kept] },
      });
      assert.deepEqual(
        aws.calls
          .filter((call) => /Replic/.test(call.operation))
          .map(({ operation, input }) => ({ operation, input })),
        [
          {
            operation: "RemoveRegionsFromReplication",
            input: { SecretId: ARN, RemoveReplicaRegions: ["eu-central-1"] },
          },
          {
            operation: "ReplicateSecretToRegions",
            input: { SecretId: ARN, AddReplicaRegions: [{ Region: "eu-central-1", KmsKeyId: "other" }] },
          },
        ],
      );
    });

    it("is refreshed in the program's own words", async () => {
      Object.assign(aws.answers, {
        DescribeSecret: described(["eu-central-1"], {
          Description: "changed",
          Tags: [{ Key: "team", Value: "x" }],
        }),
        GetResourcePolicy: { ARN },
      });
      const replicas = [{ region: "eu-central-1", kmsKeyId: "key-eu-central-1" }];
      const { id, inputs } = await session.read(SECRET, ARN, {
        state: { name: "a", description: "old", replicas },
        inputs: { name: "a", description: "old", replicas, tagsAll: {}, __defaults: [] },
      });
      assert.equal(id, ARN);
      assert.deepEqual(inputs, {
        name: "a",
        description: "changed",
        replicas,
        tags: { team: "x" },
        tagsAll: { team: "x" },
        __defaults: [],
      });
    });

    it("is imported with inputs that change nothing", async () => {
      Object.assign(aws.answers, {
        DescribeSecret: described([], { KmsKeyId: "key", Tags: [{ Key: "team", Value: "x" }] }),
        GetResourcePolicy: { ARN },
      });
      const { inputs } = await session.read(SECRET, ARN);
      assert.deepEqual(inputs, {
        name: "a",
        kmsKeyId: "key",
        region: "eu-west-1",
        recoveryWindowInDays: 30,
        forceOverwriteReplicaSecret: false,
        tags: { team: "x" },
        tagsAll: { team: "x" },
        __defaults: [],
      });
      const checked = await session.check(SECRET, { name: "a", kmsKeyId: "key", tags: { team: "x" } });
      assert.equal((await session.diff(SECRET, inputs!, checked.inputs)).changes, false);
    });

    it("that waits for its deletion is gone for a refresh", async () => {
      aws.answers["DescribeSecret"] = described([], { DeletedDate: 1700000000 });
      assert.deepEqual(await session.read(SECRET, ARN), { id: "", outputs: undefined, inputs: undefined });
    });
  });

  describe("a rotation", () => {
    const answers = {
      RotateSecret: { ARN },
      DescribeSecret: {
        ARN,
        RotationEnabled: true,
        RotationLambdaARN: "fn",
        RotationRules: { AutomaticallyAfterDays: 30 },
      },
    };
    const inputs = {
      secretId: ARN,
      rotationLambdaArn: "fn",
      rotateImmediately: false,
      rotationRules: { automaticallyAfterDays: 30 },
    };

    it("passes rotateImmediately on", async () => {
      Object.assign(aws.answers, answers);
      const { id, outputs } = await session.create(ROTATION, inputs);
      assert.deepEqual({ id, outputs }, { id: ARN, outputs: { ...inputs, rotationEnabled: true } });
      assert.deepEqual(
        { ...aws.calls[0]!.input, ClientRequestToken: "" },
        {
          ClientRequestToken: "",
          SecretId: ARN,
          RotationLambdaARN: "fn",
          RotateImmediately: false,
          RotationRules: { AutomaticallyAfterDays: 30 },
        },
      );
    });

    it("is set again when its rules change, but not for rotateImmediately alone", async () => {
      Object.assign(aws.answers, answers);
      await session.update(ROTATION, ARN, { olds: inputs, news: { ...inputs, rotateImmediately: true } });
      assert.deepEqual(operations(), ["DescribeSecret"]);
      await session.update(ROTATION, ARN, {
        olds: inputs,
        news: { ...inputs, rotationRules: { automaticallyAfterDays: 31 } },
      });
      assert.deepEqual(operations().slice(1), ["RotateSecret", "DescribeSecret"]);
    });
  });

  it("marks the value of a version as secret and never puts out a write-only one", async () => {
    Object.assign(aws.answers, {
      PutSecretValue: { VersionId: "v1" },
      DescribeSecret: { ARN, VersionIdsToStages: { v1: ["AWSCURRENT"] } },
      GetSecretValue: { SecretString: "value" },
    });
    const plain = await session.create(VERSION, { secretId: ARN, secretString: secretOf("value") });
    assert.deepEqual(plain.outputs["secretString"], secretOf("value"));
    const hidden = await session.create(VERSION, {
      secretId: ARN,
      secretStringWo: secretOf("value"),
      secretStringWoVersion: 1,
    });
    assert.deepEqual(hidden, {
      id: `${ARN}|v1`,
      outputs: {
        arn: ARN,
        secretArn: ARN,
        secretId: ARN,
        versionId: "v1",
        versionStages: ["AWSCURRENT"],
        hasSecretStringWo: true,
        secretStringWoVersion: 1,
      },
    });
  });
});
