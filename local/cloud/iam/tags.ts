import { ApiError } from "../core/api-error";

export type TagList = readonly { readonly Key: string; readonly Value: string }[];

/** Tags as IAM answers them. */
export function tagList(tags: Readonly<Record<string, string>>): TagList {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** @throws ApiError InvalidInput when a key occurs twice, whatever its case; LimitExceeded over 50 tags */
export function withTags(
  before: Readonly<Record<string, string>>,
  added: TagList,
): Readonly<Record<string, string>> {
  const keys = added.map(({ Key }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw new ApiError(
      "InvalidInput",
      "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    );
  }
  const kept = Object.entries(before).filter(([key]) => !keys.includes(key.toLowerCase()));
  const all = Object.fromEntries([...kept, ...added.map(({ Key, Value }) => [Key, Value])]);
  if (Object.keys(all).length > 50) {
    throw new ApiError("LimitExceeded", "The number of tags has reached the maximum limit.", 409);
  }
  return all;
}

export function withoutTags(
  before: Readonly<Record<string, string>>,
  keys: readonly string[],
): Readonly<Record<string, string>> {
  const removed = keys.map((key) => key.toLowerCase());
  return Object.fromEntries(Object.entries(before).filter(([key]) => !removed.includes(key.toLowerCase())));
}

/** Condition keys of a request that brings tags. */
export function requestTags(tags: TagList = []): Readonly<Record<string, string | readonly string[]>> {
  if (tags.length === 0) return {};
  return {
    "aws:tagkeys": tags.map(({ Key }) => Key),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:requesttag/${Key.toLowerCase()}`, Value])),
  };
}

/** Condition keys of a resource that has tags. */
export function resourceTags(tags: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const entries = Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value] as const);
  return {
    ...Object.fromEntries(entries.map(([key, value]) => [`aws:resourcetag/${key}`, value])),
    ...Object.fromEntries(entries.map(([key, value]) => [`iam:resourcetag/${key}`, value])),
  };
}
