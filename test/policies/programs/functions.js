"use strict";
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
const code = new pulumi.asset.AssetArchive({
  "index.js": new pulumi.asset.StringAsset("exports.handler = async () => {}"),
});
const role = new aws.iam.Role("worker", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  }),
});
const worker = (name, args) =>
  new aws.lambda.Function(name, {
    role: role.arn,
    runtime: "nodejs22.x",
    handler: "index.handler",
    code,
    ...args,
  });

const key = new aws.kms.Key("functions", { enableKeyRotation: true });
const secret = new aws.secretsmanager.Secret("orders", { name: "orders/database", kmsKeyId: key.arn });
const version = new aws.secretsmanager.SecretVersion("orders", {
  secretId: secret.id,
  secretString: config
    .requireSecret("password")
    .apply((password) => JSON.stringify({ username: "orders", password })),
});

// Sound: where the secret is, not what it is.
const sound = worker("sound", {
  kmsKeyArn: key.arn,
  environment: {
    variables: {
      DB_SECRET_ARN: secret.arn,
      VERSION_ARN: version.arn,
      DB_HOST: "db.internal",
      LOG_LEVEL: "debug",
    },
  },
});
new aws.lambda.Permission("bucket", {
  function: sound.name,
  action: "lambda:InvokeFunction",
  principal: "s3.amazonaws.com",
  sourceArn: "arn:aws:s3:::orders-in",
  sourceAccount: "111111111111",
});
new aws.lambda.FunctionUrl("signed", { functionName: sound.name, authorizationType: "AWS_IAM" });

// Mistakes.
worker("hard-coded", {
  environment: {
    variables: {
      AWS_ACCESS: "AKIA" + "QYLPMN5HFIQR7XYA",
      DB_PASSWORD: "correct horse battery",
      SLACK_URL: [
        "https://hooks.slack.com",
        "services",
        "T0ABCDEFG",
        "B0ABCDEFG",
        "a1B2c3D4e5F6g7H8i9J0k1L2",
      ].join("/"),
    },
  },
});
worker("from-configuration", { environment: { variables: { LOGIN: config.requireSecret("password") } } });
worker("from-version", {
  environment: { variables: { LOGIN: version.secretString.apply((text) => JSON.parse(text).password) } },
});
worker("unsecret", {
  environment: {
    variables: { LOGIN: pulumi.unsecret(version.secretString.apply((text) => JSON.parse(text).password)) },
  },
});
new aws.lambda.FunctionUrl("open", { functionName: sound.name, authorizationType: "NONE" });
new aws.lambda.Permission("anybody", {
  function: sound.name,
  action: "lambda:InvokeFunction",
  principal: "*",
});
