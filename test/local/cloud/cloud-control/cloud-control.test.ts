import { strict as assert } from "assert";
import { CloudControl } from "@aws-sdk/client-cloudcontrol";
import { STS } from "@aws-sdk/client-sts";
import { failureOf } from "../../../support/failure";
import { BILLING, ORDERS, startCloud, TestCloud } from "../../../support/local-cloud";

const VPC = "vpc-0a0000000000000a1";
const ENDPOINT = "AWS::EC2::VPCEndpoint";
const endpoint = (service: string, more: object = {}) => ({
  VpcId: VPC,
  ServiceName: `com.amazonaws.eu-west-1.${service}`,
  VpcEndpointType: "Interface",
  PrivateDnsEnabled: true,
  SubnetIds: ["subnet-0a0000000000001a1"],
  ...more,
});

describe("cloud control", () => {
  let cloud: TestCloud;
  let control: CloudControl;

  beforeEach(async () => {
    cloud = await startCloud();
    control = new CloudControl(cloud.clientConfig(ORDERS));
  });

  afterEach(() => cloud.close());

  const create = async (TypeName: string, desired: object) =>
    (await control.createResource({ TypeName, DesiredState: JSON.stringify(desired) })).ProgressEvent!;
  const properties = async (TypeName: string, Identifier: string) =>
    JSON.parse((await control.getResource({ TypeName, Identifier })).ResourceDescription!.Properties!);

  const TYPES: readonly [string, object, RegExp, object][] = [
    ["AWS::EC2::SecurityGroup", { GroupDescription: "x", VpcId: VPC }, /^sg-[0-9a-f]{17}$/, {}],
    [
      "AWS::CloudWatch::Alarm",
      { AlarmName: "a", ComparisonOperator: "GreaterThanThreshold", EvaluationPeriods: 1 },
      /^a$/,
      { Arn: `arn:aws:cloudwatch:eu-west-1:${ORDERS}:alarm:a` },
    ],
    [
      "AWS::Logs::LogGroup",
      { LogGroupName: "/a/b" },
      /^\/a\/b$/,
      { Arn: `arn:aws:logs:eu-west-1:${ORDERS}:log-group:/a/b:*` },
    ],
    [
      "AWS::Events::Rule",
      { Name: "r", EventPattern: { source: ["aws.iam"] } },
      /rule\/r$/,
      { Arn: `arn:aws:events:eu-west-1:${ORDERS}:rule/r` },
    ],
    ["AWS::SNS::Topic", { TopicName: "t" }, /:t$/, { TopicArn: `arn:aws:sns:eu-west-1:${ORDERS}:t` }],
  ];
  for (const [typeName, desired, identifier, computed] of TYPES) {
    it(`keeps ${typeName} with what AWS computes`, async () => {
      const event = await create(typeName, desired);
      assert.deepEqual([event.OperationStatus, event.Operation], ["SUCCESS", "CREATE"]);
      assert.match(event.Identifier!, identifier);
      const found = await properties(typeName, event.Identifier!);
      assert.deepEqual({ ...found, ...desired, ...computed }, found);
      await control.deleteResource({ TypeName: typeName, Identifier: event.Identifier! });
      const again = control.getResource({ TypeName: typeName, Identifier: event.Identifier! });
      assert.equal((await failureOf(again))[1], "ResourceNotFoundException");
    });
  }

  const REFUSED: readonly [string, string, object, string, string][] = [
    ["a required member that is missing", ENDPOINT, {}, "InvalidRequest", "required key [VpcId] not found"],
    ["a read-only member", "AWS::Logs::LogGroup", { Arn: "x" }, "InvalidRequest", "Arn is read-only"],
    [
      "a VPC that does not exist",
      ENDPOINT,
      endpoint("kms", { VpcId: "vpc-1" }),
      "InvalidRequest",
      "The vpc ID 'vpc-1' does not exist",
    ],
    [
      "another account's subnet",
      ENDPOINT,
      endpoint("kms", { SubnetIds: ["subnet-0b0000000000001b1"] }),
      "InvalidRequest",
      "The subnet ID 'subnet-0b0000000000001b1' does not exist",
    ],
    [
      "a second endpoint with private DNS for a service",
      ENDPOINT,
      endpoint("sts"),
      "InvalidRequest",
      `private-dns-enabled cannot be set because there is already a conflicting DNS domain for com.amazonaws.eu-west-1.sts in the VPC ${VPC}`,
    ],
  ];
  for (const [name, typeName, desired, code, message] of REFUSED) {
    it(`refuses ${name}`, async () => {
      await create(ENDPOINT, endpoint("sts"));
      const event = await create(typeName, desired);
      assert.deepEqual(
        [event.OperationStatus, event.ErrorCode, event.StatusMessage],
        ["FAILED", code, message],
      );
      const { ProgressEvent } = await control.getResourceRequestStatus({ RequestToken: event.RequestToken! });
      assert.deepEqual(ProgressEvent, event);
    });
  }

  it("refuses an unknown type and the same name twice", async () => {
    assert.equal((await failureOf(create("AWS::S3::Bucket", {})))[1], "TypeNotFoundException");
    await create("AWS::SNS::Topic", { TopicName: "t" });
    assert.equal((await create("AWS::SNS::Topic", { TopicName: "t" })).ErrorCode, "AlreadyExists");
  });

  it("changes what can be changed", async () => {
    const { Identifier } = await create("AWS::Logs::LogGroup", {
      LogGroupName: "g",
      Tags: [{ Key: "a", Value: "1" }],
    });
    const patch = (steps: object[]) =>
      control.updateResource({
        TypeName: "AWS::Logs::LogGroup",
        Identifier,
        PatchDocument: JSON.stringify(steps),
      });
    await patch([
      { op: "add", path: "/RetentionInDays", value: 30 },
      { op: "replace", path: "/Tags/0/Value", value: "2" },
    ]);
    const found = await properties("AWS::Logs::LogGroup", "g");
    assert.deepEqual([found.RetentionInDays, found.Tags], [30, [{ Key: "a", Value: "2" }]]);
    const { ProgressEvent } = await patch([{ op: "replace", path: "/LogGroupName", value: "h" }]);
    assert.deepEqual([ProgressEvent!.OperationStatus, ProgressEvent!.ErrorCode], ["FAILED", "NotUpdatable"]);
    assert.equal((await failureOf(patch([{ op: "remove", path: "/None" }])))[1], "InvalidRequestException");
  });

  it("keeps accounts and Regions apart", async () => {
    await create("AWS::SNS::Topic", { TopicName: "t" });
    const TypeName = "AWS::SNS::Topic";
    const counts = await Promise.all(
      [
        cloud.clientConfig(ORDERS),
        cloud.clientConfig(BILLING),
        cloud.clientConfig(ORDERS, "eu-central-1"),
      ].map(
        async (config) =>
          (await new CloudControl(config).listResources({ TypeName })).ResourceDescriptions!.length,
      ),
    );
    assert.deepEqual(counts, [1, 0, 0]);
  });

  describe("requests through a VPC endpoint", () => {
    const deny = {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
        { Effect: "Deny", Principal: "*", Action: "cloudformation:ListResources", Resource: "*" },
      ],
    };
    const list = (endpointId?: string, who = ORDERS) =>
      new CloudControl(cloud.clientConfig(who, "eu-west-1", endpointId)).listResources({
        TypeName: "AWS::EC2::VPC",
      });

    it("are judged by its policy when it serves the service", async () => {
      const { Identifier } = await create(ENDPOINT, endpoint("cloudcontrolapi", { PolicyDocument: deny }));
      await list();
      assert.match((await failureOf(list(Identifier)))[2], /with an explicit deny in a VPC endpoint policy$/);
    });

    it("find the endpoint of the same VPC that serves the service", async () => {
      const sts = await create(ENDPOINT, endpoint("sts"));
      await list(sts.Identifier);
      await create(ENDPOINT, endpoint("cloudcontrolapi", { PolicyDocument: deny }));
      assert.equal((await failureOf(list(sts.Identifier)))[1], "AccessDeniedException");
    });

    it("fail where there is no such endpoint", async () => {
      const client = new STS(cloud.clientConfig(ORDERS, "eu-west-1", "vpce-0123"));
      assert.deepEqual(await failureOf(client.getCallerIdentity({})), [
        400,
        "InvalidVpcEndpointId.NotFound",
        "The Vpc Endpoint Id 'vpce-0123' does not exist",
      ]);
    });
  });
});
