import { strict as assert } from "assert";
import { KMS } from "@aws-sdk/client-kms";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { MANAGED_KEY, proveAccess } from "../../../iam/proof";
import { ORGANISATION, SECRETS, startCloud } from "../../support/local-cloud";
import { allow, attached, deny, document } from "../worlds";
import { role, secret, world, key, KEY, mayRead } from "./access-worlds";

/** Denies every use of keys of the organisation's, to everybody. */
const statements = [allow({ Principal: "*" }), deny({ Principal: "*", Action: "kms:Decrypt" })];

describe("a resource control policy that denies decryption", () => {
  it("reaches a customer's key and not the AWS managed one, in the proof", () => {
    const [account, ...rest] = world().accounts;
    const accounts = [{ ...account!, rcps: [[attached("rcp", ...statements)]] }, ...rest];
    const reader = role("reader", { accountId: SECRETS, identity: [mayRead] });
    const readersWith = (copyKey: string) => {
      const secrets = [secret([], { key: copyKey })];
      const given = world({ accounts, principals: [reader], secrets, keys: [key()] });
      const [copy] = proveAccess(given).direct("orders/database");
      return copy!.accesses.read.flatMap(({ who }) => (who.kind === "principal" ? [who.arn] : []));
    };
    assert.deepEqual([readersWith(KEY), readersWith(MANAGED_KEY)], [[], [reader.arn]]);
  });

  it("reaches a customer's key and not the AWS managed one, in the local cloud", async () => {
    const rcps = [
      {
        name: "no-decryption",
        targets: [SECRETS],
        document: document(deny({ Principal: "*", Action: "kms:Decrypt" })),
      },
    ];
    const organization = { ...ORGANISATION.organization!, rcps };
    const cloud = await startCloud({ accounts: { ...ORGANISATION, organization } });
    try {
      const secrets = new SecretsManager(cloud.clientConfig(SECRETS));
      const { KeyMetadata: made } = await new KMS(cloud.clientConfig(SECRETS)).createKey({});
      await secrets.createSecret({ Name: "by-aws", SecretString: "value" });
      const read = await secrets.getSecretValue({ SecretId: "by-aws" });
      assert.equal(read.SecretString, "value");
      const ofCustomer = { Name: "by-customer", SecretString: "value", KmsKeyId: made!.Arn! };
      await assert.rejects(secrets.createSecret(ofCustomer), { message: "Access to KMS is not allowed" });
    } finally {
      await cloud.close();
    }
  });
});
