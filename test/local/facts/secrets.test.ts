import * as kms from "@aws-sdk/client-kms";
import * as sm from "@aws-sdk/client-secrets-manager";
import { strict as assert } from "assert";
import { BILLING, Credentials, ORDERS, SECRETS, startCloud } from "../../support/local-cloud";
import { assertFails, PRIMARY, SecretsCloud } from "../../support/secrets-cloud";

describe("facts about secrets", () => {
  const cloud = new SecretsCloud();
  let owner: sm.SecretsManagerClient;
  let reader: Credentials;
  let counter = 0;

  const READER = `arn:aws:iam::${ORDERS}:role/reader`;
  const policy = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
  const allow = (Action: string | string[], Resource: string | string[] = "*") => ({
    Effect: "Allow",
    Action,
    Resource,
  });

  before(async () => {
    await cloud.start();
    owner = cloud.secrets(SECRETS);
    reader = await cloud.session(
      ORDERS,
      "reader",
      policy(
        allow([
          "secretsmanager:GetSecretValue",
          "secretsmanager:DescribeSecret",
          "secretsmanager:PutSecretValue",
          "kms:Decrypt",
        ]),
      ),
    );
  });
  after(() => cloud.close());

  async function newKey(...readers: string[]): Promise<string> {
    const statements = [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${SECRETS}:root` }, Action: "kms:*", Resource: "*" },
      ...readers.map((AWS) => ({
        Effect: "Allow",
        Principal: { AWS },
        Action: "kms:Decrypt",
        Resource: "*",
      })),
    ];
    const Policy = JSON.stringify(policy(...statements));
    const { KeyMetadata } = await cloud.kms(SECRETS).send(new kms.CreateKeyCommand({ Policy }));
    return KeyMetadata!.Arn!;
  }

  async function newSecret(input: Partial<sm.CreateSecretCommandInput> = {}) {
    const Name = `facts/${++counter}`;
    const made = await owner.send(new sm.CreateSecretCommand({ Name, SecretString: "value", ...input }));
    return { name: Name, arn: made.ARN! };
  }

  const putPolicy = (SecretId: string, document: object | string, BlockPublicPolicy?: boolean) =>
    owner.send(
      new sm.PutResourcePolicyCommand({
        SecretId,
        ResourcePolicy: typeof document === "string" ? document : JSON.stringify(document),
        BlockPublicPolicy,
      }),
    );
  const admit = (AWS: string, Action: string | string[] = "secretsmanager:*") => ({
    Effect: "Allow",
    Principal: { AWS },
    Action,
    Resource: "*",
  });
  const readAs = async (who: Credentials | string, SecretId: string) =>
    (await cloud.secrets(who).send(new sm.GetSecretValueCommand({ SecretId }))).SecretString;

  it("S1 a consumer in another account needs secret policy, key policy and identity policy", async () => {
    const open = await newKey(READER);
    const closed = await newKey();
    const nobody = await cloud.session(ORDERS, "nobody", policy());
    const cases = [
      { name: "all three", key: open, secretPolicy: true, who: reader, error: undefined },
      {
        name: "no secret policy",
        key: open,
        secretPolicy: false,
        who: reader,
        error: /not authorized to perform: secretsmanager:GetSecretValue/,
      },
      {
        name: "no key policy",
        key: closed,
        secretPolicy: true,
        who: reader,
        error: /^Access to KMS is not allowed$/,
      },
      {
        name: "no identity policy",
        key: open,
        secretPolicy: true,
        who: nobody,
        error: /not authorized to perform: secretsmanager:GetSecretValue/,
      },
    ];
    for (const { name, key, secretPolicy, who, error } of cases) {
      const { arn } = await newSecret({ KmsKeyId: key });
      if (secretPolicy) await putPolicy(arn, policy(admit(`arn:aws:iam::${ORDERS}:root`)));
      if (error) await assertFails(readAs(who, arn), "AccessDeniedException", error);
      else assert.equal(await readAs(who, arn), "value", name);
    }
  });

  it("S1 within the account the identity policy alone is enough, and so is the secret's policy alone", async () => {
    const { arn } = await newSecret();
    const byIdentity = await cloud.session(
      SECRETS,
      "s1-identity",
      policy(allow("secretsmanager:GetSecretValue")),
    );
    const byPolicy = await cloud.session(SECRETS, "s1-policy", policy());
    assert.equal(await readAs(byIdentity, arn), "value");
    await assertFails(readAs(byPolicy, arn), "AccessDeniedException");
    await putPolicy(
      arn,
      policy(admit(`arn:aws:iam::${SECRETS}:role/s1-policy`, "secretsmanager:GetSecretValue")),
    );
    assert.equal(await readAs(byPolicy, arn), "value");
  });

  it("S2 a secret under the AWS-managed key cannot be read or written from another account, but described", async () => {
    const { arn } = await newSecret();
    await putPolicy(arn, policy(admit(ORDERS)));
    const text =
      "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key.";
    await assertFails(readAs(reader, arn), "InvalidRequestException", text);
    const client = cloud.secrets(reader);
    await assertFails(
      client.send(new sm.PutSecretValueCommand({ SecretId: arn, SecretString: "x" })),
      "InvalidRequestException",
      text,
    );
    assert.equal((await client.send(new sm.DescribeSecretCommand({ SecretId: arn }))).ARN, arn);
  });

  it("S3 a consumer in another account must pass the full ARN", async () => {
    const { arn, name } = await newSecret({ KmsKeyId: await newKey(READER) });
    await putPolicy(arn, policy(admit(ORDERS)));
    assert.equal(await readAs(reader, arn), "value");
    await assertFails(readAs(reader, name), "ResourceNotFoundException");
    await assertFails(readAs(reader, arn.slice(0, -7)), "AccessDeniedException");
    assert.equal(await readAs(SECRETS, arn.slice(0, -7)), "value");
  });

  it("S3 a name has letters, digits and /_+=.@-! and at most 512 of them", async () => {
    const create = (Name: string) => owner.send(new sm.CreateSecretCommand({ Name, SecretString: "x" }));
    for (const name of ["with space", "ümlaut", "a:b", "a*"]) {
      await assertFails(
        create(name),
        "ValidationException",
        "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
      );
    }
    await assertFails(create("a".repeat(513)), "ValidationException");
    await create("a".repeat(512));
    await create("all/of_them+are=fine.@-!");
  });

  it("S4 Resource * in a secret's policy means this secret, and another secret's ARN nothing", async () => {
    const { arn } = await newSecret();
    const { arn: other } = await newSecret();
    const byPolicy = await cloud.session(SECRETS, "s4", policy());
    const statement = admit(`arn:aws:iam::${SECRETS}:role/s4`, "secretsmanager:GetSecretValue");
    await putPolicy(arn, policy({ ...statement, Resource: other }));
    await assertFails(readAs(byPolicy, arn), "AccessDeniedException");
    await assertFails(readAs(byPolicy, other), "AccessDeniedException");
    await putPolicy(arn, policy(statement));
    assert.equal(await readAs(byPolicy, arn), "value");
  });

  it("S5 whoever may put the resource policy may give away everything", async () => {
    const { arn } = await newSecret({ KmsKeyId: await newKey(READER) });
    const keeper = await cloud.session(SECRETS, "s5", policy(allow("secretsmanager:PutResourcePolicy")));
    await assertFails(readAs(reader, arn), "AccessDeniedException");
    await cloud.secrets(keeper).send(
      new sm.PutResourcePolicyCommand({
        SecretId: arn,
        ResourcePolicy: JSON.stringify(policy(admit(ORDERS))),
      }),
    );
    assert.equal(await readAs(reader, arn), "value");
  });

  it("S6 a secret's policy has at most 20,480 characters", async () => {
    const { arn } = await newSecret();
    const padded = (length: number) => {
      const bare = JSON.stringify(policy({ ...admit(ORDERS), Sid: "" }));
      return JSON.stringify(policy({ ...admit(ORDERS), Sid: "a".repeat(length - bare.length) }));
    };
    await putPolicy(arn, padded(20_480));
    await assertFails(putPolicy(arn, padded(20_481)), "ValidationException");
  });

  it("S7 a principal that does not exist is refused, and malformed text too", async () => {
    const { arn } = await newSecret();
    await assertFails(
      putPolicy(arn, policy(admit(`arn:aws:iam::${ORDERS}:role/absent`))),
      "MalformedPolicyDocumentException",
      "This resource policy contains an unsupported principal.",
    );
    for (const text of ["{", "[]", '{"Version":"2019-10-19","Statement":[]}']) {
      await assertFails(
        putPolicy(arn, text),
        "MalformedPolicyDocumentException",
        "This resource policy contains a syntax error.",
      );
    }
    await putPolicy(arn, policy(admit(READER)));
  });

  const everyone = {
    Effect: "Allow",
    Principal: "*",
    Action: "secretsmanager:GetSecretValue",
    Resource: "*",
  };
  const publicCases = [
    { name: "everyone", statement: everyone, isPublic: true },
    { name: "every AWS principal", statement: { ...everyone, Principal: { AWS: "*" } }, isPublic: true },
    {
      name: "everyone of an organisation",
      key: "aws:PrincipalOrgID",
      value: "o-strongroom",
      isPublic: false,
    },
    {
      name: "everyone of any organisation",
      key: "aws:PrincipalOrgID",
      value: "*",
      operator: "StringLike",
      isPublic: true,
    },
    { name: "everyone of an account", key: "aws:PrincipalAccount", value: ORDERS, isPublic: false },
    {
      name: "a condition that passes without its key",
      key: "aws:PrincipalOrgID",
      value: "o-strongroom",
      operator: "StringEqualsIfExists",
      isPublic: true,
    },
    {
      name: "a condition on something else",
      key: "aws:SecureTransport",
      value: "true",
      operator: "Bool",
      isPublic: true,
    },
    { name: "an account", statement: admit(ORDERS), isPublic: false },
    { name: "a denial of everyone", statement: { ...everyone, Effect: "Deny" }, isPublic: false },
  ];

  for (const { name, statement, key, value, operator, isPublic } of publicCases) {
    it(`S8 BlockPublicPolicy: ${name} is ${isPublic ? "public" : "not public"}`, async () => {
      const { arn } = await newSecret();
      const conditioned = key !== undefined && {
        ...everyone,
        Condition: { [operator ?? "StringEquals"]: { [key]: value } },
      };
      const document = policy(statement ?? (conditioned || {}));
      if (isPublic) await assertFails(putPolicy(arn, document, true), "PublicPolicyException");
      else await putPolicy(arn, document, true);
      await putPolicy(arn, document);
      const validated = await owner.send(
        new sm.ValidateResourcePolicyCommand({ SecretId: arn, ResourcePolicy: JSON.stringify(document) }),
      );
      assert.equal(validated.PolicyValidationPassed, !isPublic);
    });
  }

  it("S9 calls beyond an account's rate are throttled, and charged to the caller's account", async () => {
    const busy = await startCloud({ throttles: true });
    try {
      const client = (account: string) =>
        new sm.SecretsManagerClient({ ...busy.clientConfig(account), maxAttempts: 1 });
      await client(SECRETS).send(new sm.CreateSecretCommand({ Name: "orders/database", SecretString: "x" }));
      const read = () =>
        client(SECRETS).send(new sm.GetResourcePolicyCommand({ SecretId: "orders/database" }));
      const outcomes = await Promise.allSettled(Array.from({ length: 150 }, read));
      const names = new Set(
        outcomes.map((outcome) => (outcome.status === "fulfilled" ? "ok" : outcome.reason.name)),
      );
      assert.deepEqual([...names].sort(), ["ThrottlingException", "ok"]);
      const other = client(ORDERS).send(new sm.GetResourcePolicyCommand({ SecretId: "orders/database" }));
      await assert.rejects(other, { name: "ResourceNotFoundException" });
    } finally {
      await busy.close();
    }
  });

  it("S10 the key is used through Secrets Manager with the secret's ARN and version as context", async () => {
    const statement = (Condition: object) => ({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${ORDERS}:root` },
      Action: "kms:Decrypt",
      Resource: "*",
      Condition,
    });
    const viaService = `secretsmanager.${PRIMARY}.amazonaws.com`;
    const cases = [
      { name: "matching", region: viaService, arnOf: (arn: string) => arn, isAllowed: true },
      {
        name: "other Region",
        region: viaService.replace("west", "north"),
        arnOf: (arn: string) => arn,
        isAllowed: false,
      },
      { name: "other secret", region: viaService, arnOf: (arn: string) => `${arn}x`, isAllowed: false },
    ];
    for (const { name, region, arnOf, isAllowed } of cases) {
      const KmsKeyId = await newKey();
      const { arn } = await newSecret({ KmsKeyId });
      await putPolicy(arn, policy(admit(ORDERS)));
      const root = { Effect: "Allow", Principal: { AWS: SECRETS }, Action: "kms:*", Resource: "*" };
      const Condition = {
        StringEquals: { "kms:ViaService": region, "kms:EncryptionContext:SecretARN": arnOf(arn) },
        Null: { "kms:EncryptionContext:SecretVersionId": "false" },
      };
      const Policy = JSON.stringify(policy(root, statement(Condition)));
      await cloud.kms(SECRETS).send(new kms.PutKeyPolicyCommand({ KeyId: KmsKeyId, Policy }));
      if (isAllowed) assert.equal(await readAs(reader, arn), "value", name);
      else await assertFails(readAs(reader, arn), "AccessDeniedException", "Access to KMS is not allowed");
    }
  });

  it("S11 a writer needs kms:GenerateDataKey and kms:Decrypt", async () => {
    const KmsKeyId = await newKey();
    const { arn } = await newSecret({ KmsKeyId });
    const cases = [
      { name: "none", actions: ["kms:DescribeKey"], isAllowed: false },
      { name: "data-key", actions: ["kms:GenerateDataKey"], isAllowed: false },
      { name: "decrypt", actions: ["kms:Decrypt"], isAllowed: false },
      { name: "both", actions: ["kms:GenerateDataKey", "kms:Decrypt"], isAllowed: true },
    ];
    for (const { name, actions, isAllowed } of cases) {
      const session = await cloud.session(
        SECRETS,
        `s11-${name}`,
        policy(allow("secretsmanager:PutSecretValue"), allow(actions, KmsKeyId)),
      );
      const put = cloud
        .secrets(session)
        .send(new sm.PutSecretValueCommand({ SecretId: arn, SecretString: name }));
      if (isAllowed) await put;
      else await assertFails(put, "AccessDeniedException", "Access to KMS is not allowed");
    }
    assert.equal(await readAs(SECRETS, arn), "both");
  });

  it("S11 a new key reaches the old versions only for callers with kms:Encrypt", async () => {
    const [before, after] = [await newKey(), await newKey()];
    const keyOf = async (arn: string) => {
      const { Versions } = await owner.send(new sm.ListSecretVersionIdsCommand({ SecretId: arn }));
      return Versions![0]!.KmsKeyIds;
    };
    for (const { actions, expected } of [
      { actions: ["kms:GenerateDataKey", "kms:Decrypt"], expected: before },
      { actions: ["kms:GenerateDataKey", "kms:Decrypt", "kms:Encrypt"], expected: after },
    ]) {
      const { arn } = await newSecret({ KmsKeyId: before });
      const name = `s11-update-${actions.length}`;
      const session = await cloud.session(
        SECRETS,
        name,
        policy(allow("secretsmanager:UpdateSecret"), allow(actions)),
      );
      await cloud.secrets(session).send(new sm.UpdateSecretCommand({ SecretId: arn, KmsKeyId: after }));
      assert.deepEqual(await keyOf(arn), [expected]);
      assert.equal(await readAs(SECRETS, arn), "value");
    }
  });

  it("S12 access can rest on tags, and changes with them", async () => {
    const { arn } = await newSecret({ Tags: [{ Key: "Team", Value: "orders" }] });
    const byTag = await cloud.session(
      SECRETS,
      "s12",
      policy({
        ...allow("secretsmanager:*"),
        Condition: { StringEquals: { "aws:ResourceTag/Team": "orders" } },
      }),
    );
    const tag = (Value: string) =>
      cloud.secrets(byTag).send(new sm.TagResourceCommand({ SecretId: arn, Tags: [{ Key: "Team", Value }] }));
    assert.equal(await readAs(byTag, arn), "value");
    await assertFails(tag("billing"), "AccessDeniedException");
    assert.equal(await readAs(byTag, arn), "value");
    await owner.send(new sm.TagResourceCommand({ SecretId: arn, Tags: [{ Key: "Team", Value: "billing" }] }));
    await assertFails(readAs(byTag, arn), "AccessDeniedException");
  });

  it("nobody learns of a secret without permission", async () => {
    const nobody = await cloud.session(SECRETS, "curious", policy());
    const { name } = await newSecret();
    for (const SecretId of [name, "absent"])
      await assertFails(readAs(nobody, SecretId), "AccessDeniedException");
    const named = await cloud.session(
      SECRETS,
      "named",
      policy(
        allow(
          "secretsmanager:GetSecretValue",
          `arn:aws:secretsmanager:${PRIMARY}:${SECRETS}:secret:absent-??????`,
        ),
      ),
    );
    await assertFails(readAs(named, "absent"), "ResourceNotFoundException");
    await assertFails(readAs(BILLING, name), "ResourceNotFoundException");
  });

  it("a label of the request can be a condition, AWSCURRENT when none is named", async () => {
    const { arn } = await newSecret();
    await owner.send(new sm.PutSecretValueCommand({ SecretId: arn, SecretString: "new" }));
    const current = await cloud.session(
      SECRETS,
      "current-only",
      policy({
        ...allow("secretsmanager:GetSecretValue"),
        Condition: { "ForAnyValue:StringEquals": { "secretsmanager:VersionStage": "AWSCURRENT" } },
      }),
    );
    assert.equal(await readAs(current, arn), "new");
    const previous = new sm.GetSecretValueCommand({ SecretId: arn, VersionStage: "AWSPREVIOUS" });
    await assertFails(cloud.secrets(current).send(previous), "AccessDeniedException");
  });

  it("a policy that locks its author out is refused", async () => {
    const { arn } = await newSecret();
    const deny = { Effect: "Deny", Principal: "*", Action: "secretsmanager:*", Resource: "*" };
    await assertFails(putPolicy(arn, policy(deny)), "InvalidRequestException");
    const { ResourcePolicy } = await owner.send(new sm.GetResourcePolicyCommand({ SecretId: arn }));
    assert.equal(ResourcePolicy, undefined);
  });
});
