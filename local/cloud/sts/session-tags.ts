import { ApiError } from "../core/api-error";
import { Call } from "../core/operation";
import { sessions } from "./records";

/** The tags of a session to be made. */
export interface SessionTags {
  /** Those of the request itself. */
  readonly requested: Readonly<Record<string, string>>;
  /** With the transitive ones of the session that asks. */
  readonly all: Readonly<Record<string, string>>;
  readonly transitiveKeys: readonly string[];
}

/** Tag keys ignore case: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
export function sessionTags(
  request: {
    readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
    readonly TransitiveTagKeys?: readonly string[];
  },
  call: Call,
): SessionTags {
  const { Tags: tags = [], TransitiveTagKeys: transitiveKeys = [] } = request;
  const lower = tags.map(({ Key }) => Key.toLowerCase());
  if (new Set(lower).size < lower.length) {
    throw invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  if (transitiveKeys.some((key) => !lower.includes(key.toLowerCase()))) {
    throw invalid("The specified transitive tag key must be included in the requested tags.");
  }
  const parent = call.accessKeyId === undefined ? undefined : sessions(call.store).get(call.accessKeyId);
  const inherited = (parent?.transitiveTagKeys ?? []).map((key) => [key, tagOf(parent!.tags, key)] as const);
  if (inherited.some(([key]) => lower.includes(key.toLowerCase()))) {
    throw invalid(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const requested = Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
  return {
    requested,
    all: { ...Object.fromEntries(inherited), ...requested },
    transitiveKeys: [...inherited.map(([key]) => key), ...transitiveKeys],
  };
}

function tagOf(tags: Readonly<Record<string, string>>, key: string): string {
  return Object.entries(tags).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1] ?? "";
}

function invalid(message: string): ApiError {
  return new ApiError("InvalidParameterValue", message);
}
