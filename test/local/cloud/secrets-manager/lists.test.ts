import * as sm from "@aws-sdk/client-secrets-manager";
import { strict as assert } from "assert";
import { ORDERS, SECRETS } from "../../../support/local-cloud";
import { assertFails, REPLICA, SecretsCloud } from "../../../support/secrets-cloud";

describe("Secrets Manager lists", () => {
  const cloud = new SecretsCloud();
  let client: sm.SecretsManagerClient;

  before(async () => {
    await cloud.start();
    client = cloud.secrets(SECRETS);
    const secrets: Partial<sm.CreateSecretCommandInput>[] = [
      {
        Name: "orders/database",
        Description: "The orders database",
        Tags: [{ Key: "Team", Value: "orders" }],
      },
      { Name: "orders/reporting", AddReplicaRegions: [{ Region: REPLICA }] },
      {
        Name: "Payments/api-key",
        Description: "the key of the payment service",
        Tags: [{ Key: "Team", Value: "billing" }],
      },
    ];
    for (const input of secrets) {
      await client.send(
        new sm.CreateSecretCommand({ Name: "", SecretString: `value of ${input.Name}`, ...input }),
      );
      await cloud.advance(1);
    }
    await client.send(new sm.CreateSecretCommand({ Name: "gone", SecretString: "x" }));
    await client.send(new sm.DeleteSecretCommand({ SecretId: "gone" }));
    await cloud.secrets(ORDERS).send(new sm.CreateSecretCommand({ Name: "foreign", SecretString: "x" }));
  });
  after(() => cloud.close());

  const names = async (input: sm.ListSecretsCommandInput) =>
    (await client.send(new sm.ListSecretsCommand(input))).SecretList!.map(({ Name }) => Name);
  const filter = (Key: sm.FilterNameStringType, ...Values: string[]) => ({ Filters: [{ Key, Values }] });

  const cases: { name: string; input: sm.ListSecretsCommandInput; expected: string[] }[] = [
    {
      name: "newest first",
      input: {},
      expected: ["Payments/api-key", "orders/reporting", "orders/database"],
    },
    {
      name: "oldest first",
      input: { SortOrder: "asc" },
      expected: ["orders/database", "orders/reporting", "Payments/api-key"],
    },
    {
      name: "by name",
      input: { SortBy: "name", SortOrder: "asc" },
      expected: ["Payments/api-key", "orders/database", "orders/reporting"],
    },
    {
      name: "with those marked for deletion",
      input: { IncludePlannedDeletion: true },
      expected: ["gone", "Payments/api-key", "orders/reporting", "orders/database"],
    },
    {
      name: "name is a prefix with case",
      input: filter("name", "orders/"),
      expected: ["orders/reporting", "orders/database"],
    },
    { name: "name in other case", input: filter("name", "payments"), expected: [] },
    {
      name: "description ignores case",
      input: filter("description", "THE ORDERS"),
      expected: ["orders/database"],
    },
    {
      name: "values of a filter are joined by or",
      input: filter("name", "orders/d", "Pay"),
      expected: ["Payments/api-key", "orders/database"],
    },
    { name: "a value with ! is negated", input: filter("name", "!orders/"), expected: ["Payments/api-key"] },
    { name: "tag-key", input: filter("tag-key", "Team"), expected: ["Payments/api-key", "orders/database"] },
    { name: "tag-value", input: filter("tag-value", "bill"), expected: ["Payments/api-key"] },
    { name: "primary-region", input: filter("primary-region", "eu-west-1"), expected: ["orders/reporting"] },
    { name: "owning-service", input: filter("owning-service", "rds"), expected: [] },
    {
      name: "all looks everywhere, word by word",
      input: filter("all", "payment SERVICE"),
      expected: ["Payments/api-key"],
    },
    {
      name: "filters are joined by and",
      input: {
        Filters: [
          { Key: "name", Values: ["orders/"] },
          { Key: "tag-key", Values: ["Team"] },
        ],
      },
      expected: ["orders/database"],
    },
  ];

  for (const { name, input, expected } of cases) {
    it(name, async () => assert.deepEqual(await names(input), expected));
  }

  it("pages", async () => {
    const first = await client.send(new sm.ListSecretsCommand({ MaxResults: 2 }));
    assert.equal(first.SecretList!.length, 2);
    const second = await client.send(
      new sm.ListSecretsCommand({ MaxResults: 2, NextToken: first.NextToken }),
    );
    assert.deepEqual(
      [second.SecretList!.map(({ Name }) => Name), second.NextToken],
      [["orders/database"], undefined],
    );
    await assertFails(
      client.send(new sm.ListSecretsCommand({ NextToken: "bm9uc2Vuc2U" })),
      "InvalidNextTokenException",
    );
  });

  it("reads several at once, with an error for each that cannot be read", async () => {
    const { SecretValues, Errors } = await client.send(
      new sm.BatchGetSecretValueCommand({ SecretIdList: ["orders/database", "absent", "gone"] }),
    );
    assert.deepEqual(
      SecretValues!.map(({ Name, SecretString }) => [Name, SecretString]),
      [["orders/database", "value of orders/database"]],
    );
    assert.deepEqual(Errors, [
      {
        SecretId: "absent",
        ErrorCode: "ResourceNotFoundException",
        Message: "Secrets Manager can't find the specified secret.",
      },
      {
        SecretId: "gone",
        ErrorCode: "InvalidRequestException",
        Message: "You can't perform this operation on the secret because it was marked for deletion.",
      },
    ]);
  });

  it("reads those that filters find, as far as the caller may", async () => {
    const Statement = [
      {
        Effect: "Allow",
        Action: ["secretsmanager:BatchGetSecretValue", "secretsmanager:ListSecrets"],
        Resource: "*",
      },
      {
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: "*:secret:orders/reporting-??????",
      },
    ];
    const session = await cloud.session(SECRETS, "batch", { Version: "2012-10-17", Statement });
    const { SecretValues, Errors } = await cloud
      .secrets(session)
      .send(new sm.BatchGetSecretValueCommand(filter("name", "orders/")));
    assert.deepEqual(
      SecretValues!.map(({ Name }) => Name),
      ["orders/reporting"],
    );
    assert.deepEqual(
      Errors!.map(({ ErrorCode }) => ErrorCode),
      ["AccessDeniedException"],
    );
  });

  it("takes ids or filters, and at most 20 ids", async () => {
    await assertFails(
      client.send(new sm.BatchGetSecretValueCommand({})),
      "InvalidParameterException",
      "Either 'SecretIdList' or 'Filters' must be provided, but not both.",
    );
    const SecretIdList = Array.from({ length: 21 }, (_, index) => `s${index}`);
    await assertFails(
      client.send(new sm.BatchGetSecretValueCommand({ SecretIdList })),
      "ValidationException",
    );
  });

  it("a request without a token is refused before the secret is looked up", async () => {
    const config = cloud.config(SECRETS);
    const raw = new sm.SecretsManagerClient(config);
    raw.middlewareStack.add(
      (next) => (args) => {
        delete (args.input as { ClientRequestToken?: string }).ClientRequestToken;
        return next(args);
      },
      { step: "initialize", priority: "low" },
    );
    const withoutToken = (args: { request: { body: string } }) => {
      const body = JSON.parse(args.request.body);
      delete body.ClientRequestToken;
      args.request.body = JSON.stringify(body);
    };
    raw.middlewareStack.add(
      (next) => (args) => {
        withoutToken(args as { request: { body: string } });
        const { request } = args as { request: { headers: Record<string, string>; body: string } };
        request.headers["content-length"] = String(Buffer.byteLength(request.body));
        return next(args);
      },
      { step: "build", priority: "low" },
    );
    await assertFails(
      raw.send(new sm.PutSecretValueCommand({ SecretId: "absent", SecretString: "x" })),
      "InvalidRequestException",
      "You must provide a ClientRequestToken value. We recommend a UUID-type value.",
    );
  });
});
