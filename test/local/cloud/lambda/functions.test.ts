import { strict as assert } from "assert";
import { createHash } from "crypto";
import { Lambda } from "@aws-sdk/client-lambda";
import { functions } from "../../../../local/cloud/lambda/function-record";
import { BILLING, ORDERS, SECRETS } from "../../../support/local-cloud";
import { addRole, LambdaRig, lambdaRig, zip } from "./rig";

const source = "exports.handler = async () => 1";

describe("lambda: functions", function () {
  this.timeout(30_000);
  let rig: LambdaRig;
  let lambda: Lambda;
  before(async () => {
    rig = await lambdaRig();
    lambda = rig.lambda;
  });
  after(() => rig.cloud.close());

  it("describes a function as AWS does", async () => {
    const name = await rig.create(source, {
      Environment: { Variables: { SECRET_HINT: "plain-text-value" } },
      Tags: { team: "a" },
    });
    const { Configuration, Tags } = await lambda.getFunction({ FunctionName: arnOf(name) });
    const { LastModified, RevisionId, ...rest } = Configuration!;
    assert.match(LastModified!, /^\d{4}-\d\d-\d\dT[\d:.]+\+0000$/);
    assert.match(RevisionId!, /^[-0-9a-f]{36}$/);
    assert.deepEqual(Tags, { team: "a" });
    const code = zip({ "index.js": source });
    assert.deepEqual(rest, {
      ...{ FunctionName: name, FunctionArn: arnOf(name), Runtime: "nodejs22.x", Role: rig.role },
      ...{ Handler: "index.handler", CodeSize: code.length, Description: "", Timeout: 3, MemorySize: 128 },
      CodeSha256: createHash("sha256").update(code).digest("base64"),
      Version: "$LATEST",
      VpcConfig: { SubnetIds: [], SecurityGroupIds: [], VpcId: "", Ipv6AllowedForDualStack: false },
      Environment: { Variables: { SECRET_HINT: "plain-text-value" } },
      ...{ TracingConfig: { Mode: "PassThrough" }, State: "Active", LastUpdateStatus: "Successful" },
      ...{ PackageType: "Zip", Architectures: ["x86_64"], EphemeralStorage: { Size: 512 } },
      SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
      LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${name}` },
    });
    const stored = JSON.stringify([...functions(rig.cloud.cloud.store).values()]);
    assert.doesNotMatch(stored, /plain-text-value/);
  });

  it("keeps what an update leaves out", async () => {
    const name = await rig.create(source, { Timeout: 9, Environment: { Variables: { AA: "1" } } });
    await lambda.updateFunctionConfiguration({ FunctionName: name, MemorySize: 512 });
    const found = await lambda.getFunctionConfiguration({ FunctionName: name });
    assert.deepEqual(
      [found.Timeout, found.MemorySize, found.Environment],
      [9, 512, { Variables: { AA: "1" } }],
    );
    const stale = { FunctionName: name, RevisionId: "00000000-0000-0000-0000-000000000000" };
    await assert.rejects(lambda.updateFunctionConfiguration(stale), { name: "PreconditionFailedException" });
  });

  for (const [what, settings, code] of [
    ["a role that does not trust Lambda", { Role: "untrusting" }, /cannot be assumed by Lambda/],
    ["a role that does not exist", { Role: "missing" }, /cannot be assumed by Lambda/],
    ["another runtime", { Runtime: "python3.12" }, /Value python3.12 at 'runtime'/],
    ["a time-out of 901 seconds", { Timeout: 901 }, /less than or equal to 900/],
    ["a time-out of 0 seconds", { Timeout: 0 }, /greater than or equal to 1/],
    ["a reserved variable", { Environment: { Variables: { AWS_REGION: "x" } } }, /reserved keys.*AWS_REGION/],
    ["code that is no zip", { Code: { ZipFile: Buffer.from("no") } }, /Could not unzip/],
    [
      "an unknown subnet",
      { VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] } },
      /'subnet-1' does not exist/,
    ],
    ["a name with a space", { FunctionName: "a b" }, /'functionName'/],
  ] as const) {
    it(`refuses ${what} and creates nothing`, async () => {
      const role = (name: string) => `arn:aws:iam::${SECRETS}:role/${name}`;
      addRole(rig.cloud, "untrusting", "ec2.amazonaws.com");
      const before = functions(rig.cloud.cloud.store).size;
      const given = "Role" in settings ? { Role: role(settings.Role) } : settings;
      await assert.rejects(rig.create(source, given as object), code);
      assert.equal(functions(rig.cloud.cloud.store).size, before);
    });
  }

  it("refuses a second function of one name, and to read one that is gone", async () => {
    const name = await rig.create(source);
    await assert.rejects(rig.create(source, { FunctionName: name }), { name: "ResourceConflictException" });
    await lambda.deleteFunction({ FunctionName: name });
    await assert.rejects(lambda.getFunction({ FunctionName: name }), {
      name: "ResourceNotFoundException",
      message: `Function not found: ${arnOf(name)}`,
    });
    await assert.rejects(lambda.deleteFunction({ FunctionName: name }), {
      name: "ResourceNotFoundException",
    });
  });

  it("publishes a version only when something changed, and runs it by its number", async () => {
    const name = await rig.create("exports.handler = async () => 'old'");
    const versions = [await publish(name), await publish(name)];
    const newer = zip({ "index.js": "exports.handler = async () => 'new'" });
    await lambda.updateFunctionCode({ FunctionName: name, ZipFile: newer });
    versions.push(await publish(name));
    assert.deepEqual(versions, ["1", "1", "2"]);
    const answers = [`${name}:1`, `${name}:2`, name].map(async (which) => (await rig.invoke(which)).answer);
    assert.deepEqual(await Promise.all(answers), ["old", "new", "new"]);
    const { Versions } = await lambda.listVersionsByFunction({ FunctionName: name });
    assert.deepEqual(
      Versions?.map(({ FunctionArn }) => FunctionArn),
      ["$LATEST", "1", "2"].map((version) => `${arnOf(name)}:${version}`),
    );
  });

  it("tags by ARN", async () => {
    const name = await rig.create(source, { Tags: { a: "1" } });
    await lambda.tagResource({ Resource: arnOf(name), Tags: { b: "2", c: "3" } });
    await lambda.untagResource({ Resource: arnOf(name), TagKeys: ["a", "c"] });
    assert.deepEqual((await lambda.listTags({ Resource: arnOf(name) })).Tags, { b: "2" });
  });

  it("lists the functions of the account and Region", async () => {
    const { Functions } = await lambda.listFunctions({});
    assert.ok(Functions!.length > 0 && Functions!.every(({ FunctionArn }) => FunctionArn!.includes(SECRETS)));
    assert.deepEqual((await new Lambda(rig.cloud.clientConfig(ORDERS)).listFunctions({})).Functions, []);
    assert.deepEqual(
      (await new Lambda(rig.cloud.clientConfig(SECRETS, "eu-central-1")).listFunctions({})).Functions,
      [],
    );
  });

  it("keeps reserved concurrency", async () => {
    const name = await rig.create(source);
    assert.equal(await reserved(name), undefined);
    await lambda.putFunctionConcurrency({ FunctionName: name, ReservedConcurrentExecutions: 0 });
    assert.equal(await reserved(name), 0);
    await assert.rejects(rig.invoke(name), { name: "TooManyRequestsException" });
    await lambda.deleteFunctionConcurrency({ FunctionName: name });
    assert.equal(await reserved(name), undefined);
  });

  it("reaches AWS from a VPC through the VPC's endpoint", async () => {
    const { store } = rig.cloud.cloud;
    const passive = (type: string, id: string, properties: object) => {
      const value = {
        accountId: SECRETS,
        region: "eu-west-1",
        id,
        properties: { VpcId: "vpc-1", ...properties },
      };
      store.table(`cloudcontrol:AWS::EC2::${type}`).put(`${SECRETS}/eu-west-1/${id}`, value);
    };
    store.transaction(() => {
      passive("Subnet", "subnet-1a", {});
      passive("SecurityGroup", "sg-1a", {});
      passive("VPCEndpoint", "vpce-1a", { ServiceName: "com.amazonaws.eu-west-1.secretsmanager" });
    });
    const vpc = { SubnetIds: ["subnet-1a"], SecurityGroupIds: ["sg-1a"] };
    const name = await rig.create("exports.handler = async () => process.env.AWS_ENDPOINT_URL", {
      VpcConfig: vpc,
    });
    assert.equal((await rig.invoke(name)).answer, `${rig.cloud.url}/vpce/vpce-1a`);
    const { VpcConfig } = await lambda.getFunctionConfiguration({ FunctionName: name });
    assert.deepEqual(VpcConfig, { ...vpc, VpcId: "vpc-1", Ipv6AllowedForDualStack: false });
  });

  it("says by name what it does not model", async () => {
    const name = await rig.create(source);
    const alias = { FunctionName: name, Name: "live", FunctionVersion: "1" };
    await assert.rejects(lambda.createAlias(alias), ({ name: code, message }: Error) => {
      return code === "InvalidAction" && /lambda/.test(message);
    });
  });

  async function publish(name: string): Promise<string> {
    return (await lambda.publishVersion({ FunctionName: name })).Version!;
  }

  async function reserved(name: string) {
    return (await lambda.getFunctionConcurrency({ FunctionName: name })).ReservedConcurrentExecutions;
  }
});

describe("lambda: permissions", function () {
  this.timeout(30_000);
  let rig: LambdaRig;
  let name: string;
  before(async () => {
    rig = await lambdaRig();
    name = await rig.create("exports.handler = async (event) => event");
  });
  after(() => rig.cloud.close());

  const secret = `arn:aws:secretsmanager:eu-west-1:${SECRETS}:secret:orders/database-AbCdEf`;

  it("renders a statement as AWS does, and lets it be taken away", async () => {
    const { Statement } = await rig.lambda.addPermission({
      ...{ FunctionName: name, StatementId: "rotate", Action: "lambda:InvokeFunction" },
      ...{ Principal: "secretsmanager.amazonaws.com", SourceArn: secret, SourceAccount: SECRETS },
    });
    const expected = {
      Sid: "rotate",
      Effect: "Allow",
      Principal: { Service: "secretsmanager.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: arnOf(name),
      Condition: {
        StringEquals: { "AWS:SourceAccount": SECRETS },
        ArnLike: { "AWS:SourceArn": secret },
      },
    };
    assert.deepEqual(JSON.parse(Statement!), expected);
    const policy = { Version: "2012-10-17", Id: "default", Statement: [expected] };
    assert.deepEqual(JSON.parse((await rig.lambda.getPolicy({ FunctionName: name })).Policy!), policy);
    assert.deepEqual(await invokeAsService(secret), { n: 1 });
    await rig.lambda.removePermission({ FunctionName: name, StatementId: "rotate" });
    await assert.rejects(rig.lambda.getPolicy({ FunctionName: name }), { name: "ResourceNotFoundException" });
  });

  it("lets a service in only by a statement, and only for the source it names", async () => {
    await assert.rejects(invokeAsService(secret), { code: "AccessDeniedException" });
    const statement = { FunctionName: name, StatementId: "s", Action: "lambda:InvokeFunction" };
    const principal = { Principal: "secretsmanager.amazonaws.com", SourceArn: secret };
    await rig.lambda.addPermission({ ...statement, ...principal });
    await assert.rejects(rig.lambda.addPermission({ ...statement, ...principal }), {
      name: "ResourceConflictException",
    });
    assert.deepEqual(await invokeAsService(secret), { n: 1 });
    await assert.rejects(invokeAsService(secret.replace("database", "other")), {
      code: "AccessDeniedException",
    });
  });

  it("lets another account in only by a statement", async () => {
    const orders = new Lambda(rig.cloud.clientConfig(ORDERS));
    const call = { FunctionName: arnOf(name) };
    await assert.rejects(orders.invoke(call), { name: "AccessDeniedException" });
    await rig.lambda.addPermission({
      ...{ FunctionName: name, StatementId: "orders", Action: "lambda:InvokeFunction", Principal: ORDERS },
    });
    assert.equal((await orders.invoke(call)).StatusCode, 200);
    const billing = new Lambda(rig.cloud.clientConfig(BILLING));
    await assert.rejects(billing.invoke(call), { name: "AccessDeniedException" });
  });

  async function invokeAsService(sourceArn: string) {
    const target = {
      service: "lambda",
      operation: "Invoke",
      region: "eu-west-1",
      accountId: SECRETS,
      sourceArn,
    };
    const input = { FunctionName: arnOf(name), Payload: Buffer.from('{"n":1}') };
    const answer = await rig.cloud.cloud.asService("secretsmanager.amazonaws.com", target, input);
    return JSON.parse(String((answer as { Payload: Buffer }).Payload));
  }
});

function arnOf(name: string): string {
  return `arn:aws:lambda:eu-west-1:${SECRETS}:function:${name}`;
}
