import * as kms from "@aws-sdk/client-kms";
import * as sm from "@aws-sdk/client-secrets-manager";
import { strict as assert } from "assert";
import { BILLING, ORDERS, SECRETS } from "../../../support/local-cloud";
import { assertFails, PRIMARY, SecretsCloud } from "../../../support/secrets-cloud";

describe("access to KMS keys", () => {
  const cloud = new SecretsCloud();
  let client: kms.KMSClient;
  const Plaintext = Buffer.from("hello");
  const root = (accountId: string) => ({ AWS: `arn:aws:iam::${accountId}:root` });
  const document = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
  const administration = { Effect: "Allow", Principal: root(SECRETS), Action: "kms:*", Resource: "*" };
  const allowAll = document({ Effect: "Allow", Action: "kms:*", Resource: "*" });

  before(async () => {
    await cloud.start();
    client = cloud.kms(SECRETS);
  });
  after(() => cloud.close());

  async function newKey(...statements: object[]): Promise<string> {
    const Policy = JSON.stringify(document(...(statements.length > 0 ? statements : [administration])));
    return (await client.send(new kms.CreateKeyCommand({ Policy }))).KeyMetadata!.Arn!;
  }

  it("identity policies count only when the key policy trusts the account", async () => {
    const keeper = await cloud.session(SECRETS, "keeper", allowAll);
    const user = await cloud.session(SECRETS, "user", allowAll);
    const only = { ...administration, Principal: { AWS: `arn:aws:iam::${SECRETS}:role/keeper` } };
    const Policy = JSON.stringify(document(only));
    const { KeyMetadata } = await cloud.kms(keeper).send(new kms.CreateKeyCommand({ Policy }));
    const encrypt = new kms.EncryptCommand({ KeyId: KeyMetadata!.Arn!, Plaintext });
    await cloud.kms(keeper).send(encrypt);
    await assertFails(cloud.kms(user).send(encrypt), "AccessDeniedException");
    await assertFails(client.send(encrypt), "AccessDeniedException");
  });

  it("another account needs the key policy and its own, and cannot manage the key", async () => {
    const orders = cloud.kms(await cloud.session(ORDERS, "app", allowAll));
    const closed = await newKey();
    const open = await newKey(administration, { ...administration, Principal: root(ORDERS) });
    await assertFails(
      orders.send(new kms.EncryptCommand({ KeyId: closed, Plaintext })),
      "AccessDeniedException",
    );
    await orders.send(new kms.EncryptCommand({ KeyId: open, Plaintext }));
    await assertFails(orders.send(new kms.DisableKeyCommand({ KeyId: open })), "AccessDeniedException");
  });

  const conditions: {
    name: string;
    condition: object;
    context?: Record<string, string>;
    isAllowed: boolean;
  }[] = [
    {
      name: "encryption context",
      condition: { StringEquals: { "kms:EncryptionContext:App": "a" } },
      context: { App: "a" },
      isAllowed: true,
    },
    {
      name: "another encryption context",
      condition: { StringEquals: { "kms:EncryptionContext:App": "a" } },
      context: { App: "b" },
      isAllowed: false,
    },
    {
      name: "encryption context keys",
      condition: { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["App"] } },
      context: { App: "b" },
      isAllowed: true,
    },
    {
      name: "one key too many",
      condition: { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["App"] } },
      context: { App: "b", X: "y" },
      isAllowed: false,
    },
    {
      name: "caller account",
      condition: { StringEquals: { "kms:CallerAccount": SECRETS } },
      isAllowed: true,
    },
    {
      name: "only through a service",
      condition: { StringEquals: { "kms:ViaService": `secretsmanager.${PRIMARY}.amazonaws.com` } },
      isAllowed: false,
    },
    {
      name: "key spec",
      condition: {
        StringEquals: {
          "kms:KeySpec": "SYMMETRIC_DEFAULT",
          "kms:KeyUsage": "ENCRYPT_DECRYPT",
          "kms:KeyOrigin": "AWS_KMS",
        },
      },
      isAllowed: true,
    },
    { name: "single-Region", condition: { Bool: { "kms:MultiRegion": "true" } }, isAllowed: false },
    {
      name: "algorithm",
      condition: { StringEquals: { "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT" } },
      isAllowed: true,
    },
  ];

  for (const { name, condition, context, isAllowed } of conditions) {
    it(`condition on ${name}: ${isAllowed ? "allowed" : "denied"}`, async () => {
      const manage = { ...administration, Action: ["kms:PutKeyPolicy", "kms:Describe*"] };
      const use = { ...administration, Action: "kms:Encrypt", Condition: condition };
      const KeyId = await newKey(manage, use);
      const encrypt = client.send(new kms.EncryptCommand({ KeyId, Plaintext, EncryptionContext: context }));
      if (isAllowed) await encrypt;
      else await assertFails(encrypt, "AccessDeniedException");
    });
  }

  it("the alias of the request and the aliases of the key are conditions", async () => {
    const KeyId = await newKey();
    await client.send(new kms.CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: KeyId }));
    const withCondition = (key: string, operator: string) =>
      document({
        Effect: "Allow",
        Action: "kms:Encrypt",
        Resource: "*",
        Condition: { [operator]: { [key]: "alias/app" } },
      });
    const byRequest = cloud.kms(
      await cloud.session(SECRETS, "by-request", withCondition("kms:RequestAlias", "StringEquals")),
    );
    const byKey = cloud.kms(
      await cloud.session(
        SECRETS,
        "by-key",
        withCondition("kms:ResourceAliases", "ForAnyValue:StringEquals"),
      ),
    );
    await byRequest.send(new kms.EncryptCommand({ KeyId: "alias/app", Plaintext }));
    await assertFails(byRequest.send(new kms.EncryptCommand({ KeyId, Plaintext })), "AccessDeniedException");
    await byKey.send(new kms.EncryptCommand({ KeyId, Plaintext }));
  });

  it("which grants may be made can be limited, and a grant can be retired by its retiring principal", async () => {
    const KeyId = await newKey();
    const Condition = { "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] } };
    const maker = cloud.kms(
      await cloud.session(
        SECRETS,
        "maker",
        document({ Effect: "Allow", Action: "kms:CreateGrant", Resource: "*", Condition }),
      ),
    );
    const retirer = await cloud.session(BILLING, "retirer", document());
    const input = {
      KeyId,
      GranteePrincipal: `arn:aws:iam::${ORDERS}:root`,
      RetiringPrincipal: `arn:aws:iam::${BILLING}:role/retirer`,
      Name: "one",
    };
    await assertFails(
      maker.send(new kms.CreateGrantCommand({ ...input, Operations: ["Decrypt", "Encrypt"] })),
      "AccessDeniedException",
    );
    const made = await maker.send(new kms.CreateGrantCommand({ ...input, Operations: ["Decrypt"] }));
    const again = await maker.send(new kms.CreateGrantCommand({ ...input, Operations: ["Decrypt"] }));
    assert.equal(again.GrantId, made.GrantId);
    await cloud.kms(retirer).send(new kms.RetireGrantCommand({ KeyId, GrantId: made.GrantId }));
    const { Grants } = await client.send(new kms.ListGrantsCommand({ KeyId }));
    assert.deepEqual(Grants, []);
  });

  it("the AWS-managed key works through its service only, for its own account only", async () => {
    const KeyId = "alias/aws/secretsmanager";
    const { KeyMetadata } = await client.send(new kms.DescribeKeyCommand({ KeyId }));
    assert.equal(KeyMetadata!.KeyManager, "AWS");
    await assertFails(client.send(new kms.EncryptCommand({ KeyId, Plaintext })), "AccessDeniedException");
    const arn = KeyMetadata!.Arn!;
    await assertFails(client.send(new kms.DisableKeyCommand({ KeyId: arn })), "AccessDeniedException");
    await assertFails(
      client.send(new kms.CreateAliasCommand({ AliasName: "alias/aws/mine", TargetKeyId: arn })),
      "InvalidAliasNameException",
    );
    const secrets = cloud.secrets(SECRETS);
    await secrets.send(new sm.CreateSecretCommand({ Name: "managed", SecretString: "x" }));
    const { SecretString } = await secrets.send(new sm.GetSecretValueCommand({ SecretId: "managed" }));
    assert.equal(SecretString, "x");
  });
});
