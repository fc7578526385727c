"use strict";
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
const password = config.requireSecret("password");

// Sound.
const topic = new aws.sns.Topic("orders", {
  tags: { owner: "team-orders", "secret-owner": "team-security" },
});
exports.topicArn = topic.arn;
exports.host = "db.internal";
exports.password = password;
exports.login = { name: "orders", password };

// Mistakes.
new aws.sns.Topic("tagged", { tags: { login: password } });
new aws.iam.Role("described", {
  description: "Signs in with AKIA" + "QYLPMN5HFIQR7XYA",
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  }),
});
new aws.directoryservice.Directory("office", {
  name: "office.example.com",
  password: "Sommer2026!",
  vpcSettings: { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] },
});
const keyed = new aws.Provider("keyed", {
  region: "eu-west-1",
  accessKey: process.env.AWS_ACCESS_KEY_ID,
  secretKey: process.env.AWS_SECRET_ACCESS_KEY,
});
new aws.sns.Topic("keyed", {}, { provider: keyed });
new aws.secretsmanager.SecretVersion("orders", { secretId: "orders", secretString: password });
exports.opened = pulumi.unsecret(password);
exports.databaseUrl = "postgres://orders:hunter22hunter@db.internal/orders";
