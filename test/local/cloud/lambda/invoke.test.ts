import { strict as assert } from "assert";
import { logText } from "../../../../local/cloud/lambda";
import { SECRETS } from "../../../support/local-cloud";
import { LambdaRig, lambdaRig, zip } from "./rig";

describe("lambda: Invoke", function () {
  this.timeout(30_000);
  let rig: LambdaRig;
  before(async () => void (rig = await lambdaRig()));
  after(() => rig.cloud.close());

  it("runs the handler with event, context, environment and the role's own credentials", async () => {
    const name = await rig.create(
      `exports.handler = async (event, context) => ({
        event, arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis() > 2000, color: process.env.COLOR,
        region: process.env.AWS_REGION, memory: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
        function: process.env.AWS_LAMBDA_FUNCTION_NAME, endpoint: process.env.AWS_ENDPOINT_URL,
        isTemporary: /^ASIA/.test(process.env.AWS_ACCESS_KEY_ID) && process.env.AWS_SESSION_TOKEN.length > 100,
        leaks: Object.keys(process.env).filter((name) => name.startsWith("npm_")),
      })`,
      { Environment: { Variables: { COLOR: "green" } }, MemorySize: 256 },
    );
    const { answer, output } = await rig.invoke(name, { n: 1 });
    assert.deepEqual(answer, {
      ...{
        event: { n: 1 },
        arn: arnOf(name),
        left: true,
        color: "green",
        region: "eu-west-1",
        memory: "256",
      },
      ...{ function: name, endpoint: rig.cloud.url, isTemporary: true, leaks: [] },
    });
    assert.equal(output.StatusCode, 200);
    assert.equal(output.ExecutedVersion, "$LATEST");
    assert.equal(output.FunctionError, undefined);
  });

  it("calls AWS as a session of its role", async () => {
    const name = await rig.create(
      `const http = require("http"); const { createHash, createHmac } = require("crypto");
      ${signedCallerIdentity}
      exports.handler = async () => callerIdentity();`,
    );
    const { answer } = await rig.invoke(name);
    assert.match(answer, new RegExp(`<Arn>arn:aws:sts::${SECRETS}:assumed-role/function-role/${name}</Arn>`));
  });

  const failures = [
    ["throws", `exports.handler = async () => { throw new TypeError("no good"); }`, "TypeError", "no good"],
    [
      "calls back with an error",
      `exports.handler = (e, c, back) => back(new Error("later"))`,
      "Error",
      "later",
    ],
    ["rejects with text", `exports.handler = async () => { throw "text"; }`, "string", "text"],
    [
      "cannot be loaded",
      `require("not-there"); exports.handler = 1`,
      "Runtime.ImportModuleError",
      /Cannot find module 'not-there'/,
    ],
    [
      "does not export the handler",
      `exports.other = 1`,
      "Runtime.HandlerNotFound",
      "index.handler is undefined or not exported",
    ],
    [
      "ends its process",
      `exports.handler = async () => process.exit(7)`,
      "Runtime.ExitError",
      /RequestId: [-0-9a-f]+ Error: Runtime exited with error: exit status 7/,
    ],
    [
      "never settles its promise",
      `exports.handler = () => new Promise(() => {})`,
      "Runtime.NodeJsExit",
      /a Promise that was never settled/,
    ],
    [
      "leaves a rejection unhandled",
      `exports.handler = () => { Promise.reject(new Error("loose")); return new Promise(() => {}) }`,
      "Error",
      "loose",
    ],
  ] as const;
  for (const [what, source, errorType, errorMessage] of failures) {
    it(`answers with FunctionError when a function ${what}`, async () => {
      const name = await rig.create(source);
      const { answer, output } = await rig.invoke(name);
      assert.equal(output.StatusCode, 200);
      assert.equal(output.FunctionError, "Unhandled");
      assert.equal(answer.errorType, errorType);
      if (typeof errorMessage === "string") assert.equal(answer.errorMessage, errorMessage);
      else assert.match(answer.errorMessage, errorMessage);
    });
  }

  for (const [what, body] of [
    ["waits for ever", "new Promise((resolve) => setTimeout(resolve, 1e6))"],
    ["is in an endless loop", "{ for (;;); }"],
  ]) {
    it(`ends a function that ${what} at its time-out`, async () => {
      const name = await rig.create(`exports.handler = async () => ${body}`, { Timeout: 1 });
      const { answer, output, log } = await rig.invoke(name);
      assert.equal(output.FunctionError, "Unhandled");
      assert.equal(answer.errorType, "Sandbox.Timedout");
      assert.match(answer.errorMessage, /^RequestId: [-0-9a-f]+ Error: Task timed out after 1\.00 seconds$/);
      assert.match(log, /Task timed out after 1\.00 seconds/);
    });
  }

  it("keeps the log: the last 4 KB in the answer, all of it in the store", async () => {
    const name = await rig.create(
      `exports.handler = async () => { console.log("hello", { a: 1 }); console.error("x".repeat(5000)); }`,
    );
    const { log } = await rig.invoke(name);
    assert.equal(log.length, 4096);
    assert.match(
      log,
      /REPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB/,
    );
    const all = logText(rig.cloud.cloud.store, { accountId: SECRETS, region: "eu-west-1", name });
    assert.match(all, /^START RequestId: \S+ Version: \$LATEST\n\S+\t\S+\tINFO\thello \{ a: 1 \}\n/);
    assert.match(all, /x{5000}/);
  });

  it("uses a warm process again, and a new one after an update", async () => {
    const source = (text: string) =>
      `let n = 0; exports.handler = async () => "${text}" + ++n + " " + process.pid`;
    const name = await rig.create(source("a"));
    const [first, second] = [await rig.invoke(name), await rig.invoke(name)];
    assert.match(first.log, /Init Duration/);
    assert.doesNotMatch(second.log, /Init Duration/);
    assert.deepEqual([first.answer.slice(0, 2), second.answer.slice(0, 2)], ["a1", "a2"]);
    assert.equal(first.answer.split(" ")[1], second.answer.split(" ")[1]);
    await rig.lambda.updateFunctionCode({ FunctionName: name, ZipFile: zip({ "index.js": source("b") }) });
    assert.match((await rig.invoke(name)).answer, /^b1 /);
  });

  it("runs invocations at the same time in processes of their own, as far as the reservation allows", async () => {
    const name = await rig.create(
      `exports.handler = async () => { await new Promise((r) => setTimeout(r, 1000)); return process.pid }`,
    );
    await rig.lambda.putFunctionConcurrency({ FunctionName: name, ReservedConcurrentExecutions: 2 });
    const results = await Promise.allSettled([rig.invoke(name), rig.invoke(name), rig.invoke(name)]);
    const pids = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.answer] : []));
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    assert.equal(new Set(pids).size, 2);
    assert.deepEqual(
      refused.map(({ name: code, Reason, $metadata }) => [code, Reason, $metadata.httpStatusCode]),
      [["TooManyRequestsException", "ReservedFunctionConcurrentInvocationLimitExceeded", 429]],
    );
  });

  it("answers an Event at once and runs it afterwards; runs nothing for a DryRun", async () => {
    const name = await rig.create(`exports.handler = async (event) => console.log("ran", event.n)`);
    const call = { FunctionName: name, Payload: JSON.stringify({ n: 1 }) };
    const event = await rig.lambda.invoke({ ...call, InvocationType: "Event" });
    const dry = await rig.lambda.invoke({ ...call, Payload: '{"n":2}', InvocationType: "DryRun" });
    assert.deepEqual([event.StatusCode, dry.StatusCode], [202, 204]);
    const { store } = rig.cloud.cloud;
    const text = () => logText(store, { accountId: SECRETS, region: "eu-west-1", name });
    for (let tries = 0; tries < 100 && text() === ""; tries++) await new Promise((r) => setTimeout(r, 50));
    assert.match(text(), /ran 1/);
    assert.doesNotMatch(text(), /ran 2/);
  });

  it("refuses an event that is not JSON", async () => {
    const name = await rig.create(`exports.handler = async () => 1`);
    await assert.rejects(rig.lambda.invoke({ FunctionName: name, Payload: "{" }), {
      name: "InvalidRequestContentException",
    });
  });
});

function arnOf(name: string): string {
  return `arn:aws:lambda:eu-west-1:${SECRETS}:function:${name}`;
}

/** What an SDK does, in a few lines: functions under test bring no packages. */
const signedCallerIdentity = String.raw`
function callerIdentity() {
  const e = process.env, body = "Action=GetCallerIdentity&Version=2011-06-15", url = new URL(e.AWS_ENDPOINT_URL);
  const hash = (text) => createHash("sha256").update(text).digest("hex");
  const mac = (key, text) => createHmac("sha256", key).update(text).digest();
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, ""), day = date.slice(0, 8);
  const scope = day + "/" + e.AWS_REGION + "/sts/aws4_request", names = "host;x-amz-date;x-amz-security-token";
  const canonical = ["POST", "/", "", "host:" + url.host, "x-amz-date:" + date,
    "x-amz-security-token:" + e.AWS_SESSION_TOKEN, "", names, hash(body)].join("\n");
  const key = [day, e.AWS_REGION, "sts", "aws4_request"].reduce(mac, "AWS4" + e.AWS_SECRET_ACCESS_KEY);
  const signature = mac(key, ["AWS4-HMAC-SHA256", date, scope, hash(canonical)].join("\n")).toString("hex");
  const authorization = "AWS4-HMAC-SHA256 Credential=" + e.AWS_ACCESS_KEY_ID + "/" + scope +
    ", SignedHeaders=" + names + ", Signature=" + signature;
  const headers = { host: url.host, "x-amz-date": date, "x-amz-security-token": e.AWS_SESSION_TOKEN, authorization,
    "content-type": "application/x-www-form-urlencoded" };
  return new Promise((resolve, reject) => {
    http.request(url, { method: "POST", headers }, (answer) => {
      let text = ""; answer.on("data", (chunk) => text += chunk).on("end", () => resolve(text));
    }).on("error", reject).end(body);
  });
}`;
