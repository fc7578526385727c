import { strict as assert } from "assert";
import { CloudTrail, LookupEventsCommandInput } from "@aws-sdk/client-cloudtrail";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import { EVENTS_KEPT, eventLog, recordEvent } from "../../../../local/cloud/cloudtrail/event-log";
import { memoryStore } from "../../../../local/cloud/core/memory-store";
import { failureOf } from "../../../support/failure";
import { BILLING, ORDERS, startCloud, TestCloud } from "../../../support/local-cloud";

describe("cloudtrail LookupEvents", () => {
  let cloud: TestCloud;

  beforeEach(async () => {
    cloud = await startCloud();
  });

  afterEach(() => cloud.close());

  const lookup = (account: string, request: LookupEventsCommandInput = {}, region = "us-east-1") =>
    new CloudTrail(cloud.clientConfig(account, region)).lookupEvents(request);
  const names = async (request?: LookupEventsCommandInput) =>
    (await lookup(ORDERS, request)).Events!.map(({ EventName }) => EventName);

  it("shows each call with who made it and what it asked for, also when it was refused", async () => {
    const iam = new IAM({ ...cloud.clientConfig(ORDERS), customUserAgent: "tests" });
    await failureOf(iam.getRole({ RoleName: "none" }));
    const { Events } = await lookup(ORDERS);
    const [{ CloudTrailEvent, EventId, EventTime, ...shown }] = Events as [
      NonNullable<typeof Events>[number],
    ];
    assert.deepEqual(shown, {
      EventName: "GetRole",
      EventSource: "iam.amazonaws.com",
      ReadOnly: "true",
      AccessKeyId: `AKIA${ORDERS}`,
      Username: "administrator",
      Resources: [],
    });
    const { eventTime, requestID, userAgent, userIdentity, ...record } = JSON.parse(CloudTrailEvent!);
    assert.equal(Date.parse(eventTime), Math.floor(EventTime!.getTime() / 1000) * 1000);
    assert.match(requestID, /^[0-9a-f-]{36}$/);
    assert.match(userAgent, /tests/);
    assert.deepEqual(
      { ...userIdentity, principalId: undefined },
      {
        type: "IAMUser",
        principalId: undefined,
        arn: `arn:aws:iam::${ORDERS}:user/administrator`,
        accountId: ORDERS,
        accessKeyId: `AKIA${ORDERS}`,
        userName: "administrator",
      },
    );
    assert.deepEqual(record, {
      eventVersion: "1.11",
      eventSource: "iam.amazonaws.com",
      eventName: "GetRole",
      awsRegion: "us-east-1",
      sourceIPAddress: "127.0.0.1",
      errorCode: "NoSuchEntity",
      errorMessage: "The role with name none cannot be found.",
      requestParameters: { roleName: "none" },
      responseElements: null,
      eventID: EventId,
      readOnly: true,
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: ORDERS,
      eventCategory: "Management",
    });
  });

  it("shows a call to another account's role in both accounts", async () => {
    const iam = new IAM(cloud.clientConfig(ORDERS));
    const statement = { Effect: "Allow", Principal: { AWS: BILLING }, Action: "sts:AssumeRole" };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const { Role } = await iam.createRole({ RoleName: "reader", AssumeRolePolicyDocument });
    const sts = new STS(cloud.clientConfig(BILLING, "us-east-1"));
    await sts.assumeRole({ RoleArn: Role!.Arn!, RoleSessionName: "test" });
    const attribute = { AttributeKey: "ResourceName", AttributeValue: Role!.Arn! } as const;
    const seen = await Promise.all(
      [BILLING, ORDERS].map(async (account) => {
        const { Events } = await lookup(account, { LookupAttributes: [attribute] });
        return JSON.parse(Events![0]!.CloudTrailEvent!);
      }),
    );
    assert.deepEqual(
      seen.map(({ userIdentity, recipientAccountId, errorCode }) => [
        userIdentity.type,
        recipientAccountId,
        errorCode,
      ]),
      [
        ["IAMUser", BILLING, undefined],
        ["AWSAccount", ORDERS, undefined],
      ],
    );
    assert.equal(seen[0].sharedEventID, seen[1].sharedEventID);
    assert.notEqual(seen[0].eventID, seen[1].eventID);
    assert.doesNotMatch(JSON.stringify(seen), /sessionToken|secretAccessKey/i);
  });

  it("finds by attribute and by time, newest first, page by page", async () => {
    const iam = new IAM(cloud.clientConfig(ORDERS));
    await iam.listRoles({});
    await iam.listUsers({});
    await cloud.advance(3600);
    const later = new Date(cloud.cloud.clock.now() - 1800_000);
    await iam.listPolicies({});
    assert.deepEqual(await names(), ["ListPolicies", "ListUsers", "ListRoles"]);
    assert.deepEqual(await names({ StartTime: later, LookupAttributes: [source("iam.amazonaws.com")] }), [
      "ListPolicies",
    ]);
    assert.deepEqual(await names({ EndTime: later }), ["ListUsers", "ListRoles"]);
    assert.deepEqual(await names({ LookupAttributes: [source("kms.amazonaws.com")] }), []);
    const first = await lookup(ORDERS, { MaxResults: 2, LookupAttributes: [source("iam.amazonaws.com")] });
    const second = await lookup(ORDERS, {
      MaxResults: 2,
      LookupAttributes: [source("iam.amazonaws.com")],
      NextToken: first.NextToken,
    });
    assert.deepEqual(
      [first, second].map(({ Events, NextToken }) => [
        Events!.map(({ EventName }) => EventName),
        NextToken === undefined,
      ]),
      [
        [["ListPolicies", "ListUsers"], false],
        [["ListRoles"], true],
      ],
    );
  });

  const source = (AttributeValue: string) => ({ AttributeKey: "EventSource", AttributeValue }) as const;

  it("refuses a time range that ends before it begins, and a token of its own making", async () => {
    const range = { StartTime: new Date(2000), EndTime: new Date(1000) };
    assert.equal((await failureOf(lookup(ORDERS, range)))[1], "InvalidTimeRangeException");
    assert.equal((await failureOf(lookup(ORDERS, { NextToken: "x" })))[1], "InvalidNextTokenException");
  });

  it("forgets the oldest events", () => {
    const store = memoryStore();
    for (let count = 0; count < EVENTS_KEPT + 5; count++) {
      const event = {
        eventName: "A",
        eventSource: "a",
        awsRegion: "eu-west-1",
        readOnly: true,
        userIdentity: {},
      };
      recordEvent(store, ORDERS, { ...event, eventID: String(count) }, count);
    }
    const log = eventLog(store, ORDERS, "eu-west-1");
    assert.deepEqual([log.size, [...log.values()][0]!.eventId], [EVENTS_KEPT, "5"]);
  });
});
