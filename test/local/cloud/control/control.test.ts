import { strict as assert } from "assert";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import { startServer } from "../../../../local/cloud/server";
import { failureOf } from "../../../support/failure";
import { ORDERS, startCloud, TestCloud } from "../../../support/local-cloud";

describe("the control endpoint", () => {
  let cloud: TestCloud;

  beforeEach(async () => {
    cloud = await startCloud();
  });

  afterEach(() => cloud.close());

  const command = async (method: string, name: string, body?: object, url = cloud.url) => {
    const response = await fetch(`${url}/_strongroom/${name}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    return [response.status, await response.json()] as [number, any];
  };
  const identity = () => new STS(cloud.clientConfig(ORDERS)).getCallerIdentity({});

  it("moves the clock ahead, never back", async () => {
    const before = cloud.cloud.clock.now();
    const [status, { now }] = await command("POST", "clock", { advanceSeconds: 86_400 });
    assert.equal(status, 200);
    assert.ok(Date.parse(now) - before >= 86_400_000);
    const [, answer] = await command("POST", "clock", { set: "2099-01-01T00:00:00.000Z" });
    assert.match(answer.now, /^2099-01-01T00:00:00/);
    assert.deepEqual(await command("POST", "clock", { set: "2098-01-01T00:00:00.000Z" }), [
      400,
      { message: "The clock cannot be set back." },
    ]);
    assert.equal((await command("POST", "clock", {}))[0], 400);
  });

  const FAULTS: readonly [string, object, unknown][] = [
    ["throttle", { kind: "throttle" }, [400, "ThrottlingException", "Rate exceeded"]],
    ["error", { kind: "error" }, [500, "InternalFailure", "Injected failure of GetCallerIdentity"]],
  ];
  for (const [kind, fault, expected] of FAULTS) {
    it(`injects ${kind} into the calls asked for and no others`, async () => {
      await command("POST", "faults", {
        service: "sts",
        operation: "GetCallerIdentity",
        nth: 2,
        times: 2,
        ...fault,
      });
      await identity();
      assert.deepEqual(await failureOf(identity()), expected);
      assert.deepEqual(await failureOf(identity()), expected);
      await identity();
    });
  }

  it("loses a reply after the change was made", async () => {
    await command("POST", "faults", { service: "iam", operation: "CreateUser", kind: "reply-lost" });
    const iam = new IAM(cloud.clientConfig(ORDERS));
    assert.equal((await failureOf(iam.createUser({ UserName: "jane" })))[0], undefined);
    assert.equal((await iam.getUser({ UserName: "jane" })).User!.UserName, "jane");
  });

  it("delays an answer", async () => {
    const fault = { service: "sts", operation: "*", kind: "delay", delayMilliseconds: 300 };
    await command("POST", "faults", fault);
    const start = Date.now();
    await identity();
    assert.ok(Date.now() - start >= 290);
  });

  it("takes faults back and refuses those it does not know", async () => {
    await command("POST", "faults", { service: "sts", operation: "*", kind: "error" });
    assert.deepEqual(await command("DELETE", "faults"), [200, { faults: [] }]);
    await identity();
    assert.deepEqual(await command("POST", "faults", { service: "sts", operation: "*", kind: "fire" }), [
      400,
      {
        message:
          "A fault needs service, operation and kind, one of throttle, error, delay, reply-lost, key-disabled.",
      },
    ]);
  });

  it("lists calls with the decision on each", async () => {
    await new IAM(cloud.clientConfig(ORDERS)).listRoles({});
    const [, { calls }] = await command("GET", "calls");
    assert.deepEqual(
      calls.map(({ requestId: _, time: __, ...call }: any) => call),
      [
        {
          service: "iam",
          operation: "ListRoles",
          region: "us-east-1",
          caller: `arn:aws:iam::${ORDERS}:user/administrator`,
          request: {},
          decisions: [
            {
              action: "iam:ListRoles",
              resource: "*",
              decision: {
                allowed: true,
                by: {
                  kind: "statements",
                  statements: [{ source: "inline policy administrator of user administrator", index: 0 }],
                },
              },
            },
          ],
        },
      ],
    );
  });

  it("resets to the accounts file", async () => {
    const iam = new IAM(cloud.clientConfig(ORDERS));
    await iam.createUser({ UserName: "jane" });
    assert.deepEqual(await command("POST", "reset"), [200, { reset: true }]);
    assert.deepEqual(
      (await iam.listUsers({})).Users!.map(({ UserName }) => UserName),
      ["administrator"],
    );
  });

  it("is closed unless asked for, but for its health", async () => {
    const server = await startServer(cloud.cloud, { port: 0, control: false });
    assert.deepEqual(await command("GET", "calls", undefined, server.url), [
      404,
      { message: "Start with --control." },
    ]);
    const [status, health] = await command("GET", "health", undefined, server.url);
    assert.deepEqual([status, health.status], [200, "ok"]);
    await server.close();
  });
});
