import { Call, Operation } from "../core/operation";
import { Infer, list, string, structure } from "../core/shape";
import { onReference } from "./authorization";
import {
  existingFunction,
  FunctionRecord,
  functions,
  invalidParameter,
  parseReference,
  placeOf,
} from "./function-record";
import { tags } from "./shapes";

const resource = string({ min: 1, max: 10_000 });
const tagInput = structure({ Resource: resource, Tags: tags });

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html */
export const tagResource: Operation<Infer<typeof tagInput>> = {
  name: "TagResource",
  input: tagInput,
  authorize: (request, call) => [onArn(call, "TagResource", request.Resource)],
  run(request, call) {
    const record = functionOf(request.Resource, call);
    const all = { ...record.tags, ...request.Tags };
    if (Object.keys(all).length > 50) throw invalidParameter("Too many tags: a function has 50 at most.");
    functions(call.store).put(placeOf(record), { ...record, tags: all });
  },
  trail: { readOnly: false, request: (request) => ({ ...request }) },
};

const untagInput = structure({ Resource: resource, TagKeys: list(string({ min: 1, max: 128 })) });

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html */
export const untagResource: Operation<Infer<typeof untagInput>> = {
  name: "UntagResource",
  input: untagInput,
  authorize: (request, call) => [onArn(call, "UntagResource", request.Resource)],
  run(request, call) {
    const record = functionOf(request.Resource, call);
    const kept = Object.entries(record.tags).filter(([key]) => !request.TagKeys.includes(key));
    functions(call.store).put(placeOf(record), { ...record, tags: Object.fromEntries(kept) });
  },
  trail: { readOnly: false, request: (request) => ({ ...request }) },
};

const listInput = structure({ Resource: resource });

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html */
export const listTags: Operation<Infer<typeof listInput>> = {
  name: "ListTags",
  input: listInput,
  authorize: (request, call) => [onArn(call, "ListTags", request.Resource)],
  run: (request, call) => ({ Tags: functionOf(request.Resource, call).tags }),
  trail: { readOnly: true },
};

function onArn(call: Call, action: string, arn: string) {
  return onReference(call, action, parseReference(arn, undefined, call));
}

function functionOf(arn: string, call: Call): FunctionRecord {
  return existingFunction(call.store, parseReference(arn, undefined, call));
}
