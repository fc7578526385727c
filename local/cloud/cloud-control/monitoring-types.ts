import { randomBytes } from "crypto";
import { ManagedType, Place, Properties } from "./resource-type";

/** A name like those CloudFormation makes where none is given. */
function nameOr(properties: Properties, member: string): string {
  return (properties[member] as string | undefined) ?? `strongroom-${randomBytes(6).toString("hex")}`;
}

function arn(service: string, { partition, region, accountId }: Place, rest: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${rest}`;
}

const alarm: ManagedType = {
  typeName: "AWS::CloudWatch::Alarm",
  required: ["ComparisonOperator", "EvaluationPeriods"],
  readOnly: ["Arn"],
  createOnly: ["AlarmName"],
  actions: {
    create: "cloudwatch:PutMetricAlarm",
    read: "cloudwatch:DescribeAlarms",
    update: "cloudwatch:PutMetricAlarm",
    delete: "cloudwatch:DeleteAlarms",
  },
  identifier: (properties) => nameOr(properties, "AlarmName"),
  computed: (id, _properties, place) => ({ AlarmName: id, Arn: arn("cloudwatch", place, `alarm:${id}`) }),
};

const logGroup: ManagedType = {
  typeName: "AWS::Logs::LogGroup",
  required: [],
  readOnly: ["Arn"],
  createOnly: ["LogGroupName"],
  actions: {
    create: "logs:CreateLogGroup",
    read: "logs:DescribeLogGroups",
    update: "logs:PutRetentionPolicy",
    delete: "logs:DeleteLogGroup",
  },
  identifier: (properties) => nameOr(properties, "LogGroupName"),
  computed: (id, _properties, place) => ({ LogGroupName: id, Arn: arn("logs", place, `log-group:${id}:*`) }),
};

const eventRule: ManagedType = {
  typeName: "AWS::Events::Rule",
  required: [],
  readOnly: ["Arn"],
  createOnly: ["Name", "EventBusName"],
  actions: {
    create: "events:PutRule",
    read: "events:DescribeRule",
    update: "events:PutRule",
    delete: "events:DeleteRule",
  },
  identifier(properties, place) {
    const bus = (properties["EventBusName"] as string | undefined) ?? "default";
    const name = nameOr(properties, "Name");
    return arn("events", place, `rule/${bus === "default" ? name : `${bus}/${name}`}`);
  },
  computed: (id) => ({ Arn: id, Name: id.slice(id.lastIndexOf("/") + 1) }),
  problems: (properties) =>
    properties["EventPattern"] === undefined && properties["ScheduleExpression"] === undefined
      ? ["Parameter(s) EventPattern or ScheduleExpression must be specified."]
      : [],
};

const topic: ManagedType = {
  typeName: "AWS::SNS::Topic",
  required: [],
  readOnly: ["TopicArn"],
  createOnly: ["TopicName", "FifoTopic"],
  actions: {
    create: "sns:CreateTopic",
    read: "sns:GetTopicAttributes",
    update: "sns:SetTopicAttributes",
    delete: "sns:DeleteTopic",
  },
  identifier: (properties, place) => arn("sns", place, nameOr(properties, "TopicName")),
  computed: (id) => ({ TopicArn: id, TopicName: id.slice(id.lastIndexOf(":") + 1) }),
};

const trail: ManagedType = {
  typeName: "AWS::CloudTrail::Trail",
  required: ["S3BucketName", "IsLogging"],
  readOnly: ["Arn", "SnsTopicArn"],
  createOnly: ["TrailName"],
  actions: {
    create: "cloudtrail:CreateTrail",
    read: "cloudtrail:GetTrail",
    update: "cloudtrail:UpdateTrail",
    delete: "cloudtrail:DeleteTrail",
  },
  identifier: (properties) => nameOr(properties, "TrailName"),
  computed: (id, _properties, place) => ({ TrailName: id, Arn: arn("cloudtrail", place, `trail/${id}`) }),
};

export const monitoringTypes: readonly ManagedType[] = [alarm, logGroup, eventRule, topic, trail];
