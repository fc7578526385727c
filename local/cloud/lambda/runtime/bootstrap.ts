/**
 * The program of a function's process, as text: it is written beside the code and run by Node alone. It loads the handler,
 * then takes one invocation after the other from the Runtime API, and ends when that API is gone.
 *
 * After each invocation it prints a line of NUL and the request id, so that the reader knows all output of it has come.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export const bootstrap = String.raw`"use strict";
const http = require("http");
const fs = require("fs");
const path = require("path");
const util = require("util");
const { Worker } = require("worker_threads");

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const root = process.env.LAMBDA_TASK_ROOT;
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let requestId;

// A handler in an endless loop hears of nothing; this thread still sees that the parent is gone.
new Worker(
  "const parent = " + process.ppid + "; setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 500);",
  { eval: true },
).unref();

function call(method, route, body, headers) {
  return new Promise((resolve) => {
    const request = http.request(
      { host, port, method, path: "/2018-06-01/runtime/" + route, agent, headers },
      (answer) => {
        const chunks = [];
        answer.on("data", (chunk) => chunks.push(chunk));
        answer.on("end", () => resolve({ headers: answer.headers, body: Buffer.concat(chunks) }));
        answer.on("error", () => process.exit(0));
      },
    );
    request.on("error", () => process.exit(0));
    request.end(body);
  });
}

function write(level, values) {
  const text = util.format(...values).replace(/\n/g, "\r");
  fs.writeSync(1, new Date().toISOString() + "\t" + (requestId || "") + "\t" + level + "\t" + text + "\n");
}
for (const [name, level] of Object.entries({ log: "INFO", info: "INFO", debug: "DEBUG", warn: "WARN", error: "ERROR", trace: "TRACE" })) {
  console[name] = (...values) => write(level, values);
}

function errorBody(error) {
  const isError = error instanceof Error;
  return {
    errorType: isError ? error.name : typeof error,
    errorMessage: isError ? error.message : String(error),
    trace: isError ? String(error.stack).split("\n") : [],
  };
}

function named(name, error) {
  const known = new Error(error.message || String(error));
  known.name = name;
  known.stack = error.stack;
  return known;
}

async function load() {
  const [, folder, file, method] = /^(.*?\/)?([^/.]+)\.(.+)$/.exec(process.env._HANDLER) || [];
  if (!file) throw named("Runtime.MalformedHandlerName", new Error("Bad handler"));
  const base = path.join(root, folder || "", file);
  const found = [".js", ".mjs", ".cjs"].map((end) => base + end).find((name) => fs.existsSync(name));
  if (!found) throw named("Runtime.ImportModuleError", new Error("Error: Cannot find module '" + file + "'"));
  let loaded;
  try {
    loaded = await import(require("url").pathToFileURL(found).href);
  } catch (error) {
    throw named(error instanceof SyntaxError ? "Runtime.UserCodeSyntaxError" : "Runtime.ImportModuleError", error);
  }
  const pick = (value) => method.split(".").reduce((at, key) => (at ? at[key] : undefined), value);
  const handler = pick(loaded) || pick(loaded.default);
  if (typeof handler !== "function") {
    throw named("Runtime.HandlerNotFound", new Error(process.env._HANDLER + " is undefined or not exported"));
  }
  return handler;
}

function run(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, value) => (error ? reject(error) : resolve(value));
    const result = handler(event, context, callback);
    if (result && typeof result.then === "function") result.then(resolve, reject);
    else if (handler.length < 3) resolve(result);
  });
}

function contextOf(headers) {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const env = process.env;
  return {
    awsRequestId: requestId,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function serve(handler) {
  for (;;) {
    const next = await call("GET", "invocation/next");
    requestId = next.headers["lambda-runtime-aws-request-id"];
    let route = "response";
    let body;
    try {
      const value = await run(handler, JSON.parse(next.body.toString() || "{}"), contextOf(next.headers));
      body = JSON.stringify(value === undefined ? null : value);
    } catch (error) {
      route = "error";
      body = JSON.stringify(errorBody(error));
      write("ERROR", ["Invoke Error \t" + body]);
    }
    fs.writeSync(1, "\0" + requestId + "\n");
    await call("POST", "invocation/" + requestId + "/" + route, body, {
      "x-max-rss": String(process.resourceUsage().maxRSS),
    });
  }
}

async function fail(error) {
  const body = JSON.stringify(errorBody(error));
  write("ERROR", ["Uncaught Exception \t" + body]);
  const route = requestId ? "invocation/" + requestId + "/error" : "init/error";
  if (requestId) fs.writeSync(1, "\0" + requestId + "\n");
  await call("POST", route, body, {});
  process.exit(1);
}
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
process.on("beforeExit", () => {
  const text = "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled.";
  fail(named("Runtime.NodeJsExit", new Error(text)));
});

load().then(serve, fail);
`;
