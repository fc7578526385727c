import * as iam from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import * as sm from "@aws-sdk/client-secrets-manager";
import { strict as assert } from "assert";
import { strToU8, zipSync } from "fflate";
import { ORDERS, SECRETS, startCloud, TestCloud } from "../../support/local-cloud";
import { assertFails, eventually } from "../../support/secrets-cloud";

/** Writes down its event and ends: what Secrets Manager sends is seen in the function's environment only. */
const CODE = `exports.handler = async (event) => { throw new Error(Object.keys(event).sort().join() + " " + event.Step); };`;

describe("facts about rotation functions", () => {
  let cloud: TestCloud;
  let secrets: sm.SecretsManagerClient;
  let functions: lambda.LambdaClient;

  before(async () => {
    cloud = await startCloud();
    await cloud.cloud.tick();
    secrets = new sm.SecretsManagerClient(cloud.clientConfig(SECRETS));
    functions = new lambda.LambdaClient(cloud.clientConfig(SECRETS));
    const trust = {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    };
    await new iam.IAMClient(cloud.clientConfig(SECRETS)).send(
      new iam.CreateRoleCommand({
        RoleName: "rotation",
        AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
      }),
    );
    await secrets.send(new sm.CreateSecretCommand({ Name: "rotated", SecretString: "first" }));
    await functions.send(
      new lambda.CreateFunctionCommand({
        FunctionName: "rotate",
        Role: `arn:aws:iam::${SECRETS}:role/rotation`,
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Code: { ZipFile: zipSync({ "index.js": strToU8(CODE) }) },
      }),
    );
  });
  after(() => cloud.close());

  const RotationLambdaARN = `arn:aws:lambda:eu-west-1:${SECRETS}:function:rotate`;
  const rotate = () =>
    secrets.send(
      new sm.RotateSecretCommand({ SecretId: "rotated", RotationLambdaARN, RotateImmediately: false }),
    );
  const permit = (SourceAccount: string) =>
    functions.send(
      new lambda.AddPermissionCommand({
        FunctionName: "rotate",
        StatementId: `account-${SourceAccount}`,
        Action: "lambda:InvokeFunction",
        Principal: "secretsmanager.amazonaws.com",
        SourceAccount,
      }),
    );

  it("T3 the function's policy must admit Secrets Manager for the secret's account", async () => {
    await assertFails(
      rotate(),
      "AccessDeniedException",
      /^Secrets Manager cannot invoke the specified Lambda/,
    );
    await permit(ORDERS);
    await assertFails(
      rotate(),
      "AccessDeniedException",
      /^Secrets Manager cannot invoke the specified Lambda/,
    );
    await permit(SECRETS);
    await rotate();
  });

  it("the function gets Step, SecretId, ClientRequestToken and RotationToken", async () => {
    const failure = () =>
      [...cloud.cloud.store.records()]
        .flatMap(([, , value]) => (value && "text" in value ? [String(value.text)] : []))
        .find((text) => text.includes("TestRotationFailed"));
    await eventually(() => failure() !== undefined);
    assert.match(
      JSON.parse(failure()!).errorMessage,
      /testSecret: ClientRequestToken,RotationToken,SecretId,Step testSecret/,
    );
  });
});
