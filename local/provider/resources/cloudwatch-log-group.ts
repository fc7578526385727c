import { ResourceType } from "../resource-type";
import { cloudControlResource } from "./cloud-control-resource";
import { notOneOf } from "./constraints";

const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
export const logGroup: ResourceType = cloudControlResource({
  token: "aws:cloudwatch/logGroup:LogGroup",
  typeName: "AWS::Logs::LogGroup",
  tagged: true,
  inputs: {
    kmsKeyId: { kind: "string" },
    logGroupClass: { kind: "string", replaces: true, computed: true },
    name: { kind: "string", replaces: true, computed: true },
    namePrefix: { kind: "string", replaces: true },
    retentionInDays: { kind: "number", default: 0 },
    skipDestroy: { kind: "boolean", default: false },
  },
  members: { kmsKeyId: "KmsKeyId", logGroupClass: "LogGroupClass", name: "LogGroupName" },
  outputs: ["arn", "deletionProtectionEnabled"],
  autoName: { property: "name", maxLength: 512 },
  check: (inputs) => notOneOf(inputs, "retentionInDays", RETENTION_DAYS),
  // The provider's 0 is AWS's absence: kept for ever.
  desired: (inputs) => ({ RetentionInDays: inputs["retentionInDays"] || undefined }),
  attributes: (actual, { id, region, accountId, partition }) => ({
    arn: `arn:${partition}:logs:${region}:${accountId}:log-group:${id}`,
    deletionProtectionEnabled: false,
    logGroupClass: actual["LogGroupClass"] ?? "STANDARD",
    retentionInDays: actual["RetentionInDays"] ?? 0,
  }),
});
