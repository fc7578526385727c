"use strict";
const aws = require("@pulumi/aws");

new aws.cloudtrail.Trail("half", {
  s3BucketName: "trail",
  eventSelectors: [{ readWriteType: "WriteOnly" }],
});
