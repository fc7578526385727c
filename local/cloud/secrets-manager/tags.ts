import { Call, Operation } from "../core/operation";
import { RequestContext } from "../../../iam";
import { Infer, list, structure } from "../core/shape";
import { onFoundSecret, onSecret, requestTagContext } from "./authorization";
import { findWritableSecret } from "./find-secret";
import { putWithReplicas } from "./replication";
import { SecretRecord } from "./secret";
import * as shapes from "./shapes";
import { readTags, requireTagCount } from "./tag-set";

const tagInput = structure({ SecretId: shapes.secretId(), Tags: shapes.tags() });
const untagInput = structure({ SecretId: shapes.secretId(), TagKeys: list(shapes.tagKey()) });

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html */
export const tagResource: Operation<Infer<typeof tagInput>> = {
  name: "TagResource",
  input: tagInput,
  authorize: (request, call) => [
    onSecret(call, "TagResource", request.SecretId, requestTagContext(readTags(request.Tags))),
  ],
  run(request, call) {
    const secret = findWritableSecret(call, request.SecretId);
    const added = readTags(request.Tags);
    const tags = { ...secret.tags, ...added };
    requireTagCount(tags);
    changeTags(call, { ...secret, tags }, "TagResource", requestTagContext(added));
    return {};
  },
};

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html */
export const untagResource: Operation<Infer<typeof untagInput>> = {
  name: "UntagResource",
  input: untagInput,
  authorize: (request, call) => [
    onSecret(call, "UntagResource", request.SecretId, { "aws:tagkeys": request.TagKeys }),
  ],
  run(request, call) {
    const secret = findWritableSecret(call, request.SecretId);
    const kept = Object.entries(secret.tags ?? {}).filter(([key]) => !request.TagKeys.includes(key));
    const changed = secret.tags ? { ...secret, tags: Object.fromEntries(kept) } : secret;
    changeTags(call, changed, "UntagResource", { "aws:tagkeys": request.TagKeys });
    return {};
  },
};

/** Tags can be what a caller's access rests on: a change that would end the caller's own access is denied. */
function changeTags(call: Call, secret: SecretRecord, action: string, extra: RequestContext): void {
  call.require(onFoundSecret(action, secret, extra));
  putWithReplicas(call, { ...secret, changedAt: call.clock.now() });
}
