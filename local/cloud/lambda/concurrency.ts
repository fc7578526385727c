import { Operation } from "../core/operation";
import { Infer, integer, structure } from "../core/shape";
import { onFunction } from "./authorization";
import { existingFunction, functions, parseReference, placeOf } from "./function-record";
import { functionName, onlyFunction } from "./shapes";

const putInput = structure({
  FunctionName: functionName,
  ReservedConcurrentExecutions: integer({ min: 0 }),
});

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
export const putFunctionConcurrency: Operation<Infer<typeof putInput>> = {
  name: "PutFunctionConcurrency",
  input: putInput,
  authorize: (request, call) => [onFunction(call, "PutFunctionConcurrency", request)],
  run({ FunctionName: name, ReservedConcurrentExecutions: reservedConcurrency }, call) {
    const record = existingFunction(call.store, parseReference(name, undefined, call));
    functions(call.store).put(placeOf(record), { ...record, reservedConcurrency });
    return { ReservedConcurrentExecutions: reservedConcurrency };
  },
  trail: { readOnly: false, request: (request) => ({ ...request }) },
};

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
export const deleteFunctionConcurrency: Operation<Infer<typeof onlyFunction>> = {
  name: "DeleteFunctionConcurrency",
  input: onlyFunction,
  authorize: (request, call) => [onFunction(call, "DeleteFunctionConcurrency", request)],
  run(request, call) {
    const record = existingFunction(call.store, parseReference(request.FunctionName, undefined, call));
    const { reservedConcurrency: _reserved, ...rest } = record;
    functions(call.store).put(placeOf(record), rest);
  },
  trail: { readOnly: false, request: (request) => ({ ...request }) },
};

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export const getFunctionConcurrency: Operation<Infer<typeof onlyFunction>> = {
  name: "GetFunctionConcurrency",
  input: onlyFunction,
  authorize: (request, call) => [onFunction(call, "GetFunctionConcurrency", request)],
  run(request, call) {
    const record = existingFunction(call.store, parseReference(request.FunctionName, undefined, call));
    const { reservedConcurrency } = record;
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
  },
  trail: { readOnly: true },
};
