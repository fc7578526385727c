import { ApiError } from "../core/api-error";
import { Call, Operation } from "../core/operation";
import { blob, Infer, optional, string, structure } from "../core/shape";
import { onFunction } from "./authorization";
import { executionOf, poolPrefix, runFunction } from "./execution";
import { existingFunction, FunctionRecord, functions, parseReference, placeOf } from "./function-record";
import { functionName, qualifier } from "./shapes";

const input = structure({
  FunctionName: functionName,
  InvocationType: optional(string({ enum: ["Event", "RequestResponse", "DryRun"] })),
  LogType: optional(string({ enum: ["None", "Tail"] })),
  ClientContext: optional(string()),
  Qualifier: qualifier,
  Payload: optional(blob({ sensitive: true })),
});

type InvokeInput = Infer<typeof input>;

/** Bytes of a synchronous and of an asynchronous event. */
const MAX_EVENT_BYTES = 6_291_456;
const MAX_ASYNCHRONOUS_BYTES = 1_048_576;
const MAX_ANSWER_BYTES = 6_291_556;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const invoke: Operation<InvokeInput> = {
  name: "Invoke",
  input,
  authorize(request, call) {
    return [{ ...onFunction(call, "InvokeFunction", request) }];
  },
  async run(request, call) {
    const reference = parseReference(request.FunctionName, request.Qualifier, call);
    const record = existingFunction(call.store, reference);
    const invokedArn =
      reference.qualifier === undefined ? record.arn : `${record.arn}:${reference.qualifier}`;
    const event = eventOf(request);
    if (request.InvocationType === "DryRun") return { StatusCode: 204 };
    if (request.InvocationType === "Event") {
      runLater(record, event, invokedArn, call);
      return { StatusCode: 202 };
    }
    refuseOverLimit(record, call);
    const finished = await runFunction(record, event, invokedArn, call);
    const { payload, functionError } = withinSize(finished);
    return {
      StatusCode: 200,
      ExecutedVersion: record.version,
      Payload: payload,
      ...(functionError !== undefined && { FunctionError: functionError }),
      ...(request.LogType === "Tail" && { LogResult: tail(finished.log) }),
    };
  },
  trail: {
    readOnly: false,
    request: ({ FunctionName, InvocationType, Qualifier }) => ({
      functionName: FunctionName,
      invocationType: InvocationType,
      qualifier: Qualifier,
    }),
  },
};

function eventOf({ Payload: payload, InvocationType: type }: InvokeInput): Buffer {
  const event = payload?.length ? payload : Buffer.from("{}");
  const limit = type === "Event" ? MAX_ASYNCHRONOUS_BYTES : MAX_EVENT_BYTES;
  if (event.length > limit) {
    const message = `${event.length} byte payload is too large for the ${type ?? "RequestResponse"} invocation type (limit ${limit} bytes)`;
    throw new ApiError("RequestTooLargeException", message, 413);
  }
  try {
    JSON.parse(event.toString());
  } catch (error) {
    const message = `Could not parse request body into json: ${(error as Error).message}`;
    throw new ApiError("InvalidRequestContentException", message);
  }
  return event;
}

function refuseOverLimit(record: FunctionRecord, call: Call): void {
  const { pool } = executionOf(call.store);
  const reserved = functions(call.store).get(placeOf(record))?.reservedConcurrency;
  const refuse = (reason: string) => {
    throw new ApiError("TooManyRequestsException", "Rate Exceeded.", 429, { Reason: reason });
  };
  if (reserved !== undefined && pool.running(poolPrefix(record)) >= reserved) {
    refuse("ReservedFunctionConcurrentInvocationLimitExceeded");
  }
  if (pool.isFull) refuse("ConcurrentInvocationLimitExceeded");
}

/** Lambda tries an asynchronous event up to three times, with waits that are shortened here to a second. */
function runLater(record: FunctionRecord, event: Buffer, invokedArn: string, call: Call, attempt = 1): void {
  const run = async () => {
    refuseOverLimit(record, call);
    return (await runFunction(record, event, invokedArn, call)).functionError === undefined;
  };
  void run()
    .catch(() => false)
    .then((succeeded) => {
      if (succeeded || attempt === 3) return;
      setTimeout(() => runLater(record, event, invokedArn, call, attempt + 1), 1000).unref();
    });
}

function withinSize(finished: { readonly payload: Buffer; readonly functionError?: string }) {
  if (finished.payload.length <= MAX_ANSWER_BYTES) return finished;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_ANSWER_BYTES} bytes).`;
  const body = { errorType: "Function.ResponseSizeTooLarge", errorMessage };
  return { payload: Buffer.from(JSON.stringify(body)), functionError: "Unhandled" };
}

/** The last 4 KB of the log, in base64. */
function tail(log: string): string {
  return Buffer.from(log).subarray(-4096).toString("base64");
}
