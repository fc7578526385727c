import { ApiError } from "../core/api-error";
import { list, Infer, string, structure } from "../core/shape";
import { Operation } from "../core/operation";
import { onKey, requestTagContext } from "./authorization";
import { findOwnKey } from "./find-key";
import { putKey } from "./key";
import { requireNotPendingDeletion } from "./key-state";
import { pageOf } from "./page";
import * as shapes from "./shapes";

const MAX_TAGS = 50;

/**
 * Tags of a request as a record.
 *
 * @throws ApiError TagException for a reserved or repeated key, LimitExceededException over 50 tags
 */
export function readTags(
  tags: readonly { readonly TagKey: string; readonly TagValue: string }[] = [],
): Readonly<Record<string, string>> {
  const record: Record<string, string> = {};
  for (const { TagKey, TagValue } of tags) {
    if (/^aws:/i.test(TagKey)) throw new ApiError("TagException", "Tag keys may not begin with aws:");
    if (TagKey in record) throw new ApiError("TagException", `Duplicate tag keys: ${TagKey}`);
    record[TagKey] = TagValue;
  }
  requireTagCount(record);
  return record;
}

function requireTagCount(tags: object): void {
  if (Object.keys(tags).length <= MAX_TAGS) return;
  throw new ApiError("LimitExceededException", `A key can have ${MAX_TAGS} tags.`);
}

const tagInput = structure({ KeyId: shapes.keyId(), Tags: shapes.tags() });
const untagInput = structure({ KeyId: shapes.keyId(), TagKeys: list(string({ min: 1, max: 128 })) });
const listInput = structure({ KeyId: shapes.keyId(), ...shapes.page });

export const tagResource: Operation<Infer<typeof tagInput>> = {
  name: "TagResource",
  input: tagInput,
  authorize: (input, call) => [
    onKey(call, "TagResource", findOwnKey(call, input.KeyId), requestTagContext(readTags(input.Tags))),
  ],
  run(input, call) {
    const { key } = findOwnKey(call, input.KeyId);
    requireNotPendingDeletion(key);
    const tags = { ...key.tags, ...readTags(input.Tags) };
    requireTagCount(tags);
    putKey(call.store, { ...key, tags });
    return {};
  },
};

export const untagResource: Operation<Infer<typeof untagInput>> = {
  name: "UntagResource",
  input: untagInput,
  authorize: (input, call) => [
    onKey(call, "UntagResource", findOwnKey(call, input.KeyId), { "aws:tagkeys": input.TagKeys }),
  ],
  run(input, call) {
    const { key } = findOwnKey(call, input.KeyId);
    requireNotPendingDeletion(key);
    const kept = Object.entries(key.tags).filter(([name]) => !input.TagKeys.includes(name));
    putKey(call.store, { ...key, tags: Object.fromEntries(kept) });
    return {};
  },
};

export const listResourceTags: Operation<Infer<typeof listInput>> = {
  name: "ListResourceTags",
  input: listInput,
  authorize: (input, call) => [onKey(call, "ListResourceTags", findOwnKey(call, input.KeyId))],
  run(input, call) {
    const { key } = findOwnKey(call, input.KeyId);
    const tags = Object.entries(key.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    const { items, rest } = pageOf(tags, input, 50);
    return { Tags: items, ...rest };
  },
  trail: { readOnly: true },
};
