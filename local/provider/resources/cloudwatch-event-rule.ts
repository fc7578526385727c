import { ResourceType } from "../resource-type";
import { Place, cloudControlResource } from "./cloud-control-resource";
import { notOneOf } from "./constraints";

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html */
export const eventRule: ResourceType = cloudControlResource({
  token: "aws:cloudwatch/eventRule:EventRule",
  typeName: "AWS::Events::Rule",
  tagged: true,
  inputs: {
    description: { kind: "string" },
    eventBusName: { kind: "string", replaces: true, default: "default" },
    eventPattern: { kind: "json" },
    forceDestroy: { kind: "boolean", default: false },
    isEnabled: { kind: "boolean" },
    name: { kind: "string", replaces: true, computed: true },
    namePrefix: { kind: "string", replaces: true },
    roleArn: { kind: "string" },
    scheduleExpression: { kind: "string" },
    state: { kind: "string" },
  },
  members: {
    description: "Description",
    eventBusName: "EventBusName",
    eventPattern: "EventPattern",
    name: "Name",
    roleArn: "RoleArn",
    scheduleExpression: "ScheduleExpression",
  },
  outputs: ["arn"],
  autoName: { property: "name", maxLength: 64 },
  check: (inputs) => [
    ...notOneOf(inputs, "state", ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"]),
    ...(inputs["isEnabled"] !== undefined && inputs["state"] !== undefined
      ? [{ property: "state", reason: 'only one of "state" and "isEnabled" can be given' }]
      : []),
  ],
  desired: (inputs) => ({
    State: inputs["state"] ?? (inputs["isEnabled"] === false ? "DISABLED" : "ENABLED"),
  }),
  attributes: (actual, place) => ({ arn: actual["Arn"] ?? eventRuleArn(place, actual["EventBusName"]) }),
  id: (identifier, desired) => (desired["EventBusName"] === "default" ? desired["Name"] : identifier),
  identifier: (id, place, state) => (id.startsWith("arn:") ? id : eventRuleArn(place, state["eventBusName"])),
});

/** ARN of a rule whose name is the id of the place. Rules of other buses have the bus in it. */
export function eventRuleArn({ id, region, accountId, partition }: Place, bus: string | undefined): string {
  const name = id.slice(id.lastIndexOf("/") + 1);
  const path = bus === undefined || bus === "default" ? name : `${bus}/${name}`;
  return `arn:${partition}:events:${region}:${accountId}:rule/${path}`;
}
