import { ResourceType } from "../resource-type";
import { cloudControlResource } from "./cloud-control-resource";

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
export const snsTopic: ResourceType = cloudControlResource({
  token: "aws:sns/topic:Topic",
  typeName: "AWS::SNS::Topic",
  tagged: true,
  inputs: {
    contentBasedDeduplication: { kind: "boolean", default: false },
    displayName: { kind: "string" },
    fifoTopic: { kind: "boolean", replaces: true, default: false },
    kmsMasterKeyId: { kind: "string" },
    name: { kind: "string", replaces: true, computed: true },
    namePrefix: { kind: "string", replaces: true },
    signatureVersion: { kind: "number", computed: true },
    tracingConfig: { kind: "string", computed: true },
  },
  members: { displayName: "DisplayName", kmsMasterKeyId: "KmsMasterKeyId", name: "TopicName" },
  outputs: ["arn", "beginningArchiveTime", "fifoThroughputScope", "owner", "policy"],
  autoName: { property: "name", maxLength: 256 },
  // CloudFormation's schema has these two for FIFO topics only, and words the others as text.
  desired: (inputs) => ({
    ...(inputs["fifoTopic"] && {
      FifoTopic: true,
      ContentBasedDeduplication: inputs["contentBasedDeduplication"],
    }),
    SignatureVersion:
      inputs["signatureVersion"] === undefined ? undefined : String(inputs["signatureVersion"]),
    TracingConfig: inputs["tracingConfig"],
  }),
  attributes: (actual, { id, accountId }) => ({
    arn: actual["TopicArn"] ?? id,
    beginningArchiveTime: "",
    fifoThroughputScope: "",
    owner: accountId,
    policy: "",
    signatureVersion: Number(actual["SignatureVersion"] ?? 1),
    tracingConfig: actual["TracingConfig"] ?? "PassThrough",
  }),
});
