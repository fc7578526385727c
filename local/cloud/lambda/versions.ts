import { Call, Operation } from "../core/operation";
import { Infer, integer, optional, string, structure } from "../core/shape";
import { onFunction } from "./authorization";
import { touched } from "./configuration";
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
import { functionName } from "./shapes";

const publishInput = structure({
  FunctionName: functionName,
  CodeSha256: optional(string()),
  Description: optional(string({ max: 256 })),
  RevisionId: optional(string()),
});

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html */
export const publishVersion: Operation<Infer<typeof publishInput>> = {
  name: "PublishVersion",
  input: publishInput,
  authorize: (request, call) => [onFunction(call, "PublishVersion", request)],
  run(request, call) {
    const record = existingFunction(call.store, parseReference(request.FunctionName, undefined, call));
    if (request.CodeSha256 !== undefined && request.CodeSha256 !== record.codeSha256) {
      throw invalidParameter(`CodeSHA256 (${request.CodeSha256}) is different from current CodeSHA256.`);
    }
    const described =
      request.Description === undefined ? record : { ...record, description: request.Description };
    return functionAnswer(publish(described, call), call);
  },
  trail: { readOnly: false, request: ({ FunctionName }) => ({ functionName: FunctionName }) },
};

const listInput = structure({
  FunctionName: functionName,
  Marker: optional(string()),
  MaxItems: optional(integer({ min: 1, max: 10_000 })),
});

/** All at once, without pages. @see https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html */
export const listVersionsByFunction: Operation<Infer<typeof listInput>> = {
  name: "ListVersionsByFunction",
  input: listInput,
  authorize: (request, call) => [onFunction(call, "ListVersionsByFunction", request)],
  run(request, call) {
    const record = existingFunction(call.store, parseReference(request.FunctionName, undefined, call));
    const versions = [record, ...versionsOf(record, call)];
    return { Versions: versions.map((version) => functionAnswer(version, call, true)) };
  },
  trail: { readOnly: true },
};

/** Publishes the function as it is, unless the last version is of the same code and configuration. */
export function publish(record: FunctionRecord, call: Call): FunctionRecord {
  const place = placeOf(record);
  const last = publishedVersions(call.store).get(`${place}:${record.lastVersion}`);
  if (last && last.codeSha256 === record.codeSha256 && last.lastModified === record.lastModified) return last;
  const lastVersion = record.lastVersion + 1;
  functions(call.store).put(place, { ...record, lastVersion });
  const { revisionId } = touched(call);
  const version = { ...record, version: String(lastVersion), lastVersion, revisionId, statements: [] };
  publishedVersions(call.store).put(`${place}:${lastVersion}`, version);
  return version;
}

/** The versions of a function, first to last. */
export function versionsOf(record: FunctionRecord, call: Call): FunctionRecord[] {
  return [...publishedVersions(call.store).values()].filter((version) => version.arn === record.arn);
}
