/**
 * A Pulumi program with nothing of ours in it: one sound secret, and beside it the usual mistakes. Plain JavaScript, so
 * that nothing has to be compiled.
 */
export const plainProgram = `
"use strict";
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const organization = { StringEquals: { "aws:PrincipalOrgID": "o-strongroom" } };
const root = (account) => ({ AWS: "arn:aws:iam::" + account + ":root" });
const document = (...Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
const read = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" };

const tags = { owner: "team-orders", "data-class": "internal" };
const throughSecretsManager = {
  StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" },
  StringLike: { "kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:eu-west-1:111111111111:secret:*" },
};
const use = { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: "*" };

const key = new aws.kms.Key("main", {
  enableKeyRotation: true,
  policy: document(
    { Effect: "Allow", Principal: root("111111111111"), Action: ["kms:Put*", "kms:Describe*"], Resource: "*" },
    { ...use, Principal: root("111111111111"), Condition: throughSecretsManager },
    { ...use, Principal: root("222222222222"), Condition: { ...throughSecretsManager, StringEquals: { ...throughSecretsManager.StringEquals, ...organization.StringEquals } } },
  ),
});
const role = new aws.iam.Role("rotate", {
  assumeRolePolicy: document({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }),
});
const rotate = new aws.lambda.Function("rotate", {
  role: role.arn,
  runtime: "nodejs22.x",
  handler: "index.handler",
  code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("exports.handler = async () => {}") }),
});

// The sound one.
const orders = new aws.secretsmanager.Secret("orders", { name: "orders/database", kmsKeyId: key.arn, tags });
new aws.secretsmanager.SecretPolicy("orders", {
  secretArn: orders.arn,
  blockPublicPolicy: true,
  policy: document({ ...read, Principal: root("222222222222"), Condition: organization }),
});
new aws.secretsmanager.SecretRotation("orders", {
  secretId: orders.id,
  rotationLambdaArn: rotate.arn,
  rotationRules: { scheduleExpression: "cron(0 4 1 * ? *)", duration: "2h" },
});
new aws.lambda.Permission("rotate", {
  function: rotate.name,
  action: "lambda:InvokeFunction",
  principal: "secretsmanager.amazonaws.com",
  sourceArn: orders.arn,
});

// The mistakes.
const open = new aws.secretsmanager.Secret("open", { recoveryWindowInDays: 0, tags });
new aws.secretsmanager.SecretPolicy("open", {
  secretArn: open.arn,
  policy: document({ ...read, Principal: "*", Condition: { StringEqualsIfExists: organization.StringEquals } }),
});
const slow = new aws.secretsmanager.Secret("slow", { kmsKeyId: key.id, tags });
new aws.secretsmanager.SecretRotation("slow", {
  secretId: slow.id,
  rotationLambdaArn: rotate.arn,
  rotationRules: { scheduleExpression: "cron(0 4 1 1,7 ? *)" },
});
// Its document is made from an ARN that AWS has yet to choose.
new aws.secretsmanager.SecretPolicy("slow", {
  secretArn: slow.arn,
  blockPublicPolicy: true,
  policy: slow.arn.apply((arn) => document({ ...read, Principal: "*", Resource: arn })),
});
`;
