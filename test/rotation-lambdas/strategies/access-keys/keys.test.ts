import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  IAMClient,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { strict as assert } from "assert";
import { AccessKeySettings } from "../../../../components/model/access-key-settings";
import { CallQuery, callQueryByHttps } from "../../../../rotation-lambdas/aws-query";
import { RotationError } from "../../../../rotation-lambdas/rotation-error";
import { accessKeys } from "../../../../rotation-lambdas/strategies/access-keys";
import { IamCloud, KeyPair, startIamCloud } from "../../../../rotation-proof/servers/iam-cloud";
import { failureOfRotation, preflightOf } from "../../../support/bad-input";
import { FakeSecrets } from "../../../support/fake-secrets";

describe("access keys of IAM", function () {
  this.timeout(20000);
  let cloud: IamCloud;
  let iam: IAMClient;
  let counter = 0;
  before(async () => {
    cloud = await startIamCloud();
    iam = cloud.iam;
  });
  after(() => cloud.stop());

  async function createKey(UserName: string): Promise<KeyPair> {
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  }

  async function keyIds(UserName: string): Promise<readonly string[]> {
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
    return AccessKeyMetadata.map(({ AccessKeyId }) => AccessKeyId!).sort();
  }

  interface Start {
    readonly accessKey?: Partial<AccessKeySettings>;
    readonly value?: object | string;
    readonly call?: CallQuery;
    /** Keys of the function; else those of the account's administrator. */
    readonly functionKeys?: KeyPair;
  }

  async function start({ accessKey, value, call = callQueryByHttps, functionKeys }: Start = {}) {
    const userName = `user_${++counter}`;
    await iam.send(new CreateUserCommand({ UserName: userName }));
    const key = await createKey(userName);
    const secrets = new FakeSecrets();
    const text = typeof value === "string" ? value : { ...key, userName, note: "kept", ...value };
    const secretArn = secrets.add("orders/key", text);
    const environment = cloud.environment(functionKeys);
    const settings = { strategy: "dual-password", accessKey: { userName, ...accessKey } } as const;
    const strategy = accessKeys({ call, environment, youngMs: 200, overlapMs: 0 });
    return { settings, strategy, secrets, secretArn, hidden: [key.secretAccessKey], userName, key };
  }

  it("keep the secret's other fields, and the old key until the next rotation", async () => {
    const rotation = await start();
    assert.equal(await failureOfRotation(rotation), "promoted");
    const value = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
    assert.equal(value.note, "kept");
    const expected = [rotation.key.accessKeyId, value.accessKeyId].sort();
    assert.deepEqual(await keyIds(rotation.userName), expected);
  });

  it("lose the old key at once when the settings say so", async () => {
    const rotation = await start({ accessKey: { deleteOld: "at-finish" } });
    assert.equal(await failureOfRotation(rotation), "promoted");
    const { accessKeyId } = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
    assert.deepEqual(await keyIds(rotation.userName), [accessKeyId]);
  });

  it("are made by the key itself where its user may", async () => {
    const powerless = await start();
    const rotation = await start({ accessKey: { changedBy: "own-key" }, functionKeys: powerless.key });
    const statement = { Effect: "Allow", Action: "iam:*AccessKey*", Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const name = { UserName: rotation.userName, PolicyName: "rotate" };
    await iam.send(new PutUserPolicyCommand({ ...name, PolicyDocument }));
    assert.equal(await failureOfRotation(rotation), "promoted");
  });

  it("are never made for another user than the settings name", async () => {
    const rotation = await start({ accessKey: { userName: "administrator" } });
    assert.equal(await failureOfRotation(rotation), "createSecret: policy-refused");
    const stolen = await start({ value: { userName: undefined }, accessKey: { userName: "administrator" } });
    assert.equal(await failureOfRotation(stolen), "createSecret: policy-refused");
    assert.deepEqual(await keyIds(stolen.userName), [stolen.key.accessKeyId]);
  });

  it("are not deleted while they are still used long after their replacement", async () => {
    const rotation = await start();
    assert.equal(await failureOfRotation(rotation), "promoted");
    cloud.advance(25 * 3600);
    await cloud.callerOf(rotation.key);
    const before = await keyIds(rotation.userName);
    assert.equal(await failureOfRotation(rotation), "createSecret: policy-refused");
    assert.deepEqual(await keyIds(rotation.userName), before);
  });

  it("are deleted when they were last used before the grace ended", async () => {
    const rotation = await start();
    assert.equal(await failureOfRotation(rotation), "promoted");
    await cloud.callerOf(rotation.key);
    cloud.advance(40 * 3600);
    assert.equal(await failureOfRotation(rotation), "promoted");
    assert.ok(!(await keyIds(rotation.userName)).includes(rotation.key.accessKeyId));
  });

  it("that nobody can know are removed, those in use are not", async () => {
    const rotation = await start();
    const lost = await createKey(rotation.userName);
    assert.equal(await failureOfRotation(rotation), "promoted");
    assert.ok(!(await keyIds(rotation.userName)).includes(lost.accessKeyId));
    const other = await start();
    const used = await createKey(other.userName);
    await cloud.callerOf(used);
    assert.equal(await failureOfRotation(other), "createSecret: conflict");
    assert.ok((await keyIds(other.userName)).includes(used.accessKeyId));
  });

  it("of a cancelled rotation stop the next one until docs/runbooks/conflict.md has been followed", async () => {
    const rotation = await start();
    const { secrets, secretArn, userName } = rotation;
    const token = secrets.startRotation(secretArn);
    const cancelled = async () => Promise.reject(new Error("cancelled"));
    await assert.rejects(
      failureOfRotation({ ...rotation, before: { finishSecret: cancelled } }),
      /cancelled/,
    );
    const { accessKeyId: AccessKeyId } = secrets.value(secretArn, "AWSPENDING");
    // update-secret-version-stage --version-stage AWSPENDING --remove-from-version-id
    secrets.endRotation(secretArn, token);
    assert.equal(await failureOfRotation(rotation), "createSecret: conflict");
    assert.ok((await keyIds(userName)).includes(AccessKeyId));
    // The conflict leaves a version without a value, which the next attempt fills.
    await iam.send(new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId }));
    assert.equal(await failureOfRotation(rotation), "promoted");
    const current = secrets.value(secretArn, "AWSCURRENT").accessKeyId;
    assert.deepEqual(await keyIds(userName), [rotation.key.accessKeyId, current].sort());
  });

  it("that appear after createSecret has looked are removed by finishSecret", async () => {
    const rotation = await start();
    const { userName, key } = rotation;
    const AccessKeyId = key.accessKeyId;
    const setSecret = async () =>
      void (await iam.send(new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId })));
    const finishSecret = async () => void (await createKey(userName));
    assert.equal(await failureOfRotation({ ...rotation, before: { setSecret, finishSecret } }), "promoted");
    const { accessKeyId } = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
    assert.deepEqual(await keyIds(userName), [accessKeyId]);
  });

  it("are withdrawn when the value may not be stored", async () => {
    const rotation = await start();
    const client = rotation.secrets.client();
    const refused = async () => {
      throw new RotationError("permission", "Secrets Manager PutSecretValue: AccessDeniedException");
    };
    Object.assign(rotation.secrets, { client: () => ({ ...client, putPending: refused }) });
    assert.equal(await failureOfRotation(rotation), "createSecret: permission");
    assert.deepEqual(await keyIds(rotation.userName), [rotation.key.accessKeyId]);
  });

  it("wait for another invocation that made one and has yet to store it", async () => {
    const rotation = await start();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const client = rotation.secrets.client();
    const slow = { ...client, putPending: async (put: any) => held.then(() => client.putPending(put)) };
    const token = rotation.secrets.startRotation(rotation.secretArn);
    const first = failureOfRotation({
      ...rotation,
      secrets: Object.create(rotation.secrets, { client: { value: () => slow } }),
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const patient = {
      ...rotation,
      strategy: accessKeys({ call: callQueryByHttps, environment: cloud.environment() }),
    };
    const second = failureOfRotation(patient);
    setTimeout(release, 300);
    assert.deepEqual(
      [await first, await second].filter((outcome) => outcome !== "promoted"),
      [],
    );
    assert.equal((await keyIds(rotation.userName)).length, 2);
    assert.equal(rotation.secrets.stages(rotation.secretArn)["AWSCURRENT"], token);
  });

  it("are found when IAM's list is late", async () => {
    let lists = 0;
    const call: CallQuery = async (service, action, ...rest) => {
      const answer = await callQueryByHttps(service, action, ...rest);
      if (action !== "ListAccessKeys" || !("xml" in answer) || ++lists !== 2) return answer;
      return { xml: "<ListAccessKeysResult><AccessKeyMetadata/></ListAccessKeysResult>" };
    };
    assert.equal(await failureOfRotation(await start({ call })), "promoted");
    // createSecret, setSecret twice, finishSecret.
    assert.equal(lists, 4);
  });

  it("answer locked when two invocations have made them at once", async () => {
    const call: CallQuery = async (service, action, ...rest) =>
      action === "CreateAccessKey"
        ? { failure: "LimitExceeded" }
        : callQueryByHttps(service, action, ...rest);
    assert.equal(await failureOfRotation(await start({ call })), "createSecret: locked");
  });

  const refusals: Record<string, readonly [Start, string]> = {
    "no JSON": [{ value: "AKIAIOSFODNN7EXAMPLE" }, "createSecret: invalid-secret"],
    "no key id": [{ value: { accessKeyId: undefined } }, "createSecret: invalid-secret"],
    "an empty secret key": [{ value: { secretAccessKey: "" } }, "createSecret: invalid-secret"],
    "a wrong secret key": [{ value: { secretAccessKey: "wrong" } }, "createSecret: authentication"],
    "a key that does not exist": [
      { value: { accessKeyId: "AKIAIOSFODNN7EXAMPLE" } },
      "createSecret: authentication",
    ],
    "no connection": [{ call: async () => ({ failure: "ServiceUnavailable" }) }, "createSecret: unreachable"],
    "throttling without end": [
      { call: async () => ({ failure: "Throttling" }) },
      "createSecret: unreachable",
    ],
    "a certificate that fails": [{ call: async () => ({ failure: "TLS" }) }, "createSecret: tls"],
  };
  for (const [what, [input, expected]] of Object.entries(refusals)) {
    it(`answer ${expected} and change nothing: ${what}`, async () => {
      const rotation = await start(input);
      assert.equal(await failureOfRotation(rotation), expected);
      assert.deepEqual(await keyIds(rotation.userName), [rotation.key.accessKeyId]);
    });
  }

  it("answer permission and change nothing when the function may not list them", async () => {
    const powerless = await start();
    const rotation = await start({ functionKeys: powerless.key });
    assert.equal(await failureOfRotation(rotation), "createSecret: permission");
    assert.deepEqual(await keyIds(rotation.userName), [rotation.key.accessKeyId]);
  });

  it("are checked beforehand without a change", async () => {
    const rotation = await start();
    assert.equal(await preflightOf(rotation), "passed");
    const powerless = await start({ functionKeys: rotation.key });
    assert.equal(await preflightOf(powerless), "permission");
    assert.deepEqual(await keyIds(rotation.userName), [rotation.key.accessKeyId]);
  });

  it("answer locked for a pending key that somebody made inactive, conflict for one deleted", async () => {
    const change =
      (command: "inactive" | "deleted", rotation: Awaited<ReturnType<typeof start>>) => async () => {
        const { accessKeyId: AccessKeyId } = rotation.secrets.value(rotation.secretArn, "AWSPENDING");
        const which = { UserName: rotation.userName, AccessKeyId };
        if (command === "deleted") await iam.send(new DeleteAccessKeyCommand(which));
        else await iam.send(new UpdateAccessKeyCommand({ ...which, Status: "Inactive" }));
      };
    const inactive = await start();
    const before = { setSecret: change("inactive", inactive) };
    assert.equal(await failureOfRotation({ ...inactive, before }), "setSecret: locked");
    const gone = await start();
    const deleted = { setSecret: change("deleted", gone) };
    assert.equal(await failureOfRotation({ ...gone, before: deleted }), "setSecret: conflict");
  });

  it("answer conflict for a pending value of somebody else's key", async () => {
    const rotation = await start();
    const foreign = await start();
    const edit = () => rotation.secrets.edit(rotation.secretArn, "AWSPENDING", foreign.key);
    assert.equal(
      await failureOfRotation({ ...rotation, before: { setSecret: edit } }),
      "setSecret: conflict",
    );
    assert.equal(
      await failureOfRotation({ ...rotation, before: { testSecret: edit } }),
      "setSecret: conflict",
    );
  });
});
