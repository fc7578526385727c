import { invalidParameter, invalidRequest } from "./errors";

const MAX_TAGS = 50;

/** Tags of a request as a record. @throws ApiError InvalidParameterException, InvalidRequestException over 50 tags */
export function readTags(
  tags: readonly { readonly Key?: string; readonly Value?: string }[] = [],
): Readonly<Record<string, string>> {
  const record: Record<string, string> = {};
  for (const { Key: key, Value: value } of tags) {
    if (key === undefined) throw invalidParameter("You must provide a key for each tag.");
    if (/^aws:/i.test(key)) throw invalidParameter("Tag keys can't begin with the reserved prefix aws:.");
    if (key in record) throw invalidParameter(`You can't use the tag key ${key} more than once.`);
    record[key] = value ?? "";
  }
  requireTagCount(record);
  return record;
}

export function requireTagCount(tags: object): void {
  if (Object.keys(tags).length <= MAX_TAGS) return;
  throw invalidRequest(`A secret can have up to ${MAX_TAGS} tags.`);
}

export function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
