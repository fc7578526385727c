import { strict as assert } from "assert";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import * as fc from "fast-check";
import { parsePolicy } from "../../iam";
import { ask } from "../../policies/documents/probe";
import { BILLING, ORDERS, SECRETS, startCloud, TestCloud } from "../support/local-cloud";

const action = "secretsmanager:DescribeSecret";
const organizationId = "o-strongroom";

const root = (account: string) => `arn:aws:iam::${account}:root`;
const administrator = (account: string) => `arn:aws:iam::${account}:user/administrator`;

/** Conditions on who calls only: what a caller can choose, the pack tries in every way and a call in one. */
const conditions = fc.option(
  fc.record({
    operator: fc.constantFrom(
      "StringEquals",
      "StringNotEquals",
      "StringLike",
      "StringEqualsIfExists",
      "ForAnyValue:StringEquals",
    ),
    key: fc.constantFrom(
      "aws:PrincipalOrgID",
      "aws:PrincipalAccount",
      "aws:PrincipalArn",
      "aws:ResourceAccount",
    ),
    values: fc.uniqueArray(
      fc.constantFrom(
        organizationId,
        "o-theothers",
        "o-*",
        ORDERS,
        BILLING,
        SECRETS,
        administrator(ORDERS),
        "arn:aws:iam::*:user/*",
      ),
      { minLength: 1, maxLength: 2 },
    ),
  }),
  { nil: undefined },
);

const statements = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Deny"),
    Principal: fc.constantFrom<unknown>(
      "*",
      { AWS: root(ORDERS) },
      { AWS: ORDERS },
      { AWS: [root(BILLING), administrator(ORDERS)] },
      { AWS: root(SECRETS) },
      { Service: "lambda.amazonaws.com" },
    ),
    Action: fc.constantFrom(
      "secretsmanager:*",
      action,
      "secretsmanager:Describe*",
      "secretsmanager:GetSecretValue",
    ),
    Resource: fc.constantFrom(
      "*",
      `arn:aws:secretsmanager:*:${SECRETS}:secret:agreement-*`,
      "arn:aws:secretsmanager:*:*:secret:other-*",
    ),
    condition: conditions,
  })
  .map(({ condition, ...rest }) =>
    condition === undefined
      ? rest
      : { ...rest, Condition: { [condition.operator]: { [condition.key]: condition.values } } },
  );

const documents = fc
  .uniqueArray(statements, { minLength: 1, maxLength: 3, selector: (one) => JSON.stringify(one) })
  .map((Statement) => JSON.stringify({ Version: "2012-10-17", Statement }));

describe("the pack and the local cloud read documents alike", function () {
  this.timeout(60_000);
  let cloud: TestCloud;
  let owner: SecretsManagerClient;
  let arn: string;

  before(async () => {
    cloud = await startCloud();
    owner = new SecretsManagerClient(cloud.clientConfig(SECRETS));
    arn = (await owner.send(new CreateSecretCommand({ Name: "agreement-secret" }))).ARN!;
  });
  after(() => cloud.close());

  it("an account of the organisation gets through to the secret exactly when the pack says so", async () => {
    const callers = [ORDERS, BILLING].map((account) => ({
      account,
      client: new SecretsManagerClient(cloud.clientConfig(account)),
    }));
    const seen = { admitted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(documents, async (text) => {
        // The cloud refuses a policy that locks the owner out: such a one is never in force.
        fc.pre(await isAccepted(text));
        for (const { account, client } of callers) {
          const said = packSays(text, account);
          seen[said]++;
          assert.equal(await cloudSays(client), said, `${account}: ${text}`);
        }
      }),
      { numRuns: 120 },
    );
    assert.ok(seen.admitted > 10 && seen.refused > 10, JSON.stringify(seen));
  });

  async function isAccepted(ResourcePolicy: string): Promise<boolean> {
    const put = new PutResourcePolicyCommand({ SecretId: arn, ResourcePolicy });
    return owner.send(put).then(
      () => true,
      () => false,
    );
  }

  async function cloudSays(client: SecretsManagerClient): Promise<"admitted" | "refused"> {
    return client.send(new DescribeSecretCommand({ SecretId: arn })).then(
      () => "admitted" as const,
      (error: Error) => {
        assert.match(error.name, /AccessDenied|ResourceNotFound/);
        return "refused" as const;
      },
    );
  }

  function packSays(text: string, accountId: string): "admitted" | "refused" {
    const parsed = parsePolicy(text, "resource");
    assert.ok(parsed.ok, text);
    const principalArn = administrator(accountId);
    const requester = {
      kind: "account",
      accountId,
      organizationId,
      ownsNetworks: true,
      principalArn,
    } as const;
    const target = { actions: [action], resourceArns: [arn], accountId: SECRETS };
    const { kind } = ask(parsed.document, requester, target);
    assert.notEqual(kind, "too-complex");
    return kind as "admitted" | "refused";
  }
});
