import { ApiError } from "../core/api-error";
import { Call, Operation } from "../core/operation";
import { boolean, Infer, optional, string, structure } from "../core/shape";
import { onFunction, passRole } from "./authorization";
import { dropUnusedCode, keepCode } from "./code";
import { configured, touched } from "./configuration";
import { functionAnswer } from "./function-answer";
import { existingFunction, FunctionRecord, functions, parseReference, placeOf } from "./function-record";
import { assumeFunctionRole, checkEnvironmentKey } from "./role";
import { architectures, codeMembers, configurationMembers, functionName } from "./shapes";
import { publish } from "./versions";

const codeInput = structure({
  ...codeMembers,
  FunctionName: functionName,
  Architectures: architectures,
  Publish: optional(boolean()),
  DryRun: optional(boolean()),
  RevisionId: optional(string()),
});

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
export const updateFunctionCode: Operation<Infer<typeof codeInput>> = {
  name: "UpdateFunctionCode",
  input: codeInput,
  authorize: (request, call) => [onFunction(call, "UpdateFunctionCode", request)],
  run(request, call) {
    const before = currentFunction(request, call);
    const code = keepCode(call.store, request);
    const after: FunctionRecord = {
      ...before,
      ...code,
      architectures: request.Architectures ?? before.architectures,
      ...touched(call),
    };
    if (!request.DryRun) functions(call.store).put(placeOf(after), after);
    dropUnusedCode(call.store, request.DryRun ? code.codeSha256 : before.codeSha256);
    return functionAnswer(request.Publish && !request.DryRun ? publish(after, call) : after, call);
  },
  trail: { readOnly: false, request: ({ FunctionName }) => ({ functionName: FunctionName }) },
};

const configurationInput = structure({
  ...configurationMembers,
  FunctionName: functionName,
  RevisionId: optional(string()),
});

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html */
export const updateFunctionConfiguration: Operation<Infer<typeof configurationInput>> = {
  name: "UpdateFunctionConfiguration",
  input: configurationInput,
  authorize: (request, call) => [
    onFunction(call, "UpdateFunctionConfiguration", request),
    ...(request.Role === undefined ? [] : [passRole(request.Role)]),
  ],
  async run(request, call) {
    const { role, arn } = currentFunction(request, call);
    await assumeFunctionRole({ role: request.Role ?? role, arn, sessionName: "validation" }, call);
    return call.store.transaction(() => {
      const after = configured(currentFunction(request, call), request, call);
      checkEnvironmentKey(after, call);
      functions(call.store).put(placeOf(after), after);
      return functionAnswer(after, call);
    });
  },
  trail: { readOnly: false, request: ({ Environment: _environment, ...rest }) => rest },
};

function currentFunction(
  request: { readonly FunctionName: string; readonly RevisionId?: string },
  call: Call,
): FunctionRecord {
  const record = existingFunction(call.store, parseReference(request.FunctionName, undefined, call));
  if (request.RevisionId !== undefined && request.RevisionId !== record.revisionId) {
    const message =
      "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id";
    throw new ApiError("PreconditionFailedException", message, 412);
  }
  return record;
}
