import { ResourceType } from "../resource-type";
import { Properties } from "../values";
import { cloudControlResource } from "./cloud-control-resource";
import { notOneOf } from "./constraints";

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
export const metricAlarm: ResourceType = cloudControlResource({
  token: "aws:cloudwatch/metricAlarm:MetricAlarm",
  typeName: "AWS::CloudWatch::Alarm",
  tagged: true,
  inputs: {
    actionsEnabled: { kind: "boolean", default: true },
    alarmActions: { kind: "set" },
    alarmDescription: { kind: "string" },
    comparisonOperator: { kind: "string", required: true },
    datapointsToAlarm: { kind: "number" },
    dimensions: { kind: "map" },
    evaluateLowSampleCountPercentiles: { kind: "string", computed: true },
    evaluationPeriods: { kind: "number", required: true },
    extendedStatistic: { kind: "string" },
    insufficientDataActions: { kind: "set" },
    metricName: { kind: "string" },
    metricQueries: { kind: "set" },
    name: { kind: "string", replaces: true, computed: true },
    namespace: { kind: "string" },
    okActions: { kind: "set" },
    period: { kind: "number" },
    statistic: { kind: "string" },
    threshold: { kind: "number" },
    thresholdMetricId: { kind: "string" },
    treatMissingData: { kind: "string", default: "missing" },
    unit: { kind: "string" },
  },
  members: {
    actionsEnabled: "ActionsEnabled",
    alarmActions: "AlarmActions",
    alarmDescription: "AlarmDescription",
    comparisonOperator: "ComparisonOperator",
    datapointsToAlarm: "DatapointsToAlarm",
    evaluateLowSampleCountPercentiles: "EvaluateLowSampleCountPercentile",
    evaluationPeriods: "EvaluationPeriods",
    extendedStatistic: "ExtendedStatistic",
    insufficientDataActions: "InsufficientDataActions",
    metricName: "MetricName",
    name: "AlarmName",
    namespace: "Namespace",
    okActions: "OKActions",
    period: "Period",
    statistic: "Statistic",
    threshold: "Threshold",
    thresholdMetricId: "ThresholdMetricId",
    treatMissingData: "TreatMissingData",
    unit: "Unit",
  },
  outputs: ["arn"],
  autoName: { property: "name", maxLength: 255 },
  check: (inputs) => notOneOf(inputs, "treatMissingData", ["breaching", "notBreaching", "ignore", "missing"]),
  desired: (inputs) => ({
    Dimensions: dimensionsOf(inputs["dimensions"]),
    Metrics: inputs["metricQueries"]?.map((query: Properties) => ({
      Id: query["id"],
      AccountId: query["accountId"],
      Expression: query["expression"],
      Label: query["label"],
      Period: query["period"],
      ReturnData: query["returnData"],
      MetricStat: query["metric"] && metricOf(query["metric"]),
    })),
  }),
  attributes: (actual, { id, region, accountId, partition }) => ({
    arn: actual["Arn"] ?? `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${id}`,
    evaluateLowSampleCountPercentiles: actual["EvaluateLowSampleCountPercentile"] ?? "",
    dimensions:
      actual["Dimensions"] &&
      Object.fromEntries((actual["Dimensions"] as Properties[]).map(({ Name, Value }) => [Name, Value])),
  }),
});

function dimensionsOf(dimensions: Record<string, string> | undefined): Properties[] | undefined {
  return dimensions && Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

function metricOf(metric: Properties): Properties {
  return {
    Metric: {
      MetricName: metric["metricName"],
      Namespace: metric["namespace"],
      Dimensions: dimensionsOf(metric["dimensions"]),
    },
    Period: metric["period"],
    Stat: metric["stat"],
    Unit: metric["unit"],
  };
}
