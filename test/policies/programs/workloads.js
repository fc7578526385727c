"use strict";
const { gzipSync } = require("zlib");
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
const password = config.requireSecret("password");
const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/database-a1b2c3";
const container = (extra) => ({ name: "app", image: "orders:1", ...extra });
const task = (name, definitions) =>
  new aws.ecs.TaskDefinition(name, { family: name, containerDefinitions: definitions });
const machine = (name, args) =>
  new aws.ec2.Instance(name, { ami: "ami-0", instanceType: "t4g.nano", ...args });
const build = (name, variables, location) =>
  new aws.codebuild.Project(name, {
    serviceRole: "arn:aws:iam::111111111111:role/build",
    artifacts: { type: "NO_ARTIFACTS" },
    source: { type: "GITHUB", location },
    environment: {
      computeType: "BUILD_GENERAL1_SMALL",
      image: "aws/codebuild/standard:7.0",
      type: "LINUX_CONTAINER",
      environmentVariables: variables,
    },
  });

// Sound.
task(
  "sound",
  JSON.stringify([
    container({
      environment: [{ name: "DB_HOST", value: "db.internal" }],
      secrets: [{ name: "DB_PASSWORD", valueFrom: arn }],
    }),
  ]),
);
machine("sound", {
  userData: "#!/bin/sh\nDB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id orders/database)\n",
});
build(
  "sound",
  [
    { name: "DB_PASSWORD", type: "SECRETS_MANAGER", value: "orders/database:password" },
    { name: "STAGE", value: "production" },
  ],
  "https://github.com/example/orders.git",
);

// Mistakes.
task(
  "literal",
  JSON.stringify([container({ environment: [{ name: "DB_PASSWORD", value: "correct horse battery" }] })]),
);
task(
  "configured",
  password.apply((value) => JSON.stringify([container({ environment: [{ name: "LOGIN", value }] })])),
);
machine("script", { userData: "#!/bin/sh\nexport DB_PASSWORD='correct horse battery'\n" });
machine("base64", {
  userDataBase64: Buffer.from("#!/bin/sh\nmysql --password hunter22hunter\n").toString("base64"),
});
machine("gzip", {
  userDataBase64: gzipSync("#!/bin/sh\nexport API_TOKEN=abcdefgh12345678\n").toString("base64"),
});
machine("configured", { userData: pulumi.interpolate`#!/bin/sh\necho ${password} > /etc/login\n` });
build(
  "literal",
  [{ name: "DB_PASSWORD", value: "correct horse battery" }],
  "https://robot:hunter22@github.com/example/orders.git",
);
build("configured", [{ name: "LOGIN", value: password }], "https://github.com/example/orders.git");
