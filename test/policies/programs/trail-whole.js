"use strict";
const aws = require("@pulumi/aws");

const key = new aws.kms.Key("trail", { enableKeyRotation: true });
const group = new aws.cloudwatch.LogGroup("trail", { kmsKeyId: key.arn, retentionInDays: 365 });
new aws.cloudtrail.Trail("whole", {
  s3BucketName: "trail",
  isMultiRegionTrail: true,
  kmsKeyId: key.arn,
  enableLogFileValidation: true,
  cloudWatchLogsGroupArn: group.arn,
  cloudWatchLogsRoleArn: "arn:aws:iam::111111111111:role/trail",
});
const rule = new aws.cloudwatch.EventRule("watch", {
  eventPattern: JSON.stringify({
    source: ["aws.secretsmanager", "aws.kms"],
    detail: { eventName: ["PutResourcePolicy", "DeleteSecret", "ScheduleKeyDeletion"] },
  }),
});
new aws.cloudwatch.EventTarget("watch", { rule: rule.name, arn: "arn:aws:sns:eu-west-1:111111111111:watch" });
