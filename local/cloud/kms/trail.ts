import { ApiError } from "../core/api-error";
import { lowerMembers } from "../core/lower-members";
import { Call, Operation } from "../core/operation";
import { keyOfCiphertext } from "./cryptography";
import { findKey } from "./find-key";
import { KeyRecord } from "./key";

/** Members that CloudTrail never shows. */
const HIDDEN = ["Plaintext", "CiphertextBlob", "GrantTokens", "GrantToken"];

interface NamingKeys {
  readonly KeyId?: string;
  readonly TargetKeyId?: string;
  readonly SourceKeyId?: string;
  readonly DestinationKeyId?: string;
  readonly CiphertextBlob?: Buffer;
}

/**
 * The operation with its CloudTrail record: the request without plaintext and ciphertext, the answer of a change, the keys.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html
 */
export function recorded(operation: Operation): Operation {
  const readOnly = operation.trail?.readOnly ?? false;
  return {
    ...operation,
    trail: {
      readOnly,
      request: (input) => withPlainContexts(lowerMembers(input, HIDDEN), input),
      response: (output) => {
        const shown = readOnly ? {} : lowerMembers(output as object, HIDDEN);
        return Object.keys(shown).length > 0 ? shown : null;
      },
      resources: (input, _output, call) =>
        keysOf(input, call).map(({ arn, accountId }) => ({ arn, accountId })),
    },
  };
}

/** The names in an encryption context are the caller's: they keep their spelling. */
function withPlainContexts(shown: Record<string, unknown>, input: object): Record<string, unknown> {
  const contexts = Object.entries(input).filter(([name]) => name.endsWith("EncryptionContext"));
  const spelled = contexts.map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]);
  return { ...shown, ...Object.fromEntries(spelled) };
}

function keysOf(input: NamingKeys, call: Call): readonly KeyRecord[] {
  const names = [input.KeyId, input.TargetKeyId, input.SourceKeyId, input.DestinationKeyId];
  const named = names.flatMap((name) => (name === undefined ? [] : found(() => findKey(call, name).key)));
  const blob = input.CiphertextBlob;
  const isUnnamed = blob !== undefined && input.KeyId === undefined && input.SourceKeyId === undefined;
  return isUnnamed ? [...found(() => keyOfCiphertext(call, blob, undefined).key), ...named] : named;
}

/** A record is written for failed requests too, and their keys may not exist. */
function found(find: () => KeyRecord): readonly KeyRecord[] {
  try {
    return [find()];
  } catch (error) {
    if (error instanceof ApiError) return [];
    throw error;
  }
}
