import { Operation } from "../core/operation";
import { Infer, integer, optional, string, structure } from "../core/shape";
import { onFunction } from "./authorization";
import { dropUnusedCode } from "./code";
import { functionAnswer } from "./function-answer";
import {
  existingFunction,
  FunctionRecord,
  functions,
  invalidParameter,
  parseReference,
  placeOf,
  publishedVersions,
} from "./function-record";
import { functionAndQualifier, onlyFunction } from "./shapes";
import { versionsOf } from "./versions";

type Named = Infer<typeof functionAndQualifier>;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export const getFunction: Operation<Named> = {
  name: "GetFunction",
  input: functionAndQualifier,
  authorize: (request, call) => [onFunction(call, "GetFunction", request)],
  run(request, call) {
    const reference = parseReference(request.FunctionName, request.Qualifier, call);
    const record = existingFunction(call.store, reference);
    const { tags, reservedConcurrency } = record;
    return {
      Configuration: functionAnswer(record, call, reference.qualifier !== undefined),
      Code: { RepositoryType: "S3", Location: `file:///lambda/${encodeURIComponent(record.codeSha256)}` },
      ...(Object.keys(tags).length > 0 && { Tags: tags }),
      ...(reservedConcurrency !== undefined && {
        Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
      }),
    };
  },
  trail: { readOnly: true, request: ({ FunctionName }) => ({ functionName: FunctionName }) },
};

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export const getFunctionConfiguration: Operation<Named> = {
  name: "GetFunctionConfiguration",
  input: functionAndQualifier,
  authorize: (request, call) => [onFunction(call, "GetFunctionConfiguration", request)],
  run(request, call) {
    const reference = parseReference(request.FunctionName, request.Qualifier, call);
    const record = existingFunction(call.store, reference);
    return functionAnswer(record, call, reference.qualifier !== undefined);
  },
  trail: { readOnly: true, request: ({ FunctionName }) => ({ functionName: FunctionName }) },
};

/** No function has a configuration for signed code. */
export const getFunctionCodeSigningConfig: Operation<Infer<typeof onlyFunction>> = {
  name: "GetFunctionCodeSigningConfig",
  input: onlyFunction,
  authorize: (request, call) => [onFunction(call, "GetFunctionCodeSigningConfig", request)],
  run(request, call) {
    const { name } = existingFunction(call.store, parseReference(request.FunctionName, undefined, call));
    return { FunctionName: name };
  },
  trail: { readOnly: true },
};

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
export const deleteFunction: Operation<Named> = {
  name: "DeleteFunction",
  input: functionAndQualifier,
  authorize: (request, call) => [onFunction(call, "DeleteFunction", request)],
  run(request, call) {
    const reference = parseReference(request.FunctionName, request.Qualifier, call);
    if (reference.qualifier === "$LATEST") {
      throw invalidParameter("$LATEST version cannot be deleted without deleting the function.");
    }
    const record = existingFunction(call.store, reference);
    const isVersion = record.version !== "$LATEST";
    const gone: FunctionRecord[] = isVersion ? [record] : versionsOf(record, call);
    for (const version of gone)
      publishedVersions(call.store).delete(`${placeOf(version)}:${version.version}`);
    if (!isVersion) functions(call.store).delete(placeOf(record));
    for (const { codeSha256 } of [record, ...gone]) dropUnusedCode(call.store, codeSha256);
  },
  trail: { readOnly: false, request: ({ FunctionName }) => ({ functionName: FunctionName }) },
};

const listInput = structure({
  Marker: optional(string()),
  MaxItems: optional(integer({ min: 1, max: 10_000 })),
  FunctionVersion: optional(string({ enum: ["ALL"] })),
  MasterRegion: optional(string()),
});

/** Fifty to a page. @see https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export const listFunctions: Operation<Infer<typeof listInput>> = {
  name: "ListFunctions",
  input: listInput,
  authorize: (_request, call) => [
    { action: "lambda:ListFunctions", resource: { arn: "*", accountId: call.accountId } },
  ],
  run({ Marker: marker = "0", MaxItems: most = 50, FunctionVersion: which }, call) {
    const own = (record: FunctionRecord) =>
      record.accountId === call.accountId && record.region === call.region;
    const all = [...functions(call.store).values()].filter(own).flatMap((record) => {
      return which === "ALL" ? [record, ...versionsOf(record, call)] : [record];
    });
    const start = Number(marker);
    const end = start + Math.min(most, 50);
    return {
      Functions: all.slice(start, end).map((record) => functionAnswer(record, call, which === "ALL")),
      ...(end < all.length && { NextMarker: String(end) }),
    };
  },
  trail: { readOnly: true },
};
