import { ApiError } from "../core/api-error";
import { Operation } from "../core/operation";
import { Infer, integer, list, optional, string, structure, timestamp } from "../core/shape";
import { eventLog, LoggedEvent } from "./event-log";

const KEYS = [
  "EventId",
  "EventName",
  "ReadOnly",
  "Username",
  "ResourceType",
  "ResourceName",
  "EventSource",
  "AccessKeyId",
] as const;

const input = structure({
  LookupAttributes: optional(
    list(structure({ AttributeKey: string({ enum: KEYS }), AttributeValue: string({ min: 1, max: 2000 }) }), {
      max: 1,
    }),
  ),
  StartTime: optional(timestamp()),
  EndTime: optional(timestamp()),
  EventCategory: optional(string({ enum: ["insight"] })),
  MaxResults: optional(integer({ min: 1, max: 50 })),
  NextToken: optional(string()),
});

type LookupKey = (typeof KEYS)[number];

const MATCHES: Readonly<Record<LookupKey, (event: LoggedEvent, value: string) => boolean>> = {
  EventId: (event, value) => event.eventId === value,
  EventName: (event, value) => event.eventName === value,
  ReadOnly: (event, value) => String(event.readOnly) === value,
  Username: (event, value) => event.userName === value,
  ResourceType: (event, value) => event.resourceArns.some((arn) => resourceType(arn) === value),
  ResourceName: (event, value) => event.resourceArns.includes(value),
  EventSource: (event, value) => event.eventSource === value,
  AccessKeyId: (event, value) => event.accessKeyId === value,
};

/** Newest first: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
export const lookupEvents: Operation<Infer<typeof input>> = {
  name: "LookupEvents",
  input,
  authorize: (_input, call) => [
    { action: "cloudtrail:LookupEvents", resource: { arn: "*", accountId: call.accountId } },
  ],
  run(request, call) {
    const from = request.StartTime?.getTime() ?? 0;
    const to = request.EndTime?.getTime() ?? Number.POSITIVE_INFINITY;
    if (from > to) {
      throw new ApiError("InvalidTimeRangeException", "The start time is after the end time.");
    }
    const events = [...eventLog(call.store, call.accountId, call.region).values()]
      .filter((event) => event.at >= from && event.at <= to)
      .filter((event) =>
        (request.LookupAttributes ?? []).every(({ AttributeKey, AttributeValue }) =>
          MATCHES[AttributeKey](event, AttributeValue),
        ),
      )
      .reverse();
    const start = startOf(request.NextToken, events);
    const end = start + (request.MaxResults ?? 50);
    return {
      Events: events.slice(start, end).map(eventAnswer),
      ...(end < events.length && { NextToken: Buffer.from(events[end]!.eventId).toString("base64") }),
    };
  },
  trail: { readOnly: true },
};

/** A token names the event to go on with, so that new events do not shift the pages. */
function startOf(token: string | undefined, events: readonly LoggedEvent[]): number {
  if (token === undefined) return 0;
  const id = Buffer.from(token, "base64").toString("utf8");
  const start = events.findIndex(({ eventId }) => eventId === id);
  if (start < 0) throw new ApiError("InvalidNextTokenException", "A token of a former answer is expected.");
  return start;
}

function eventAnswer(event: LoggedEvent): Readonly<Record<string, unknown>> {
  return {
    EventId: event.eventId,
    EventName: event.eventName,
    ReadOnly: String(event.readOnly),
    AccessKeyId: event.accessKeyId,
    EventTime: new Date(event.at),
    EventSource: event.eventSource,
    Username: event.userName,
    Resources: event.resourceArns.map((arn) => ({ ResourceType: resourceType(arn), ResourceName: arn })),
    CloudTrailEvent: event.text,
  };
}

const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  "secretsmanager:secret": "AWS::SecretsManager::Secret",
  "kms:key": "AWS::KMS::Key",
  "kms:alias": "AWS::KMS::Alias",
  "lambda:function": "AWS::Lambda::Function",
  "iam:role": "AWS::IAM::Role",
  "iam:user": "AWS::IAM::User",
  "iam:policy": "AWS::IAM::Policy",
};

function resourceType(arn: string): string | undefined {
  const [, , service, , , resource = ""] = arn.split(":");
  return RESOURCE_TYPES[`${service}:${resource.split("/")[0]}`];
}
