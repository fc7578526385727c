const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");

const SECRETS = "111111111111";
const ORDERS = "222222222222";
const root = (account) => `arn:aws:iam::${account}:root`;
const document = (...Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
const inAccount = (name, account) => ({
  provider: new aws.Provider(name, {
    region: "eu-west-1",
    assumeRoles: [{ roleArn: `arn:aws:iam::${account}:role/strongroom-deploy` }],
    allowedAccountIds: [account],
    defaultTags: { tags: { team: "platform" } },
  }),
});
const secretsAccount = inAccount("secrets", SECRETS);
const ordersAccount = inAccount("orders", ORDERS);

const keyPolicy = document(
  { Sid: "Administer", Effect: "Allow", Principal: { AWS: root(SECRETS) }, Action: "kms:*", Resource: "*" },
  { Sid: "Read", Effect: "Allow", Principal: { AWS: root(ORDERS) }, Action: "kms:Decrypt", Resource: "*" },
);
const key = new aws.kms.Key(
  "key",
  { multiRegion: true, enableKeyRotation: true, deletionWindowInDays: 7, policy: keyPolicy },
  secretsAccount,
);
const replicaKey = new aws.kms.ReplicaKey(
  "replica",
  { primaryKeyArn: key.arn, region: "eu-central-1", policy: keyPolicy, deletionWindowInDays: 7 },
  secretsAccount,
);
new aws.kms.Alias("secrets", { name: "alias/secrets", targetKeyId: key.keyId }, secretsAccount);

const secret = new aws.secretsmanager.Secret(
  "database",
  {
    name: "orders/database",
    kmsKeyId: key.arn,
    recoveryWindowInDays: 7,
    replicas: variant.replicated ? [{ region: "eu-central-1", kmsKeyId: replicaKey.arn }] : [],
    tags: { owner: variant.owner },
  },
  secretsAccount,
);
new aws.secretsmanager.SecretPolicy(
  "database",
  {
    secretArn: secret.arn,
    blockPublicPolicy: true,
    policy: document({
      Effect: "Allow",
      Principal: { AWS: root(ORDERS) },
      Action: `secretsmanager:${variant.action}`,
      Resource: "*",
    }),
  },
  secretsAccount,
);

const lambdaTrust = {
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
};
const rotationRole = new aws.iam.Role(
  "rotation",
  { assumeRolePolicy: document(lambdaTrust) },
  secretsAccount,
);
const rotation = new aws.lambda.Function(
  "rotate-database",
  {
    name: "rotate-database",
    role: rotationRole.arn,
    runtime: "nodejs22.x",
    handler: "index.handler",
    code: new pulumi.asset.AssetArchive({
      "index.js": new pulumi.asset.StringAsset("exports.handler = async () => undefined;"),
    }),
    environment: { variables: { SECRET: secret.name } },
  },
  secretsAccount,
);
const permission = new aws.lambda.Permission(
  "rotate-database",
  {
    action: "lambda:InvokeFunction",
    function: rotation.name,
    principal: "secretsmanager.amazonaws.com",
    sourceAccount: SECRETS,
  },
  secretsAccount,
);
new aws.secretsmanager.SecretRotation(
  "database",
  {
    secretId: secret.id,
    rotationLambdaArn: rotation.arn,
    rotateImmediately: false,
    rotationRules: { automaticallyAfterDays: 30 },
  },
  { ...secretsAccount, dependsOn: [permission] },
);

const role = new aws.iam.Role(
  "orders-service",
  {
    name: "orders-service",
    assumeRolePolicy: { Version: "2012-10-17", Statement: [lambdaTrust] },
    tags: { owner: "orders" },
  },
  ordersAccount,
);
new aws.iam.RolePolicy(
  "read",
  {
    role,
    policy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secret.arn }],
    },
  },
  ordersAccount,
);
const endpoint = new aws.ec2.VpcEndpoint(
  "secrets",
  {
    vpcId: "vpc-0a0000000000000a1",
    serviceName: "com.amazonaws.eu-west-1.secretsmanager",
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    policy: document({
      Effect: "Allow",
      Principal: "*",
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
    }),
  },
  ordersAccount,
);

// The rest of what the provider models, one of each.
new aws.kms.KeyPolicy("key", { keyId: key.keyId, policy: keyPolicy }, secretsAccount);
new aws.kms.Grant(
  "backup",
  { keyId: key.keyId, granteePrincipal: rotationRole.arn, operations: ["Decrypt", "GenerateDataKey"] },
  secretsAccount,
);
const apiKey = new aws.secretsmanager.Secret(
  "api-key",
  { recoveryWindowInDays: 0 },
  { ...secretsAccount, ignoreChanges: ["tags", "tagsAll"] },
);
new aws.secretsmanager.SecretVersion(
  "api-key",
  { secretId: apiKey.id, secretString: pulumi.secret("first value") },
  secretsAccount,
);
new aws.secretsmanager.Tag(
  "reason",
  { secretId: apiKey.id, key: "reason", value: "no rotation" },
  secretsAccount,
);
const policy = new aws.iam.Policy(
  "list",
  { policy: document({ Effect: "Allow", Action: `secretsmanager:${variant.listing}`, Resource: "*" }) },
  ordersAccount,
);
new aws.iam.RolePolicyAttachment("list", { role, policyArn: policy.arn }, ordersAccount);
new aws.ec2.VpcEndpointPolicy(
  "kms",
  {
    vpcEndpointId: new aws.ec2.VpcEndpoint(
      "kms",
      {
        vpcId: "vpc-0a0000000000000a1",
        serviceName: "com.amazonaws.eu-west-1.kms",
        vpcEndpointType: "Interface",
      },
      ordersAccount,
    ).id,
    policy: document({ Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" }),
  },
  ordersAccount,
);
const group = new aws.ec2.SecurityGroup(
  "endpoint",
  {
    vpcId: "vpc-0a0000000000000a1",
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, self: true, description: "HTTPS" }],
  },
  ordersAccount,
);
const https = {
  securityGroupId: group.id,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "10.0.0.0/16",
};
new aws.vpc.SecurityGroupIngressRule("https", https, ordersAccount);
new aws.vpc.SecurityGroupEgressRule("https", https, ordersAccount);
new aws.cloudwatch.LogGroup("rotation", { retentionInDays: 30 }, secretsAccount);
const topic = new aws.sns.Topic("alerts", {}, secretsAccount);
const rule = new aws.cloudwatch.EventRule(
  "failures",
  {
    eventPattern: JSON.stringify({
      source: ["aws.secretsmanager"],
      detail: { eventName: ["RotationFailed"] },
    }),
  },
  secretsAccount,
);
new aws.cloudwatch.EventTarget("failures", { rule: rule.name, arn: topic.arn }, secretsAccount);
new aws.cloudwatch.MetricAlarm(
  "failures",
  {
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    threshold: variant.threshold,
    namespace: "AWS/Lambda",
    metricName: "Errors",
    statistic: "Sum",
    period: 300,
    dimensions: { FunctionName: rotation.name },
    alarmActions: [topic.arn],
  },
  secretsAccount,
);

module.exports = {
  secretArn: secret.arn,
  keyArn: key.arn,
  replicaKeyArn: replicaKey.arn,
  endpointId: endpoint.id,
  replicaRegions: secret.replicas.apply((replicas) => replicas.map((replica) => replica.region)),
  tagsAll: secret.tagsAll,
  roleArn: role.arn,
  account: aws.getCallerIdentityOutput({}, ordersAccount).accountId,
  functionName: rotation.name,
};
