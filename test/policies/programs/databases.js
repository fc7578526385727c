"use strict";
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
const key = new aws.kms.Key("databases", { enableKeyRotation: true });
const common = { instanceClass: "db.t4g.small", allocatedStorage: 20, skipFinalSnapshot: true };

// Sound.
const tls = new aws.rds.ParameterGroup("tls", {
  family: "postgres16",
  parameters: [{ name: "rds.force_ssl", value: "1" }],
});
new aws.rds.Instance("sound", {
  ...common,
  engine: "postgres",
  engineVersion: "16.4",
  username: "orders_admin",
  manageMasterUserPassword: true,
  masterUserSecretKmsKeyId: key.keyId,
  storageEncrypted: true,
  kmsKeyId: key.arn,
  iamDatabaseAuthenticationEnabled: true,
  parameterGroupName: tls.name,
});
new aws.redshiftserverless.Namespace("sound", {
  namespaceName: "sound",
  adminUsername: "reports_admin",
  manageAdminPassword: true,
  adminPasswordSecretKmsKeyId: key.arn,
  kmsKeyId: key.arn,
});

// Mistakes.
new aws.rds.Instance("literal", {
  ...common,
  engine: "mysql",
  engineVersion: "8.0",
  username: "admin",
  password: "Sommer2026!",
});
new aws.rds.Cluster("configured", {
  engine: "aurora-postgresql",
  engineVersion: "16.4",
  masterUsername: "orders_admin",
  masterPassword: config.requireSecret("password"),
  storageEncrypted: true,
  iamDatabaseAuthenticationEnabled: true,
});
new aws.redshift.Cluster("managed", {
  clusterIdentifier: "managed",
  nodeType: "ra3.large",
  masterUsername: "reports_admin",
  manageMasterPassword: true,
  kmsKeyId: key.arn,
});
