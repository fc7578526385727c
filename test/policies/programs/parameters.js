"use strict";
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
const key = new aws.kms.Key("parameters", { enableKeyRotation: true });
const user = new aws.iam.User("robot");
const login = new aws.iam.UserLoginProfile("robot", { user: user.name });

// Sound.
new aws.ssm.Parameter("host", { name: "/orders/host", type: "String", value: "db.internal" });
new aws.ssm.Parameter("secret-arn", {
  name: "/orders/secret-arn",
  type: "String",
  value: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/database-a1b2c3",
});
new aws.ssm.Parameter("secure", {
  name: "/orders/password",
  type: "SecureString",
  keyId: key.keyId,
  value: config.requireSecret("password"),
});
new aws.ssm.Document("private", {
  documentType: "Command",
  content: JSON.stringify({ schemaVersion: "2.2", mainSteps: [] }),
  permissions: { type: "Share", accountIds: "222222222222" },
});

// Mistakes.
new aws.ssm.Parameter("from-configuration", {
  name: "/orders/login",
  type: "String",
  insecureValue: config.requireSecret("password"),
});
new aws.ssm.Parameter("by-name", {
  name: "/orders/db-password",
  type: "String",
  value: config.requireSecret("password"),
});
new aws.ssm.Parameter("from-profile", { name: "/orders/robot", type: "String", value: login.password });
new aws.ssm.Parameter("aws-key", {
  name: "/orders/token",
  type: "SecureString",
  value: config.requireSecret("password"),
});
new aws.ssm.Document("public", {
  documentType: "Command",
  content: JSON.stringify({ schemaVersion: "2.2", mainSteps: [] }),
  permissions: { type: "Share", accountIds: "All" },
});
