"use strict";
const aws = require("@pulumi/aws");

const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
const subnets = ["a", "b"].map(
  (zone, index) =>
    new aws.ec2.Subnet(zone, {
      vpcId: vpc.id,
      cidrBlock: `10.0.${index}.0/24`,
      availabilityZone: `eu-west-1${zone}`,
    }),
);
const readers = new aws.ec2.SecurityGroup("readers", { vpcId: vpc.id, description: "Readers" });
const https = new aws.ec2.SecurityGroup("https", {
  vpcId: vpc.id,
  description: "Endpoint",
  ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [readers.id] }],
});
const open = new aws.ec2.SecurityGroup("open", {
  vpcId: vpc.id,
  description: "Endpoint",
  ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});
const policy = (condition) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*", ...condition }],
  });

// Sound.
new aws.ec2.VpcEndpoint("sound", {
  vpcId: vpc.id,
  serviceName: "com.amazonaws.eu-west-1.secretsmanager",
  vpcEndpointType: "Interface",
  subnetIds: subnets.map((subnet) => subnet.id),
  securityGroupIds: [https.id],
  privateDnsEnabled: true,
  policy: policy({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-strongroom" } } }),
});
new aws.ec2.VpcEndpoint("s3", { vpcId: vpc.id, serviceName: "com.amazonaws.eu-west-1.s3" });

// Mistakes.
new aws.ec2.VpcEndpoint("bare", {
  vpcId: vpc.id,
  serviceName: "com.amazonaws.eu-west-1.kms",
  vpcEndpointType: "Interface",
  subnetIds: [subnets[0].id],
});
new aws.ec2.VpcEndpoint("only-seems-bound", {
  vpcId: vpc.id,
  serviceName: "com.amazonaws.eu-west-1.ssm",
  vpcEndpointType: "Interface",
  subnetIds: subnets.map((subnet) => subnet.id),
  securityGroupIds: [open.id],
  privateDnsEnabled: true,
  policy: policy({ Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-strongroom" } } }),
});
