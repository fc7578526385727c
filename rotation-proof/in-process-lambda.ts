import { ApiError } from "../local/cloud/core/api-error";
import { Operation, Service } from "../local/cloud/core/operation";
import { anything, optional, string, structure } from "../local/cloud/core/shape";

/** A rotation function's code; what it throws is the function's error, but an ApiError is Lambda's own answer. */
export type RotationFunctionCode = (event: RotationCall) => Promise<unknown>;

/** The event that Secrets Manager sends. */
export interface RotationCall {
  readonly Step: string;
  readonly SecretId: string;
  readonly ClientRequestToken: string;
  readonly RotationToken?: string;
}

/** As much of Lambda as a rotation needs: Invoke, of code in this process. */
export function inProcessLambda(functions: ReadonlyMap<string, RotationFunctionCode>): Service {
  const input = structure({
    FunctionName: string(),
    InvocationType: optional(string()),
    Payload: optional(anything()),
  });
  const invoke: Operation<any> = {
    name: "Invoke",
    input,
    authorize: () => [],
    async run({ FunctionName, InvocationType, Payload }) {
      const code = functions.get(FunctionName);
      if (!code) throw new ApiError("ResourceNotFoundException", "no such function", 404);
      if (InvocationType === "DryRun") return { StatusCode: 204 };
      return answerOf(code, JSON.parse(Buffer.from(Payload as Uint8Array).toString()));
    },
  };
  return {
    signingName: "lambda",
    eventSource: "lambda.amazonaws.com",
    protocol: { kind: "rest-json", routes: [] },
    operations: [invoke],
  };
}

async function answerOf(code: RotationFunctionCode, event: RotationCall) {
  try {
    const result = (await code(event)) ?? null;
    return { StatusCode: 200, Payload: Buffer.from(JSON.stringify(result)) };
  } catch (error) {
    if (error instanceof ApiError) throw error;
    const { name, message } = error as Error;
    const failure = { errorType: name, errorMessage: message };
    return { StatusCode: 200, FunctionError: "Unhandled", Payload: Buffer.from(JSON.stringify(failure)) };
  }
}
